import { describe, expect, it } from 'vitest';
import { SeenIds } from '../../src/passes/seen';

const IDS = 20_000;
const FORMS: readonly [form: string, idOf: (i: number) => string][] = [
  ['ten digits', i => String(7_000_000_000 + i)],
  ['sixteen digits', i => String(7_100_000_000_000_000 + i)],
  ['the end of 32 digits', i => `20171115${String(i).padStart(24, '0')}`],
  ['the start of 32 digits', i => `${String(i).padStart(8, '0')}${'0'.repeat(24)}`],
  ['letters', i => i.toString(36)],
  ['Chinese', i => String.fromCharCode(0x4e00 + (i % 20_000))],
];

describe('SeenIds', () => {
  it.each(FORMS)('add knows each id that was added and no other: %s', (_, idOf) => {
    const seen = new SeenIds();
    const ids = Array.from({ length: IDS }, (_, i) => idOf(i));
    expect(ids.filter(id => !seen.add(id))).toEqual([]);
    expect(ids.filter(id => seen.add(id))).toEqual([]);
  });

  it.each([
    ['', ' '],
    ['a', 'A'],
    ['12', '21'],
    ['1', '01'],
    ['a\0', 'a'],
  ])('add tells %j from %j', (first, second) => {
    const seen = new SeenIds();
    expect([seen.add(first), seen.add(second), seen.add(first), seen.add(second)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('add keeps sets apart', () => {
    expect(new SeenIds().add('a') && new SeenIds().add('a')).toBe(true);
  });
});
