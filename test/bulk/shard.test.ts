import { describe, expect, it } from 'vitest';
import { formatShard, isInShard, parseShard } from '../../src/bulk/shard';
import { refusal } from '../helpers/refusal';

describe('parseShard', () => {
  it.each([
    ['1/1', 1, 1],
    ['3/8', 3, 8],
    ['8/8', 8, 8],
    ['1000000/1000000', 1_000_000, 1_000_000],
  ])('reads %s', (text, index, count) => {
    expect(parseShard('--shard', text)).toEqual({ index, count });
    expect(formatShard({ index, count })).toBe(text);
  });

  it.each(['0/8', '9/8', '1/0', '1', '1/', '/8', '-1/8', '1/8/2', '1.5/8', '1/1000001', ' 1/8', 'one/8', ''])(
    'refuses %j',
    text => {
      expect(refusal(() => parseShard('--shard', text))).toMatchObject({ kind: 'usage' });
      expect(refusal(() => parseShard('--shard', text)).message).toContain('--shard');
    },
  );
});

describe('isInShard', () => {
  const COUNTS = [1, 2, 4, 10, 1000];

  // FNV-1a and the finalizer of MurmurHash3, written again in Python.
  it.each([
    ['2088888888888888', [1, 1, 1, 1, 80]],
    ['2088000000000001', [1, 2, 4, 10, 943]],
    ['2088102122458832', [1, 2, 3, 7, 604]],
    ['2088999999999999', [1, 1, 1, 2, 192]],
  ])('puts %s where it always was', (user, shards) => {
    shards.forEach((index, i) => expect(isInShard(user, { index, count: COUNTS[i]! })).toBe(true));
  });

  it.each([2, 3, 7, 16])('makes %i parts of users: each in one of them, all of about a size', count => {
    const users = Array.from({ length: 20_000 }, (_, i) => String(2_088_000_000_000_000 + i));
    const sizes = Array.from(
      { length: count },
      (_, i) => users.filter(user => isInShard(user, { index: i + 1, count })).length,
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(users.length);
    expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(1.2);
  });
});
