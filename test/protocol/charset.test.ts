import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type Charset,
  CHARSETS,
  decodeText,
  encodeText,
  isDoubleByte,
  parseCharset,
} from '../../src/protocol/charset';
import { refusal } from '../helpers/refusal';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');
const upperHex = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xe000;

/** Every two-byte code from 8000 to FFFF that is exactly one character, as [code, UTF-16 unit]. */
function doubleBytes(charset: Charset): [code: number, unit: number][] {
  return Array.from({ length: 0x8000 }, (_, i) => 0x8000 + i).flatMap(code => {
    const text = decodeText(Uint8Array.of(code >> 8, code & 0xff), charset);
    return text.length === 1 && text !== '\ufffd' ? [[code, text.charCodeAt(0)] as [number, number]] : [];
  });
}

/** Made with JDK 17's Charset.forName: sorted lines of code and unit, of each code that is one character. */
const JDK_TABLES = [
  {
    charset: 'GBK',
    count: 23940,
    sha256: '094a2171b12895cdb48d17bb963ad1918b0e03057e83484fd33c61c9c163ab9f',
  },
  {
    charset: 'gb2312',
    count: 7445,
    sha256: '99185b0752ec8cee262b934a2b803ff735c4da09381d7b4a53ef7153b71b5056',
  },
] as const;

describe.each(JDK_TABLES)('$charset against JDK 17', ({ charset, count, sha256 }) => {
  const table = doubleBytes(charset);

  it(`decodeText knows the JDK's ${count} codes of ${charset} and no other`, () => {
    const lines = table.map(([code, unit]) => `${upperHex(code)} ${upperHex(unit)}\n`);
    expect(lines).toHaveLength(count);
    expect(createHash('sha256').update(lines.join('')).digest('hex')).toBe(sha256);
  });

  it(`encodeText inverts decodeText on every code of ${charset}`, () => {
    const text = String.fromCharCode(...table.map(([, unit]) => unit));
    const codes = Buffer.concat(table.map(([code]) => Buffer.of(code >> 8, code & 0xff)));
    expect(encodeText(text, charset).equals(codes)).toBe(true);
  });

  it(`encodeText encodes ASCII as itself in ${charset}`, () => {
    const ascii = Buffer.from(Array.from({ length: 0x80 }, (_, byte) => byte));
    expect(encodeText(ascii.toString('latin1'), charset)).toEqual(ascii);
    expect(decodeText(ascii, charset)).toBe(ascii.toString('latin1'));
  });

  it(`encodeText has no code in ${charset} for the other characters of the BMP`, () => {
    const known = new Set(table.map(([, unit]) => unit));
    const units = Array.from({ length: 0x10000 - 0x80 }, (_, i) => 0x80 + i);
    const unknown = units.filter(unit => !known.has(unit) && !isSurrogate(unit));
    const bytes = encodeText(String.fromCharCode(...unknown), charset, '?');
    expect(bytes.equals(Buffer.alloc(unknown.length, '?'))).toBe(true);
  });
});

describe('decodeText', () => {
  // Made with JDK 17's new String(bytes, charset).
  it.each([
    ['GBK', '80', '\ufffd'],
    ['GBK', 'FF', '\ufffd'],
    ['GBK', '80 41', '\ufffdA'],
    ['GBK', 'FF 41', '\ufffdA'],
    ['GBK', '81', '\ufffd'],
    ['GBK', '41 81', 'A\ufffd'],
    ['GBK', '81 22 41', '\ufffd"A'],
    ['GBK', '81 7F 41', '\ufffd\x7fA'],
    ['GBK', 'A2 E3', '€'],
    ['GBK', 'A8 92', '\u2641'],
    ['GBK', '81 5C', '乗'],
    ['gb2312', '80', '\ufffd'],
    ['gb2312', 'A1 A4', '\u30fb'],
    ['gb2312', 'A1 AA', '\u2015'],
    ['utf-8', 'E7 9B 92', '盒'],
    ['utf-8', 'EF BB BF 41', '\ufeffA'],
    ['utf-8', 'C0 41', '\ufffdA'],
  ] as const)('decodeText reads %s %s as the JDK does', (charset, bytes, text) => {
    expect(decodeText(hex(bytes), charset)).toBe(text);
  });
});

