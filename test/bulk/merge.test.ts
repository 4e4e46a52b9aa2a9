import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRowFile } from '../../src/bulk/row-file';
import {
  mergeParts,
  type MissingShards,
  missingShards,
  openPart,
  type Part,
  requireOneWhole,
} from '../../src/bulk/merge';
import { readState } from '../../src/bulk/journal';
import { alipass } from '../helpers/context';
import { temporaryDirectory } from '../helpers/directory';
import { refusal, rejection } from '../helpers/refusal';

const START = 'user_id,pass\n';
const id = (user: string): string => `208800000000000${user}`;

interface PartText {
  readonly facts?: Readonly<Record<string, string>>;
  /** Users by a digit, and how many rows each has. */
  readonly done: Readonly<Record<string, number>>;
  readonly failed?: readonly string[];
  readonly unfinished?: boolean;
}

/** Writes a part as an export writes it. */
async function partOf(
  path: string,
  { facts = {}, done, failed = [], unfinished }: PartText,
): Promise<string> {
  const job = { users: 'a list', '--group': 'card', ...facts };
  const users = Object.keys(done).length + failed.length;
  const file = await openRowFile(path, undefined, { began_at_ms: 1, job, users }, START);
  for (const [user, rows] of Object.entries(done)) {
    const spool = file.spool();
    for (let i = 0; i < rows; i++) await spool.add(`${id(user)},券${i}\n`);
    await file.done(id(user), rows, spool, () => {});
  }
  for (const user of failed) await file.failed(id(user), 'SYSTEM_ERROR');
  if (unfinished) await file.close();
  else await file.finish({ done: Object.keys(done).length, failed: failed.length });
  return path;
}

/** Parts in a directory of their own, and how to merge them. */
async function lay(...parts: readonly PartText[]) {
  const directory = temporaryDirectory();
  const paths = await Promise.all(parts.map((part, i) => partOf(join(directory, `p${i}.csv`), part)));
  const output = join(directory, 'all.csv');
  const merge = (from: readonly string[] = paths, to = output) =>
    alipass(['export', 'merge', ...from, '--output', to]);
  const rowsIn = (path: string): string[] => readFileSync(path, 'utf8').trim().split('\n');
  return { directory, paths, output, merge, rowsIn };
}

describe('mergeParts', () => {
  it('writes each user once, with the rows of the first part that has it', async () => {
    const { paths } = await lay({ done: { 1: 2, 2: 1, 3: 0 } }, { done: { 2: 3, 4: 2, 1: 1, 5: 1 } });
    const parts = await Promise.all(paths.map(openPart));
    let [text, end] = ['', 0];
    const merged = await mergeParts(parts, {
      write: async bytes => void (text += Buffer.from(bytes).toString()),
      keep: async entry => void (end = entry.end),
    });
    const rows = ['1,券0', '1,券1', '2,券0', '4,券0', '4,券1', '5,券0'].map(it => `${id(it)}\n`);
    expect(text).toBe(START + rows.join(''));
    expect(end).toBe(Buffer.byteLength(text));
    expect(merged).toEqual({ users: 5, rows: 6, failed: new Map() });
  });

  it('takes for failed who failed in one part and is done in none', async () => {
    const { paths } = await lay({ done: { 1: 1 }, failed: ['2', '3'] }, { done: { 2: 1 } });
    const nothing = async (): Promise<void> => {};
    const parts = await Promise.all(paths.map(openPart));
    const { failed } = await mergeParts(parts, { write: nothing, keep: nothing });
    expect([...failed.keys()]).toEqual([id('3')]);
  });

  it('refuses a part that is shorter than its journal says', async () => {
    const { paths } = await lay({ done: { 1: 1 } });
    truncateSync(paths[0]!, START.length + 3);
    const nothing = async (): Promise<void> => {};
    const part = await openPart(paths[0]!);
    expect(await rejection(mergeParts([part], { write: nothing, keep: nothing }))).toMatchObject({
      code: 'merge.cut',
    });
  });
});

describe('missingShards', () => {
  const shard = (text: string, users = 'a list'): Part => ({
    path: '',
    finished: true,
    head: { schema: 'alipass.export/1', began_at_ms: 1, users: 1, start: 0, job: { users, '--shard': text } },
  });

  it.each<[parts: readonly Part[], missing: readonly MissingShards[]]>([
    [[shard('1/1')], []],
    [[shard('2/3'), shard('1/3'), shard('3/3')], []],
    [[shard('2/4'), shard('3/4')], [{ list: 'a list', count: 4, missing: [1, 4] }]],
    [
      [shard('1/2'), shard('1/2', 'another')],
      [
        { list: 'a list', count: 2, missing: [2] },
        { list: 'another', count: 2, missing: [2] },
      ],
    ],
    [[], []],
  ])('of %# are %j', (parts, missing) => {
    expect(missingShards(parts)).toEqual(missing);
  });

  it.each(['1/99999999', '0/3', 'x'])('refuses a journal with shard %s', text => {
    expect(refusal(() => missingShards([shard(text)]))).toMatchObject({ kind: 'usage' });
  });

  it('requireOneWhole lets parts differ in their users alone', () => {
    const parts = [shard('1/2'), shard('2/2', 'another')];
    expect(() => requireOneWhole(parts)).not.toThrow();
    const other = {
      ...parts[1]!,
      head: { ...parts[1]!.head, job: { ...parts[1]!.head.job, '--group': 'card' } },
    };
    expect(refusal(() => requireOneWhole([parts[0]!, other])).details).toEqual([
      '--group was (not given) for the one, and card for the other',
    ]);
  });
});

