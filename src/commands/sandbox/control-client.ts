import type { Context } from '../../context';
import { AlipassError, systemCode, usageError } from '../../errors';
import type { SandboxStatus } from '../../sandbox/control';
import type { Flag, Input } from '../command';
import { DEFAULT_PORT } from './default-port';

/** Says which running sandbox is meant. */
export const AT_FLAG: Flag = {
  syntax: '--gateway <url>',
  help: `the running sandbox (default: ALIPASS_GATEWAY, else port ${DEFAULT_PORT})`,
  heading: 'Options',
};

/** The control interface of the sandbox that is meant. @throws usage for one that is not on this machine */
export function controlUrlOf({ env }: Context, flags: Input['flags']): string {
  const [where, text] =
    typeof flags['gateway'] === 'string'
      ? ['--gateway', flags['gateway']]
      : ['ALIPASS_GATEWAY', env['ALIPASS_GATEWAY'] || `http://127.0.0.1:${DEFAULT_PORT}`];
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' && /^(127\.0\.0\.1|localhost)$/.test(url.hostname))
    return `${url.origin}/control`;
  throw usageError(where, text, 'the URL of a sandbox on this machine, such as http://127.0.0.1:8788');
}

/** A request to the control interface. */
export interface ControlRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Behind `/control`. */
  readonly path: string;
  readonly body?: unknown;
}

/**
 * Asks a running sandbox, and returns how it stands then.
 * @throws unavailable `sandbox.unreachable`; usage or config with the sandbox's own words
 */
export async function askSandbox(
  controlUrl: string,
  { method, path, body }: ControlRequest,
  signal: AbortSignal,
): Promise<SandboxStatus> {
  const init = { method, signal, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(controlUrl + path, init).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw unreachable(controlUrl, cause);
  });
  const answer = (await response.json().catch(() => ({}))) as SandboxStatus & { error?: Refused };
  if (response.ok && answer.now !== undefined) return answer;
  throw refused(answer.error, controlUrl, response.status);
}

interface Refused {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

function refused(error: Refused | undefined, controlUrl: string, status: number): AlipassError {
  if (!error) return unreachable(controlUrl, new Error(`HTTP ${status}`));
  const kind = status < 500 ? 'usage' : 'config';
  return new AlipassError(kind, error.code, error.message, { hint: error.hint });
}

function unreachable(controlUrl: string, cause: unknown): AlipassError {
  const reason = systemCode(cause instanceof Error ? cause.cause : cause);
  const why = reason === 'ECONNREFUSED' ? 'nothing listens there' : (reason ?? 'no sandbox answers there');
  return new AlipassError('unavailable', 'sandbox.unreachable', `No sandbox at ${controlUrl}: ${why}`, {
    hint: '`alipass sandbox serve` starts one; --gateway names it.',
    cause,
  });
}
