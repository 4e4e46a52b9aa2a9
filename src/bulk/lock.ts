import { open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { AlipassError, systemCode } from '../errors';
import { unwritable } from './unwritable';

/** The processes of this machine. */
export interface Processes {
  readonly pid: number;
  readonly isRunning: (pid: number) => boolean;
}

/** Gives the lock back. */
export type Unlock = () => Promise<void>;

const RETRY_MS = 20;
/** A lock without a holder so often: it died before it could write its name. */
const MOST_TRIES = 25;

/**
 * Keeps a second run away from the files of this one. A lock whose process is gone, as after kill -9, counts for nothing.
 * @throws config `job.locked`; `output.unwritable`
 */
export async function lockJob(path: string, { pid, isRunning }: Processes): Promise<Unlock> {
  for (let tries = 0; !(await createLock(path, `${pid} ${hostname()}`)); tries++) {
    const [holder, host] = (await readFile(path, 'utf8').catch(() => '')).split(' ');
    if (host === undefined && tries < MOST_TRIES) {
      // Made this moment, or given back: the next look tells.
      await wait(RETRY_MS);
      continue;
    }
    const isHeld = host !== hostname() || (Number(holder) !== pid && isRunning(Number(holder)));
    if (host !== undefined && isHeld) throw locked(path, holder!, host);
    await rm(path, { force: true });
  }
  return () => rm(path, { force: true });
}

/** False when there is one. */
async function createLock(path: string, text: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o644);
    await file.writeFile(text).finally(() => file.close());
    return true;
  } catch (cause) {
    if (systemCode(cause) === 'EEXIST') return false;
    await rm(path, { force: true }).catch(() => {});
    throw unwritable(path, cause);
  }
}

function locked(path: string, pid: string, host: string): AlipassError {
  const message = `Another export writes there: process ${pid} on ${host} holds ${path}`;
  return new AlipassError('config', 'job.locked', message, {
    hint: 'Wait until it ends. If it ended on another machine, remove that file.',
  });
}
