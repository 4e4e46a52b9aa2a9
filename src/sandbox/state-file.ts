import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AlipassError, systemCode } from '../errors';
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

/** The file is JSON, replaced as a whole by a rename; a second sandbox that writes to it is found out, not mixed in. */
export function openStateFile(path: string): StateFile {
  let last: string | undefined;
  return {
    async read() {
      last = await markOf(path);
      return last === undefined ? undefined : parseSnapshot(await readText(path), path);
    },
    async write(snapshot) {
      if ((await markOf(path)) !== last) throw stateError(path, 'another sandbox writes to it');
      last = await replace(path, JSON.stringify({ schema: SCHEMA, ...snapshot })).catch(cause => {
        throw stateError(path, `it can’t be written (${systemCode(cause) ?? 'unknown'})`, cause);
      });
    },
  };
}

/** What tells a file from the one that took its place; undefined when there is none. */
async function markOf(path: string): Promise<string | undefined> {
  try {
    const { ino, mtimeNs } = await stat(path, { bigint: true });
    return `${ino} ${mtimeNs}`;
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return undefined;
    throw stateError(path, `it can’t be looked at (${systemCode(cause) ?? 'unknown'})`, cause);
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw stateError(path, `it can’t be read (${systemCode(cause) ?? 'unknown'})`, cause);
  }
}

/** Returns the mark of the new file. */
async function replace(path: string, text: string): Promise<string | undefined> {
  const draft = `${path}.draft`;
  try {
    const file = await open(draft, 'w', 0o600);
    await file
      .writeFile(`${text}\n`)
      .then(() => file.sync())
      .finally(() => file.close());
    const mark = await markOf(draft);
    await rename(draft, path);
    await syncDirectory(dirname(path));
    return mark;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Puts the rename itself on the disk, where the system can do that. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

function parseSnapshot(text: string, path: string): Snapshot {
  try {
    const { schema, ...snapshot } = JSON.parse(text) as Snapshot & { readonly schema?: unknown };
    if (schema === SCHEMA) return snapshot;
  } catch {
    // Not JSON: no more a state than JSON of another kind.
  }
  throw stateError(path, 'it holds no state of a sandbox');
}

function stateError(path: string, why: string, cause?: unknown): AlipassError {
  return new AlipassError('config', 'sandbox.state', `The state file ${path} can’t be used: ${why}`, {
    hint: 'Nothing in it was changed. Name another file with --state, or move that one away to begin anew.',
    cause,
  });
}
