import { spawn } from 'node:child_process';
import { AlipassError } from '../errors';
import { ClosedPipe, type Output } from './terminal';

/** A program that shows text page by page on the terminal. */
export interface Pager extends Output {
  /** Ends the text and waits until the reader is done. @throws config `pager.failed` */
  close(): Promise<void>;
}

type Env = Readonly<Record<string, string | undefined>>;

/** What only a shell understands. */
const SHELL_SYNTAX = /[|&;<>()$`\\"'*?[\]#~=%]/;
/** With these a shell ends that can’t run the program. */
const NOT_RUN: ReadonlySet<number> = new Set([126, 127]);

/**
 * Starts `command` on the terminal of `stdout`; undefined when there is no such program. Writing throws
 * {@link ClosedPipe} once the reader has left.
 */
export async function startPager(command: string, stdout: Output, env: Env): Promise<Pager | undefined> {
  const [program = '', ...args] = SHELL_SYNTAX.test(command)
    ? ['sh', '-c', command]
    : command.trim().split(/\s+/);
  const child = spawn(program, args, {
    stdio: ['pipe', 'inherit', 'inherit'],
    // A bare `less` shows colours, keeps the screen, and leaves a short text alone; all that is written is UTF-8.
    env: { LESS: 'FRSX', LESSCHARSET: 'utf-8', ...env },
  });
  const ended = new Promise<number | null>(resolve => child.once('close', resolve));
  const started = await new Promise<boolean>(resolve => {
    child.once('spawn', () => resolve(true)).once('error', () => resolve(false));
  });
  if (!started) return undefined;
  child.stdin.on('error', () => {});
  return {
    isTTY: true,
    get columns() {
      return stdout.columns;
    },
    write: text =>
      new Promise((resolve, reject) => {
        child.stdin.write(text, error => (error ? reject(new ClosedPipe()) : resolve()));
      }),
    close: async () => {
      child.stdin.end();
      const code = await ended;
      if (code !== null && NOT_RUN.has(code)) throw notRun(command);
    },
  };
}

function notRun(command: string): AlipassError {
  return new AlipassError('config', 'pager.failed', `The pager ${JSON.stringify(command)} can’t be run`, {
    hint: 'Set ALIPASS_PAGER to another one, or use --no-pager.',
  });
}
