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

/** Begins a POST to `url`. */
type Send = (
  url: string,
  headers: OutgoingHttpHeaders,
  onResponse: (message: IncomingMessage) => void,
) => ClientRequest;

/** node:http or node:https with one keep-alive agent; the module is loaded with the first request. */
export function createHttpTransport(options: TransportOptions): Transport {
  let ready: Promise<Send> | undefined;
  return async (request, signal) => {
    ready ??= openSend(request.url, options.proxy);
    const send = await ready;
    signal.throwIfAborted();
    return await exchange(send, request, signal, options);
  };
}

/** All requests go where the first one goes, so that no other URL is taken apart: that costs more than the rest of it. */
async function openSend(firstUrl: string, proxy: string | undefined): Promise<Send> {
  const [origin] = /^\w+:\/\/[^/?]*/.exec(firstUrl)!;
  const secure = origin.startsWith('https:');
  const module = secure ? await import('node:https') : await import('node:http');
  const agent = proxy ? await createProxyAgent(proxy, secure) : new module.Agent({ keepAlive: true });
  const options = { ...urlToHttpOptions(new URL(origin)), method: 'POST', agent };
  return (url, headers, onResponse) => {
    const path = url.slice(origin.length);
    return module.request(
      { ...options, path: path.startsWith('/') ? path : `/${path}`, headers },
      onResponse,
    );
  };
}

/** Events throughout: an async iterator and http's own `signal` option would cost a first call two milliseconds. */
function exchange(
  send: Send,
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
    const call = send(url, headers, message => collect(message, finish, fail));
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
