import Table from 'cli-table3';
import { textAt } from '../passes/field';
import type { Pass } from '../passes/pass';
import type { PassStatus } from '../protocol/api';
import type { Style } from '../terminal/style';
import { type Column, STATUS_PAINT, TABLE_COLUMNS } from './columns';
import type { Renderer } from './format';
import { safeText } from '../terminal/safe-text';
import { cutToWidth, displayWidth, padToWidth } from './width';

/**
 * Rows that settle the widths and are drawn by cli-table3. It is slow in rows and quadratic in the length of
 * a cell, so cells are cut before it sees them, and the rows after these are written in its layout by hand.
 */
const FIRST_ROWS = 200;
/** Off a terminal a cell may be this wide: whole for almost every text, yet no 10,000 characters. */
const MAX_CELL_WIDTH = 60;
/** `│ ` before each cell, ` ` after it, and a last `│`. */
const CELL_FRAME = 3;

interface Layout {
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
}

/** A table that fits the terminal; Chinese counts two columns, and nothing in it acts on the terminal. */
export const renderTable: Renderer = async function* (listing, view) {
  if (view.wide) return yield* (await import('./wide')).renderWide(listing, view);
  const { width, style, columns, header = true } = view;
  let waiting: Pass[] = [];
  let layout: Layout | undefined;
  for await (const page of listing.pages) {
    if (layout) {
      yield formatRows(page, layout, style);
      continue;
    }
    waiting = waiting.concat(page);
    if (waiting.length < FIRST_ROWS) continue;
    layout = createLayout(waiting.slice(0, FIRST_ROWS), width, columns);
    yield openTable(waiting, layout, style, header);
  }
  if (!layout && waiting.length > 0) {
    layout = createLayout(waiting, width, columns);
    yield openTable(waiting, layout, style, header);
  }
  if (layout) yield closeTable(layout);
};

/** Leaves out the columns that matter least until the rest fits, then narrows the widest that may be cut. */
function createLayout(passes: readonly Pass[], width: number, asked?: readonly Column[]): Layout {
  const hasAny = ({ path }: Column): boolean => passes.some(pass => textAt(pass, path) !== '');
  let columns = asked ?? TABLE_COLUMNS.filter(hasAny);
  const natural = new Map(columns.map(column => [column, naturalWidth(column, passes)]));
  const least = (column: Column): number => Math.min(natural.get(column)!, column.minWidth ?? Infinity);
  const total = (widthOf: (column: Column) => number): number =>
    columns.reduce((sum, column) => sum + widthOf(column) + CELL_FRAME, 1);
  while (total(least) > width && columns.length > 2) {
    const last = Math.max(...columns.map(column => column.rank));
    columns = columns.filter(column => column.rank !== last);
  }
  const widths = columns.map(column => natural.get(column)!);
  const minimums = columns.map(least);
  for (let excess = total(column => natural.get(column)!) - width; excess > 0; excess--) {
    const roomy = widths.map((it, i) => (it > minimums[i]! ? it : 0));
    const widest = roomy.indexOf(Math.max(...roomy));
    if (roomy[widest] === 0) break;
    widths[widest]!--;
  }
  return { columns, widths };
}

function naturalWidth(column: Column, passes: readonly Pass[]): number {
  const widths = passes.map(pass => displayWidth(cellText(pass, column)));
  return Math.min(Math.max(displayWidth(titleOf(column)), ...widths), MAX_CELL_WIDTH);
}

function openTable(passes: readonly Pass[], layout: Layout, style: Style, header: boolean): string {
  const head = layout.columns.map((column, i) => {
    return style.heading(cutToWidth(titleOf(column), layout.widths[i]!));
  });
  const table = new Table({
    head: header ? head : [],
    colWidths: layout.widths.map(width => width + CELL_FRAME - 1),
    style: { compact: true, head: [], border: [] },
  });
  for (const pass of passes.slice(0, FIRST_ROWS)) {
    table.push(rowCells(pass, layout, style).map(({ painted }) => painted));
  }
  const lines = table.toString().split('\n');
  return `${lines.slice(0, -1).join('\n')}\n${formatRows(passes.slice(FIRST_ROWS), layout, style)}`;
}

function formatRows(passes: readonly Pass[], layout: Layout, style: Style): string {
  return passes.map(pass => formatRow(pass, layout, style)).join('');
}

function formatRow(pass: Pass, layout: Layout, style: Style): string {
  const cells = rowCells(pass, layout, style).map(({ painted, text }, i) => {
    return painted + padToWidth(text, layout.widths[i]!).slice(text.length);
  });
  return `│ ${cells.join(' │ ')} │\n`;
}

function closeTable({ widths }: Layout): string {
  return `└${widths.map(width => '─'.repeat(width + CELL_FRAME - 1)).join('┴')}┘\n`;
}

function rowCells(pass: Pass, layout: Layout, style: Style): { text: string; painted: string }[] {
  return layout.columns.map((column, i) => {
    const text = cutToWidth(cellText(pass, column), layout.widths[i]!);
    return { text, painted: paint(text, column, style) };
  });
}

/** With opened JSON, a title is a text of the gateway’s. */
export function titleOf({ title }: Column): string {
  return safeText(title.slice(0, MAX_CELL_WIDTH * 4));
}

/** A cell in its status’s colour, if it is one. */
export function paint(text: string, { name }: Column, style: Style): string {
  const known = name === 'status' && Object.hasOwn(STATUS_PAINT, text);
  return known ? style[STATUS_PAINT[text as PassStatus]](text) : text;
}

/** Cut roughly before it is measured: only the first columns of a long text can be seen anyway. */
function cellText(pass: Pass, { path, show }: Column): string {
  const text = textAt(pass, path);
  return safeText((show ? show(text) : text).slice(0, MAX_CELL_WIDTH * 4));
}
