import { AlipassError, systemCode } from '../errors';

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOENT: 'there is no such directory',
  ENOTDIR: 'a part of the path is no directory',
  EACCES: 'you may not write there',
  EROFS: 'the file system is read-only',
};

/** Causes that may pass by themselves. */
const PASSING: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** What keeps a file of a job from being written; an {@link AlipassError} is told as it is. */
export function unwritable(path: string, cause: unknown): AlipassError {
  if (cause instanceof AlipassError) return cause;
  const code = systemCode(cause) ?? String(cause);
  const message = `${path} and what stands beside it can’t be written: ${REASONS[code] ?? code}`;
  const kind = PASSING.has(code) ? 'unavailable' : 'config';
  return new AlipassError(kind, 'output.unwritable', message, { cause });
}
