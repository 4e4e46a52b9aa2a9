import Table from 'cli-table3';
import { safeText } from '../terminal/safe-text';
import type { Style } from '../terminal/style';
import { displayWidth, foldToWidth } from './width';

/** `│ ` before each cell, ` ` after it. */
const CELL_FRAME = 3;
const LEAST_WIDTH = 8;

/**
 * A small table of facts that are not passes; rows are few. On a terminal that is too narrow for them cells go on
 * over several lines: nothing is cut, as facts are there to be copied.
 */
export function formatFacts(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
  width = Infinity,
): string {
  const cells = rows.map(row => row.map(safeText));
  const widths = fitColumns([head, ...cells], width);
  const fold = (row: readonly string[]): string[] => row.map((cell, i) => foldToWidth(cell, widths[i]!));
  const table = new Table({
    head: fold(head).map(title => title.replace(/.+/g, line => style.heading(line))),
    colWidths: widths.map(it => it + CELL_FRAME - 1),
    style: { compact: true, head: [], border: [] },
  });
  table.push(...cells.map(fold));
  return `${table.toString()}\n`;
}

/** The widths that the columns ask for, the widest narrowed until all fit. */
function fitColumns(rows: readonly (readonly string[])[], width: number): number[] {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map(row => displayWidth(row[i] ?? ''))));
  const total = (): number => widths.reduce((sum, it) => sum + it + CELL_FRAME, 1);
  while (total() > width) {
    const widest = Math.max(...widths);
    if (widest <= LEAST_WIDTH) break;
    widths[widths.indexOf(widest)]!--;
  }
  return widths;
}
