import { describe, expect, it } from 'vitest';
import { knownCodes } from '../../src/protocol/codes';
import { explainCode, formatCodeList, formatExplanation } from '../../src/render/explanation';
import { displayWidth, wrapToWidth } from '../../src/render/width';
import { LANGUAGES } from '../../src/terminal/language';
import { loadStyle } from '../../src/terminal/style';

const style = await loadStyle(false);

describe('wrapToWidth', () => {
  it.each([
    ['words at spaces', 'one two three', 7, ['one two', 'three']],
    ['exactly at the width', 'one two', 7, ['one two']],
    ['one short of it', 'one two', 6, ['one', 'two']],
    ['Chinese anywhere, two columns each', '一二三四五', 6, ['一二三', '四五']],
    ['a wide character that half fits on the next line', '一二三', 5, ['一二', '三']],
    ['no closing punctuation at the start of a line', '一二三。', 6, ['一二', '三。']],
    ['no opening bracket at the end of a line', '一二（三）', 6, ['一二', '（三）']],
    ['no ASCII bracket away from its Chinese', 'a (盒马) b', 7, ['a (盒', '马) b']],
    ['commands never', 'run `a b c` now', 8, ['run', '`a b c`', 'now']],
    ['not between a command and its brackets', 'x (`a b`)', 6, ['x', '(`a b`)']],
    ['a long word not at all', 'a https://example.com b', 9, ['a', 'https://example.com', 'b']],
    ['Chinese beside words', '用 abc 试', 6, ['用 abc', '试']],
    ['nothing', '', 6, ['']],
  ])('%s', (_what, text, width, lines) => {
    expect(wrapToWidth(text, width)).toEqual(lines);
  });

  it.each(knownCodes())('loses nothing of %s', code => {
    for (const language of LANGUAGES) {
      const { meaning, causes, remedies } = explainCode(code)[language];
      for (const text of [meaning, ...causes, ...remedies]) {
        expect(wrapToWidth(text, 30).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }
    }
  });
});

describe('formatExplanation', () => {
  const CASES = knownCodes().flatMap(code => LANGUAGES.map(language => [code, language] as const));

  it.each(CASES)('%s in %s keeps to 80 columns, wherever it goes', (code, language) => {
    for (const width of [80, 200, Infinity]) {
      const text = formatExplanation(explainCode(code), language, { width, style });
      expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(80);
    }
  });

  it('keeps to a narrower terminal', () => {
    const text = formatExplanation(explainCode('isv.missing-timestamp'), 'zh', { width: 60, style });
    expect(Math.max(...text.split('\n').map(displayWidth))).toBeLessThanOrEqual(60);
  });

  it('says what, why, and what to do, and indents what goes on', () => {
    const text = formatExplanation(explainCode('isv.missing-timestamp'), 'en', { width: 80, style });
    expect(text).toBe(`isv.missing-timestamp

  No timestamp was sent.

  return code  40001 Missing Required Arguments
  message      缺少时间戳参数
  exit code    4 (rejected)
  try again    no: the same call fails the same way

Likely causes
  - alipass always sends it, so the request comes from another client, or a
    proxy dropped part of it.

What to do
  1. Send timestamp as yyyy-MM-dd HH:mm:ss in Beijing time (UTC+8), and sign it.
  2. Compare your client’s request with the complete one that \`alipass request\`
     prints.
`);
  });
});

describe('formatCodeList', () => {
  it.each(LANGUAGES)('in %s names every code once, each line whole in 80 columns', language => {
    const text = formatCodeList(language, { width: 80, style });
    const lines = text.split('\n').filter(Boolean);
    expect(lines.map(line => line.trim().split(' ')[0])).toEqual(knownCodes());
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(80);
    expect(text).not.toContain('…');
  });

  it('cuts its lines to a narrower terminal', () => {
    const lines = formatCodeList('en', { width: 40, style }).split('\n');
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(40);
  });
});
