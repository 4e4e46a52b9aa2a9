import { textAt } from '../passes/field';
import type { Pass } from '../passes/pass';
import { safeText } from '../terminal/safe-text';
import { ALL_COLUMNS, type Column, TABLE_COLUMNS, titleOf } from './columns';
import type { Renderer } from './format';
import { displayWidth, padToWidth } from './width';
import { loadWords, type Words } from './words';

/** Wider cells are not waited for by the others: one long text would fill every row with spaces. */
const MOST_PADDING = 60;

/**
 * A table in GitHub's Markdown, whose source lines up as well: Chinese counts two columns. The first page settles the
 * widths; nothing is cut, and wider cells of later pages stick out.
 */
export const renderMarkdown: Renderer = async function* ({ pages }, { columns, wide = false, lang }) {
  const words = await loadWords(lang);
  const shown = columns ?? (wide ? ALL_COLUMNS : TABLE_COLUMNS);
  let widths: readonly number[] | undefined;
  for await (const page of pages) {
    const rows = page.map(pass => shown.map(column => cellText(pass, column, wide ? undefined : words)));
    const titles = shown.map(column => markdownText(titleOf(column, words)));
    const opened = widths !== undefined;
    widths ??= widthsOf([titles, ...rows]);
    const head = opened ? '' : formatRow(titles, widths) + `| ${widths.map(dashes).join(' | ')} |\n`;
    yield head + rows.map(row => formatRow(row, widths!)).join('');
  }
};

function widthsOf(rows: readonly (readonly string[])[]): number[] {
  return rows[0]!.map((_, i) =>
    rows.reduce((most, row) => Math.max(most, Math.min(displayWidth(row[i]!), MOST_PADDING)), 3),
  );
}

function dashes(width: number): string {
  return '-'.repeat(width);
}

function formatRow(cells: readonly string[], widths: readonly number[]): string {
  return `| ${cells.map((cell, i) => padToWidth(cell, widths[i]!)).join(' | ')} |\n`;
}

function cellText(pass: Pass, { path, show }: Column, words: Words | undefined): string {
  const text = textAt(pass, path);
  return markdownText(show && words ? show(text, words) : text);
}

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text that Markdown shows as it is and that stays in its cell: no markup, link, image or HTML comes of it. */
export function markdownText(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(line =>
      safeText(line)
        .replace(/[\\`*[\]~|$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
        .replace(/[&<>]/g, sign => HTML[sign]!),
    )
    .join('<br>');
}
