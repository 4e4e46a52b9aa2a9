import { describe, expect, it } from 'vitest';
import { createFilter, type FilterText, parseFilter } from '../../src/passes/filter';
import type { Pass } from '../../src/passes/pass';
import { refusal } from '../helpers/refusal';

const NOW = Date.parse('2026-11-23T12:00:00+08:00');
const PASS: Pass = {
  pass_id: '1',
  mechant_name: '盒马 Fresh',
  item_id: '20171115011040030100030000009952',
  shop_id_list: ['2015092700077000000004491925'],
  status: 'can_use',
  start_date: '2026-11-01 00:00:00',
  end_date: '2026-11-30 23:59:59',
};

describe('createFilter', () => {
  it.each<[FilterText, Record<string, unknown>, boolean]>([
    [{ status: 'can_use' }, {}, true],
    [{ status: 'used, can_use' }, {}, true],
    [{ status: 'used' }, {}, false],
    [{ status: 'used' }, { status: undefined }, false],
    [{ merchant: '盒马' }, {}, true],
    [{ merchant: 'FRESH' }, {}, true],
    [{ merchant: '淘鲜达' }, {}, false],
    [{ merchant: '盒马' }, { mechant_name: undefined }, false],
    [{ item: '20171115011040030100030000009952' }, {}, true],
    [{ item: '2017111501104003010003000000995' }, {}, false],
    [{ shop: '2015092700077000000004491925' }, {}, true],
    [{ shop: '2015092700077000000004491926' }, {}, false],
    [{ shop: '2015092700077000000004491925' }, { shop_id_list: undefined }, false],
    [{ expiringWithin: '8d' }, {}, true],
    [{ expiringWithin: '7d' }, {}, false],
    [{ expiringWithin: '8d' }, { status: undefined }, true],
    [{ expiringWithin: '8d' }, { status: 'used' }, false],
    [{ expiringWithin: '8d' }, { end_date: '2026-11-23 11:59:59' }, false],
    [{ expiringWithin: '8d' }, { end_date: undefined }, false],
    [{ expiringWithin: '8d' }, { end_date: 'soon' }, false],
    [{ validAt: '2026-11-30' }, {}, true],
    [{ validAt: '2026-12-01' }, {}, false],
    [{ validAt: '2026-10-31' }, {}, false],
    [{ validAt: '2026-11-30 23:59:59' }, {}, true],
    [{ validAt: '2026-10-31' }, { start_date: undefined }, true],
    [{ validAt: '2026-12-31' }, { end_date: undefined }, true],
    [{ validAt: '2026-11-15' }, { start_date: undefined, end_date: undefined }, false],
    [{ status: 'can_use', merchant: '淘鲜达' }, {}, false],
  ])('createFilter of %j takes a pass with %j: %s', (text, change, taken) => {
    const pass = Object.fromEntries(
      Object.entries({ ...PASS, ...change }).filter(([, value]) => value !== undefined),
    ) as Pass;
    expect(createFilter(parseFilter(text), NOW)(pass)).toBe(taken);
  });
});

describe('parseFilter', () => {
  it.each<[FilterText, RegExp, hint?: RegExp]>([
    [{ status: 'canuse' }, /--status "canuse" must be one or more of can_use, used/, /mean can_use/],
    [{ status: 'used,' }, /--status "used,"/],
    [{ status: '' }, /--status ""/],
    [{ merchant: '' }, /--merchant ""/],
    [{ item: '' }, /--item ""/],
    [{ shop: '' }, /--shop ""/],
    [{ expiringWithin: '7' }, /--expiring-within "7" must be a time such as 90m/],
    [{ expiringWithin: '0d' }, /--expiring-within/],
    [{ validAt: '2026-02-30' }, /--valid-at "2026-02-30" must be a Beijing date/],
    [{ validAt: 'today' }, /--valid-at/],
  ])('parseFilter refuses %j', (text, words, hint = /^$/) => {
    const error = refusal(() => parseFilter(text));
    expect(error.kind).toBe('usage');
    expect(error.message).toMatch(words);
    expect(error.hint ?? '').toMatch(hint);
  });
});
