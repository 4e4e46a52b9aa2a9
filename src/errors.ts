/**
 * The kinds of failure that a caller can tell apart; each has one exit code (see exit.ts).
 * - `usage` the command line is wrong, `config` the profile, environment or keys are
 * - `rejected` the gateway refused the caller, `business` it understood and said no
 * - `unavailable` no usable answer, try later; `untrusted` an answer that nothing proves
 * - `incomplete` part of the work is missing; `interrupted`, `terminated` SIGINT and SIGTERM
 */
export type ErrorKind =
  | 'internal'
  | 'usage'
  | 'config'
  | 'rejected'
  | 'business'
  | 'unavailable'
  | 'untrusted'
  | 'incomplete'
  | 'interrupted'
  | 'terminated';

/** What the gateway itself said of a failure; names are the wire's own. */
export interface GatewayFault {
  readonly code: string;
  readonly msg: string;
  readonly sub_code?: string;
  readonly sub_msg?: string;
  readonly trace_id?: string;
  /** False when the answer carried no signature, as some errors do. */
  readonly verified: boolean;
}

export interface ErrorOptions {
  /** What the message sums up, where that is several things. */
  readonly details?: readonly string[];
  /** What to try next, as a sentence for the person at the keyboard. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
  /** Whether the same call may well succeed when sent again. */
  readonly retryable?: boolean;
  readonly gateway?: GatewayFault;
}

/**
 * The only error that alipass throws on purpose. `code` is stable and only ever added to;
 * `message` and `hint` are for people and never hold a secret.
 */
export class AlipassError extends Error {
  readonly details: readonly string[];
  readonly hint: string | undefined;
  readonly retryable: boolean;
  readonly gateway: GatewayFault | undefined;

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'AlipassError';
    this.details = options.details ?? [];
    this.hint = options.hint;
    this.retryable = options.retryable ?? false;
    this.gateway = options.gateway;
  }
}

/** A bad value on the command line: `where` names the flag or argument; a hint may say what was meant. */
export function usageError(
  where: string,
  value: string | undefined,
  allowed: string,
  hint?: string,
): AlipassError {
  const message =
    value === undefined ? `${where} is required: ${allowed}` : `${where} ${quote(value)} must be ${allowed}`;
  return new AlipassError('usage', value === undefined ? 'usage.missing' : 'usage.invalid', message, {
    hint,
  });
}

/** A value as it stands in a message: in quotes, without a URL's password, and cut when it is long. */
export function quote(value: string): string {
  const shown = withoutPassword(value);
  return JSON.stringify(shown.length > 80 ? `${shown.slice(0, 79)}…` : shown);
}

/** A URL without the user and password in it. */
export function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/@\s]*@/g, '//…@');
}

/** The code of a Node.js system error, such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return typeof code === 'string' ? code : undefined;
}
