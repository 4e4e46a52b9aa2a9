import { describe, expect, it } from 'vitest';
import { judgeRow, parsePass } from '../../src/sandbox/pass-rules';
import { refusal } from '../helpers/refusal';

const ROW = { user_id: '2088102122458832', group_type: 'voucher', pass_id: '1' };

const faultsOf = (fields: Record<string, unknown>): string[] =>
  judgeRow({ ...ROW, ...fields }).faults.map(({ says }) => says);

const NAMES = [
  'user_id, group_type, pass_id, mechant_name, logo_text, second_logo_text, item_id',
  'start_date, end_date, gmt_create, shop_id_list, data_info, status, ext_info',
].join(', ');

/** Field, what is refused and why, and a neighbour that passes. */
const RULES: readonly (readonly [string, unknown, string, unknown])[] = [
  ['user_id', '208810212245883', 'is not allowed; 16 digits, beginning with 2088', '2088102122458830'],
  ['user_id', '2089102122458832', 'is not allowed; 16 digits', '2088000000000000'],
  ['user_id', 2088102122458832, 'is a number; 16 digits, beginning with 2088, in quotes', '2088102122458832'],
  ['user_id', undefined, 'is missing; it can’t be left out', '2088102122458832'],
  ['group_type', 'coupon', '"coupon" is not allowed; one of card, voucher, ticket, cert', 'cert'],
  ['group_type', undefined, 'is missing', 'card'],
  ['pass_id', undefined, 'is missing; it can’t be left out', '0'],
  ['pass_id', '', 'is empty; text of 1 to 100 characters', ' '],
  ['pass_id', '1'.repeat(101), 'has 101 characters; text of 1 to 100 characters', '1'.repeat(100)],
  ['pass_id', 7000790003, 'is a number, whose digits may get lost; text of 1 to 100', '7000790003'],
  ['pass_id', null, 'is no text', 'null'],
  ['pass_id', {}, 'is no text', '{}'],
  ['mechant_name', '店'.repeat(101), 'has 101 characters; text of at most 100 characters', '店'.repeat(100)],
  ['logo_text', 'x'.repeat(101), 'has 101 characters', 'x'.repeat(100)],
  ['logo_text', '🦞'.repeat(51), 'has 102 characters', '🦞'.repeat(50)],
  ['second_logo_text', 'x'.repeat(101), 'has 101 characters', ''],
  ['item_id', '1'.repeat(101), 'has 101 characters', '1'.repeat(100)],
  ['item_id', 2017, 'is a number, whose digits may get lost', '2017'],
  ['logo_text', true, 'is no text', 'true'],
  ['logo_text', '\u001b[31m', 'holds U+001B, which the vendor’s clients read wrongly', '\u009b31m'],
  ['logo_text', 'a\u000bb', 'holds U+000B', 'a\u000cb'],
  ['logo_text', '\u000e', 'holds U+000E', '\u0010'],
  ['logo_text', '\ud83e', 'holds U+D83E', '\ud83e\udd9e'],
  ['start_date', '2024-06-15', '"2024-06-15" is no date that exists; a Beijing time', '2024-06-15 00:00:00'],
  ['end_date', '2023-02-29 00:00:00', 'is no date that exists', '2024-02-29 00:00:00'],
  ['end_date', '2024-06-15 24:00:00', 'is no date that exists', '2024-06-15 23:59:59'],
  ['end_date', '', 'is no date that exists', undefined],
  ['gmt_create', 1718380800000, 'is no text; a Beijing time', '9999-12-31 23:59:59'],
  ['shop_id_list', '2015', 'is no list; a list of shop ids', ['2015']],
  ['shop_id_list', ['1', ''], 'holds an id that is empty; text of 1 to 100 characters', ['1', '2']],
  ['shop_id_list', [20150927], 'holds an id that is a number, whose digits may get lost', []],
  ['shop_id_list', ['1'.repeat(101)], 'holds an id that has 101 characters', ['1'.repeat(100)]],
  ['data_info', 'x'.repeat(10_001), 'has 10001 characters; text of at most 10000', 'x'.repeat(10_000)],
  ['data_info', ['a'], 'is no text', { a: 'b' }],
  ['ext_info', { a: 'x'.repeat(9_993) }, 'has 10001 characters', { a: 'x'.repeat(9_992) }],
  ['logo_text', { a: 'b' }, 'is no text', '{"a":"b"}'],
  ['status', 'useable', '"useable" is not allowed; one of can_use, used, expired, closed', 'closed'],
  ['status', '', 'is not allowed', 'can_use'],
];

describe('judgeRow', () => {
  it.each(RULES.map(([field, refused, says, allowed]) => ({ field, refused, says, allowed })))(
    'judgeRow holds $field to its rule: $says',
    ({ field, refused, says, allowed }) => {
      const faults = faultsOf({ [field]: refused });
      expect(faults).toHaveLength(1);
      expect(faults[0]!.startsWith(`${field} `)).toBe(true);
      expect(faults[0]).toContain(says);
      expect(faultsOf({ [field]: allowed })).toEqual([]);
    },
  );

  it.each([
    ['merchant_name', 'did you mean mechant_name? '],
    ['userId', 'did you mean user_id? '],
    ['title', ''],
    ['constructor', ''],
    ['', ''],
  ])('judgeRow refuses the unknown field %j, with a suggestion when one is near', (field, meant) => {
    const says = faultsOf({ [field]: 'x' });
    expect(says).toEqual([`there is no field ${JSON.stringify(field)}; ${meant}The fields are ${NAMES}`]);
  });

  it('judgeRow finds every fault of a row', () => {
    expect(faultsOf({ user_id: '1', status: 'x', logo: '' }).map(says => says.split(' ')[0])).toEqual([
      'there',
      'user_id',
      'status',
    ]);
  });

  it('judgeRow tells whose a pass is from the pass, which can be used unless its row says otherwise', () => {
    expect(judgeRow({ ...ROW, data_info: { a: 1 } }).row).toEqual({
      user: '2088102122458832',
      group: 'voucher',
      pass: { pass_id: '1', data_info: '{"a":1}', status: 'can_use' },
    });
  });
});

describe('parsePass', () => {
  it('parsePass keeps to the rules of files', () => {
    const fields = { pass_id: '1', logo_text: '券', shop_id_list: ['2'], ext_info: { b: '"' } };
    expect(parsePass(fields, 'the body')).toEqual({
      pass_id: '1',
      logo_text: '券',
      shop_id_list: ['2'],
      ext_info: '{"b":"\\""}',
      status: 'can_use',
    });
  });

  it.each([
    [{}, 'the body: pass_id is missing; it can’t be left out'],
    [
      { pass_id: 1 },
      'the body: pass_id is a number, whose digits may get lost; text of 1 to 100 characters, in quotes',
    ],
    [
      { pass_id: '1', status: 'new' },
      'the body: status "new" is not allowed; one of can_use, used, expired, closed',
    ],
  ])('parsePass refuses %j', (fields, message) => {
    expect(refusal(() => parsePass(fields, 'the body'))).toMatchObject({
      kind: 'usage',
      code: 'sandbox.pass',
      message,
    });
  });

  it('parsePass has no owner in a pass', () => {
    expect(refusal(() => parsePass(ROW, 'the body')).message).toContain('there is no field "user_id"');
  });
});
