import { describe, expect, it } from 'vitest';
import { parsePasses } from '../../src/passes/wire';
import { refusal } from '../helpers/refusal';

const PASS = { pass_id: '7000790003' };

describe('parsePasses', () => {
  it.each([
    ['a plain list', { pass_info_list: [PASS] }],
    ['a wrapped list', { pass_info_list: { pass_info_open_api_model: [PASS] } }],
  ])('parsePasses reads %s', (_, value) => {
    expect(parsePasses(value)).toEqual([PASS]);
  });

  it.each([
    ['no list', {}],
    ['null', { pass_info_list: null }],
    ['an empty list', { pass_info_list: [] }],
    ['an empty text', { pass_info_list: '' }],
    ['an empty wrapper', { pass_info_list: {} }],
    ['a wrapped null', { pass_info_list: { pass_info_open_api_model: null } }],
    ['a wrapped empty list', { pass_info_list: { pass_info_open_api_model: [] } }],
  ])('parsePasses reads %s as no passes', (_, value) => {
    expect(parsePasses(value)).toEqual([]);
  });

  it.each([
    ['a text', { pass_info_list: 'x' }],
    ['a number', { pass_info_list: 0 }],
    ['a wrapped object', { pass_info_list: { pass_info_open_api_model: PASS } }],
    ['an unknown wrapper', { pass_info_list: { another_model: [PASS] } }],
    ['a list of texts', { pass_info_list: ['x'] }],
    ['a list of nulls', { pass_info_list: [null] }],
    ['a list of lists', { pass_info_list: [[PASS]] }],
    ['a pass without pass_id', { pass_info_list: [{ status: 'used' }] }],
    ['a pass whose pass_id is null', { pass_info_list: [{ pass_id: null }] }],
    ['a pass whose pass_id is an object', { pass_info_list: [{ pass_id: {} }] }],
    ['shops that are no list', { pass_info_list: [{ ...PASS, shop_id_list: 'x' }] }],
  ])('parsePasses refuses %s', (_, value) => {
    expect(refusal(() => parsePasses(value))).toMatchObject({
      kind: 'unavailable',
      code: 'answer.not_passes',
      retryable: false,
    });
  });

  it.each([
    ['text', { logo_text: '盒马' }, { logo_text: '盒马' }],
    ['a number as text', { item_id: 12, pass_id: 7 }, { item_id: '12', pass_id: '7' }],
    ['true as text', { status: true }, { status: 'true' }],
    ['null as absent', { end_date: null }, {}],
    ['an empty text', { logo_text: '' }, { logo_text: '' }],
    ['broken JSON in data_info as it is', { data_info: '{"a":' }, { data_info: '{"a":' }],
    ['an object where text belongs as it is', { ext_info: { a: 1 } }, { ext_info: { a: 1 } }],
    ['unknown fields as they are', { new_field: [1, null] }, { new_field: [1, null] }],
    ['plain shops', { shop_id_list: ['1', '2'] }, { shop_id_list: ['1', '2'] }],
    ['wrapped shops', { shop_id_list: { string: ['1'] } }, { shop_id_list: ['1'] }],
    ['shops as numbers', { shop_id_list: [1] }, { shop_id_list: ['1'] }],
    ['null for shops', { shop_id_list: null }, { shop_id_list: [] }],
    ['a field named __proto__', JSON.parse('{"__proto__":"x"}'), JSON.parse('{"__proto__":"x"}')],
  ])('parsePasses reads %s', (_, fields: object, read: object) => {
    const [pass] = parsePasses({ pass_info_list: [{ ...PASS, ...fields }] });
    expect(Object.entries(pass!)).toEqual(Object.entries({ ...PASS, ...read }));
  });

  it('parsePasses keeps the order of passes and of their fields', () => {
    const list = [{ z: 1, pass_id: 'b', a: 2 }, { pass_id: 'a' }];
    expect(JSON.stringify(parsePasses({ pass_info_list: list }))).toBe(JSON.stringify(list));
  });
});
