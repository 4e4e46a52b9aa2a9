import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Pass } from '../../src/passes/pass';
import { createCounter, type Summary } from '../../src/passes/summary';
import { formatSummary } from '../../src/render/chart';
import { loadWords } from '../../src/render/words';
import { loadStyle } from '../../src/terminal/style';

const NOON = Date.parse('2026-11-23T12:00:00+08:00');
const HEAD = { userId: '2088888888888888', time: '2026-11-23 12:00', complete: true };
const PLAIN = await loadStyle(false);

function summaryOf(passes: readonly Pass[]): Summary {
  const counter = createCounter(NOON);
  counter.add(passes, 'voucher', 'current');
  counter.add(passes, 'card', 'past');
  return counter.result();
}

async function draw(passes: readonly Pass[], more: object = {}, lang: 'en' | 'zh' = 'en'): Promise<string[]> {
  const view = { width: 80, style: PLAIN, words: await loadWords(lang), utf8: true, ...more };
  return formatSummary(summaryOf(passes), HEAD, view).split('\n').slice(0, -1);
}

const merchants = Array.from({ length: 14 }, (_, i) => ({
  pass_id: String(i),
  status: ['can_use', 'used', 'unheard_of', undefined][i % 4],
  mechant_name: `盒马鲜生·第${i}店`.repeat(i === 0 ? 9 : 1),
  end_date: `2026-1${1 + (i % 2)}-2${3 + (i % 6)} 23:59:59`,
})) as Pass[];

describe('formatSummary', () => {
  it.each([40, 60, 80, 100, 140])('fits %i columns, in both languages', async width => {
    for (const lang of ['en', 'zh'] as const) {
      const lines = await draw(merchants, { width }, lang);
      expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThanOrEqual(width);
    }
  });

  it.each([40, 80, 140])('writes every number in line, in %i columns', async width => {
    const lines = await draw(merchants, { width });
    const bars = lines.slice(lines.indexOf('By merchant') + 1, lines.indexOf('By merchant') + 12);
    const at = bars.map(line => stringWidth(/^.*?\d(?= |$)(?= *[█▏▎▍▌▋▊▉]*$)/.exec(line)![0]));
    expect(new Set(at).size).toBe(1);
  });

  it('draws bars in ASCII alone where there is no more', async () => {
    const lines = await draw(merchants, { utf8: false });
    expect(lines.join('')).not.toMatch(/[█▏▎▍▌▋▊▉]/);
    expect(lines.join('')).toContain('####');
  });

  it('shows a count of one beside one of a million', async () => {
    const summary = summaryOf(merchants);
    const statuses = [
      { name: 'can_use', count: 1_000_000, usable: 1_000_000 },
      { name: 'used', count: 1, usable: 0 },
    ];
    const view = { width: 40, style: PLAIN, words: await loadWords(), utf8: true };
    expect(formatSummary({ ...summary, statuses }, HEAD, view)).toContain('  used          1 ▏\n');
  });

  it('adds up the merchants after the first ten', async () => {
    expect((await draw(merchants)).join('\n')).toMatch(/^ {2}4 more +8 /m);
  });

  it('names near days, ends after the last pass, and says what has no place in a calendar', async () => {
    const ends = ['2026-11-23 23:59:59', '2026-11-26 10:00:00', '2017-01-01 00:00:00', '2030-01-01 00:00:00'];
    const passes = [...ends, undefined].map(
      end_date => ({ pass_id: '1', status: 'can_use', end_date }) as Pass,
    );
    const lines = await draw(passes);
    const drawn = lines.slice(lines.indexOf('When the 10 usable passes end') + 1);
    expect(drawn.map(line => line.replace(/ +\d+( [█▏▎▍▌▋▊▉]+)?$/, '').trim())).toMatchObject([
      'already ended',
      '26-11-23 today',
      '26-11-24 tomorrow',
      '26-11-25 Wed',
      '26-11-26 Thu',
      ...drawn.slice(5, -2).map(() => expect.stringMatching(/^\d\d-\d\d-\d\d (Fri|Sat|Sun|… \d\d-\d\d)$/)),
      'later',
      'no end known',
    ]);
    const [last] = (await draw([passes[1]!])).slice(-1);
    expect(last).toContain('26-11-26 Thu');
  });

  it('says that nothing ends, and that numbers are too low', async () => {
    expect((await draw([])).join('\n')).toContain('No usable passes');
    const view = { width: 80, style: PLAIN, words: await loadWords(), utf8: true };
    const text = formatSummary(summaryOf(merchants), { ...HEAD, complete: false }, view);
    expect(text).toContain('these numbers are too low');
  });

  it.each(['\x1b[2J', 'a\nb', '\u202egnp', '\x07'])('lets a merchant or status %j do nothing', async text => {
    const lines = await draw([{ pass_id: '1', mechant_name: text, status: text }]);
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
