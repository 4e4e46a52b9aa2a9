import { open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { AlipassError, systemCode } from '../errors';

/** The processes of this machine. */
export interface Processes {
  readonly pid: number;
  readonly isRunning: (pid: number) => boolean;
}

/** Gives the lock back. */
export type Unlock = () => Promise<void>;

/**
 * Keeps a second run away from the files of this one. A lock whose process is gone, as after kill -9, counts for nothing.
 * @throws config `job.locked`, or what the file system says
 */
export async function lockJob(path: string, { pid, isRunning }: Processes): Promise<Unlock> {
  const mine = `${pid} ${hostname()}`;
  for (let tries = 0; ; tries++) {
    try {
      const file = await open(path, 'wx', 0o644);
      await file.writeFile(mine).finally(() => file.close());
      return () => rm(path, { force: true });
    } catch (error) {
      if (systemCode(error) !== 'EEXIST' || tries > 0) throw error;
    }
    const [holder, host] = (await readFile(path, 'utf8')).split(' ');
    const isHeld = host !== hostname() || (Number(holder) !== pid && isRunning(Number(holder)));
    if (host !== undefined && isHeld) throw locked(path, holder!, host);
    await rm(path, { force: true });
  }
}

function locked(path: string, pid: string, host: string): AlipassError {
  const message = `Another export writes there: process ${pid} on ${host} holds ${path}`;
  return new AlipassError('config', 'job.locked', message, {
    hint: 'Wait until it ends. If it ended on another machine, remove that file.',
  });
}
