import stringWidth from 'string-width';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/render/width';
import { formatFacts } from '../../src/render/facts';
import { loadStyle } from '../../src/terminal/style';

const PLAIN = await loadStyle(false);
const COLOURS = await loadStyle(true);
const HEAD = ['setting', 'value'];
const ROWS = [
  ['gateway', '盒马'],
  ['app_id', '2014072300007148'],
];

describe('formatFacts', () => {
  it('formatFacts draws a head and a line a row, all of one width', () => {
    const lines = formatFacts(HEAD, ROWS, PLAIN).trimEnd().split('\n');
    expect(lines).toHaveLength(ROWS.length + 4);
    expect(new Set(lines.map(line => stringWidth(line))).size).toBe(1);
    expect(lines[1]).toMatch(/^│ setting +│ value +│$/);
    expect(lines[3]).toMatch(/^│ gateway +│ 盒马 +│$/);
  });

  it('formatFacts in colour is the plain table with escapes', () => {
    const coloured = formatFacts(HEAD, ROWS, COLOURS);
    expect(coloured).toContain('\x1b[1m');
    expect(stripVTControlCharacters(coloured)).toBe(formatFacts(HEAD, ROWS, PLAIN));
  });

  it.each(['\x1b[2J', 'a\nb', '\u202ea'])('formatFacts lets %j do nothing', text => {
    const drawn = formatFacts(HEAD, [[text, text]], PLAIN);
    expect(drawn.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(drawn.split('\n')).toHaveLength(6);
  });

  it.each([40, 60, 80])('formatFacts fits %i columns and loses nothing', width => {
    const fingerprint = '783e712ae218059aff76e5314a22492c21a0a1858daa33d2c5020979086c9663';
    const drawn = formatFacts(
      ['Fact', '文件'],
      [
        ['Fingerprint', fingerprint],
        ['Path', `/盒马/${'路径'.repeat(30)}`],
      ],
      PLAIN,
      width,
    );
    const lines = drawn.trimEnd().split('\n');
    expect(new Set(lines.map(line => displayWidth(line))).size).toBe(1);
    expect(displayWidth(lines[0]!)).toBeLessThanOrEqual(width);
    expect(lines.map(line => line.split('│')[2]?.trim() ?? '').join('')).toContain(fingerprint);
  });
});
