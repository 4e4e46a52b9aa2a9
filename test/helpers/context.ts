import { Readable } from 'node:stream';
import type { Context } from '../../src/context';
import type { Transport } from '../../src/gateway/transport';
import { main } from '../../src/main';
import { createProfileStore } from '../../src/profile/store';
import { ClosedPipe, type Output } from '../../src/terminal/terminal';
import { temporaryDirectory } from './directory';

export interface World {
  readonly env?: Readonly<Record<string, string>>;
  readonly configDirectory?: string;
  /** Stands where the network would; a call without one fails the test. */
  readonly transport?: Transport;
  readonly stdin?: string;
  /** What a person types when asked for a secret, answer by answer; nobody is there when left out. */
  readonly secrets?: readonly string[];
  /** The columns of the terminal that both outputs are; no terminal when left out. */
  readonly columns?: number;
  /** Stands where a pager would: takes the command, returns the columns and what it does with text. */
  readonly startPager?: Context['startPager'];
  /** Takes what stdout is written, byte for byte, for a test that reads no UTF-8. */
  readonly onBytes?: (bytes: Buffer) => void;
  /** stdout's reader goes away after so many writes. */
  readonly closeAfter?: number;
  readonly signal?: AbortSignal;
  /** Milliseconds since the epoch, at the start: sleeping moves it on. */
  readonly now?: number;
  /** Tells the time in place of `now`, for a test in which calls take some. */
  readonly clock?: () => number;
  /** Called with each sleep, before the time moves on. */
  readonly onSleep?: (ms: number) => unknown;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const NOON_IN_BEIJING = Date.parse('2026-11-23T12:00:00+08:00');

/** Runs a command line in process, in a world of the test's own: no network, no clock, no sleeping. */
export async function alipass(args: readonly string[], world: World = {}): Promise<Outcome> {
  const stdout = createMemory(world.columns, world.closeAfter);
  const stderr = createMemory(world.columns);
  // One stream, as a process has: what is read is gone.
  const stdin = Readable.from([world.stdin ?? '']);
  const secrets = [...(world.secrets ?? [])];
  const configDirectory = world.configDirectory ?? temporaryDirectory();
  let nowMs = world.now ?? NOON_IN_BEIJING;
  const context: Context = {
    version: '0.0.0-test',
    env: world.env ?? {},
    platform: 'linux',
    pid: 4711,
    isRunning: () => false,
    stdin: () => stdin,
    stdout,
    stderr,
    startPager: world.startPager ?? (async () => undefined),
    askSecret: async question => {
      const secret = secrets.shift();
      if (secret !== undefined) await stderr.write(`${question}\n`);
      return secret;
    },
    signal: world.signal ?? new AbortController().signal,
    configDirectory,
    profiles: async () => createProfileStore(configDirectory),
    keepHeapSmall: async () => {},
    transport: async () => world.transport ?? noNetwork,
    now: world.clock ?? (() => nowMs),
    random: () => 0.5,
    sleep: async (ms, signal) => {
      await world.onSleep?.(ms);
      signal.throwIfAborted();
      nowMs += ms;
    },
  };
  const code = await main(args, context);
  world.onBytes?.(stdout.bytes());
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

const noNetwork: Transport = () => Promise.reject(new Error('the test has no network, yet a call was made'));

function createMemory(
  columns: number | undefined,
  closeAfter = Infinity,
): Output & { text(): string; bytes(): Buffer } {
  const written: Buffer[] = [];
  return {
    isTTY: columns !== undefined,
    columns: columns ?? Infinity,
    ...(columns === undefined ? {} : { rows: 24 }),
    bytes: () => Buffer.concat(written),
    text: () => Buffer.concat(written).toString('utf8'),
    write: async text => {
      if (written.length >= closeAfter) throw new ClosedPipe();
      written.push(Buffer.from(text as string));
    },
  };
}
