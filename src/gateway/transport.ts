import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders, RequestOptions } from 'node:http';
import { urlToHttpOptions } from 'node:url';
import {
  type CallEvents,
  type CallOptions,
  connectTimeoutMs,
  createBody,
  limitConnecting,
  makeCall,
  requestHeaders,
  splitUrl,
} from './http-call';
import { createProxyAgent, type TunnelOptions } from './proxy';
import type { SignedRequest } from './request';
import type { RawResponse } from './response';

/** Sends a signed request and returns what came back, whatever it is. @throws unavailable, or the abort reason. */
export type Transport = (request: SignedRequest, signal: AbortSignal) => Promise<RawResponse>;

export interface TransportOptions extends CallOptions {
  readonly proxy?: string | undefined;
}

/** Begins a POST to a path. */
type Send = (
  path: string,
  headers: OutgoingHttpHeaders,
  onResponse: (message: IncomingMessage) => void,
) => { readonly call: ClientRequest; readonly breakOff: () => void };

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

async function openSend(origin: string, proxy: string | undefined): Promise<Send> {
  const url = new URL(origin);
  const secure = url.protocol === 'https:';
  const module = secure ? await import('node:https') : await import('node:http');
  const agent = proxy ? await createProxyAgent(proxy, secure) : new module.Agent({ keepAlive: true });
  const options = { ...urlToHttpOptions(url), method: 'POST', agent };
  return (path, headers, onResponse) => {
    // A call that has no connection yet can’t end what the agent waits for.
    const tunnel = proxy ? new AbortController() : undefined;
    const own: RequestOptions & TunnelOptions = { path, headers, untilTunnel: tunnel?.signal };
    const call = module.request({ ...options, ...own }, onResponse);
    const breakOff = (): void => {
      call.destroy();
      tunnel?.abort();
    };
    return { call, breakOff };
  };
}

/** Events throughout: an async iterator and http's own `signal` option would cost a first call two milliseconds. */
function exchange(
  send: Send,
  path: string,
  request: SignedRequest,
  signal: AbortSignal,
  options: TransportOptions,
): Promise<RawResponse> {
  return makeCall(request, signal, options, events => {
    const length = Buffer.byteLength(request.body);
    const headers = { ...requestHeaders(request, options), 'content-length': length };
    const { call, breakOff } = send(path, headers, message => collect(message, events));
    call.once('socket', socket => {
      if (socket.connecting) limitConnecting(socket, connectTimeoutMs(options), it => call.destroy(it));
    });
    call.on('error', events.fail);
    call.end(request.body);
    return breakOff;
  });
}

function collect(message: IncomingMessage, { finish, fail }: CallEvents): void {
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
