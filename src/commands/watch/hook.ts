import { exec } from 'node:child_process';
import type { Context } from '../../context';
import type { ChangeEvent } from './event';

/** A command that lasts longer is ended, as the watch waits for it. */
const TIMEOUT_MS = 60_000;
const MAX_OUTPUT_BYTES = 1024 * 1024;

/**
 * Runs a command line in the shell for a change, with the change as JSON on stdin and as variables, beside those of the
 * watch itself, so that it may call alipass. Resolves with what went wrong, if anything did; what it prints is for nobody. @throws the signal's reason
 */
export async function runHook(
  command: string,
  event: ChangeEvent,
  { env, signal }: Pick<Context, 'env' | 'signal'>,
): Promise<string | undefined> {
  const failure = await new Promise<string | undefined>(resolve => {
    const options = {
      signal,
      timeout: TIMEOUT_MS,
      maxBuffer: MAX_OUTPUT_BYTES,
      env: { ...env, ...variablesOf(event) },
    };
    const child = exec(command, options, (error, _stdout, stderr) => {
      if (!error) return resolve(undefined);
      const end = error.killed
        ? `was ended after ${TIMEOUT_MS / 1000} s`
        : `ended with ${error.code ?? error.signal}`;
      const said = stderr.trim().split('\n').at(-1) ?? '';
      resolve(`The command of --on-change ${end}${said && `: ${said.slice(0, 200)}`}`);
    });
    // A command may well end without reading.
    child.stdin?.on('error', () => {}).end(`${JSON.stringify(event)}\n`);
  });
  signal.throwIfAborted();
  return failure;
}

/** The change as variables of the environment, which can hold no NUL. */
function variablesOf(event: ChangeEvent): Record<string, string> {
  const { before, after } = statusesOf(event);
  const variables = {
    ALIPASS_CHANGE: event.change,
    ALIPASS_CHANGED_AT: event.at,
    ALIPASS_PASS_ID: event.pass_id,
    ALIPASS_STATUS: after,
    ALIPASS_STATUS_BEFORE: before,
  };
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, String(value ?? '').replaceAll('\0', '')]),
  );
}

function statusesOf(event: ChangeEvent): { before?: unknown; after?: unknown } {
  if (event.change === 'added') return { after: event.after['status'] };
  if (event.change === 'removed') return { before: event.before['status'] };
  return event.fields['status'] ?? {};
}
