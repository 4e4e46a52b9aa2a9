import { textAt } from '../passes/field';
import { safeText } from '../terminal/safe-text';
import { ALL_COLUMNS, paintStatus, titleOf } from './columns';
import { holdPasses, type Renderer } from './format';
import { displayWidth, padToWidth } from './width';
import { loadWords } from './words';

/** How many rows are written at a time. */
const ROWS = 500;

/**
 * A table of every column with nothing cut, in the layout of the narrow one. Waits for all passes, as the widest text
 * of each column decides; cli-table3 is left out, as it is quadratic in the length of a cell.
 */
export const renderWide: Renderer = async function* (listing, view) {
  const { columns = ALL_COLUMNS, style, header = true } = view;
  const passes = await holdPasses(listing);
  if (passes.length === 0) return;
  const rows = passes.map(pass => columns.map(({ path }) => safeText(textAt(pass, path))));
  const words = await loadWords(view.lang);
  const titles = columns.map(column => titleOf(column, words));
  const widths = titles.map((title, i) =>
    rows.reduce((most, row) => Math.max(most, displayWidth(row[i]!)), header ? displayWidth(title) : 0),
  );
  const rule = ([left, between, right]: readonly string[]): string =>
    `${left}${widths.map(width => '─'.repeat(width + 2)).join(between)}${right}\n`;
  const line = (cells: readonly string[], painted: (text: string, i: number) => string): string => {
    const shown = cells.map((text, i) => painted(text, i) + padToWidth(text, widths[i]!).slice(text.length));
    return `│ ${shown.join(' │ ')} │\n`;
  };
  yield rule([...'┌┬┐']);
  if (header) yield line(titles, title => style.heading(title)) + rule([...'├┼┤']);
  for (let start = 0; start < rows.length; start += ROWS) {
    const some = rows.slice(start, start + ROWS);
    yield some
      .map(row =>
        line(row, (text, i) => (columns[i]!.name === 'status' ? paintStatus(text, text, style) : text)),
      )
      .join('');
  }
  yield rule([...'└┴┘']);
};
