import { createReadStream } from 'node:fs';
import { AlipassError, systemCode } from '../errors';
import { NumberSet } from '../passes/number-set';
import { isUserId } from '../protocol/api';

/** Names the form of a journal; a change that breaks readers gets another number. */
const SCHEMA = 'alipass.export/1';

/** What a job is, fact by fact in words for people: where one differs, it is another job. */
export type JobFacts = Readonly<Record<string, string>>;

/** Stands for a fact that a job does not have. */
const NOT_GIVEN = '(not given)';

/** A fact in which two jobs differ, in words for people. */
export interface FactChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** What makes two jobs different ones, those of `leftOut` apart. */
export function changedFacts(
  before: JobFacts,
  after: JobFacts,
  leftOut: ReadonlySet<string> = new Set(),
): FactChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .filter(name => !leftOut.has(name) && before[name] !== after[name])
    .map(name => ({ name, before: before[name] ?? NOT_GIVEN, after: after[name] ?? NOT_GIVEN }));
}

/** The first line of a journal. */
export interface JournalHead {
  readonly schema: typeof SCHEMA;
  /** By which passes are judged, also when the job goes on another day. */
  readonly began_at_ms: number;
  readonly job: JobFacts;
  /** How many users there are to do. */
  readonly users: number;
  /** Where the rows begin in the file, in bytes: behind a header. */
  readonly start: number;
}

/** A user whose rows are in the file, and where they end there, in bytes; they begin where the last ones end. */
export interface DoneEntry {
  readonly user: string;
  readonly rows: number;
  readonly end: number;
}

/** A user who could not be listed, and the code of the error. */
export interface FailedEntry {
  readonly user: string;
  readonly failed: string;
}

/** The last line: every user was tried, and the file is in its place. */
export interface FinishedEntry {
  readonly finished: true;
  readonly done: number;
  readonly failed: number;
}

/** A line of a journal behind its head. */
export type JournalEntry = DoneEntry | FailedEntry | FinishedEntry;

/** What is known of a job that was begun. */
export interface JobState {
  readonly head: JournalHead;
  /** Users whose rows are in the file. */
  readonly done: NumberSet;
  readonly rows: number;
  /** Bytes of the file that count; more is from a write that was cut off. */
  readonly end: number;
  readonly finished: boolean;
  /** Bytes of the journal that count, without the line that says `finished`. */
  readonly size: number;
}

export function createHead(fields: Omit<JournalHead, 'schema'>): JournalHead {
  return { schema: SCHEMA, ...fields };
}

/** A line as it stands in the file. */
export function formatLine(line: JournalHead | JournalEntry): string {
  return `${JSON.stringify(line)}\n`;
}

/**
 * Reads the state of a job; undefined when there is no journal, or not even its head came to the disk.
 * @throws config `journal.broken` for what is no journal
 */
export async function readState(path: string): Promise<JobState | undefined> {
  const done = new NumberSet();
  let head: JournalHead | undefined;
  let [rows, end, size] = [0, 0, 0];
  let finished = false;
  for await (const { line, endsAt } of readJournal(path)) {
    if ('finished' in line) {
      finished = true;
      continue;
    }
    size = endsAt;
    if ('schema' in line) {
      head = line;
      end = line.start;
    } else if ('end' in line) {
      done.add(Number(line.user));
      rows += line.rows;
      end = line.end;
    }
  }
  return head && { head, done, rows, end, finished, size };
}

interface JournalLine {
  readonly line: JournalHead | JournalEntry;
  /** Where the line ends in the journal, in bytes. */
  readonly endsAt: number;
}

/**
 * The lines of a journal, its head first; nothing when there is no such file. A last line without its end was cut off
 * while it was written, and does not count. @throws config `journal.broken`
 */
export async function* readJournal(path: string): AsyncGenerator<JournalLine> {
  let rest = '';
  let endsAt = 0;
  try {
    for await (const text of createReadStream(path, 'utf8') as AsyncIterable<string>) {
      const lines = (rest + text).split('\n');
      rest = lines.pop()!;
      for (const it of lines) {
        const line = parseLine(it, endsAt === 0, path);
        endsAt += Buffer.byteLength(it) + 1;
        yield { line, endsAt };
      }
    }
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** Checked as far as a file that anybody may have edited must be, so that what reads on can trust it. */
function isHead({ schema, began_at_ms, users, start, job }: Fields): boolean {
  const facts = typeof job === 'object' && job !== null ? Object.values(job) : [undefined];
  const numbers = [began_at_ms, users, start];
  return (
    schema === SCHEMA && numbers.every(Number.isSafeInteger) && facts.every(it => typeof it === 'string')
  );
}

function isEntry({ finished, user, failed, rows, end }: Fields): boolean {
  if (finished !== undefined) return finished === true;
  if (!isUserId(String(user))) return false;
  return typeof failed === 'string' || [rows, end].every(Number.isSafeInteger);
}

function parseLine(text: string, first: boolean, path: string): JournalHead | JournalEntry {
  try {
    const line = JSON.parse(text) as Fields;
    if (first ? isHead(line) : isEntry(line)) return line as unknown as JournalHead | JournalEntry;
  } catch {
    // Told below.
  }
  throw new AlipassError('config', 'journal.broken', `${path} is no journal of this alipass’s export`, {
    hint: '--restart begins the export anew, without what was done so far.',
  });
}
