import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../helpers/directory';
import {
  besides,
  rowsOf,
  serveSandbox,
  type ServedSandbox,
  smallUsers,
  userFile,
  userWith,
} from '../helpers/export';
import { run, type Run } from '../helpers/run';

const mounted: string[] = [];

/** A disk of its own of this size, such as `64k`; undefined where none can be mounted. */
function mountDisk(size: string): string | undefined {
  const path = temporaryDirectory();
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', path]);
  if (status !== 0) return undefined;
  mounted.push(path);
  return path;
}

function enlarge(disk: string): void {
  expect(spawnSync('mount', ['-o', 'remount,size=64m', disk]).status).toBe(0);
}

/** Leaves no byte free. */
function fill(disk: string): string {
  const path = join(disk, 'filling');
  expect(spawnSync('sh', ['-c', `cat /dev/zero > '${path}'`]).status).not.toBe(0);
  return path;
}

const canMount = mountDisk('16k') !== undefined;
afterAll(() => mounted.forEach(path => spawnSync('umount', ['-l', path])));

describe.skipIf(!canMount)(
  'export to a disk that fills (mounts a small one: root)',
  { timeout: 30_000 },
  () => {
    let sandbox: ServedSandbox;
    beforeAll(async () => void (sandbox = await serveSandbox()));
    afterAll(() => sandbox.kill());

    const small = smallUsers(120);
    const large = [...smallUsers(5), userWith(3_000), userWith(2_900)];

    function exportTo(output: string, users: string, ...more: string[]): Promise<Run> {
      const command = ['export', '--users', users, '--group', 'voucher', '--output', output, ...more];
      return run(command, sandbox.env);
    }

    async function rowsWithRoom(users: string): Promise<string[]> {
      const output = join(temporaryDirectory(), 'out.ndjson');
      expect((await exportTo(output, users)).code).toBe(0);
      return rowsOf(output);
    }

    /** Users whose rows are there, by the journal. */
    function doneIn(journal: string): number {
      return existsSync(journal) ? readFileSync(journal, 'utf8').split('"end":').length - 1 : 0;
    }

    it.each([
      ['rows', '128k', small, []],
      ['rows, one user at a time', '128k', small, ['--concurrency', '1']],
      ['the rows of one user, in a file until it is done', '1m', large, []],
      ['rows of users with many, which do not fit twice', '3500k', large, ['--concurrency', '1']],
    ])('keeps what is there when %s find no room, and goes on with more', async (_what, size, list, more) => {
      const users = userFile(list);
      const rows = await rowsWithRoom(users);
      const disk = mountDisk(size)!;
      const output = join(disk, 'out.ndjson');
      const { code, stderr } = await exportTo(output, users, ...more);
      expect(stderr).toContain('the disk is full');
      expect(code).toBe(6);
      const done = doneIn(`${output}.journal`);
      expect(stderr).toContain(`${done} of ${list.length} users are done`);
      expect(besides(output)).toEqual(['.journal', '.partial']);
      enlarge(disk);
      expect(await exportTo(output, users, ...more)).toMatchObject({ code: 0 });
      expect(rowsOf(output)).toEqual(rows);
      expect(besides(output)).toEqual(['.journal']);
    });

    it('begins once there is room, when there was none at all', async () => {
      const users = userFile(small);
      const disk = mountDisk('1m')!;
      const output = join(disk, 'out.ndjson');
      const filling = fill(disk);
      const { code, stderr } = await exportTo(output, users);
      expect(stderr).toContain('the disk is full');
      expect(code).toBe(6);
      expect(existsSync(output)).toBe(false);
      rmSync(filling);
      expect((await exportTo(output, users)).code).toBe(0);
      expect(rowsOf(output)).toEqual(await rowsWithRoom(users));
    });

    it('goes on when it is the journal that found no room', async () => {
      const users = userFile(smallUsers(400));
      const disk = mountDisk('8k')!;
      const output = join(temporaryDirectory(), 'out.ndjson');
      symlinkSync(join(disk, 'journal'), `${output}.journal`);
      const { code, stderr } = await exportTo(output, users);
      expect(stderr).toContain('the disk is full');
      expect(code).toBe(6);
      const done = doneIn(`${output}.journal`);
      expect(done).toBeLessThan(400);
      enlarge(disk);
      expect((await exportTo(output, users)).code).toBe(0);
      expect(rowsOf(output)).toEqual(await rowsWithRoom(users));
    });

    it.each(['--failures', '--progress-file'])('says so when %s finds no room', async flag => {
      const disk = mountDisk('8k')!;
      const filling = fill(disk);
      const list = smallUsers(40);
      const users = userFile(list);
      const output = join(temporaryDirectory(), 'out.ndjson');
      const path = join(disk, 'file');
      await sandbox.inject(`code=KP.AE_ALIPASS_NOTEXIST@user=${list[20]}`);
      const { code, stderr } = await exportTo(output, users, flag, path);
      expect(stderr).toContain(`${path} can’t be written: the disk is full`);
      expect(code).toBe(6);
      await sandbox.inject();
      rmSync(filling);
      expect((await exportTo(output, users, flag, path)).code).toBe(0);
      expect(rowsOf(output)).toEqual(await rowsWithRoom(users));
    });

    it('refuses a directory that is not there, which no later try finds', async () => {
      const users = join(temporaryDirectory(), 'users.txt');
      writeFileSync(users, `${small[0]}\n`);
      const { code, stderr } = await exportTo(join(temporaryDirectory(), 'no', 'out.ndjson'), users);
      expect(stderr).toContain('there is no such directory');
      expect(code).toBe(3);
    });
  },
);
