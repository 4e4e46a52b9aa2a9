import { describe, expect, it } from 'vitest';
import type { Charset } from '../../src/protocol/charset';
import { readEnvelope } from '../../src/protocol/envelope';
import { refusal } from '../helpers/refusal';
import { responseVectors } from '../helpers/vectors';

const read = (body: string | Buffer, charset: Charset = 'utf-8'): [name: string, value: string][] =>
  readEnvelope(Buffer.from(body as string), charset).map(({ name, bytes }) => [
    name,
    bytes.toString('latin1'),
  ]);

describe('readEnvelope slices members', () => {
  it.each([
    [
      'in the gateway’s order',
      '{"n":{"a":1},"sign":"s"}',
      [
        ['n', '{"a":1}'],
        ['sign', '"s"'],
      ],
    ],
    [
      'with sign first',
      '{"sign":"s","n":{"a":1}}',
      [
        ['sign', '"s"'],
        ['n', '{"a":1}'],
      ],
    ],
    [
      'with alipay_cert_sn',
      '{"n":{},"alipay_cert_sn":"c","sign":"s"}',
      [
        ['n', '{}'],
        ['alipay_cert_sn', '"c"'],
        ['sign', '"s"'],
      ],
    ],
    [
      'of every kind of value',
      '{"a":null,"b":true,"c":-1.5e+3,"d":[1,[2]],"e":"x"}',
      [
        ['a', 'null'],
        ['b', 'true'],
        ['c', '-1.5e+3'],
        ['d', '[1,[2]]'],
        ['e', '"x"'],
      ],
    ],
    ['keeping the white space inside a value', '{"n":{ "a" :\n[ ] }}', [['n', '{ "a" :\n[ ] }']]],
    [
      'without the white space around a value',
      ' \t\r\n{ "n" : {} , "s" : "x" }\n',
      [
        ['n', '{}'],
        ['s', '"x"'],
      ],
    ],
    ['after a BOM', '\ufeff{"n":{}}', [['n', '{}']]],
    ['of none', '{}', []],
    ['of none, with space', ' { } ', []],
    ['with braces in strings', '{"n":{"a":"}{][","b":"}"}}', [['n', '{"a":"}{][","b":"}"}']]],
    [
      'with escaped quotes',
      String.raw`{"n":{"a":"\"}"},"b":"\""}`,
      [
        ['n', String.raw`{"a":"\"}"}`],
        ['b', String.raw`"\""`],
      ],
    ],
    [
      'with an escaped backslash at a string’s end',
      String.raw`{"n":{"a":"\\"},"b":"\\\\"}`,
      [
        ['n', String.raw`{"a":"\\"}`],
        ['b', String.raw`"\\\\"`],
      ],
    ],
    ['under a name written with escapes', String.raw`{"\u0073ign":"s"}`, [['sign', '"s"']]],
    ['named __proto__', '{"__proto__":{}}', [['__proto__', '{}']]],
    ['with an empty name', '{"":1}', [['', '1']]],
  ])('readEnvelope slices members %s', (_, body, members) => {
    expect(read(body)).toEqual(members);
  });

  it('readEnvelope gives the very bytes that were sent', () => {
    const body = Buffer.from('{"n":{"a":"盒"},"sign":"s"}');
    const [node] = readEnvelope(body, 'utf-8');
    expect(node!.bytes.buffer).toBe(body.buffer);
    expect(node!.bytes.toString('utf8')).toBe('{"a":"盒"}');
  });

  it('readEnvelope takes nesting deeper than any call stack', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    expect(readEnvelope(Buffer.from(`{"n":${deep}}`), 'utf-8')[0]!.bytes).toHaveLength(400_000);
  });
});

/** A string of one character with lead byte 81 and this trail byte, then a second member. */
const doubleByteBody = (trail: number): Buffer =>
  Buffer.concat([Buffer.from('{"n":{"a":"'), Buffer.of(0x81, trail), Buffer.from('"},"s":"x"}')]);

