import Pool from 'undici/lib/dispatcher/pool.js';
import { CONNECT_TIMEOUT_MS, createBody, describeFailure, noAnswerWithin } from './failure';
import type { SignedRequest } from './request';
import type { RawResponse } from './response';
import { splitUrl, type Transport, type TransportOptions } from './transport';

/**
 * A transport for thousands of calls: undici takes less time for each than node:http, but more to load. `connections` are
 * open at the most. Otherwise as the one for few calls; it knows no proxy.
 */
export function createPoolTransport(options: TransportOptions, connections: number): Transport {
  const pools = new Map<string, Pool>();
  const connect = { timeout: Math.min(options.timeoutMs, CONNECT_TIMEOUT_MS) };
  return async (request, signal) => {
    signal.throwIfAborted();
    const { origin, path } = splitUrl(request.url);
    // An answer as a whole has its time to come, see below.
    const settings = { connections, connect, headersTimeout: 0, bodyTimeout: 0 };
    if (!pools.has(origin)) pools.set(origin, new Pool(origin, settings));
    return exchange(pools.get(origin)!, path, request, signal, options);
  };
}

function exchange(
  pool: Pool,
  path: string,
  { url, body, contentType }: SignedRequest,
  signal: AbortSignal,
  { timeoutMs, userAgent }: TransportOptions,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': contentType,
      'user-agent': userAgent,
      accept: 'application/json, text/html',
    };
    let abortCall: ((reason: Error) => void) | undefined;
    const fail = (error: unknown): void => {
      settle();
      reject(signal.aborted ? signal.reason : describeFailure(error, url));
      abortCall?.(error as Error);
    };
    const onAbort = (): void => fail(signal.reason);
    const timer = setTimeout(() => fail(noAnswerWithin(timeoutMs)), timeoutMs);
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    signal.addEventListener('abort', onAbort);
    let answer: Omit<RawResponse, 'bytes'> | undefined;
    const received = createBody();
    pool.dispatch(
      { path, method: 'POST', headers, body },
      {
        onConnect: abort => {
          abortCall = abort;
          if (signal.aborted) abort(signal.reason as Error);
        },
        onHeaders: (status, fields) => {
          answer = { status, headers: readFields(fields) };
          return true;
        },
        onData: piece => {
          received.add(piece);
          return true;
        },
        onComplete: () => {
          settle();
          resolve({ ...answer!, bytes: received.bytes() });
        },
        onError: fail,
      },
    );
  });
}

/** Names and values by turns, as they came; names in lower case. */
function readFields(fields: readonly Buffer[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let i = 0; i < fields.length; i += 2) {
    headers[fields[i]!.toString('latin1').toLowerCase()] = fields[i + 1]!.toString('latin1');
  }
  return headers;
}