describe('encodeText', () => {
  // Made with JDK 17's String.getBytes.
  it.each([
    ['GBK', '盒马', 'bad0 c2ed'],
    ['GBK', '镕', 'e946'],
    ['GBK', '€', 'a2e3'],
    ['GBK', '·—', 'a1a4 a1aa'],
    ['gb2312', '・―', 'a1a4 a1aa'],
    ['utf-8', '盒€😀', 'e79b92 e282ac f09f9880'],
  ] as const)('encodeText writes %s %s as the JDK does', (charset, text, bytes) => {
    expect(encodeText(text, charset)).toEqual(hex(bytes));
  });

  it.each([
    ['GBK', 'a😀b', 'U+1F600'],
    ['GBK', '・', 'U+30FB'],
    ['GBK', '\x80', 'U+0080'],
    ['GBK', '\ud83d', 'U+D83D'],
    ['GBK', 'a\udc00b', 'U+DC00'],
    ['gb2312', '镕', 'U+9555'],
    ['gb2312', '€', 'U+20AC'],
    ['gb2312', '·', 'U+00B7'],
    ['gb2312', '盒é镕', 'U+9555'],
    ['utf-8', 'a\ud800', 'U+D800'],
    ['utf-8', '\udfff', 'U+DFFF'],
  ] as const)(
    'encodeText refuses what %s lacks in %j, naming its code point %s',
    (charset, text, codePoint) => {
      const error = refusal(() => encodeText(text, charset));
      expect(error).toMatchObject({ kind: 'usage', code: 'charset.unencodable' });
      expect(error.message).toContain(`${charset} has no code`);
      expect(error.message).toContain(codePoint);
      expect(error.message.isWellFormed()).toBe(true);
    },
  );

  // Made with JDK 17's String.getBytes, which writes `?` for what a charset lacks.
  it.each([
    ['GBK', 'a😀b', '613f62'],
    ['GBK', 'a\ud800b', '613f62'],
    ['GBK', 'a\udc00b', '613f62'],
    ['GBK', '·・—―', 'a1a4 3f a1aa a844'],
    ['gb2312', '·・—―', '3f a1a4 3f a1aa'],
    ['utf-8', 'a😀b', '61 f09f9880 62'],
    ['utf-8', 'a\ud800b', '613f62'],
    ['utf-8', 'a\udc00b', '613f62'],
  ] as const)('encodeText writes the substitute for what %s lacks in %j', (charset, text, bytes) => {
    expect(encodeText(text, charset, '?')).toEqual(hex(bytes));
  });
});

describe('parseCharset', () => {
  it.each([
    ['utf-8', 'utf-8'],
    ['UTF-8', 'utf-8'],
    ['utf8', 'utf-8'],
    ['GBK', 'GBK'],
    ['gbk', 'GBK'],
    ['GB2312', 'gb2312'],
    ['gb2312', 'gb2312'],
  ] as const)('parseCharset reads %s as %s', (label, charset) => {
    expect(parseCharset(label)).toBe(charset);
  });

  it.each(['', 'utf-16', 'gb18030', 'big5', 'utf--8', 'gbk2', 'latin1', 'u-tf8', 'g-bk', '-gbk'])(
    'parseCharset knows no charset %j',
    label => {
      expect(parseCharset(label)).toBeUndefined();
    },
  );

  it('isDoubleByte is true of all charsets but utf-8', () => {
    expect(CHARSETS.filter(isDoubleByte)).toEqual(['GBK', 'gb2312']);
  });
});
