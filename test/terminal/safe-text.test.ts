import { describe, expect, it } from 'vitest';
import { safeText } from '../../src/terminal/safe-text';

describe('safeText', () => {
  it.each([
    ['\x1b[31m', '\\u{1b}[31m'],
    ['\x07', '\\u{7}'],
    ['\0', '\\u{0}'],
    ['\x7f', '\\u{7f}'],
    ['\x9b31m', '\\u{9b}31m'],
    ['a\nb', 'a\\nb'],
    ['a\rb', 'a\\rb'],
    ['a\tb', 'a\\tb'],
    ['\u202ea', '\\u{202e}a'],
    ['\u2066a\u2069', '\\u{2066}a\\u{2069}'],
    ['\u200b', '\\u{200b}'],
    ['\ufeff', '\\u{feff}'],
    ['\u00ad', '\\u{ad}'],
    ['\u2028\u2029', '\\u{2028}\\u{2029}'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ud800', '\\u{d800}'],
    ['\udc00', '\\u{dc00}'],
    ['\u3164\uffa0\u115f', '\\u{3164}\\u{ffa0}\\u{115f}'],
  ])('safeText shows %j as an escape', (text, safe) => {
    expect(safeText(text)).toBe(safe);
  });

  it.each(['', 'abc', '盒马鲜生，￥5', 'é e\u0301', '😀', '\u00a0', '\\u{1b}', '│ …'])(
    'safeText leaves %j',
    text => {
      expect(safeText(text)).toBe(text);
    },
  );

  it('safeText lets no control or format character of the whole of Unicode through', () => {
    const all = Array.from({ length: 0x110000 }, (_, codePoint) => String.fromCodePoint(codePoint));
    const through = all.filter(it => /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(safeText(it)));
    expect(through).toEqual([]);
  });
});
