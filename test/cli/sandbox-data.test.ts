import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AlipassError } from '../../src/errors';
import { readDataset } from '../../src/sandbox/data-file';
import { alipass } from '../helpers/context';
import { temporaryDirectory } from '../helpers/directory';

const NOW = Date.parse('2024-06-15T12:00:00+08:00');
const data = (...args: string[]): ReturnType<typeof alipass> =>
  alipass(['sandbox', 'data', ...args], { now: NOW });

async function countIn(name: string, text: string): Promise<[users: number, passes: number]> {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, text);
  const { users, passes } = await readDataset(path);
  return [users, passes];
}

describe('sandbox data', () => {
  it.each([
    ['json', []],
    ['json', ['-o', 'json']],
    ['ndjson', ['-o', 'ndjson']],
    ['csv', ['--format', 'csv']],
  ])('prints a sample as %s that --data takes: %j', async (format, args) => {
    const { code, stdout, stderr } = await data(...args);
    expect([code, stderr]).toEqual([0, '']);
    expect(await countIn(`shop.${format}`, stdout)).toEqual([3, 16]);
    expect((await data(...args)).stdout).toBe(stdout);
  });

  it.each(['json', 'ndjson', 'csv'])(
    'prints generated passes as %s, the same for the same seed',
    async format => {
      const args = ['-o', format, '--users', '3', '--passes', '50'];
      const { code, stdout } = await data(...args);
      expect(code).toBe(0);
      expect(await countIn(`shop.${format}`, stdout)).toEqual([3, 1200]);
      expect((await data(...args, '--seed', '1')).stdout).toBe(stdout);
      expect((await data(...args, '--seed', '2')).stdout).not.toBe(stdout);
    },
  );

  it.each([
    [
      'json',
      '--users 6251 --passes 1',
      '--users 6250 --passes 0',
      'That makes 50008 passes; a file of json may hold 50000',
    ],
    [
      'ndjson',
      '--users 250 --passes 101',
      '--users 250 --passes 0',
      'That makes 202000 passes; a file of ndjson may hold 200000',
    ],
    ['csv', '--passes 10000000', '--passes 0', 'That makes 800000000 passes; a file of csv may hold 200000'],
  ])('refuses as %s what --data would not take: %s', async (format, refused, allowed, message) => {
    const { code, stdout, stderr } = await data('-o', format, ...refused.split(' '));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect((await data('-o', format, ...allowed.split(' '))).code).toBe(0);
  });

  it.each([
    ['--seed 2', [10, 400]],
    ['--users 1000', [1000, 40_000]],
    ['--passes 100', [10, 8000]],
  ])('prints with %s alone a file that --data takes', { timeout: 30_000 }, async (args, counts) => {
    const { code, stdout } = await data(...args.split(' '));
    expect(code).toBe(0);
    expect(await countIn('shop.json', stdout)).toEqual(counts);
  });

  it.each([
    ['--users 6251 --passes 1', /Ask for -o ndjson or fewer/],
    ['--users 6251 --passes 9', /Ask for fewer, or serve/],
  ])('names a format as the way out where it is one: %s', async (args, hint) => {
    expect((await data(...args.split(' '))).stderr).toMatch(hint);
  });

  it('prints as much as a file of JSON may hold, and --data takes it', async () => {
    const { code, stdout } = await data('--users', '1', '--passes', '6250');
    expect(code).toBe(0);
    expect(await countIn('shop.json', stdout)).toEqual([1, 50_000]);
  }, 60_000);

  it.each([
    ['-o', 'xml'],
    ['--users', 'x'],
    ['--shops', '3'],
  ])('refuses %s %s', async (...args) => {
    expect((await data(...args)).code).toBe(2);
  });

  it('ends quietly when its reader goes away', async () => {
    const outcome = await alipass(['sandbox', 'data', '-o', 'csv', '--users', '9', '--passes', '99'], {
      now: NOW,
      closeAfter: 1,
    });
    expect([outcome.code, outcome.stderr]).toEqual([0, '']);
    expect(outcome.stdout.length).toBeLessThan(100_000);
  });

  it('stops when it is interrupted', async () => {
    const signal = AbortSignal.abort(new AlipassError('interrupted', 'interrupted', 'Interrupted'));
    const outcome = await alipass(['sandbox', 'data', '--users', '9'], { now: NOW, signal });
    expect([outcome.code, outcome.stdout]).toEqual([130, '']);
  });
});
