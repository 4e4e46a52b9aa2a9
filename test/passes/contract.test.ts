import { describe, expect, it } from 'vitest';
import { contractViolations } from '../../src/passes/contract';

const SAMPLE = {
  pass_id: '7000790003',
  end_date: '2017-11-15 10:41:43',
  shop_id_list: ['2015092700077000000004491925'],
  data_info: '{"logoText":"2元"}',
  status: 'can_use',
};

function violations(fields: object): string[] {
  const found = contractViolations({ code: '10000', pass_info_list: [{ ...SAMPLE, ...fields }] });
  return found.map(({ passId, field, says }) => `${passId} ${field} ${says}`);
}

describe('contractViolations', () => {
  it.each<[string, object]>([
    ['a pass of the API page', {}],
    ['shops in a wrapper', { shop_id_list: { string: ['1'] } }],
    ['a title of 100 characters', { logo_text: '元'.repeat(100) }],
    ['data of 10,000 characters', { data_info: 'x'.repeat(10_000) }],
    ['data that are no JSON, which the page does not promise', { data_info: '{' }],
  ])('accepts %s', (_what, fields) => {
    expect(violations(fields)).toEqual([]);
  });

  it.each<[object, string]>([
    [{ new_field: 'x' }, '7000790003 new_field is no field of the API page'],
    [{ item_id: 5 }, '7000790003 item_id is a number, not text'],
    [{ item_id: null }, '7000790003 item_id is null, not text'],
    [{ data_info: {} }, '7000790003 data_info is an object, not text'],
    [{ pass_id: 5 }, '5 pass_id is a number, not text'],
    [{ shop_id_list: '1' }, '7000790003 shop_id_list is text, not a list'],
    [{ shop_id_list: [1] }, '7000790003 shop_id_list holds a number, not text'],
    [{ shop_id_list: ['x'.repeat(101)] }, '7000790003 shop_id_list has 101 characters, more than 100'],
    [{ logo_text: '元'.repeat(101) }, '7000790003 logo_text has 101 characters, more than 100'],
    [{ data_info: 'x'.repeat(10_001) }, '7000790003 data_info has 10001 characters, more than 10000'],
    [{ end_date: '2017-11-15' }, '7000790003 end_date is "2017-11-15", not a time as yyyy-MM-dd HH:mm:ss'],
    [
      { end_date: '2017-02-30 00:00:00' },
      '7000790003 end_date is "2017-02-30 00:00:00", not a time as yyyy-MM-dd HH:mm:ss',
    ],
    [{ status: 'gone' }, '7000790003 status is "gone", not one of can_use, used, expired, closed'],
  ])('names what is wrong with %j', (fields, says) => {
    expect(violations(fields)).toEqual([says]);
  });

  it('names a pass without an id, and what is no pass', () => {
    const found = contractViolations({ pass_info_list: [{ status: 'used' }, 'x', null] });
    expect(found.map(({ passId, field, says }) => [passId, field, says])).toEqual([
      [undefined, 'pass_id', 'is missing'],
      [undefined, 'pass_info_list', 'holds text, not a pass'],
      [undefined, 'pass_info_list', 'holds null, not a pass'],
    ]);
  });

  it.each([
    [{}, 0],
    [{ pass_info_list: [] }, 0],
    [{ pass_info_list: null }, 0],
    [{ pass_info_list: 'x' }, 1],
  ])('finds in %j so many: %i', (value, count) => {
    expect(contractViolations(value)).toHaveLength(count);
  });
});
