import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { urlToHttpOptions } from 'node:url';
import {
  CONNECT_TIMEOUT_MS,
  createBody,
  describeFailure,
  noAnswerWithin,
  noConnectionWithin,
} from './failure';
import { createProxyAgent } from './proxy';
import type { SignedRequest } from './request';
import type { RawResponse } from './response';

/** Sends a signed request and returns what came back, whatever it is. @throws unavailable, or the abort reason. */
export type Transport = (request: SignedRequest, signal: AbortSignal) => Promise<RawResponse>;

export interface TransportOptions {
  /** From the first byte sent to the last received; the connection gets at most {@link CONNECT_TIMEOUT_MS} of it. */
  readonly timeoutMs: number;
  readonly proxy?: string | undefined;
  readonly userAgent: string;
}

/** Begins a POST to a path. */
type Send = (
  path: string,
  headers: OutgoingHttpHeaders,
  onResponse: (message: IncomingMessage) => void,
) => ClientRequest;

/** node:http or node:https with keep-alive agents; the modules are loaded with the first request. */
export function createHttpTransport(options: TransportOptions): Transport {
  const senders = new Map<string, Promise<Send>>();
  return async (request, signal) => {
    const { origin, path } = splitUrl(request.url);
    if (!senders.has(origin)) senders.set(origin, openSend(origin, options.proxy));
    const send = await senders.get(origin)!;
    signal.throwIfAborted();
    return await exchange(send, path, request, signal, options);
  };
}

/** What is the same in every call of a gateway, and what is not: taking the whole URL apart each time costs far more. */
export function splitUrl(url: string): { origin: string; path: string } {
  const [origin] = /^\w+:\/\/[^/?]*/.exec(url)!;
  const path = url.slice(origin.length);
  return { origin, path: path.startsWith('/') ? path : `/${path}` };
}

async function openSend(origin: string, proxy: string | undefined): Promise<Send> {
  const secure = origin.startsWith('https:');
  const module = secure ? await import('node:https') : await import('node:http');
  const agent = proxy ? await createProxyAgent(proxy, secure) : new module.Agent({ keepAlive: true });
  const options = { ...urlToHttpOptions(new URL(origin)), method: 'POST', agent };
  return (path, headers, onResponse) => module.request({ ...options, path, headers }, onResponse);
}

/** Events throughout: an async iterator and http's own `signal` option would cost a first call two milliseconds. */
function exchange(
  send: Send,
  path: string,
  { url, body, contentType }: SignedRequest,
  signal: AbortSignal,
  { timeoutMs, userAgent }: TransportOptions,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': contentType,
      'content-length': Buffer.byteLength(body),
      'user-agent': userAgent,
      accept: 'application/json, text/html',
    };
    const call = send(path, headers, message => collect(message, finish, fail));
    const onAbort = (): void => void call.destroy();
    const timer = setTimeout(() => fail(noAnswerWithin(timeoutMs)), timeoutMs);
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    function finish(raw: RawResponse): void {
      settle();
      resolve(raw);
    }
    function fail(error: unknown): void {
      settle();
      reject(signal.aborted ? signal.reason : describeFailure(error, url));
      call.destroy();
    }
    signal.addEventListener('abort', onAbort);
    limitConnecting(call, Math.min(timeoutMs, CONNECT_TIMEOUT_MS));
    call.on('error', fail);
    call.end(body);
  });
}

function limitConnecting(call: ClientRequest, timeoutMs: number): void {
  call.once('socket', socket => {
    if (!socket.connecting) return;
    const timer = setTimeout(() => call.destroy(noConnectionWithin(timeoutMs)), timeoutMs);
    const stop = (): void => clearTimeout(timer);
    socket.once('connect', stop).once('close', stop);
  });
}

function collect(
  message: IncomingMessage,
  finish: (raw: RawResponse) => void,
  fail: (error: unknown) => void,
): void {
  const body = createBody();
  message.on('data', (piece: Buffer) => {
    try {
      body.add(piece);
    } catch (error) {
      fail(error);
    }
  });
  message.once('error', fail);
  message.once('end', () => {
    const headers = message.headers as Record<string, string | undefined>;
    finish({ status: message.statusCode ?? 0, headers, bytes: body.bytes() });
  });
}
