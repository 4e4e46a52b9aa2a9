import { describe, expect, it } from 'vitest';
import type { Pass } from '../../src/passes/pass';
import { createCounter } from '../../src/passes/summary';

const NOON = Date.parse('2026-11-23T12:00:00+08:00');

function pass(more: Record<string, unknown>): Pass {
  return { pass_id: '1', status: 'can_use', ...more };
}

function count(...passes: readonly Pass[]): ReturnType<ReturnType<typeof createCounter>['result']> {
  const counter = createCounter(NOON);
  for (const it of passes) counter.add([it], 'voucher', 'current');
  return counter.result();
}

describe('createCounter', () => {
  it('adds up pages, groups and times', () => {
    const counter = createCounter(NOON);
    counter.add([pass({}), pass({ status: 'used' })], 'voucher', 'current');
    counter.add([pass({})], 'voucher', 'current');
    counter.add([pass({ status: 'closed' })], 'voucher', 'past');
    counter.add([], 'card', 'current');
    expect(counter.result()).toMatchObject({
      count: 4,
      usable: 2,
      groups: [
        { group: 'voucher', current: 3, past: 1 },
        { group: 'card', current: 0, past: 0 },
      ],
      statuses: [
        { name: 'can_use', count: 2, usable: 2 },
        { name: 'closed', count: 1, usable: 0 },
        { name: 'used', count: 1, usable: 0 },
      ],
    });
  });

  it.each([
    [undefined, null],
    ['', null],
    [{ a: 1 }, null],
    ['unheard_of', 'unheard_of'],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
  ])('a status or merchant %j is counted under %j', (value, name) => {
    const { statuses, merchants } = count(pass({ status: value, mechant_name: value }));
    expect(statuses).toEqual([{ name, count: 1, usable: 0 }]);
    expect(merchants).toEqual([{ name, count: 1, usable: 0 }]);
  });

  it.each([
    ['2026-11-23 11:59:59', 'over'],
    ['2026-11-23 12:00:00', '2026-11-23'],
    ['2026-11-23 23:59:59', '2026-11-23'],
    ['2026-11-24 00:00:00', '2026-11-24'],
    ['2026-11-29 23:59:59', '2026-11-29'],
    ['2026-11-30 00:00:00', '2026-11-30'],
    ['2026-12-06 23:59:59', '2026-11-30'],
    ['2026-12-07 00:00:00', '2026-12-07'],
    ['2026-12-27 23:59:59', '2026-12-21'],
    ['2026-12-28 00:00:00', '2026-12-28'],
    ['2027-10-23 23:59:59', '2027-09-24'],
    ['2027-10-24 00:00:00', 'later'],
    [undefined, 'unknown'],
    ['whenever', 'unknown'],
    ['2026-02-30 00:00:00', 'unknown'],
  ])('an end at %s is counted under %s', (end, where) => {
    const { ends } = count(pass({ end_date: end }));
    const { spans, ...others } = ends;
    const counted = [
      ...spans.filter(it => it.count > 0).map(({ from }) => from),
      ...Object.entries(others).flatMap(([name, number]) => (number > 0 ? [name] : [])),
    ];
    expect(counted).toEqual([where]);
  });

  it('spans follow one another without a gap', () => {
    const { spans } = count().ends;
    expect(spans.map(({ unit }) => unit).join(' ')).toBe(
      `${'day '.repeat(7)}${'week '.repeat(4)}${'month '.repeat(10)}`.trim(),
    );
    const nextDay = (day: string): string =>
      new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    expect(spans.slice(1).map(({ from }) => from)).toEqual(spans.slice(0, -1).map(({ to }) => nextDay(to)));
  });

  it.each(['used', 'expired', 'closed', undefined])('a pass that is %s ends nowhere', status => {
    const { ends } = count(pass({ status, end_date: '2026-11-24 00:00:00' }));
    expect(ends.spans.every(it => it.count === 0)).toBe(true);
    expect([ends.over, ends.later, ends.unknown]).toEqual([0, 0, 0]);
  });
});
