import { describe, expect, it } from 'vitest';
import { parseCount, parseDuration, parseOffset, parseWord } from '../src/parse';
import { refusal } from './helpers/refusal';

describe('parseWord', () => {
  it.each(['a', 'b'])('parseWord accepts %s', word => {
    expect(parseWord('--x', word, ['a', 'b'])).toBe(word);
  });

  it.each(['', 'A', 'c', 'a ', 'length'])('parseWord refuses %j, naming what is allowed', word => {
    const error = refusal(() => parseWord('--x', word, ['a', 'b']));
    expect(error).toMatchObject({ kind: 'usage', code: 'usage.invalid' });
    expect(error.message).toBe(`--x ${JSON.stringify(word)} must be one of a, b`);
  });

  it('parseWord refuses what is missing', () => {
    expect(refusal(() => parseWord('--x', undefined, ['a']))).toMatchObject({ code: 'usage.missing' });
  });

  it('parseWord cuts a long value in its message', () => {
    expect(refusal(() => parseWord('--x', 'y'.repeat(10_000), ['a'])).message.length).toBeLessThan(150);
  });
});

describe('parseCount', () => {
  it.each([
    ['1', 1],
    ['10', 10],
    ['007', 7],
    [undefined, undefined],
  ])('parseCount reads %j from 1 to 10 as %s', (text, count) => {
    expect(parseCount('--x', text, 1, 10)).toBe(count);
  });

  it.each(['0', '11', '', ' 1', '1 ', '+1', '-1', '1.0', '1e0', '0x1', '１', 'NaN', '9'.repeat(400)])(
    'parseCount refuses %j from 1 to 10',
    text => {
      const error = refusal(() => parseCount('--x', text, 1, 10));
      expect(error).toMatchObject({ kind: 'usage', code: 'usage.invalid' });
      expect(error.message).toContain('a whole number from 1 to 10');
    },
  );

  it('parseCount reads the largest safe numbers exactly', () => {
    expect(parseCount('--x', '999999999999999', 0, Number.MAX_SAFE_INTEGER)).toBe(999_999_999_999_999);
  });
});

describe('parseDuration', () => {
  it.each([
    ['1ms', 1],
    ['800ms', 800],
    ['15s', 15_000],
    ['2m', 120_000],
    ['60m', 3_600_000],
    ['1h', 3_600_000],
    ['3600000ms', 3_600_000],
  ])('parseDuration reads %s as %i ms', (text, ms) => {
    expect(parseDuration('--timeout', text)).toBe(ms);
  });

  it.each([
    '0s',
    '0ms',
    '',
    '15',
    's',
    '1.5s',
    '-1s',
    ' 1s',
    '1s ',
    '1 s',
    '1S',
    '1d',
    '61m',
    '2h',
    '3600001ms',
    '99999999ms',
    '1s1s',
  ])('parseDuration refuses %j', text => {
    const error = refusal(() => parseDuration('--timeout', text));
    expect(error).toMatchObject({ kind: 'usage', code: 'usage.invalid' });
    expect(error.message).toContain('--timeout');
  });
});

describe('parseOffset', () => {
  it.each([
    ['+15m', 900_000],
    ['-2h', -7_200_000],
    ['+3d', 259_200_000],
    ['-1ms', -1],
    ['+3650d', 315_360_000_000],
    ['-87600h', -315_360_000_000],
  ])('parseOffset reads %s as %i ms', (text, ms) => {
    expect(parseOffset('--x', text)).toBe(ms);
  });

  it.each([
    '',
    '+',
    '15m',
    '+0s',
    '-0d',
    '+3651d',
    '-87601h',
    '+1.5h',
    '+-1h',
    '++1h',
    '+1w',
    ' +1h',
    '+1h ',
  ])('parseOffset refuses %j', text => {
    const error = refusal(() => parseOffset('--x', text));
    expect(error).toMatchObject({ kind: 'usage', code: 'usage.invalid' });
    expect(error.message).toContain('--x');
  });
});
