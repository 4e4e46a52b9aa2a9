import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockJob } from '../../src/bulk/lock';
import { temporaryDirectory } from '../helpers/directory';
import { rejection } from '../helpers/refusal';

const ME = { pid: 10, isRunning: (pid: number) => pid <= 11 };

describe('lockJob', () => {
  it('keeps others away until it is given back', async () => {
    const path = join(temporaryDirectory(), 'out.lock');
    const unlock = await lockJob(path, ME);
    const other = { ...ME, pid: 11 };
    expect(await rejection(lockJob(path, other))).toMatchObject({ kind: 'config', code: 'job.locked' });
    await unlock();
    expect(existsSync(path)).toBe(false);
    await (
      await lockJob(path, other)
    )();
  });

  it.each([
    ['a process that is gone', `12 ${hostname()}`, true],
    ['a process of the same number, which is this one', `10 ${hostname()}`, true],
    ['nobody, as it was cut off', '', true],
    ['a process that is there', `11 ${hostname()}`, false],
    ['a process of another machine', '12 elsewhere', false],
  ])('takes over from %s: %j, %j', async (_, text, taken) => {
    const path = join(temporaryDirectory(), 'out.lock');
    writeFileSync(path, text);
    const outcome = await lockJob(path, ME).then(
      () => true,
      () => false,
    );
    expect(outcome).toBe(taken);
  });

  it('is taken over by one alone of those that find it left behind', async () => {
    const directory = temporaryDirectory();
    const counts = new Set<number>();
    for (let i = 0; i < 50; i++) {
      const path = join(directory, `${i}.lock`);
      writeFileSync(path, `12 ${hostname()}`);
      const ends = await Promise.allSettled([1, 2, 3, 4].map(pid => lockJob(path, { ...ME, pid })));
      counts.add(ends.filter(({ status }) => status === 'fulfilled').length);
    }
    expect([...counts]).toEqual([1]);
    expect(readdirSync(directory).filter(it => it.endsWith('.claim'))).toEqual([]);
  });
});
