import { rm, stat } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import type { UserEntry } from '../../bulk/users';
import type { AlipassError } from '../../errors';
import { safeText } from '../../terminal/safe-text';
import { openFile, type Sink } from '../sink';

/** Of a run that was killed, the next one writes it over. */
const DRAFT = 'partial';

/** A file of what an export could not do, written as it goes on; there is none while there is nothing of the kind. */
export interface Leftovers {
  readonly count: number;
  /** How many users failed with each code. */
  readonly codes: ReadonlyMap<string, number>;
  /** What the last one failed for. */
  readonly last: AlipassError | undefined;
  add(user: string, error: AlipassError): Promise<void>;
  /** Puts the file in its place, of an earlier run’s; without anything in it, takes that one away. */
  finish(): Promise<void>;
}

/** Users that failed, as CSV that `--users` takes again; without a path they are only counted. */
export function createFailures(path: string | undefined): Leftovers {
  const codes = new Map<string, number>();
  let count = 0;
  let last: AlipassError | undefined;
  let opening: Promise<Sink> | undefined;
  return {
    get count() {
      return count;
    },
    codes,
    get last() {
      return last;
    },
    add: async (user, error) => {
      const { code, message } = error;
      count++;
      last = error;
      codes.set(code, (codes.get(code) ?? 0) + 1);
      if (path === undefined) return;
      opening ??= begin(path);
      await (await opening).to.write(stringify([[user, code, safeText(message)]]));
    },
    finish: async () => {
      if (opening) await (await opening).finish();
      else if (path !== undefined) await takeAway(path);
    },
  };
}

/** A file of an earlier run; what is no plain file, such as /dev/null, is left alone. */
async function takeAway(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there?.isFile()) await rm(path, { force: true });
}

async function begin(path: string): Promise<Sink> {
  const sink = await openFile(path, DRAFT);
  await sink.to.write(stringify([['user_id', 'code', 'message']]));
  return sink;
}

/** Writes what stood where user ids belong, with its lines; without any, takes an earlier file away. */
export async function writeInvalid(path: string, invalid: readonly UserEntry[]): Promise<void> {
  if (invalid.length === 0) return takeAway(path);
  const sink = await openFile(path, DRAFT);
  await sink.to.write(
    stringify([['line', 'text'], ...invalid.map(({ line, text }) => [String(line), text])]),
  );
  await sink.finish();
}
