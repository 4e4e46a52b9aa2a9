import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Pass } from '../../src/passes/pass';
import { PASS_FIELDS } from '../../src/protocol/api';
import { renderCsv } from '../../src/render/csv';
import { loadStyle } from '../../src/terminal/style';
import { listingOf, passes, textOf } from '../helpers/passes';

const VIEW = { width: 80, style: await loadStyle(true) };

async function recordsOf(pages: readonly (readonly Pass[])[]): Promise<Record<string, string>[]> {
  const text = await textOf(renderCsv(listingOf(pages), VIEW));
  return parse<Record<string, string>>(text, { columns: true });
}

describe('renderCsv', () => {
  it.each([
    ['no page', []],
    ['one page', [passes(0, 2)]],
    ['three pages', [passes(0, 2), passes(2, 4), passes(4, 5)]],
  ])('renderCsv writes one header and a line a pass: %s', async (_, pages) => {
    const text = await textOf(renderCsv(listingOf(pages), VIEW));
    const [header, ...rows] = parse(text);
    expect(header).toEqual([...PASS_FIELDS]);
    expect(rows.map(([id]) => id)).toEqual(pages.flat().map(pass => pass.pass_id));
  });

  it.each([
    ['for programs', false, '\n'],
    ['for programs', false, '\r'],
    ['for spreadsheets', true, '\n'],
    ['for spreadsheets', true, '\r'],
    ['for spreadsheets', true, '\r\n'],
  ])('renderCsv %s (%s) quotes a cell that holds %j', async (_, excel, lineBreak) => {
    const pass = { pass_id: '1', logo_text: `a${lineBreak}b` };
    const text = await textOf(renderCsv(listingOf([[pass]]), { ...VIEW, excel }));
    expect(text).toContain(`"a${lineBreak}b"`);
  });

  it.each([
    ['plain', '盒马'],
    ['a comma', 'a,b'],
    ['quotes', 'a"b""c'],
    ['a newline', 'a\nb'],
    ['CRLF', 'a\r\nb'],
    ['a lone CR', 'a\rb'],
    ['spaces around', ' a '],
    ['empty', ''],
    ['JSON', '{"a":"b,c"}'],
    ['an escape sequence', '\x1b[2J'],
    ['long digits', '20171115011040030100030000009952'],
  ])('renderCsv writes a text that csv-parse reads back: %s', async (_, text) => {
    const [record] = await recordsOf([[{ pass_id: '1', logo_text: text, ext_info: text }]]);
    expect(record).toMatchObject({ pass_id: '1', logo_text: text, ext_info: text });
  });

  it('renderCsv writes lists and objects as JSON and what is absent as nothing', async () => {
    const pass = { pass_id: '1', shop_id_list: ['1', '2'], data_info: { a: 1 } } as unknown as Pass;
    const [record] = await recordsOf([[pass]]);
    expect(record).toMatchObject({ shop_id_list: '["1","2"]', data_info: '{"a":1}', status: '' });
  });
});
