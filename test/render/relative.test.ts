import { describe, expect, it } from 'vitest';
import { endsSoon, formatMoment, formatRelative } from '../../src/render/relative';
import { loadWords } from '../../src/render/words';

const ENGLISH = await loadWords('en');
const CHINESE = await loadWords('zh');
const beijing = (text: string): number => Date.parse(`${text.replace(' ', 'T')}+08:00`);
const NOON = beijing('2026-11-23 12:00:00');

describe('formatRelative', () => {
  it.each([
    ['2026-11-23 12:00:00', 'now', '现在'],
    ['2026-11-23 12:00:59', 'now', '现在'],
    ['2026-11-23 11:59:01', 'now', '现在'],
    ['2026-11-23 12:01:00', 'in 1 minute', '1 分钟后'],
    ['2026-11-23 11:59:00', '1 minute ago', '1 分钟前'],
    ['2026-11-23 12:59:59', 'in 59 minutes', '59 分钟后'],
    ['2026-11-23 13:00:00', 'in 1 hour', '1 小时后'],
    ['2026-11-23 23:59:59', 'in 11 hours', '11 小时后'],
    ['2026-11-24 00:00:00', 'tomorrow', '明天'],
    ['2026-11-24 23:59:59', 'tomorrow', '明天'],
    ['2026-11-25 00:00:00', 'in 2 days', '2 天后'],
    ['2026-11-23 00:00:00', 'today', '今天'],
    ['2026-11-23 00:00:01', '11 hours ago', '11 小时前'],
    ['2026-11-22 23:59:59', 'yesterday', '昨天'],
    ['2026-11-21 23:59:59', '2 days ago', '2 天前'],
    ['2027-01-21 00:00:00', 'in 59 days', '59 天后'],
    ['2027-01-22 00:00:00', 'in 2 months', '2 个月后'],
    ['2028-11-22 12:00:00', 'in 24 months', '24 个月后'],
    ['2028-11-23 12:00:00', 'in 2 years', '2 年后'],
    ['2017-11-15 10:41:43', '9 years ago', '9 年前'],
  ])('%s is %s, %s', (at, english, chinese) => {
    expect(formatRelative(beijing(at), NOON, ENGLISH)).toBe(english);
    expect(formatRelative(beijing(at), NOON, CHINESE)).toBe(chinese);
  });

  it('counts hours up to twelve, whatever the day', () => {
    const late = beijing('2026-11-23 23:00:00');
    expect(formatRelative(beijing('2026-11-24 01:00:00'), late, ENGLISH)).toBe('in 2 hours');
    expect(formatRelative(beijing('2026-11-23 23:59:59'), beijing('2026-11-23 00:00:00'), ENGLISH)).toBe(
      'today',
    );
  });
});

describe('endsSoon', () => {
  it.each([
    ['2026-11-23 12:00:00', 'can_use', true],
    ['2026-11-23 11:59:59', 'can_use', false],
    ['2026-11-26 12:00:00', 'can_use', true],
    ['2026-11-26 12:00:01', 'can_use', false],
    ['2026-11-24 12:00:00', undefined, true],
    ['2026-11-24 12:00:00', 'used', false],
  ])('%s of a pass that is %s: %s', (end, status, soon) => {
    expect(endsSoon(beijing(end), status, NOON)).toBe(soon);
  });

  it('of a pass without an end: false', () => {
    expect(endsSoon(undefined, 'can_use', NOON)).toBe(false);
  });
});

describe('formatMoment', () => {
  it.each([
    ['2026-11-23 00:00:00', '2026-11-23'],
    ['2026-11-23 23:59:59', '2026-11-23'],
    ['2026-11-23 23:59:58', '2026-11-23 23:59'],
    ['2026-11-23 10:41:43', '2026-11-23 10:41'],
    ['2026-11-23', '2026-11-23'],
    ['soon', 'soon'],
  ])('formatMoment of %s is %s', (text, short) => {
    expect(formatMoment(text)).toBe(short);
  });
});
