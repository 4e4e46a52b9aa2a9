import stringWidth from 'string-width';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AlipassError } from '../../src/errors';
import { listPasses } from '../../src/passes/pages';
import type { Pass } from '../../src/passes/pass';
import { parseColumns } from '../../src/render/columns';
import { renderTable } from '../../src/render/table';
import { loadStyle, type Style } from '../../src/terminal/style';
import { clientOf, listingOf, QUERY, textOf } from '../helpers/passes';
import { rejection } from '../helpers/refusal';

const PLAIN = await loadStyle(false);
const COLOURS = await loadStyle(true);

function pass(i: number, more: Record<string, unknown> = {}): Pass {
  return {
    pass_id: String(7_100_000_000_000 + i),
    mechant_name: '盒马鲜生·南京',
    logo_text: '波士顿龙虾品鉴会',
    second_logo_text: '两人同行，凭票入场 with a longer subtitle that needs cutting',
    status: 'can_use',
    start_date: '2024-01-01 00:00:00',
    end_date: '2024-02-29 23:59:59',
    ...more,
  };
}

const many = (count: number): Pass[] => Array.from({ length: count }, (_, i) => pass(i));
const inPages = (all: readonly Pass[], size: number): Pass[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

async function linesOf(
  pages: readonly (readonly Pass[])[],
  width: number,
  style: Style = PLAIN,
): Promise<string[]> {
  const text = await textOf(renderTable(listingOf(pages), { width, style }));
  return text.split('\n').slice(0, -1);
}

describe('renderTable fits', () => {
  it.each([200, 120, 80, 60, 40])(
    'renderTable fits %i columns, every line as wide as the first',
    async width => {
      const lines = await linesOf([many(3)], width);
      const widths = new Set(lines.map(line => stringWidth(line)));
      expect(widths.size).toBe(1);
      expect(Math.max(...widths)).toBeLessThanOrEqual(width);
      expect(lines).toHaveLength(3 + 4);
    },
  );

  it.each([
    [40, ['Pass ID', 'Status']],
    [60, ['Pass ID', 'Title', 'Status']],
    [200, ['Pass ID', 'Merchant', 'Title', 'Subtitle', 'Status', 'Valid from', 'Valid until']],
  ])('renderTable in %i columns keeps the columns that matter most', async (width, titles) => {
    const [, head] = await linesOf([many(1)], width);
    const shown = new Set(head!.split('│').map(cell => cell.trim()));
    expect(titles.filter(title => !shown.has(title))).toEqual([]);
  });

  it.each([40, 60, 80, 200])('renderTable in %i columns never cuts an id or a status', async width => {
    const text = (await linesOf([many(2)], width)).join('\n');
    expect(text).toContain('7100000000000');
    expect(text).toContain('can_use');
  });

  it('renderTable off a terminal cuts nothing but what is longer than 60 columns', async () => {
    const text = (
      await linesOf([[pass(1, { logo_text: 'x'.repeat(60), second_logo_text: 'y'.repeat(61) })]], Infinity)
    ).join('\n');
    expect(text).toContain('x'.repeat(60));
    expect(text).toContain(`${'y'.repeat(59)}…`);
  });

  it('renderTable leaves out the columns that no pass fills, and the end of a day', async () => {
    const text = (await linesOf([[{ pass_id: '1', end_date: '2024-02-29 23:59:59' }]], 80)).join('\n');
    expect(text).not.toContain('Merchant');
    expect(text).toContain(' 2024-02-29 ');
  });

  it('renderTable of no passes is nothing', async () => {
    expect(await linesOf([], 80)).toEqual([]);
  });
});

describe('renderTable says times as seen from now', () => {
  const NOW = Date.parse('2024-02-27T12:00:00+08:00');
  const view = { style: PLAIN, nowMs: NOW };
  const draw = async (rows: readonly Pass[], width: number, more: object = {}): Promise<string[]> =>
    (await textOf(renderTable(listingOf([rows]), { ...view, width, ...more }))).split('\n').slice(0, -1);
  const odd = [
    pass(1),
    pass(2, { end_date: '2024-03-01 10:41:43' }),
    pass(3, { end_date: undefined }),
    pass(4, { end_date: 'whenever' }),
    pass(5, { status: 'unheard_of', end_date: '2017-11-15 10:41:43' }),
  ];

  it.each([
    [40, false],
    [60, false],
    [80, false],
    [100, true],
    [120, true],
    [140, true],
    [Infinity, true],
  ])('in %d columns: %s, every line as wide as the first', async (width, noted) => {
    for (const lang of ['en', 'zh']) {
      const lines = await draw(odd, width, { lang });
      expect(new Set(lines.map(line => stringWidth(line))).size).toBe(1);
      expect(stringWidth(lines[0]!)).toBeLessThanOrEqual(width);
      expect(/in 2 days|2 天后/.test(lines.join(''))).toBe(noted);
    }
  });

  it('notes stand in line, after days and after minutes', async () => {
    const lines = await draw(odd, 120);
    expect(lines[3]).toContain('│ 2024-02-29        in 2 days   │');
    expect(lines[4]).toContain('│ 2024-03-01 10:41  in 3 days   │');
    expect(lines[5]).toContain('│                               │');
    expect(lines[6]).toContain('│ whenever                      │');
    expect(lines[7]).toContain('│ 2017-11-15 10:41  6 years ago │');
  });

  it('without a clock there are none', async () => {
    expect((await linesOf([odd], 140)).join('')).not.toMatch(/in \d|ago/);
  });

  it('columns that were asked for are not left out for them', async () => {
    const columns = parseColumns('pass_id,end_date,start_date,second_logo_text');
    const [, head] = await draw(odd, 80, { columns });
    expect(head!.match(/[A-Z]\w+ \w+|Subtitle/g)).toEqual([
      'Pass ID',
      'Valid until',
      'Valid from',
      'Subtitle',
    ]);
  });

  it('the end of a usable pass is painted when it is near', async () => {
    const near = pass(1);
    const rows = [near, pass(2, { end_date: '2024-04-01 00:00:00' }), pass(3, { status: 'used' })];
    const lines = await draw(rows, 120, { style: COLOURS });
    expect(lines.slice(3, 6).map(line => line.includes('\x1b[33m2024'))).toEqual([true, false, false]);
  });
});

describe('renderTable in Chinese', () => {
  it('has Chinese titles and statuses, and unknown statuses as they came', async () => {
    const rows = [pass(1), pass(2, { status: 'unheard_of' }), pass(3, { status: 'closed' })];
    const view = { width: 140, style: COLOURS, lang: 'zh' as const };
    const lines = (await textOf(renderTable(listingOf([rows]), view))).split('\n');
    expect(lines[1]).toContain('卡券 ID');
    expect(lines[3]).toContain('\x1b[32m可使用\x1b');
    expect(lines[4]).toContain('unheard_of');
    expect(lines[5]).toContain('\x1b[31m已失效\x1b');
  });

  it('titles a value within JSON by its path', async () => {
    const columns = parseColumns('pass_id,data_info.brandName');
    const view = { width: 140, style: PLAIN, lang: 'zh' as const, columns };
    expect(await textOf(renderTable(listingOf([[pass(1)]]), view))).toContain('data_info.brandName');
  });
});

describe('renderTable in a narrow terminal', () => {
  it.each([
    ['an id of 100 characters', { pass_id: '7'.repeat(100) }],
    ['an id of 100 and an unknown status', { pass_id: '7'.repeat(100), status: 'x'.repeat(30) }],
  ])('cuts %s rather than its borders', async (_what, more) => {
    const lines = await linesOf([[pass(1, more)]], 40);
    expect(lines).toHaveLength(5);
    expect(new Set(lines.map(line => stringWidth(line)))).toEqual(new Set([40]));
  });
});

describe('renderTable and hostile text', () => {
  const hostile = [
    '\x1b[2J',
    '\x07',
    'a\nb',
    '\u202egnp.exe',
    'a\u200bb',
    '\ud800',
    '\r\x9b31m',
    '\u{e0041}',
  ];
  it.each(hostile)('renderTable lets %j do nothing', async text => {
    const lines = await linesOf([[pass(1, { logo_text: text, status: text }), pass(2)]], 200);
    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(lines).toHaveLength(2 + 4);
    expect(new Set(lines.map(line => stringWidth(line))).size).toBe(1);
  });

  it.each([
    ['100,000 characters', 'x'.repeat(100_000)],
    ['100,000 Chinese characters', '盒'.repeat(100_000)],
    ['an emoji family', '👨‍👩‍👧‍👦'.repeat(30)],
    ['flags', '🇨🇳'.repeat(60)],
  ])('renderTable fits a text of %s', async (_, text) => {
    const lines = await linesOf([[pass(1, { logo_text: text })]], 80);
    expect(Math.max(...lines.map(line => stringWidth(line)))).toBeLessThanOrEqual(80);
  });

  it('renderTable shows what is no text as JSON', async () => {
    const text = (await linesOf([[pass(1, { logo_text: { a: 1 } })]], 200)).join('\n');
    expect(text).toContain('{"a":1}');
  });
});

describe('renderTable in pieces', () => {
  it.each([199, 200, 201, 400, 450])('renderTable draws %i rows alike, first and later ones', async count => {
    const lines = await linesOf(inPages(many(count), 100), 80);
    const rows = lines.slice(3, -1);
    const shapes = new Set(rows.map(row => row.replace(/71\d{11}/, 'ID')));
    expect(rows).toHaveLength(count);
    expect(shapes.size).toBe(1);
    expect(new Set(lines.map(line => stringWidth(line))).size).toBe(1);
    expect(lines.at(-1)).toMatch(/^└[─┴]+┘$/);
  });

  it('renderTable draws later rows as cli-table3 drew the first, colours included', async () => {
    const lines = await linesOf(inPages(many(400), 100), 80, COLOURS);
    const shapes = new Set(lines.slice(3, -1).map(row => row.replace(/71\d{11}/, 'ID')));
    expect(shapes.size).toBe(1);
  });

  it('renderTable cuts in later rows what is wider than the first ones were', async () => {
    const late = pass(300, { mechant_name: '盒马'.repeat(50), logo_text: 'x'.repeat(50) });
    const lines = await linesOf([...inPages(many(200), 100), [late]], 80);
    expect(stringWidth(lines.at(-2)!)).toBe(stringWidth(lines[0]!));
    expect(lines.at(-2)).toContain('…');
  });

  it('renderTable writes 10,000 rows, all of one width', async () => {
    const lines = await linesOf(inPages(many(10_000), 100), 80);
    expect(lines).toHaveLength(10_000 + 4);
    expect(new Set(lines.map(line => line.length)).size).toBeLessThanOrEqual(2);
  });

  it('renderTable writes a first page of 200,000 passes', async () => {
    const first = Array.from({ length: 200_000 }, () => ({ pass_id: '1' }));
    const pieces = renderTable(listingOf([first]), { width: 80, style: PLAIN });
    // The first piece is enough: what is asked is that so long a page is taken at all.
    const outcome = await pieces[Symbol.asyncIterator]().next();
    expect(outcome.done).toBe(false);
  });

  it('renderTable throws what the first page fails with, and writes nothing before', async () => {
    const failure = new AlipassError('unavailable', 'network.timeout', 'no answer');
    const listing = listPasses(
      clientOf(() => failure),
      QUERY,
      new AbortController().signal,
    );
    const pieces = renderTable(listing, { width: 80, style: PLAIN });
    expect(await rejection(pieces[Symbol.asyncIterator]().next())).toBe(failure);
  });
});

describe('renderTable and colour', () => {
  const statuses = ['can_use', 'used', 'expired', 'closed', 'unheard_of'];
  const rows = statuses.map((status, i) => pass(i, { status }));

  it('renderTable writes no escape without a style', async () => {
    expect((await linesOf([rows], 80)).join('')).not.toContain('\x1b');
  });

  it('renderTable in colour is the plain table with escapes', async () => {
    const [plain, coloured] = [await linesOf([rows], 80), await linesOf([rows], 80, COLOURS)];
    expect(coloured.map(line => stripVTControlCharacters(line))).toEqual(plain);
  });

  it.each([
    ['can_use', '\x1b[32m'],
    ['used', '\x1b[2m'],
    ['expired', '\x1b[33m'],
    ['closed', '\x1b[31m'],
  ])('renderTable paints %s', async (status, escape) => {
    expect((await linesOf([rows], 80, COLOURS)).join('')).toContain(`${escape}${status}\x1b`);
  });

  it.each(['unheard_of', 'constructor', '__proto__'])('renderTable paints no status %s', async status => {
    const [row] = (await linesOf([[pass(1, { status })]], 80, COLOURS)).slice(3);
    expect(row).not.toContain('\x1b');
  });
});
