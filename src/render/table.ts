import Table from 'cli-table3';
import { textAt } from '../passes/field';
import type { Pass } from '../passes/pass';
import { parseBeijingTime } from '../protocol/time';
import { safeText } from '../terminal/safe-text';
import type { Style } from '../terminal/style';
import { type Column, paintStatus, TABLE_COLUMNS, titleOf } from './columns';
import type { Renderer } from './format';
import { endsSoon, formatRelative } from './relative';
import { cutToWidth, displayWidth, padToWidth } from './width';
import { loadWords, type Words } from './words';

/**
 * Rows that settle the widths and are drawn by cli-table3. It is slow in rows and quadratic in the length of
 * a cell, so cells are cut before it sees them, and the rows after these are written in its layout by hand.
 */
const FIRST_ROWS = 200;
/** Off a terminal a cell may be this wide: whole for almost every text, yet no 10,000 characters. */
const MAX_CELL_WIDTH = 60;
/** `│ ` before each cell, ` ` after it, and a last `│`. */
const CELL_FRAME = 3;

/** Between a time and how it is seen from now. */
const NOTE_GAP = 2;
/** A title as wide as this has mostly said what it has to say. */
const COMFORTABLE_WIDTH = 16;
/** The least that a cell is narrowed to when nothing else makes a table fit. */
const LAST_WIDTH = 4;

interface Layout {
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
  /** How wide the time is that a note comes after, by column; 0 where there are no notes. */
  readonly noteAt: readonly number[];
}

/** What cells are made with beside a pass. */
interface CellView {
  readonly words: Words;
  readonly nowMs: number | undefined;
  readonly style: Style;
}

/** A table that fits the terminal; Chinese counts two columns, and nothing in it acts on the terminal. */
export const renderTable: Renderer = async function* (listing, options) {
  if (options.wide) return yield* (await import('./wide')).renderWide(listing, options);
  const { width, columns, header = true } = options;
  const view: CellView = { words: await loadWords(options.lang), nowMs: options.nowMs, style: options.style };
  let waiting: Pass[] = [];
  let layout: Layout | undefined;
  for await (const page of listing.pages) {
    if (layout) {
      yield formatRows(page, layout, view);
      continue;
    }
    waiting = waiting.concat(page);
    if (waiting.length < FIRST_ROWS) continue;
    layout = createLayout(waiting.slice(0, FIRST_ROWS), width, view, columns);
    yield openTable(waiting, layout, view, header);
  }
  if (!layout && waiting.length > 0) {
    layout = createLayout(waiting, width, view, columns);
    yield openTable(waiting, layout, view, header);
  }
  if (layout) yield closeTable(layout);
};

/** The columns that fit, how wide each is, and whether times are said as seen from now as well. */
function createLayout(
  passes: readonly Pass[],
  width: number,
  view: CellView,
  asked?: readonly Column[],
): Layout {
  const hasAny = ({ path }: Column): boolean => passes.some(pass => textAt(pass, path) !== '');
  const sizes = (asked ?? TABLE_COLUMNS.filter(hasAny)).map(column => measure(column, passes, view));
  const withNotes = leaveOut(
    sizes,
    width,
    it => it.comfortable + it.note,
    asked ? Infinity : noteRank(sizes),
  );
  const fits = totalWidth(withNotes.map(it => it.comfortable + it.note)) <= width;
  const kept = fits ? withNotes : leaveOut(sizes, width, it => it.least, 0);
  const notes = kept.map(it => (fits ? it.note : 0));
  const widths = kept.map((it, i) => it.natural + notes[i]!);
  const minimums = kept.map((it, i) => it.least + notes[i]!);
  narrow(widths, minimums, width);
  // A cut id is bad; borders that wrap are worse.
  if (!fits) {
    const last = minimums.map(() => LAST_WIDTH);
    narrow(widths, last, width);
  }
  return {
    columns: kept.map(it => it.column),
    widths,
    noteAt: notes.map((note, i) => (note === 0 ? 0 : widths[i]! - note)),
  };
}

/** How wide a column is: whole, when little is cut, at least, and what a note adds with the gap before it. */
interface Size {
  readonly column: Column;
  readonly natural: number;
  readonly comfortable: number;
  readonly least: number;
  readonly note: number;
}

function measure(column: Column, passes: readonly Pass[], view: CellView): Size {
  const natural = naturalWidth(column, passes, view);
  const noteWidth = Math.max(0, ...passes.map(pass => displayWidth(noteOf(pass, column, view))));
  return {
    column,
    natural,
    comfortable: column.minWidth === undefined ? natural : Math.min(natural, COMFORTABLE_WIDTH),
    least: Math.min(natural, column.minWidth ?? Infinity),
    note: noteWidth === 0 ? 0 : NOTE_GAP + noteWidth,
  };
}

