import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { temporaryDirectory } from './directory';
import { TEST_KEYS } from './keys';

/** The built program, as users start it. */
export const PROGRAM = join(import.meta.dirname, '../../bin/alipass.js');

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export type Env = Readonly<Record<string, string>>;

/** An environment with nothing of the machine's own settings in it. */
export function cleanEnv(env: Env = {}): Env {
  return { PATH: process.env['PATH'] ?? '', ALIPASS_CONFIG_DIR: temporaryDirectory(), ...env };
}

/** The settings of a caller that the independent gateway knows. */
export function callerEnv(gatewayUrl: string): Env {
  return {
    ALIPASS_GATEWAY: gatewayUrl,
    ALIPASS_APP_ID: '2014072300007148',
    ALIPASS_PRIVATE_KEY: TEST_KEYS.appPrivate,
    ALIPASS_ALIPAY_PUBLIC_KEY: TEST_KEYS.alipayPublic,
  };
}

/** Starts the built program; the caller waits for it. */
export function start(args: readonly string[], env: Env = {}): ChildProcess {
  return spawn(process.execPath, [PROGRAM, ...args], {
    env: cleanEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Runs the built program to its end. */
export async function run(args: readonly string[], env: Env = {}): Promise<Run> {
  return finish(start(args, env));
}

/** Collects what a started program prints until it ends. */
export async function finish(child: ChildProcess): Promise<Run> {
  const texts = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
  const code = await new Promise<number | null>(resolve => child.once('close', resolve));
  return { code, ...texts };
}

/** Resolves with what the program has printed to stdout once `pattern` is in it. */
export function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (pattern.test(text)) resolve(text);
    });
    child.once('close', () => reject(new Error(`ended before ${pattern}: ${text}`)));
  });
}
