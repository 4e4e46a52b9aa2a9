import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DATA_FLAGS, generatorOf, openDataset, PRINTED } from '../../src/commands/sandbox/dataset-flags';
import { temporaryDirectory } from '../helpers/directory';
import { rejection } from '../helpers/refusal';

const NOW = Date.parse('2024-06-15T12:00:00+08:00');
const row = (user: string, id: string): string =>
  `{"user_id":"${user}","group_type":"card","pass_id":"${id}"}\n`;

function fileOf(content: string): string {
  const path = join(temporaryDirectory(), 'shop.ndjson');
  writeFileSync(path, content);
  return path;
}

describe('DATA_FLAGS', () => {
  it('DATA_FLAGS are those that openDataset reads', () => {
    expect(DATA_FLAGS.map(({ syntax }) => syntax)).toEqual([
      '--data <file>',
      '--users <n>',
      '--passes <n>',
      '--seed <n>',
    ]);
  });
});

describe('openDataset', () => {
  it.each([
    [
      'the sample without flags',
      {},
      'a few passes for every user: the API page’s for 2088888888888888, awkward ones for 2088999999999999',
      '2088000000000012',
      12,
    ],
    [
      'a file',
      { data: fileOf(row('2088000000000001', '1') + row('2088000000000001', '2')) },
      '1 user, 2 passes from shop.ndjson',
      '2088000000000001',
      2,
    ],
    [
      'a file of more users',
      { data: fileOf(row('2088000000000001', '1') + row('2088000000000002', '1')) },
      '2 users, 2 passes from shop.ndjson',
      '2088000000000002',
      1,
    ],
    [
      'generated users',
      { users: '1000', passes: '1', seed: '9' },
      '1,000 users 2088100000000000 to 2088100000000999, 1 pass each in every group, current and past alike (seed 9)',
      '2088100000000999',
      1,
    ],
    [
      'one generated user, with the usual passes',
      { users: '1' },
      '1 user 2088100000000000, 100 passes each in every group, current and past alike (seed 1)',
      '2088100000000000',
      100,
    ],
    [
      'as many as there may be',
      { users: '10000000', passes: '10000000' },
      '10,000,000 users 2088100000000000 to 2088100009999999, 10,000,000 passes each in every group, current and past alike (seed 1)',
      '2088100009999999',
      10_000_000,
    ],
  ])('openDataset serves %s, and says so', async (_, flags, says, user, usable) => {
    const served = await openDataset(flags);
    expect(served.says).toBe(says);
    expect(served.datasetAt(NOW)(user, 'card').usable).toBe(usable);
  });

  it.each([[{ users: '1' }], [{ passes: '1' }]])('openDataset refuses a file and %j at once', async flags => {
    const both = { ...flags, data: fileOf(row('2088000000000001', '1')) };
    expect(await rejection(openDataset(both))).toMatchObject({
      kind: 'usage',
      code: 'sandbox.two_sources',
    });
  });

  it.each([
    ['the sample', {}],
    ['a file', { data: fileOf(row('2088000000000001', '1')) }],
  ])('openDataset serves %s though a seed is given, which is for faults as well', async (_, flags) => {
    const { says } = await openDataset(flags);
    expect((await openDataset({ ...flags, seed: '7' })).says).toBe(says);
  });

  it('openDataset refuses a file with faults', async () => {
    const error = await rejection(openDataset({ data: fileOf('{}') }));
    expect(error).toMatchObject({ kind: 'config', code: 'sandbox.data' });
  });
});

describe('generatorOf', () => {
  it.each([
    ['users', '0', '1', '--users "0" must be a whole number from 1 to 10000000'],
    ['users', '10000001', '10000000', '--users "10000001" must be a whole number from 1 to 10000000'],
    ['passes', '-1', '0', '--passes "-1" must be a whole number from 0 to 10000000'],
    ['passes', '10000001', '10000000', '--passes "10000001" must be a whole number from 0 to 10000000'],
    ['seed', 'abc', '999999999', '--seed "abc" must be a whole number from 0 to 999999999'],
    ['seed', '1e3', '1', '--seed "1e3" must be a whole number from 0 to 999999999'],
  ] as const)('generatorOf refuses %s %j, takes %j', async (name, refused, allowed, message) => {
    expect(await rejection(generatorOf({ [name]: refused }, PRINTED))).toMatchObject({
      kind: 'usage',
      message,
    });
    expect(await generatorOf({ [name]: allowed }, PRINTED)).toMatchObject({
      [name]: Number(allowed),
    });
  });

  it('generatorOf generates nothing unless asked to', async () => {
    expect(await generatorOf({ data: 'x.json' }, PRINTED)).toBeUndefined();
  });
});
