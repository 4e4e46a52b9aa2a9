import type { BigIntStats } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AlipassError, systemCode } from '../errors';
import { type Group, GROUPS } from '../protocol/api';
import type { Snapshot } from './state';

const SCHEMA = 'alipass.sandbox-state/1';

/** Where a sandbox keeps how it differs from its data. */
export interface StateFile {
  /** What was kept last; undefined when there is no file yet. @throws config `sandbox.state` */
  read(): Promise<Snapshot | undefined>;
  /**
   * Keeps a snapshot in place of the last: whole and on the disk once this resolves, whatever kills the program.
   * @throws config `sandbox.state`
   */
  write(snapshot: Snapshot): Promise<void>;
}

/**
 * The file is JSON, replaced as a whole by a rename. The draft beside it is made by one sandbox at a time: whoever finds
 * another's draft, or another file than the last, is told that there is another sandbox, and nothing is mixed or lost.
 */
export function openStateFile(path: string): StateFile {
  const draft = `${path}.draft`;
  let last: string | undefined;
  let leftover: string | undefined;
  return {
    async read() {
      leftover = await markOf(draft);
      last = await markOf(path);
      return last === undefined ? undefined : parseSnapshot(await readText(path), path);
    },
    async write(snapshot) {
      // What a killed sandbox left has not moved since the start.
      if (leftover !== undefined && (await markOf(draft)) === leftover) await rm(draft, { force: true });
      leftover = undefined;
      last = await replace({ path, draft, last }, JSON.stringify({ schema: SCHEMA, ...snapshot }));
    },
  };
}

/** What tells a file from the one that took its place; undefined when there is none. */
async function markOf(path: string): Promise<string | undefined> {
  try {
    return mark(await stat(path, { bigint: true }));
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return undefined;
    throw stateError(path, `it can’t be looked at (${systemCode(cause) ?? 'unknown'})`, cause);
  }
}

function mark({ ino, mtimeNs }: BigIntStats): string {
  return `${ino} ${mtimeNs}`;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const code = systemCode(cause) ?? 'unknown';
    throw stateError(path, code === 'EISDIR' ? 'it is a directory' : `it can’t be read (${code})`, cause);
  }
}

interface Place {
  readonly path: string;
  readonly draft: string;
  /** The mark of the file that is to be replaced. */
  readonly last: string | undefined;
}

/** Returns the mark of the new file. @throws config `sandbox.state` */
async function replace({ path, draft, last }: Place, text: string): Promise<string> {
  const file = await open(draft, 'wx', 0o600).catch(cause => {
    throw systemCode(cause) === 'EEXIST' ? sharedError(path) : unwritable(path, cause);
  });
  try {
    const mark = await fill(file, `${text}\n`).finally(() => file.close());
    // Looked at while the draft keeps others out.
    if ((await markOf(path)) !== last) throw sharedError(path);
    await rename(draft, path);
    await syncDirectory(dirname(path));
    return mark;
  } catch (error) {
    await rm(draft, { force: true });
    throw error instanceof AlipassError ? error : unwritable(path, error);
  }
}

/** Whole and on the disk. Returns its mark. */
async function fill(file: FileHandle, text: string): Promise<string> {
  await file.writeFile(text);
  await file.sync();
  return mark(await file.stat({ bigint: true }));
}

/** Puts the rename itself on the disk, where the system can do that. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

function parseSnapshot(text: string, path: string): Snapshot {
  try {
    const { schema, ...snapshot } = JSON.parse(text) as Fields;
    if (schema === SCHEMA && isSnapshot(snapshot)) return snapshot;
  } catch {
    // Not JSON: no more a state than JSON of another kind.
  }
  throw stateError(path, 'it holds no state of a sandbox');
}

type Fields = Readonly<Record<string, unknown>>;

function isSnapshot(value: Fields): value is Fields & Snapshot {
  const { startMs, advancedMs, put, gone } = value;
  return (
    isTime(startMs) &&
    isTime(advancedMs) &&
    areAll(put, it => isOfUser(it) && isTime(it['atMs']) && isPass(it['pass'])) &&
    areAll(gone, it => isOfUser(it) && typeof it['passId'] === 'string')
  );
}

function areAll(list: unknown, fits: (fields: Fields) => boolean): boolean {
  return Array.isArray(list) && list.every(it => isFields(it) && fits(it));
}

function isOfUser({ user, group }: Fields): boolean {
  return typeof user === 'string' && GROUPS.includes(group as Group);
}

function isPass(value: unknown): boolean {
  return isFields(value) && typeof value['pass_id'] === 'string';
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** Milliseconds that a date can be made of. */
function isTime(value: unknown): boolean {
  return Number.isSafeInteger(value) && Math.abs(value as number) <= MOST_MS;
}

/** The end of the year 9999. */
const MOST_MS = 253_402_300_799_000;

function sharedError(path: string): AlipassError {
  return stateError(path, 'another sandbox writes to it');
}

function unwritable(path: string, cause: unknown): AlipassError {
  return stateError(path, `it can’t be written (${systemCode(cause) ?? 'unknown'})`, cause);
}

function stateError(path: string, why: string, cause?: unknown): AlipassError {
  return new AlipassError('config', 'sandbox.state', `The state file ${path} can’t be used: ${why}`, {
    hint: 'Nothing in it was changed. Name another file with --state, or move that one away to begin anew.',
    cause,
  });
}
