import { describe, expect, it } from 'vitest';
import { comparableFields, compareListings, type Fields } from '../../src/passes/changes';

const index = (...passes: Fields[]): Map<string, Fields> =>
  new Map(passes.map(pass => [String(pass['pass_id']), comparableFields(pass)]));

describe('compareListings', () => {
  it('tells what went, came and changed, in this order of listings', () => {
    const before = index({ pass_id: '1' }, { pass_id: '2', status: 'can_use' }, { pass_id: '3' });
    const after = index({ pass_id: '4' }, { pass_id: '2', status: 'used' }, { pass_id: '3' });
    expect([...compareListings(before, after)]).toEqual([
      { change: 'removed', pass_id: '1', before: { pass_id: '1' } },
      { change: 'added', pass_id: '4', after: { pass_id: '4' } },
      { change: 'changed', pass_id: '2', fields: { status: { before: 'can_use', after: 'used' } } },
    ]);
  });

  it.each<[string, Fields, Fields]>([
    ['the order of members in JSON', { data_info: '{"a":1,"b":[2]}' }, { data_info: '{ "b": [2], "a": 1 }' }],
    ['the order within members', { ext_info: '{"x":{"a":1,"b":2}}' }, { ext_info: '{"x":{"b":2,"a":1}}' }],
    ['whether JSON was opened', { data_info: '{"a":1}' }, { data_info: { a: 1 } }],
    ['an empty text', { logo_text: '' }, {}],
    ['the order of fields', { status: 'used', item_id: '1' }, { item_id: '1', status: 'used' }],
  ])('does not care for %s', (_what, before, after) => {
    expect([
      ...compareListings(index({ pass_id: '1', ...before }), index({ pass_id: '1', ...after })),
    ]).toEqual([]);
  });

  it.each<[string, Fields, Fields, object]>([
    [
      'a member of JSON',
      { data_info: '{"a":1}' },
      { data_info: '{"a":2}' },
      { 'data_info.a': { before: 1, after: 2 } },
    ],
    [
      'a type',
      { data_info: '{"a":1}' },
      { data_info: '{"a":"1"}' },
      { 'data_info.a': { before: 1, after: '1' } },
    ],
    ['broken JSON', { data_info: '{' }, { data_info: '{{' }, { data_info: { before: '{', after: '{{' } }],
    ['the order of shops', { shop_id_list: ['1', '2'] }, { shop_id_list: ['2', '1'] }, { shop_id_list: {} }],
    ['a field that came', {}, { x: '1' }, { x: { after: '1' } }],
    ['a field that went', { x: '1' }, {}, { x: { before: '1' } }],
  ])('tells %s by its name', (_what, before, after, fields) => {
    const changes = [
      ...compareListings(index({ pass_id: '1', ...before }), index({ pass_id: '1', ...after })),
    ];
    expect(changes).toMatchObject([{ change: 'changed', pass_id: '1', fields }]);
  });
});
