import { open, readFile, rm, writeFile } from 'node:fs/promises';
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
/** A file without a name in it, or a claim, so often: its process died before it got further. */
const MOST_TRIES = 25;

/**
 * Keeps a second run away from the files of this one. A lock whose process is gone, as after kill -9, counts for nothing.
 * @throws config `job.locked`; `output.unwritable`
 */
export async function lockJob(path: string, { pid, isRunning }: Processes): Promise<Unlock> {
  const mine = `${pid} ${hostname()}`;
  for (let tries = 0; !(await createLock(path, mine)); tries++) {
    const text = await readLock(path);
    const [holder, host] = text.split(' ');
    const isNamed = host !== undefined;
    const isHeld = host !== hostname() || (Number(holder) !== pid && isRunning(Number(holder)));
    if (isNamed && isHeld) throw locked(path, holder!, host);
    // Without a name it was made this moment, or given back: the next look tells.
    if ((isNamed || tries >= MOST_TRIES) && (await takeOver(path, text, mine, tries))) break;
    await wait(RETRY_MS);
  }
  return () => rm(path, { force: true });
}

/** Of those that see the same dead lock, only the one that makes the claim beside it may look again and take it over. */
async function takeOver(path: string, dead: string, mine: string, tries: number): Promise<boolean> {
  const claim = `${path}.claim`;
  if (tries >= 2 * MOST_TRIES) await rm(claim, { force: true });
  if (!(await createLock(claim, mine))) return false;
  try {
    if ((await readLock(path)) !== dead) return false;
    await writeFile(path, mine);
    return true;
  } finally {
    await rm(claim, { force: true });
  }
}

function readLock(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
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
