import { describe, expect, it } from 'vitest';
import { NumberSet } from '../../src/passes/number-set';

/** Beyond where a set is kept in parts. */
const COUNT = 40_000;
const PATTERNS: readonly [pattern: string, numberOf: (i: number) => number][] = [
  ['one after the other', i => 2_088_000_000_000_000 + i],
  ['a thousand apart', i => 2_088_000_000_000_000 + i * 1000],
  ['a power of two apart', i => 1 + i * 2 ** 33],
  ['small', i => i + 1],
  ['the largest', i => Number.MAX_SAFE_INTEGER - i],
];

describe('NumberSet', () => {
  it.each(PATTERNS)('holds each number that was added once, and no other: %s', (_, numberOf) => {
    const set = new NumberSet();
    const numbers = Array.from({ length: COUNT }, (_, i) => numberOf(i));
    expect(numbers.filter(it => !set.add(it))).toEqual([]);
    expect(numbers.filter(it => set.add(it))).toEqual([]);
    expect(numbers.filter(it => !set.has(it))).toEqual([]);
    expect(set.size).toBe(COUNT);
    expect(set.has(numberOf(COUNT))).toBe(false);
  });

  it('has nothing at first', () => {
    expect(new NumberSet().has(1)).toBe(false);
    expect(new NumberSet().size).toBe(0);
  });
});
