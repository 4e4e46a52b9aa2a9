import { open, rm } from 'node:fs/promises';
import { AlipassError, systemCode } from '../errors';

/** Modes of files with a private key and of those without, before the umask. */
export const PRIVATE_MODE = 0o600;
export const PUBLIC_MODE = 0o644;

export interface NewFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

/**
 * Writes files that are not there yet, all or none: nothing is overwritten, nothing half-written stays.
 * @throws usage `file.exists`, config `file.unwritable`
 */
export async function writeNewFiles(files: readonly NewFile[]): Promise<void> {
  const begun: string[] = [];
  try {
    for (const file of files) await writeNewFile(file, begun);
  } catch (error) {
    await Promise.all(begun.map(path => rm(path, { force: true })));
    throw error;
  }
}

async function writeNewFile({ path, text, mode }: NewFile, begun: string[]): Promise<void> {
  try {
    const file = await open(path, 'wx', mode);
    begun.push(path);
    await file.writeFile(text).finally(() => file.close());
  } catch (cause) {
    throw systemCode(cause) === 'EEXIST' ? fileExists(path) : unwritable(path, cause);
  }
}

/** A file is in the way. */
export function fileExists(path: string): AlipassError {
  return new AlipassError('usage', 'file.exists', `There is a file ${path} already`, {
    hint: 'Nothing was overwritten. Choose another name, or move that file away first.',
  });
}

/** A file can’t be written, and why: unavailable when the disk is full, else config. */
export function unwritable(path: string, cause: unknown): AlipassError {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such directory',
    EISDIR: 'it is a directory',
    ENOTDIR: 'a part of the path is no directory',
    ERR_FS_EISDIR: 'it is a directory',
    EACCES: 'you may not write there',
    ENOSPC: 'the disk is full',
  };
  const code = systemCode(cause) ?? 'unknown';
  const message = `The file ${path} can’t be written: ${reasons[code] ?? code}`;
  // As with stdout: once there is room, the same command goes through.
  const kind = code === 'ENOSPC' ? 'unavailable' : 'config';
  return new AlipassError(kind, 'file.unwritable', message, { cause });
}
