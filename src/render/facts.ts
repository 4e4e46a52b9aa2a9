import Table from 'cli-table3';
import { safeText } from '../terminal/safe-text';
import type { Style } from '../terminal/style';

/** A small table of facts that are not passes; rows are short and few. */
export function formatFacts(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  style: Style,
): string {
  const table = new Table({
    head: head.map(title => style.heading(title)),
    style: { compact: true, head: [], border: [] },
  });
  for (const row of rows) table.push(row.map(safeText));
  return `${table.toString()}\n`;
}
