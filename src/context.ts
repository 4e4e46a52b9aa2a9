import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { version } from '../package.json';
import { AlipassError, systemCode } from './errors';
import type { Transport, TransportOptions } from './gateway/transport';
import type { ProfileStore } from './profile/store';
import type { Pager } from './terminal/pager';
import { createOutput, type Output } from './terminal/terminal';

/** The world that the program acts in. Nothing else touches the process, the clock or chance. */
export interface Context {
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Node's name of the operating system: `linux`, `darwin`, `win32`. */
  readonly platform: string;
  readonly pid: number;
  /** Whether a process of this machine is there. */
  readonly isRunning: (pid: number) => boolean;
  /** A function, as the stream is opened by looking at it. */
  readonly stdin: () => Readable;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Starts a program that shows text on the terminal page by page; undefined when there is no such program. */
  readonly startPager: (command: string) => Promise<Pager | undefined>;
  /** Asks for a secret without echo; undefined where there is no terminal to ask on. @throws interrupted */
  readonly askSecret: (question: string) => Promise<string | undefined>;
  /** Aborted by SIGINT and SIGTERM; the reason is an {@link AlipassError}. */
  readonly signal: AbortSignal;
  /** Where profiles and the sandbox's keys are kept. */
  readonly configDirectory: string;
  readonly profiles: () => Promise<ProfileStore>;
  /**
   * Keeps V8’s space for young objects as it is: a long listing would grow it by some 30 MB of garbage, and gain no time.
   * Not at every start, as it costs two milliseconds.
   */
  readonly keepHeapSmall: () => Promise<void>;
  /** For thousands of calls, or for a few. */
  readonly transport: (
    options: Omit<TransportOptions, 'userAgent'>,
    calls: 'thousands' | 'few',
  ) => Promise<Transport>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** @throws the signal's reason when it is aborted */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The real world. */
export function createContext(process: NodeJS.Process): Context {
  const { env } = process;
  const stdout = createOutput(() => process.stdout, 1);
  const stderr = createOutput(() => process.stderr, 2);
  const signal = signalOf(process);
  const configDirectory = resolve(env['ALIPASS_CONFIG_DIR'] || defaultConfigDirectory(process));
  return {
    version,
    env,
    platform: process.platform,
    pid: process.pid,
    isRunning: pid => isRunning(process, pid),
    stdin: () => process.stdin,
    stdout,
    stderr,
    startPager: async command => (await import('./terminal/pager')).startPager(command, stdout, env),
    askSecret: async question => {
      if (!process.stdin.isTTY || !stderr.isTTY) return undefined;
      const { askSecret } = await import('./terminal/prompt');
      return askSecret(question, process.stdin, stderr, signal);
    },
    signal,
    configDirectory,
    profiles: async () => (await import('./profile/store')).createProfileStore(configDirectory),
    keepHeapSmall: async () => {
      const { setFlagsFromString } = await import('node:v8');
      setFlagsFromString('--semi-space-growth-factor=1');
    },
    transport: async (options, calls) => {
      const complete = { ...options, userAgent: `alipass/${version}` };
      if (calls === 'thousands' && options.proxy === undefined) {
        return (await import('./gateway/pool-transport')).createPoolTransport({ ...complete, now: Date.now });
      }
      return (await import('./gateway/transport')).createHttpTransport(complete);
    },
    now: Date.now,
    random: Math.random,
    sleep: async (ms, signal) => {
      const { setTimeout } = await import('node:timers/promises');
      await setTimeout(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
    },
  };
}

/**
 * The first signal asks for an orderly end; a second one gets the system's default, which is at once. The listeners
 * stay meanwhile: libraries that restore the cursor end the process when they are the only ones left to listen.
 */
function signalOf(process: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  const listen = (name: 'SIGINT' | 'SIGTERM', kind: 'interrupted' | 'terminated', says: string): void => {
    const onSignal = (): void => {
      if (!controller.signal.aborted) return controller.abort(new AlipassError(kind, kind, says));
      process.off(name, onSignal);
      process.kill(process.pid, name);
    };
    process.on(name, onSignal);
  };
  listen('SIGINT', 'interrupted', 'Interrupted');
  listen('SIGTERM', 'terminated', 'Terminated');
  return controller.signal;
}

/** Signal 0 is never sent: asking is all it does. One that may not be signalled is there as well. */
function isRunning(process: NodeJS.Process, pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** Each system's place for settings: XDG, Library/Preferences, AppData. */
function defaultConfigDirectory({ env, platform }: NodeJS.Process): string {
  if (platform === 'win32') return join(env['APPDATA'] || join(homedir(), 'AppData', 'Roaming'), 'alipass');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Preferences', 'alipass');
  return join(env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'alipass');
}
