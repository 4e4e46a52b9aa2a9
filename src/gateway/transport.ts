import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { urlToHttpOptions } from 'node:url';
import { AlipassError, systemCode } from '../errors';
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

/** The vendor's SDKs allow 3 s to connect; 5 s spares slow mobile links. */
const CONNECT_TIMEOUT_MS = 5_000;
/** A page of 1,000 passes with both info fields at their limit is 25 MB. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

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
    const timer = setTimeout(() => fail(timedOut(`No whole answer within ${timeoutMs} ms`)), timeoutMs);
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
    const timer = setTimeout(() => call.destroy(timedOut(`No connection within ${timeoutMs} ms`)), timeoutMs);
    const stop = (): void => clearTimeout(timer);
    socket.once('connect', stop).once('close', stop);
  });
}

function collect(
  message: IncomingMessage,
  finish: (raw: RawResponse) => void,
  fail: (error: unknown) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  message.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) fail(tooLarge());
    else chunks.push(chunk);
  });
  message.once('error', fail);
  message.once('end', () => {
    const headers = message.headers as Record<string, string | undefined>;
    finish({ status: message.statusCode ?? 0, headers, bytes: Buffer.concat(chunks) });
  });
}

function timedOut(what: string): AlipassError {
  return new AlipassError('unavailable', 'network.timeout', what, {
    retryable: true,
    hint: 'Raise --timeout, or check the network and proxy.',
  });
}

function tooLarge(): AlipassError {
  const limit = MAX_BODY_BYTES / 1024 / 1024;
  return new AlipassError('unavailable', 'http.too_large', `The answer is larger than ${limit} MiB`, {
    hint: 'Ask for smaller pages with --page-size.',
  });
}

interface FailureFact {
  readonly says: string;
  readonly hint: string;
  readonly retryable: boolean;
}

const CUT: FailureFact = {
  says: 'The connection was cut before the whole answer came',
  hint: 'Try again; if it keeps happening, look for a proxy or firewall in between.',
  retryable: true,
};

/** What the system's error codes mean to a user. */
const FAILURES: Readonly<Record<string, FailureFact>> = {
  ECONNREFUSED: {
    says: 'Nothing accepts connections',
    hint: 'Check --gateway; is the gateway or proxy running?',
    retryable: true,
  },
  ENOTFOUND: { says: 'The host name is unknown', hint: 'Check --gateway and the DNS.', retryable: true },
  EAI_AGAIN: { says: 'The host name can’t be looked up now', hint: 'Check the network.', retryable: true },
  ECONNRESET: CUT,
  EPIPE: CUT,
  ETIMEDOUT: { says: 'The connection timed out', hint: 'Check the network and proxy.', retryable: true },
};

function describeFailure(error: unknown, url: string): AlipassError {
  if (error instanceof AlipassError) return error;
  const code = systemCode(error) ?? 'unknown';
  const { host } = new URL(url);
  const fact = FAILURES[code] ?? {
    says: error instanceof Error ? error.message : String(error),
    hint: /CERT|TLS|SSL/.test(code)
      ? 'Check --gateway, the clock, and proxies that open TLS.'
      : 'Check the network.',
    retryable: false,
  };
  const message = `${fact.says} at ${host} (${code})`;
  return new AlipassError('unavailable', `network.${code.toLowerCase()}`, message, {
    hint: fact.hint,
    retryable: fact.retryable,
    cause: error,
  });
}
