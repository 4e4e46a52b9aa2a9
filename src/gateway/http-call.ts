import type { Socket } from 'node:net';
import { AlipassError, systemCode } from '../errors';
import type { SignedRequest } from './request';
import type { RawResponse } from './response';

// What all ways to make a call have in common.

/** The vendor's SDKs allow 3 s to connect; 5 s spares slow mobile links. */
const CONNECT_TIMEOUT_MS = 5_000;
/** A page of 1,000 passes with both info fields at their limit is 25 MB. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

export interface CallOptions {
  /** From the first byte sent to the last received; the connection gets at most {@link CONNECT_TIMEOUT_MS} of it. */
  readonly timeoutMs: number;
  readonly userAgent: string;
}

/** How long a connection may take to be there, in milliseconds. */
export function connectTimeoutMs({ timeoutMs }: CallOptions): number {
  return Math.min(timeoutMs, CONNECT_TIMEOUT_MS);
}

/** What is the same in every call of a gateway, and what is not: taking the whole URL apart each time costs far more. */
export function splitUrl(url: string): { origin: string; path: string } {
  const [origin] = /^\w+:\/\/[^/?]*/.exec(url)!;
  const path = url.slice(origin.length);
  if (/^\/[!-~]*$/.test(path)) return { origin, path };
  const { pathname, search } = new URL(url);
  return { origin, path: pathname + search };
}

/** Without the length of the body. */
export function requestHeaders(
  { contentType }: SignedRequest,
  { userAgent }: CallOptions,
): Record<string, string> {
  return { 'content-type': contentType, 'user-agent': userAgent, accept: 'application/json, text/html' };
}

/** How a call may end by itself. */
export interface CallEvents {
  finish(raw: RawResponse): void;
  fail(error: unknown): void;
}

/**
 * Makes a call, until its answer, a failure, its time or the signal ends it. `begin` returns how it is broken off.
 * @throws unavailable, or the signal's reason
 */
export function makeCall(
  { url }: SignedRequest,
  signal: AbortSignal,
  { timeoutMs }: CallOptions,
  begin: (events: CallEvents) => () => void,
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    let breakOff: (() => void) | undefined;
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
    const finish = (raw: RawResponse): void => {
      settle();
      resolve(raw);
    };
    const fail = (error: unknown): void => {
      settle();
      reject(signal.aborted ? signal.reason : describeFailure(error, url));
      breakOff?.();
    };
    const onAbort = (): void => fail(signal.reason);
    const timer = setTimeout(() => fail(noAnswerWithin(timeoutMs)), timeoutMs);
    signal.addEventListener('abort', onAbort);
    breakOff = begin({ finish, fail });
  });
}

/** The pieces of an answer as they come. */
export interface Body {
  /** @throws unavailable when the answer is larger than what is taken */
  add(piece: Buffer): void;
  bytes(): Buffer;
}

export function createBody(): Body {
  const pieces: Buffer[] = [];
  let length = 0;
  return {
    add: piece => {
      length += piece.length;
      if (length > MAX_BODY_BYTES) throw tooLarge();
      pieces.push(piece);
    },
    bytes: () => (pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)),
  };
}

function tooLarge(): AlipassError {
  const limit = MAX_BODY_BYTES / 1024 / 1024;
  return new AlipassError('unavailable', 'http.too_large', `The answer is larger than ${limit} MiB`, {
    hint: 'Ask for smaller pages with --page-size.',
  });
}

/** An answer that is no HTTP; `what` says why. */
export function brokenAnswer(what: string): AlipassError {
  return new AlipassError('unavailable', 'http.broken', `The answer is no HTTP/1.1: ${what}`, {
    hint: 'Check --gateway; a proxy or another server may answer in its place.',
  });
}

/** The connection ended before the answer did; known by Node's own code for it. */
export class CutConnection extends Error {
  readonly code = 'ECONNRESET';
}

/** The whole answer did not come in time. */
function noAnswerWithin(timeoutMs: number): AlipassError {
  return timedOut(`No whole answer within ${timeoutMs} ms`);
}

/** Tells `fail` when a socket that is connecting is not connected in time, by TLS where it is to be. */
export function limitConnecting(socket: Socket, timeoutMs: number, fail: (error: Error) => void): void {
  const timer = setTimeout(() => fail(timedOut(`No connection within ${timeoutMs} ms`)), timeoutMs);
  const stop = (): void => clearTimeout(timer);
  socket.once('encrypted' in socket ? 'secureConnect' : 'connect', stop).once('close', stop);
}

function timedOut(what: string): AlipassError {
  return new AlipassError('unavailable', 'network.timeout', what, {
    retryable: true,
    hint: 'Raise --timeout, or check the network and proxy.',
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
  EPROTO: {
    says: 'The two sides do not agree on TLS',
    hint: 'Check --gateway: its scheme, https:// or http://, and its port.',
    retryable: false,
  },
  ETIMEDOUT: { says: 'The connection timed out', hint: 'Check the network and proxy.', retryable: true },
};

/** What kept an answer from coming, in a user's words. */
function describeFailure(error: unknown, url: string): AlipassError {
  if (error instanceof AlipassError) return error;
  const code = systemCode(error) ?? 'unknown';
  if (code.startsWith('HPE_')) return brokenAnswer((error as Error).message);
  const { host } = new URL(url);
  const fact = FAILURES[code] ?? {
    says: error instanceof Error ? error.message : String(error),
    hint: /CERT|TLS|SSL|VERIFY/.test(code)
      ? 'Check --gateway, the clock, and proxies that open TLS; NODE_EXTRA_CA_CERTS names a file of more certificates to trust.'
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
