import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { temporaryDirectory } from './directory';
import { cleanEnv, type Env, finish, printed, run, type Run, start } from './run';

/** A sandbox that runs as a program of its own, and the settings of its callers. */
export interface ServedSandbox {
  readonly env: Env;
  /** Ends it, in whatever way. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again where it was: same port, same keys. */
  revive(): Promise<void>;
  /** Puts faults in the place of those in force. */
  inject(...faults: string[]): Promise<void>;
}

/** Begins at noon, so that no pass ends between two exports, as many do at midnight. */
const FROM_NOON = {
  NODE_OPTIONS: `--require ${JSON.stringify(join(import.meta.dirname, '../../bench/noon-clock.cjs'))}`,
  CLOCK: 'moves',
};

/** Serves the sandbox with more flags on a free port. */
export async function serveSandbox(...flags: string[]): Promise<ServedSandbox> {
  const env = cleanEnv();
  const serve = async (port: string): Promise<{ child: ChildProcess; text: string }> => {
    const child = start(['sandbox', 'serve', '--port', port, '--quiet', ...flags], { ...env, ...FROM_NOON });
    return { child, text: await printed(child, /ALIPAY_PUBLIC_KEY_FILE=.*\n/) };
  };
  let served = await serve('0');
  const settings = [...served.text.matchAll(/^export (\w+)=(.*)$/gm)].map(it => [it[1]!, it[2]!] as const);
  const callers = { ...env, ...(Object.fromEntries(settings) as Env) };
  const port = new URL(callers['ALIPASS_GATEWAY']!).port;
  return {
    env: callers,
    kill: async (signal = 'SIGKILL') => {
      if (served.child.exitCode !== null || served.child.signalCode !== null) return;
      const end = once(served.child, 'close');
      served.child.kill(signal);
      await end;
    },
    revive: async () => void (served = await serve(port)),
    inject: async (...faults) => {
      const words = faults.length > 0 ? faults : ['--none'];
      const { code, stderr } = await run(['sandbox', 'inject', ...words], callers);
      if (code !== 0) throw new Error(stderr);
    },
  };
}

/** Users of the sandbox with a few passes each. */
export function smallUsers(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `20880001${String(i).padStart(8, '0')}`);
}

/** A user of the sandbox with so many passes in every group. */
export function userWith(passes: number): string {
  return `20880000${String(passes).padStart(8, '0')}`;
}

/** A file of users, an id a line. */
export function userFile(users: readonly string[], directory = temporaryDirectory()): string {
  const path = join(directory, 'users.txt');
  writeFileSync(path, users.map(it => `${it}\n`).join(''));
  return path;
}

/** The lines of a file in order of themselves: doubled ones stay. */
export function rowsOf(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').slice(0, -1).toSorted();
}

/** What stands in an output's directory by its name, the name itself left out: `.journal`. */
export function besides(output: string): string[] {
  const name = basename(output);
  return readdirSync(dirname(output))
    .filter(it => it.startsWith(`${name}.`))
    .map(it => it.slice(name.length))
    .toSorted();
}

/** Resolves after so many changes of what stands in a directory, or when the program has ended. */
export async function changes(directory: string, count: number, child: ChildProcess): Promise<void> {
  if (count === 0) return;
  const watcher = watch(directory);
  let left = count;
  await new Promise<void>(resolve => {
    watcher.on('change', () => --left === 0 && resolve());
    child.once('exit', () => resolve());
  });
  watcher.close();
}

/** Runs the same command until it ends with 0; whatever comes before must be one of `others`. */
export async function untilDone(
  args: readonly string[],
  env: Env,
  others: readonly number[],
): Promise<Run[]> {
  const runs: Run[] = [];
  for (;;) {
    const ended = await finish(start(args, env));
    runs.push(ended);
    if (ended.code === 0) return runs;
    if (!others.includes(ended.code ?? -1) || runs.length > 20)
      throw new Error(`${ended.code}: ${ended.stderr}`);
  }
}

/** What a file for programs says; undefined while there is none. @throws when it is no JSON */
export function readProgress(path: string): Record<string, unknown> | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>) : undefined;
}

/** Below `end`; the same ones for the same seed. */
export function createDice(seed: number): (end: number) => number {
  let dice = seed;
  return end => {
    dice = (Math.imul(dice, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((dice / 2 ** 32) * end);
  };
}
