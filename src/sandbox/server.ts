import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AlipassError, systemCode } from '../errors';
import type { HttpAnswer } from './answer';
import { deliver } from './deliver';
import type { Effects } from './effects';

/** An HTTP request with its body: the form as text, one character a byte. */
export interface HttpRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What is to be sent, and how. */
export interface Reply extends HttpAnswer {
  readonly effects?: Effects;
}

/** A server on a port of the loopback interface. */
export interface LoopbackServer {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly port: number;
  /** Stops listening, and waits a second at most for calls that are under way. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** A client that sends its headers, or its whole request, more slowly is answered 408. Milliseconds. */
export interface Timeouts {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly connectionsCheckingInterval: number;
}

const TIMEOUTS: Timeouts = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1_000,
};
const PATIENCE_MS = 1_000;

export interface LoopbackOptions {
  readonly timeouts?: Timeouts;
  /** Hears of what `handle` throws; the call is answered 500. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
}

/**
 * Serves over HTTP on loopback; port 0 takes a free one. Malformed requests get 4xx from node:http itself.
 * @throws config `sandbox.port`
 */
export async function serveLoopback(
  handle: (request: HttpRequest) => Promise<Reply>,
  port: number,
  { timeouts = TIMEOUTS, onFailure = () => {} }: LoopbackOptions = {},
): Promise<LoopbackServer> {
  const guarded = (request: HttpRequest): Promise<Reply> =>
    handle(request).catch((error: unknown) => {
      onFailure(error);
      return textReply(500, 'The sandbox could not answer: the fault is its own.');
    });
  const server = createServer({ ...timeouts }, (request, response) => {
    respond(guarded, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', cause => reject(portError(port, cause)));
    server.listen(port, HOST, resolve);
  });
  const actual = (server.address() as AddressInfo).port;
  return {
    origin: `http://${HOST}:${actual}`,
    port: actual,
    close: () =>
      new Promise(resolve => {
        const impatience = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
        server.close(() => {
          clearTimeout(impatience);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

async function respond(
  handle: (request: HttpRequest) => Promise<Reply>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  const { method = 'GET', headers, url = '/' } = request;
  const [path = '/', ...rest] = url.split('?');
  const reply =
    body === undefined ? TOO_LARGE : await handle({ method, path, query: rest.join('?'), headers, body });
  await deliver(response, reply, reply.effects ?? {});
}

const TOO_LARGE: Reply = textReply(413, `The body is larger than ${MAX_BODY_BYTES / 1024 / 1024} MiB.`);

/** A line of plain text for what is no call of the gateway. */
export function textReply(status: number, line: string): Reply {
  return {
    status,
    headers: { 'content-type': 'text/plain;charset=utf-8' },
    bytes: Buffer.from(`${line}\n`),
  };
}

/** The body as text, one character a byte; undefined when it is over the limit: then it is read, but not held. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString('latin1');
}

function portError(port: number, cause: unknown): AlipassError {
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: 'it is in use',
    EACCES: 'it is not allowed',
  };
  const code = systemCode(cause) ?? 'unknown';
  return new AlipassError('config', 'sandbox.port', `Port ${port} can’t be used: ${reasons[code] ?? code}`, {
    hint: '--port 0 takes a free port.',
    cause,
  });
}
