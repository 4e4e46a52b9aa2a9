import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AlipassError, systemCode } from '../errors';

const RETRY_MS = 20;
const PATIENCE_MS = 5_000;

/**
 * Runs `change` while no other alipass changes what is in `directory`, so that nothing between its reading and its
 * writing is lost.
 * @throws config `profile.locked`, or what `change` throws
 */
export async function exclusively<T>(directory: string, change: () => Promise<T>): Promise<T> {
  const path = join(directory, 'config.lock');
  // Where the directory can't be made or written, the change itself fails and says why.
  await mkdir(directory, { recursive: true, mode: 0o700 }).catch(() => {});
  const locked = await acquire(path);
  try {
    return await change();
  } finally {
    if (locked) await rm(path, { force: true });
  }
}

async function acquire(path: string): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += RETRY_MS) {
    try {
      await (await open(path, 'wx', 0o600)).close();
      return true;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') return false;
    }
    await wait(RETRY_MS);
  }
  const age = await stat(path).catch(() => undefined);
  const since = age ? ` since ${age.mtime.toISOString()}` : '';
  throw new AlipassError('config', 'profile.locked', `Another alipass holds ${path}${since}`, {
    hint: 'If none is running, remove that file: the one that made it has died.',
  });
}
