import { describe, expect, it } from 'vitest';
import { decodeForm, encodeComponent, encodeForm } from '../../src/protocol/form';
import type { Pairs } from '../../src/protocol/params';
import { refusal } from '../helpers/refusal';

describe('encodeComponent', () => {
  it.each([
    ['utf-8', '盒马', '%E7%9B%92%E9%A9%AC'],
    ['GBK', '盒马', '%BA%D0%C2%ED'],
    ['GBK', '乗', '%81%5C'],
    ['gb2312', '马', '%C2%ED'],
    ['utf-8', 'a b', 'a%20b'],
    ['utf-8', 'a+b&c=d%', 'a%2Bb%26c%3Dd%25'],
    ['utf-8', "!'()*", '%21%27%28%29%2A'],
    ['utf-8', 'AZaz09-._~', 'AZaz09-._~'],
    ['utf-8', '\0\n', '%00%0A'],
    ['utf-8', '', ''],
  ] as const)('encodeComponent writes %s %j as %s', (charset, text, encoded) => {
    expect(encodeComponent(text, charset)).toBe(encoded);
  });

  it('encodeComponent refuses what the charset lacks', () => {
    expect(refusal(() => encodeComponent('😀', 'GBK'))).toMatchObject({ code: 'charset.unencodable' });
  });
});

describe('encodeForm', () => {
  it.each([
    [
      [
        ['b', '1'],
        ['a', '2'],
      ],
      'b=1&a=2',
    ],
    [[['a&b', 'c=d']], 'a%26b=c%3Dd'],
    [[], ''],
  ] as [Pairs, string][])('encodeForm writes %j in order as %s', (pairs, form) => {
    expect(encodeForm(pairs, 'utf-8')).toBe(form);
  });

  it('encodeForm in utf-8 is what URLSearchParams reads', () => {
    const pairs: Pairs = [
      ['biz_content', '{"a":"b+c&d=e%20 盒\\"😀"}'],
      ['q[]', '~*'],
    ];
    expect([...new URLSearchParams(encodeForm(pairs, 'utf-8'))]).toEqual(pairs);
  });
});

describe('decodeForm', () => {
  it.each([
    [
      'a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    [
      'a=1&a=2',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['a+b=c+d', [['a b', 'c d']]],
    ['a=b%20%2B', [['a', 'b +']]],
    ['a=b=c', [['a', 'b=c']]],
    ['a', [['a', '']]],
    ['a=', [['a', '']]],
    ['=a', [['', 'a']]],
    ['&&a=1&', [['a', '1']]],
    ['a=%zz%2', [['a', '%zz%2']]],
    ['a=%e7%9b%92', [['a', '盒']]],
    ['', []],
  ])('decodeForm reads %j', (form, pairs) => {
    expect(decodeForm(form, 'utf-8')).toEqual(pairs);
  });

  it.each([
    ['utf-8', '盒马 a+b&c=d%😀'],
    ['GBK', '盒马鲜生·乗 a+b&c=d%€'],
    ['gb2312', '马 ・'],
  ] as const)('decodeForm inverts encodeForm in %s: %s', (charset, text) => {
    expect(decodeForm(encodeForm([[text, text]], charset), charset)).toEqual([[text, text]]);
  });

  it('decodeForm reads the same bytes otherwise in another charset', () => {
    expect(decodeForm('a=%BA%D0', 'GBK')).toEqual([['a', '盒']]);
    expect(decodeForm('a=%BA%D0', 'utf-8')).toEqual([['a', '\ufffd\ufffd']]);
  });
});
