import { describe, expect, it } from 'vitest';
import { contractViolations, type Fault, type Violation } from '../../src/passes/contract';

const SAMPLE = {
  pass_id: '7000790003',
  end_date: '2017-11-15 10:41:43',
  shop_id_list: ['2015092700077000000004491925'],
  data_info: '{"logoText":"2元"}',
  status: 'can_use',
};

function violations(fields: object): Violation[] {
  return contractViolations({ code: '10000', pass_info_list: [{ ...SAMPLE, ...fields }] });
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

  it.each<[object, string, Fault]>([
    [{ new_field: 'x' }, 'new_field', { is: 'unknown' }],
    [{ item_id: 5 }, 'item_id', { is: 'other kind', kind: 'number', wanted: 'text' }],
    [{ item_id: true }, 'item_id', { is: 'other kind', kind: 'boolean', wanted: 'text' }],
    [{ item_id: null }, 'item_id', { is: 'other kind', kind: 'null', wanted: 'text' }],
    [{ data_info: {} }, 'data_info', { is: 'other kind', kind: 'object', wanted: 'text' }],
    [{ shop_id_list: '1' }, 'shop_id_list', { is: 'other kind', kind: 'text', wanted: 'list' }],
    [{ shop_id_list: [1] }, 'shop_id_list', { is: 'other entry', kind: 'number', wanted: 'text' }],
    [{ shop_id_list: ['x'.repeat(101)] }, 'shop_id_list', { is: 'long', length: 101, longest: 100 }],
    [{ logo_text: '元'.repeat(101) }, 'logo_text', { is: 'long', length: 101, longest: 100 }],
    [{ data_info: 'x'.repeat(10_001) }, 'data_info', { is: 'long', length: 10_001, longest: 10_000 }],
    [{ end_date: '2017-11-15' }, 'end_date', { is: 'no time', text: '2017-11-15' }],
    [{ end_date: '2017-02-30 00:00:00' }, 'end_date', { is: 'no time', text: '2017-02-30 00:00:00' }],
    [{ status: 'gone' }, 'status', { is: 'no status', text: 'gone' }],
  ])('names what is wrong with %j', (fields, field, fault) => {
    expect(violations(fields)).toEqual([{ passId: '7000790003', field, fault }]);
  });

  it('names a pass by a number, a pass without an id, and what is no pass', () => {
    const found = contractViolations({ pass_info_list: [{ pass_id: 5 }, { status: 'used' }, 'x', null] });
    expect(found).toEqual([
      { passId: '5', field: 'pass_id', fault: { is: 'other kind', kind: 'number', wanted: 'text' } },
      { passId: undefined, field: 'pass_id', fault: { is: 'missing' } },
      ...(['text', 'null'] as const).map(kind => {
        const fault = { is: 'other entry', kind, wanted: 'pass' };
        return { passId: undefined, field: 'pass_info_list', fault };
      }),
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
