import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { HttpAnswer } from './answer';
import type { Delivery, Effects } from './effects';

/** Sends an answer as the faults want it: late, in pieces, cut off or not at all. */
export async function deliver(response: ServerResponse, answer: HttpAnswer, effects: Effects): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  if (effects.latencyMs !== undefined) await pause(effects.latencyMs, gone.signal);
  if (effects.delivery && (await disturb(response, answer, effects.delivery, gone.signal))) return;
  writeHead(response, answer);
  response.end(answer.bytes);
}

function writeHead(response: ServerResponse, { status, headers, bytes }: HttpAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
}

/** A client that leaves ends the wait. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => {});
}

/** Returns whether that was all. */
async function disturb(
  response: ServerResponse,
  answer: HttpAnswer,
  delivery: Delivery,
  gone: AbortSignal,
): Promise<boolean> {
  switch (delivery.how) {
    case 'reset':
      response.socket?.resetAndDestroy();
      return true;
    case 'timeout':
      // The client or the end of the server closes the connection.
      return true;
    case 'cut': {
      writeHead(response, answer);
      const length = delivery.bytes ?? answer.bytes.length >> 1;
      response.write(answer.bytes.subarray(0, length), () => response.socket?.destroySoon());
      return true;
    }
    case 'slow':
      await trickle(response, answer, delivery.bytesPerSecond, gone);
      return true;
  }
}

const PIECES_PER_SECOND = 10;

async function trickle(
  response: ServerResponse,
  answer: HttpAnswer,
  bytesPerSecond: number,
  gone: AbortSignal,
): Promise<void> {
  const size = Math.max(1, Math.round(bytesPerSecond / PIECES_PER_SECOND));
  writeHead(response, answer);
  for (let at = 0; at < answer.bytes.length && !gone.aborted; at += size) {
    response.write(answer.bytes.subarray(at, at + size));
    await pause((size / bytesPerSecond) * 1000, gone);
  }
  response.end();
}
