import { describe, expect, it } from 'vitest';
import { type Finding, formatFindings } from '../../src/render/findings';
import { loadStyle } from '../../src/terminal/style';

const PLAIN = await loadStyle(false);
const FINDINGS: readonly Finding[] = [
  { check: 'dns', status: 'pass', says: 'localhost is 127.0.0.1' },
  { check: 'clock', status: 'fail', says: 'one two three four five six', remedy: 'Set the clock: use NTP.' },
];

describe('formatFindings', () => {
  it('formatFindings off a terminal gives each finding and remedy a line', () => {
    expect(formatFindings(FINDINGS, PLAIN, Infinity)).toBe(
      [
        'pass  dns    localhost is 127.0.0.1',
        'fail  clock  one two three four five six',
        '             → Set the clock: use NTP.',
        '',
        '1 failed, 0 to look at, 1 fine, 0 skipped',
        '',
      ].join('\n'),
    );
  });

  it('formatFindings on a terminal wraps at words, further lines indented', () => {
    const lines = formatFindings(FINDINGS, PLAIN, 35).split('\n');
    expect(lines.slice(1, 5)).toEqual([
      'fail  clock  one two three four',
      '             five six',
      '             → Set the clock: use',
      '               NTP.',
    ]);
  });

  it('formatFindings lets text do nothing to the terminal', () => {
    const evil: Finding = { check: 'dns', status: 'fail', says: '\x1b[2J\n', remedy: '\u202e' };
    expect(formatFindings([evil], PLAIN, 80).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