describe('readEnvelope and double bytes', () => {
  it.each([0x40, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0x80, 0xfe])(
    'readEnvelope steps over the GBK trail byte %i',
    trail => {
      const expected = [
        ['n', `{"a":"\x81${String.fromCharCode(trail)}"}`],
        ['s', '"x"'],
      ];
      expect(read(doubleByteBody(trail), 'GBK')).toEqual(expected);
      expect(read(doubleByteBody(trail), 'gb2312')).toEqual(expected);
    },
  );

  it.each([
    [0x81, true],
    [0xfe, true],
    [0x80, false],
    [0xff, false],
  ])('readEnvelope takes byte %i for a lead byte of GBK: %s', (lead, isLead) => {
    const text = Buffer.concat([Buffer.from('{"n":"'), Buffer.of(lead, 0x5c), Buffer.from('","s":"x"}')]);
    const outcome = isLead ? read(text, 'GBK').length : refusal(() => read(text, 'GBK')).code;
    expect(outcome).toBe(isLead ? 2 : 'envelope.malformed');
  });

  it('readEnvelope steps over a trail byte 0x5C in a member name', () => {
    const name = Buffer.concat([Buffer.from('{"'), Buffer.of(0x81, 0x5c), Buffer.from('":1}')]);
    expect(read(name, 'GBK')).toEqual([['乗', '1']]);
  });

  it('readEnvelope reads a backslash after a whole character as an escape', () => {
    const text = Buffer.concat([Buffer.from('{"n":"'), Buffer.of(0x81, 0x40), Buffer.from('\\"}","s":1}')]);
    expect(read(text, 'GBK')).toEqual([
      ['n', '"\x81@\\"}"'],
      ['s', '1'],
    ]);
  });

  it('readEnvelope does not read UTF-8 as double bytes', () => {
    expect(read('{"n":"盒","s":1}').map(([name]) => name)).toEqual(['n', 's']);
  });

  it('readEnvelope in UTF-8 refuses the body that GBK makes whole', () => {
    expect(refusal(() => read(doubleByteBody(0x5c), 'utf-8'))).toMatchObject({ code: 'envelope.malformed' });
  });
});

describe('readEnvelope refuses duplicates', () => {
  it.each([
    ['of a node', '{"n":{"a":1},"n":{"a":2},"sign":"s"}'],
    ['of sign', '{"n":{},"sign":"s","sign":"t"}'],
    ['that are equal', '{"n":{},"n":{}}'],
    ['spelled with an escape', String.raw`{"n":{},"sign":"s","\u006e":{}}`],
    ['spelled with an escape of another case', String.raw`{"k":{},"sign":"s","\u006B":{}}`],
    ['named __proto__', '{"__proto__":1,"__proto__":2}'],
    ['with empty names', '{"":1,"":2}'],
  ])('readEnvelope refuses duplicates %s as untrusted', (_, body) => {
    expect(refusal(() => read(body))).toMatchObject({ kind: 'untrusted', code: 'envelope.duplicate' });
  });

  it.each([
    ['whose names differ in case', '{"n":1,"N":2}'],
    ['of which one is inside the other', '{"n":{"n":1}}'],
    ['whose names differ in a space', '{"n":1,"n ":2}'],
  ])('readEnvelope accepts members %s', (_, body) => {
    expect(read(body).length).toBeGreaterThan(0);
  });
});

const whole = [
  ...['compact', 'gbk', 'unsigned-error'].map(name => {
    const vector = responseVectors.cases.find(it => it.name === name)!;
    return {
      name,
      body: Buffer.from(vector.bodyBase64, 'base64'),
      charset: name === 'gbk' ? 'GBK' : 'utf-8',
    };
  }),
  {
    name: 'white space and escapes',
    body: Buffer.from(String.raw`{ "a" : "\\" , "b":[ {"c":-1.5e3} ] }`),
    charset: 'utf-8',
  },
] as const;

describe('readEnvelope refuses what is not whole', () => {
  it.each(whole)('readEnvelope refuses every cut of $name', ({ body, charset }) => {
    const codes = Array.from(
      { length: body.length },
      (_, length) => refusal(() => readEnvelope(body.subarray(0, length), charset as Charset)).code,
    );
    expect(readEnvelope(body, charset as Charset).length).toBeGreaterThan(0);
    expect(new Set(codes)).toEqual(new Set(['envelope.malformed']));
  });

  it.each([
    ['nothing', ''],
    ['white space', '  \n'],
    ['a BOM alone', '\ufeff'],
    ['HTML', '<html><body>502</body></html>'],
    ['an array', '[{"n":{}}]'],
    ['a string', '"n"'],
    ['a word', 'null'],
    ['a second object', '{"n":{}}{"n":{}}'],
    ['trailing words', '{"n":{}} x'],
    ['a trailing brace', '{"n":{}}}'],
    ['a trailing NUL', '{"n":{}}\0'],
    ['a trailing comma', '{"n":{},}'],
    ['a leading comma', '{,"n":{}}'],
    ['a missing comma', '{"n":{} "s":1}'],
    ['a missing colon', '{"n" {}}'],
    ['a missing value', '{"n":}'],
    ['a missing value before a comma', '{"n":,"s":1}'],
    ['a name without quotes', '{n:{}}'],
    ['a name in single quotes', "{'n':{}}"],
    ['a name with a raw newline', '{"a\nb":1}'],
    ['a name with a bad escape', String.raw`{"\x":1}`],
    ['a non-breaking space', '\u00a0{"n":{}}'],
    ['two BOMs', '\ufeff\ufeff{"n":{}}'],
  ])('readEnvelope refuses %s', (_, body) => {
    expect(refusal(() => read(body))).toMatchObject({ kind: 'unavailable', code: 'envelope.malformed' });
  });
});