describe('export merge', () => {
  it('joins shards, and what it writes can be merged again', async () => {
    const { output, merge, rowsIn, directory } = await lay(
      { facts: { '--shard': '1/2' }, done: { 1: 2 } },
      { facts: { '--shard': '2/2' }, done: { 2: 1 } },
    );
    const { code, stderr } = await merge();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '2 users with 3 passes, of 2 parts.\n' });
    expect(rowsIn(output)).toEqual([START.trim(), `${id('1')},券0`, `${id('1')},券1`, `${id('2')},券0`]);
    expect(await readState(`${output}.journal`)).toMatchObject({ finished: true, rows: 3 });
    const more = await partOf(join(directory, 'more.csv'), { done: { 3: 1 } });
    const again = join(directory, 'again.csv');
    expect((await merge([output, more], again)).code).toBe(0);
    expect(rowsIn(again)).toHaveLength(5);
  });

  it.each<[what: string, parts: readonly PartText[], says: string]>([
    [
      'a shard',
      [
        { facts: { '--shard': '1/3' }, done: { 1: 1 } },
        { facts: { '--shard': '2/3' }, done: {} },
      ],
      '3/3',
    ],
    [
      'many shards',
      [{ facts: { '--shard': '1/99' }, done: { 1: 1 } }],
      '2/99, 3/99, 4/99, 5/99, 6/99, 7/99, 8/99, 9/99, 10/99, 11/99, and 88 more of a list',
    ],
    [
      'a part that is not finished',
      [{ done: { 1: 1 } }, { done: { 2: 1 }, unfinished: true }],
      'p1.csv is not finished',
    ],
    ['users that failed', [{ done: { 1: 1 }, failed: ['2'] }], 'done in no part: 1'],
  ])('writes what is there, ends with 9, and says what is missing: %s', async (_, parts, says) => {
    const { output, merge, rowsIn } = await lay(...parts);
    const { code, stderr } = await merge();
    expect(code).toBe(9);
    expect(stderr).toContain(says);
    expect(rowsIn(output)).toContain(`${id('1')},券0`);
  });

  it.each<[what: string, parts: readonly PartText[], code: number]>([
    ['nothing', [{ done: { 1: 1 } }], 0],
    ['a shard', [{ facts: { '--shard': '1/2' }, done: { 1: 1 } }], 9],
    ['a part that is not finished', [{ done: { 1: 1 } }, { done: { 2: 1 }, unfinished: true }], 9],
    ['users that failed', [{ done: { 1: 1 }, failed: ['2'] }], 9],
  ])('tells another merge what is missing from it: %s', async (_, parts, code) => {
    const { output, merge, directory } = await lay(...parts);
    await merge();
    const more = await partOf(join(directory, 'more.csv'), { done: { 3: 1 } });
    const outcome = await merge([output, more], join(directory, 'again.csv'));
    expect(outcome.code).toBe(code);
  });

  it('lists who failed, for --users, until nobody does', async () => {
    const { output, merge, paths } = await lay({ done: { 1: 1 }, failed: ['2'] }, { done: { 2: 1 } });
    await merge([paths[0]!]);
    expect(readFileSync(`${output}.failures.csv`, 'utf8')).toContain(`${id('2')},SYSTEM_ERROR`);
    expect((await merge()).code).toBe(0);
    expect(existsSync(`${output}.failures.csv`)).toBe(false);
  });

  it.each<[what: string, parts: readonly PartText[], code: number, says: string]>([
    [
      'that were asked something else',
      [{ done: {} }, { facts: { '--group': 'cert' }, done: {} }],
      3,
      'card for the one, and cert for the other',
    ],
    ['of which none is finished', [{ done: {}, unfinished: true }], 3, 'None of the parts is finished'],
  ])('refuses parts %s, and writes nothing', async (_, parts, code, says) => {
    const { output, merge } = await lay(...parts);
    const outcome = await merge();
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).toContain(says);
    expect(existsSync(output)).toBe(false);
  });

  it('refuses files without a journal, and to overwrite a part', async () => {
    const { directory, paths, merge } = await lay({ done: { 1: 1 } });
    writeFileSync(join(directory, 'alien.csv'), 'a,b\n');
    expect((await merge([join(directory, 'alien.csv')])).code).toBe(3);
    expect((await merge(paths, paths[0])).code).toBe(2);
    expect((await merge([paths[0]!, paths[0]!])).code).toBe(2);
    expect((await alipass(['export', 'merge', paths[0]!])).stderr).toContain('--output is required');
  });
});