/** A note is worth more than the columns that rank after its own. */
function noteRank(sizes: readonly Size[]): number {
  return Math.max(...sizes.map(it => (it.note > 0 ? it.column.rank : 0)));
}

/** Leaves out the columns that matter least until the rest fits, but for two, and those that rank up to `rank`. */
function leaveOut(
  sizes: readonly Size[],
  width: number,
  widthOf: (size: Size) => number,
  rank: number,
): readonly Size[] {
  let kept = sizes;
  while (totalWidth(kept.map(widthOf)) > width && kept.length > 2) {
    const last = Math.max(...kept.map(it => it.column.rank));
    if (last <= rank) break;
    kept = kept.filter(it => it.column.rank !== last);
  }
  return kept;
}

function totalWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + CELL_FRAME, 1);
}

/** Takes from the widest, a column at a time, until all fit or none may get narrower. */
function narrow(widths: number[], minimums: readonly number[], width: number): void {
  for (let excess = totalWidth(widths) - width; excess > 0; excess--) {
    const roomy = widths.map((it, i) => (it > minimums[i]! ? it : 0));
    const widest = roomy.indexOf(Math.max(...roomy));
    if (roomy[widest] === 0) break;
    widths[widest]!--;
  }
}

function naturalWidth(column: Column, passes: readonly Pass[], { words }: CellView): number {
  const widths = passes.map(pass => displayWidth(cellText(pass, column, words)));
  return Math.min(Math.max(displayWidth(titleOf(column, words)), ...widths), MAX_CELL_WIDTH);
}

function openTable(passes: readonly Pass[], layout: Layout, view: CellView, header: boolean): string {
  const { columns, widths } = layout;
  const titles = columns.map((column, i) => cutToWidth(titleOf(column, view.words), widths[i]!));
  const table = new Table({
    head: header ? titles.map(title => view.style.heading(title)) : [],
    colWidths: widths.map(width => width + CELL_FRAME - 1),
    style: { compact: true, head: [], border: [] },
  });
  for (const pass of passes.slice(0, FIRST_ROWS)) {
    table.push(rowCells(pass, layout, view).map(({ painted }) => painted));
  }
  const lines = table.toString().split('\n');
  return `${lines.slice(0, -1).join('\n')}\n${formatRows(passes.slice(FIRST_ROWS), layout, view)}`;
}

function formatRows(passes: readonly Pass[], layout: Layout, view: CellView): string {
  return passes.map(pass => formatRow(pass, layout, view)).join('');
}

function formatRow(pass: Pass, layout: Layout, view: CellView): string {
  const cells = rowCells(pass, layout, view).map(({ painted, text }, i) => {
    return painted + padToWidth(text, layout.widths[i]!).slice(text.length);
  });
  return `│ ${cells.join(' │ ')} │\n`;
}

function closeTable({ widths }: Layout): string {
  return `└${widths.map(width => '─'.repeat(width + CELL_FRAME - 1)).join('┴')}┘\n`;
}

function rowCells(
  pass: Pass,
  { columns, widths, noteAt }: Layout,
  view: CellView,
): { text: string; painted: string }[] {
  return columns.map((column, i) => {
    const cell = cellText(pass, column, view.words);
    const note = noteAt[i]! > 0 ? noteOf(pass, column, view) : '';
    const text = cutToWidth(note ? padToWidth(cell, noteAt[i]! + NOTE_GAP) + note : cell, widths[i]!);
    return { text, painted: paintCell(text, pass, column, view) };
  });
}

/** Paints statuses by what they mean, and the end of a usable pass when it is near. */
function paintCell(text: string, pass: Pass, { name, relative }: Column, { style, nowMs }: CellView): string {
  if (name === 'status') return paintStatus(text, pass.status, style);
  if (!relative || nowMs === undefined) return text;
  return endsSoon(parseBeijingTime(pass.end_date ?? ''), pass.status, nowMs) ? style.warning(text) : text;
}

/** A time as seen from now; nothing for what is no time, or where no clock is given. */
function noteOf(pass: Pass, { path, relative }: Column, { words, nowMs }: CellView): string {
  if (!relative || nowMs === undefined) return '';
  const atMs = parseBeijingTime(textAt(pass, path));
  return atMs === undefined ? '' : formatRelative(atMs, nowMs, words);
}

/** Cut roughly before it is measured: only the first columns of a long text can be seen anyway. */
function cellText(pass: Pass, { path, show }: Column, words: Words): string {
  const text = textAt(pass, path);
  return safeText((show ? show(text, words) : text).slice(0, MAX_CELL_WIDTH * 4));
}
