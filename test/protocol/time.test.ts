import { describe, expect, it } from 'vitest';
import { formatBeijingTime, parseBeijingTime } from '../../src/protocol/time';

/** Instants as ISO 8601 with an offset, which Date reads by itself. */
const FACTS = [
  ['1970-01-01T00:00:00Z', '1970-01-01 08:00:00'],
  ['2014-07-24T03:07:50+08:00', '2014-07-24 03:07:50'],
  ['2023-12-31T16:00:00Z', '2024-01-01 00:00:00'],
  ['2023-12-31T15:59:59Z', '2023-12-31 23:59:59'],
  ['2024-02-29T00:00:00+08:00', '2024-02-29 00:00:00'],
  ['1988-07-01T00:00:00+08:00', '1988-07-01 00:00:00'],
] as const;

describe('Beijing time', () => {
  it.each(FACTS)('formatBeijingTime writes %s as %s', (instant, text) => {
    expect(formatBeijingTime(Date.parse(instant))).toBe(text);
  });

  it.each(FACTS)('parseBeijingTime reads back %s from %s', (instant, text) => {
    expect(parseBeijingTime(text)).toBe(Date.parse(instant));
  });

  it('formatBeijingTime drops milliseconds, never rounds them', () => {
    expect(formatBeijingTime(Date.parse('2024-01-01T00:00:00.999Z'))).toBe('2024-01-01 08:00:00');
  });

  it.each([
    '2023-02-29 00:00:00',
    '2024-02-30 00:00:00',
    '2024-13-01 00:00:00',
    '2024-00-01 00:00:00',
    '2024-01-01 24:00:00',
    '2024-01-01 00:60:00',
    '2024-01-01 00:00:60',
    '2024-01-01T00:00:00',
    '2024-01-01 00:00',
    '2024-01-01',
    '2024-1-1 0:0:0',
    ' 2024-01-01 00:00:00',
    '2024-01-01 00:00:00\n',
    '2024-01-01 00:00:00Z',
    '',
  ])('parseBeijingTime refuses %j', text => {
    expect(parseBeijingTime(text)).toBeUndefined();
  });
});
