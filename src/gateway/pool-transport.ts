import Pool from 'undici/lib/dispatcher/pool.js';
import { CONNECT_TIMEOUT_MS, createBody, makeCall, requestHeaders, splitUrl } from './http-call';
import type { SignedRequest } from './request';
import type { RawResponse } from './response';
import type { Transport, TransportOptions } from './transport';

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
  request: SignedRequest,
  signal: AbortSignal,
  options: TransportOptions,
): Promise<RawResponse> {
  return makeCall(request, signal, options, ({ finish, fail }) => {
    const { body } = request;
    const received = createBody();
    let answer: Omit<RawResponse, 'bytes'>;
    let breakOff: ((reason: Error) => void) | undefined;
    pool.dispatch(
      { path, method: 'POST', headers: requestHeaders(request, options), body },
      {
        onConnect: abort => {
          breakOff = abort;
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
        onComplete: () => finish({ ...answer, bytes: received.bytes() }),
        onError: fail,
      },
    );
    return reason => breakOff?.(reason);
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
