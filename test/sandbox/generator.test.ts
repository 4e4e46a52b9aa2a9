import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { GROUPS } from '../../src/protocol/api';
import { hash } from '../../src/sandbox/dice';
import {
  createGeneratedDataset,
  type GeneratorOrder,
  MAX_PASSES,
  MAX_USERS,
  userIdAt,
} from '../../src/sandbox/generator';
import { countCurrent, hasExpired, type Holding } from '../../src/sandbox/holding';
import { judgeRow } from '../../src/sandbox/pass-rules';

const NOW = Date.parse('2024-06-15T12:00:00+08:00');
const DAY_MS = 24 * 60 * 60 * 1000;

function holdingOf(
  order: Partial<GeneratorOrder> = {},
  user = 0,
  group = GROUPS[0] as (typeof GROUPS)[number],
): Holding {
  const dataset = createGeneratedDataset({ users: MAX_USERS, passes: 100, seed: 1, startMs: NOW, ...order });
  return dataset(userIdAt(user), group);
}

const textOf = (holding: Holding): string =>
  JSON.stringify(Array.from({ length: holding.length }, (_, i) => holding.at(i)));

describe('userIdAt', () => {
  it.each([
    [0, '2088100000000000'],
    [1, '2088100000000001'],
    [9_999_999, '2088100009999999'],
  ])('userIdAt(%i) is %s', (index, id) => {
    expect(userIdAt(index)).toBe(id);
  });
});

describe('createGeneratedDataset', () => {
  it.each([
    ['the first', '2088100000000000', 10],
    ['the last', '2088100000000002', 10],
    ['one too many', '2088100000000003', 0],
    ['one before the first', '2088099999999999', 0],
    ['the page’s user', '2088888888888888', 0],
    ['text', 'constructor', 0],
    ['a number in another form', ' 2088100000000000', 0],
  ])('createGeneratedDataset gives users their passes, current and past alike: %s', (_, user, count) => {
    const dataset = createGeneratedDataset({ users: 3, passes: 10, seed: 1, startMs: NOW });
    for (const group of GROUPS) {
      expect(dataset(user, group)).toMatchObject({ usable: count, length: 2 * count });
    }
  });

  it('createGeneratedDataset makes the same bytes for the same seed, and others for another', () => {
    expect(textOf(holdingOf())).toBe(textOf(holdingOf()));
    const others = [holdingOf(), holdingOf({ seed: 2 }), holdingOf({}, 1), holdingOf({}, 0, 'cert')].map(
      textOf,
    );
    expect(new Set(others).size).toBe(4);
  });

  // Noted down, as another process and another machine must come to the same. A new article changes it.
  it('createGeneratedDataset makes the same bytes in any process', () => {
    expect(hash(textOf(holdingOf({}, 12_345, 'voucher')))).toBe(622_050_983);
  });

  it.each(GROUPS)('createGeneratedDataset makes passes of %s that keep to the rules of data files', group => {
    const holding = holdingOf({ passes: 500 }, 3, group);
    for (let i = 0; i < holding.length; i++) {
      const { faults } = judgeRow({ user_id: userIdAt(3), group_type: group, ...holding.at(i) });
      expect(faults).toEqual([]);
      expect(holding.at(i)['status'] === 'can_use').toBe(i < holding.usable);
    }
  });

  it('createGeneratedDataset has awkward texts every so often, not always', () => {
    const holding = holdingOf({ passes: 1000 });
    const plain = Array.from({ length: 2000 }, (_, i) => holding.at(i)).filter(
      pass =>
        /^盒马|^淘鲜达/.test(String(pass['mechant_name'])) &&
        /^[\p{Script=Han}\w ·]+$/u.test(String(pass['logo_text'])),
    );
    expect(plain.length).toBeGreaterThan(1800);
    expect(plain.length).toBeLessThan(2000);
  });

  const PLACES = [0, 1, MAX_PASSES - 1, MAX_PASSES, 2 * MAX_PASSES - 1].concat(
    Array.from({ length: 200 }, (_, i) => hash(`place ${i}`) % (2 * MAX_PASSES)),
  );

  it('createGeneratedDataset finds passes where they stand, among twenty million', () => {
    const holding = holdingOf({ passes: MAX_PASSES }, MAX_USERS - 1);
    expect(PLACES.map(place => holding.indexOf(String(holding.at(place)['pass_id'])))).toEqual(PLACES);
  });

  it.each([
    ['of another user', () => holdingOf({}, 1).at(0)['pass_id']],
    ['of another group', () => holdingOf({}, 0, 'cert').at(0)['pass_id']],
    ['behind the last', () => holdingOf({ passes: 101 }).at(201)['pass_id']],
    ['with a zero too many', () => `${String(holdingOf().at(0)['pass_id'])}0`],
    ['in another form', () => String(holdingOf().at(0)['pass_id']).replace(/.$/, '.')],
    ['that is empty', () => ''],
  ])('createGeneratedDataset finds no pass %s', (_, idOf) => {
    expect(holdingOf().indexOf(String(idOf()))).toBe(-1);
  });

  it.each([1, 2, 59, 60, 61, 1000, MAX_PASSES])(
    'createGeneratedDataset orders %i passes so that those that expire stand behind those that have not',
    passes => {
      const holding = holdingOf({ passes }, 5);
      const step = Math.max(1, Math.floor(passes / 5000));
      const ends: string[] = [];
      for (let i = 0; i < passes; i += step) ends.push(String(holding.at(i)['end_date']));
      expect(ends).toEqual(ends.toSorted().toReversed());
      expect(ends.at(-1)! >= '2024-06-15 12:00:00').toBe(true);
    },
  );

  it.each([0, 1, 999, 1000, 43_199_000, 43_199_001, 43_199_999])(
    'createGeneratedDataset counts what is current at every time of the clock, %i ms after noon',
    afterNoon => {
      const startMs = NOW + afterNoon;
      const holding = holdingOf({ startMs, passes: 300 }, 9);
      for (const days of [0, 1, 30, 59, 60, 61]) {
        const clock = { startMs, nowMs: startMs + days * DAY_MS };
        const expired = Array.from({ length: 300 }, (_, i) => hasExpired(holding.at(i), clock));
        expect(countCurrent(holding, clock)).toBe(expired.filter(it => !it).length);
        expect(expired).toEqual(expired.toSorted());
      }
      const past = Array.from({ length: 300 }, (_, i) => String(holding.at(300 + i)['end_date']));
      expect(past.filter(end => end >= '2024-06-15 23:59:59' && afterNoon < 43_199_001)).toEqual([]);
    },
  );

  it('createGeneratedDataset holds nothing, however many passes were made', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const holding = holdingOf({ passes: MAX_PASSES });
    const heap = (): number => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    for (let i = 0; i < 1000; i++) holding.at(i);
    const before = heap();
    for (let i = 0; i < 1_000_000; i++) holding.at(i * 20);
    expect(heap() - before).toBeLessThan(8 * 1024 * 1024);
  }, 120_000);
});
