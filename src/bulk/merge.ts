import { createReadStream, existsSync } from 'node:fs';
import { AlipassError } from '../errors';
import { NumberSet } from '../passes/number-set';
import { changedFacts, type DoneEntry, type JournalHead, readJournal } from './journal';
import { jobFiles } from './row-file';
import { parseShard } from './shard';

/** A finished export to be joined with others: its file and the journal beside it. */
export interface Part {
  readonly path: string;
  readonly head: JournalHead;
  /** Whether all of its users were tried, and the file is there. */
  readonly finished: boolean;
}

/** @throws config when there is no journal, or what is there is none */
export async function openPart(path: string): Promise<Part> {
  const { journal } = jobFiles(path);
  let head: JournalHead | undefined;
  let finished = false;
  for await (const { line } of readJournal(journal)) {
    if ('schema' in line) head = line;
    finished = 'finished' in line;
  }
  if (head) return { path, head, finished: finished && existsSync(path) };
  throw new AlipassError('config', 'merge.no_journal', `${path} has no journal beside it: ${journal}`, {
    hint: 'Parts are what alipass export --output wrote, with the journals that it left there.',
  });
}

/** Facts in which parts of one whole may differ: which of the users they are of. */
const OF_USERS: ReadonlySet<string> = new Set(['users', '--shard']);

/** @throws config when the parts are no parts of one whole, naming what differs */
export function requireOneWhole(parts: readonly Part[]): void {
  const [first, ...others] = parts;
  for (const { path, head } of others) {
    const details = changedFacts(first!.head.job, head.job, OF_USERS).map(
      ({ name, before, after }) => `${name} was ${before} for the one, and ${after} for the other`,
    );
    if (details.length === 0) continue;
    const message = `${first!.path} and ${path} were not asked the same`;
    throw new AlipassError('config', 'merge.different', message, {
      details,
      hint: 'Export one of them again with the query of the other; only its users may be others.',
    });
  }
}

/** A list of users that is divided into shards, and which of them no part is of. */
export interface MissingShards {
  readonly list: string;
  readonly count: number;
  /** From 1, in order. */
  readonly missing: readonly number[];
}

/** What is missing of each list of users that parts are shards of; lists of which nothing is missing are left out. */
export function missingShards(parts: readonly Part[]): MissingShards[] {
  const byList = new Map<string, { list: string; count: number; there: Set<number> }>();
  for (const { path, head } of parts) {
    const text = head.job['--shard'];
    if (text === undefined) continue;
    const { index, count } = parseShard(`--shard in the journal of ${path}`, text);
    const list = head.job['users'] ?? '';
    const key = `${count} of ${list}`;
    const entry = byList.get(key) ?? { list, count, there: new Set() };
    byList.set(key, entry);
    entry.there.add(index);
  }
  return [...byList.values()].flatMap(({ list, count, there }) => {
    const missing = Array.from({ length: count }, (_, i) => i + 1).filter(index => !there.has(index));
    return missing.length === 0 ? [] : [{ list, count, missing }];
  });
}

/** What a merge has written, and whom it has not. */
export interface Merged {
  readonly users: number;
  readonly rows: number;
  /** Users that failed in some part and are done in none, with the code of the error. */
  readonly failed: ReadonlyMap<string, string>;
}

/** Where the rows of a merge go, and the lines of its journal. */
export interface MergeOutput {
  readonly write: (bytes: Uint8Array) => Promise<void>;
  readonly keep: (entry: DoneEntry) => Promise<void>;
}

/**
 * Writes the rows of all parts behind what stands above those of the first, each user once: a later part leaves out whom
 * an earlier one has. @throws config `merge.cut` when a part has fewer bytes than its journal counts
 */
export async function mergeParts(parts: readonly Part[], { write, keep }: MergeOutput): Promise<Merged> {
  const done = new NumberSet();
  const failed = new Map<string, string>();
  let rows = 0;
  let end = parts[0]!.head.start;
  await copy(parts[0]!.path, { from: 0, to: end }, write);
  for (const { path, head } of parts) {
    const wanted = createRanges(range => copy(path, range, write));
    let from = head.start;
    for await (const { line } of readJournal(jobFiles(path).journal)) {
      if ('user' in line && 'failed' in line) failed.set(line.user, line.failed);
      if (!('end' in line)) continue;
      if (done.add(Number(line.user))) {
        rows += line.rows;
        end += line.end - from;
        await wanted.add({ from, to: line.end });
        await keep({ user: line.user, rows: line.rows, end });
      }
      from = line.end;
    }
    await wanted.flush();
  }
  for (const user of failed.keys()) if (done.has(Number(user))) failed.delete(user);
  return { users: done.size, rows, failed };
}

/** Bytes of a file, the last one left out. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** Hands ranges on, neighbours together. */
function createRanges(handOn: (range: Range) => Promise<void>): {
  add(range: Range): Promise<void>;
  flush(): Promise<void>;
} {
  let held: Range = { from: 0, to: 0 };
  return {
    add: async ({ from, to }) => {
      if (held.to !== from) await handOn(held);
      held = { from: held.to === from ? held.from : from, to };
    },
    flush: () => handOn(held),
  };
}

async function copy(
  path: string,
  { from, to }: Range,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  if (to === from) return;
  let copied = 0;
  for await (const bytes of createReadStream(path, { start: from, end: to - 1 }) as AsyncIterable<Buffer>) {
    copied += bytes.length;
    await write(bytes);
  }
  if (copied === to - from) return;
  throw new AlipassError('config', 'merge.cut', `${path} is shorter than its journal says: it was changed`);
}
