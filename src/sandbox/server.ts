import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AlipassError, systemCode } from '../errors';
import type { SandboxGateway } from './gateway';

/** A gateway on a port of the loopback interface. */
export interface SandboxServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const MAX_BODY_BYTES = 1024 * 1024;

/** Serves `gateway` over HTTP on loopback; port 0 takes a free one. @throws config `sandbox.port` */
export async function serveSandbox(gateway: SandboxGateway, port: number): Promise<SandboxServer> {
  const server = createServer((request, response) => {
    respond(gateway, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', cause => reject(portError(port, cause)));
    server.listen(port, HOST, resolve);
  });
  const actual = (server.address() as AddressInfo).port;
  return {
    url: `http://${HOST}:${actual}/gateway.do`,
    port: actual,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  gateway: SandboxGateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request);
  if (body === undefined) {
    response.writeHead(413, { connection: 'close' }).end('The form body is too large.\n');
    return;
  }
  const query = (request.url ?? '').split('?').slice(1).join('?');
  const answer = await gateway({ query, body });
  response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.bytes.length });
  response.end(answer.bytes);
}

/** The form as text, one character a byte; undefined when it is over the limit. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('latin1');
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
