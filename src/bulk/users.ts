import { createHash } from 'node:crypto';
import { AlipassError, quote } from '../errors';
import { didYouMean } from '../nearness';
import { NumberSet } from '../passes/number-set';
import { isUserId } from '../protocol/api';
import { isInShard, type Shard } from './shard';

/** What may be read as a list of users. */
export const USER_ENCODINGS = ['utf-8', 'gbk'] as const;
export type UserEncoding = (typeof USER_ENCODINGS)[number];

/** A list of users: an id a line, or CSV with a column of them. */
export interface UserList {
  /** As messages name it. */
  readonly name: string;
  /** Its bytes, from the start each time. */
  readonly read: () => AsyncIterable<Uint8Array>;
  readonly encoding: UserEncoding;
  /** The column of CSV that holds the ids; by itself `user_id`, and without a header of that name it is no CSV. */
  readonly column?: string | undefined;
}

/** What stands where a user id belongs. */
export interface UserEntry {
  /** Counts from 1. */
  readonly line: number;
  readonly text: string;
}

/** What a list of users holds. */
export interface UserSurvey {
  /** SHA-256 of the bytes, hex. */
  readonly digest: string;
  /** Different users, of this shard alone. */
  readonly users: number;
  /** Entries of this shard that repeat a user. */
  readonly repeated: number;
  /** Entries that are no user ids, in their order. */
  readonly invalid: readonly UserEntry[];
}

/** With more of them it is another file that was meant. */
const MOST_INVALID = 100_000;
/** And with a longer line too, such as JSON without line breaks. */
const MOST_LINE_CHARACTERS = 1_000_000;
const DEFAULT_COLUMN = 'user_id';
/** What is shown of an entry that is no id. */
const MOST_SHOWN = 80;

/**
 * Reads a list once through, to know what is ahead.
 * @throws usage when it can’t be read, lacks the column, is in another encoding, or holds no user id at all
 */
export async function surveyUsers(list: UserList, shard: Shard | undefined): Promise<UserSurvey> {
  const hash = createHash('sha256');
  const seen = new NumberSet();
  const invalid: UserEntry[] = [];
  let [valid, repeated] = [0, 0];
  for await (const entries of readEntries({ ...list, read: () => tap(list.read(), it => hash.update(it)) })) {
    for (const entry of entries) {
      if (!isUserId(entry.text)) addInvalid(entry, invalid, list);
      else {
        valid++;
        const mine = !shard || isInShard(entry.text, shard);
        if (mine && !seen.add(Number(entry.text))) repeated++;
      }
    }
  }
  if (valid === 0) throw noUsers(list, invalid[0]);
  return { digest: hash.digest('hex'), users: seen.size, repeated, invalid };
}

/**
 * The users of a list that are in the shard and not in `seen`, each once: `seen` takes up whoever comes. A user id has
 * 16 digits, so as a number it is exact.
 */
export async function* readUsers(
  list: UserList,
  shard: Shard | undefined,
  seen: NumberSet,
): AsyncGenerator<string> {
  for await (const entries of readEntries(list)) {
    for (const { text } of entries) {
      if (isUserId(text) && (!shard || isInShard(text, shard)) && seen.add(Number(text))) yield text;
    }
  }
}

function addInvalid({ line, text }: UserEntry, invalid: UserEntry[], { name }: UserList): void {
  if (invalid.length === MOST_INVALID) {
    const message = `${name} is no list of user ids: ${MOST_INVALID} of its lines hold none`;
    throw new AlipassError('usage', 'users.invalid', message, { hint: FORM_HINT });
  }
  invalid.push({ line, text: text.slice(0, MOST_SHOWN) });
}

const FORM_HINT =
  'A list of users has an id a line, or is CSV with a header and the ids in the column user_id, or that of --users-column.';

/** `first` is what stands first where an id belongs: the header, where CSV is taken for lines. */
function noUsers({ name }: UserList, first: UserEntry | undefined): AlipassError {
  const found = first ? `; line ${first.line} has ${quote(first.text)}` : '';
  const message = `${name} holds no user id: 16 digits that begin with 2088${found}`;
  const names = first?.text.includes(',') ? first.text.split(',').map(quote).join(', ') : undefined;
  const hint = names
    ? `If it is CSV, --users-column says which of its columns has the ids: ${names}.`
    : FORM_HINT;
  return new AlipassError('usage', 'users.none', message, { hint });
}

function requireLine(text: string, { name }: UserList): void {
  if (text.length <= MOST_LINE_CHARACTERS) return;
  const message = `${name} is no list of user ids: it has a line of more than ${MOST_LINE_CHARACTERS} characters`;
  throw new AlipassError('usage', 'users.invalid', message, { hint: FORM_HINT });
}

/** Entries as they come, some at a time; empty lines are skipped, and so are lines that begin with #. */
async function* readEntries(list: UserList): AsyncGenerator<UserEntry[]> {
  const texts = decode(list);
  const { head, all } = await peekLine(texts, list);
  const names = head.split(',').map(unquote);
  if (list.column === undefined && !names.includes(DEFAULT_COLUMN)) return yield* readLines(all, list);
  const { readColumn } = await import('./users-csv');
  yield* readColumn(all, list.column ?? DEFAULT_COLUMN, names => unknownColumn(list, names));
}

function unknownColumn({ name, column = '' }: UserList, names: readonly string[]): AlipassError {
  const shown = names.slice(0, 20).map(quote).join(', ');
  const message = `${name} has no column ${quote(column)}; its header has ${shown}`;
  return new AlipassError('usage', 'users.column', message, { hint: didYouMean(column, names) });
}

function unquote(cell: string): string {
  return cell.trim().replace(/^"(.*)"$/, '$1');
}

async function* decode({ name, read, encoding }: UserList): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const bytes of read()) yield decoder.decode(bytes, { stream: true });
    yield decoder.decode();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    const other = encoding === 'utf-8' ? 'gbk' : 'utf-8';
    throw new AlipassError('usage', 'users.encoding', `${name} is not in ${encoding}`, {
      hint: `Try --users-encoding ${other}.`,
      cause,
    });
  }
}

/** The first line with something on it, and the whole text all the same. */
async function peekLine(
  texts: AsyncGenerator<string>,
  list: UserList,
): Promise<{ head: string; all: AsyncIterable<string> }> {
  let begun = '';
  let head = '';
  for (let isWhole = false; !isWhole;) {
    const next = await texts.next();
    if (next.done) break;
    begun += next.value;
    const found = /\S.*/.exec(begun);
    if (!found) continue;
    head = found[0];
    requireLine(head, list);
    isWhole = found.index + head.length < begun.length;
  }
  async function* all(): AsyncGenerator<string> {
    yield begun;
    yield* texts;
  }
  return { head, all: all() };
}

async function* readLines(texts: AsyncIterable<string>, list: UserList): AsyncGenerator<UserEntry[]> {
  let rest = '';
  let line = 1;
  const entriesOf = (lines: readonly string[]): UserEntry[] =>
    lines.flatMap(it => {
      const entry = { line: line++, text: unquote(it) };
      return entry.text === '' || entry.text.startsWith('#') ? [] : [entry];
    });
  for await (const text of texts) {
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    requireLine(rest, list);
    yield entriesOf(lines);
  }
  yield entriesOf([rest.replace(/\r$/, '')]);
}

async function* tap<T>(items: AsyncIterable<T>, look: (item: T) => unknown): AsyncGenerator<T> {
  for await (const item of items) {
    look(item);
    yield item;
  }
}
