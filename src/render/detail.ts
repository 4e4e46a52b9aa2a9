import { JSON_FIELDS, openJson } from '../passes/field';
import type { Pass } from '../passes/pass';
import { PASS_FIELDS, type PassField } from '../protocol/api';
import { parseBeijingTime } from '../protocol/time';
import { safeText } from '../terminal/safe-text';
import type { Style } from '../terminal/style';
import { paintStatus, statusWord } from './columns';
import { endsSoon, formatMoment, formatRelative } from './relative';
import { displayWidth, foldToWidth, padToWidth, wrapToWidth } from './width';
import type { Words } from './words';

/** What a pass is shown with. */
export interface DetailView {
  /** Columns of the terminal; Infinity where there is none. */
  readonly width: number;
  readonly style: Style;
  readonly words: Words;
  /** The clock that the pass is judged by, in milliseconds since the epoch. */
  readonly nowMs: number;
}

/** A line with its label, or the lines below one. */
interface Row {
  readonly depth: number;
  readonly label: string;
  readonly value: string;
  /** Stands behind the value, or below it where it would not fit. */
  readonly note?: string;
  readonly paint?: (text: string) => string;
}

/** JSON that is nested deeper than this stays JSON: nobody reads so many steps. */
const MOST_DEPTH = 6;
const INDENT = 2;
const GAP = 2;
/** Values get at least this much, however long the labels are. */
const LEAST_VALUE_WIDTH = 16;

/** One pass for people: every field there is, JSON opened, and nothing cut. Broken JSON is called so. */
export function formatDetail(pass: Pass, view: DetailView): string {
  const { style, words } = view;
  const title = [pass.logo_text, pass.mechant_name].filter(Boolean).join(' · ') || pass.pass_id;
  const known = [...new Set<string>([...PASS_FIELDS, ...Object.keys(pass)])];
  const rows = known.flatMap(field => {
    const value = pass[field];
    if (value === undefined) return [];
    if ((JSON_FIELDS as readonly string[]).includes(field)) return jsonRows(pass, field as PassField, view);
    return valueRows(0, labelOf(field, words), value).map(row => ({ ...row, ...special(field, pass, view) }));
  });
  const heading = wrap(safeText(title), view.width).map(line => style.heading(line));
  return `${[...heading, '', ...formatRows(rows, view)].join('\n')}\n`;
}

function labelOf(field: string, { fields }: Words): string {
  return Object.hasOwn(fields, field) ? fields[field as PassField] : field;
}

/** What is said of a field beyond its text. */
function special(field: string, pass: Pass, { style, words, nowMs }: DetailView): Partial<Row> {
  const text = pass[field];
  if (typeof text !== 'string') return {};
  if (field === 'status') {
    const word = statusWord(text, words);
    return {
      value: word === text ? text : `${word} (${text})`,
      paint: shown => paintStatus(shown, text, style),
    };
  }
  const atMs = parseBeijingTime(text);
  if (atMs === undefined || !field.match(/^(start_date|end_date|gmt_create)$/)) return {};
  const soon = field === 'end_date' && endsSoon(atMs, pass.status, nowMs);
  return {
    value: formatMoment(text),
    note: formatRelative(atMs, nowMs, words),
    ...(soon ? { paint: style.warning } : {}),
  };
}

function jsonRows(pass: Pass, field: PassField, { words, style }: DetailView): Row[] {
  const label = labelOf(field, words);
  const text = pass[field];
  const first = JSON_FIELDS.find(
    it => it !== field && pass[it] === text && PASS_FIELDS.indexOf(it) < PASS_FIELDS.indexOf(field),
  );
  if (first && text !== '') return [{ depth: 0, label, value: words.show.sameAs(labelOf(first, words)) }];
  const opened = text === '' ? '' : openJson(text);
  if (opened !== undefined) return valueRows(0, label, opened);
  return [
    { depth: 0, label, value: words.show.brokenJson, paint: style.warning },
    { depth: 1, label: '', value: String(text) },
  ];
}

/** A value under its label: objects and lists below it, a step further in. */
function valueRows(depth: number, label: string, value: unknown): Row[] {
  const nested = typeof value === 'object' && value !== null;
  if (!nested) return [{ depth, label, value: typeof value === 'string' ? value : JSON.stringify(value) }];
  const entries: [string, unknown][] = Array.isArray(value)
    ? value.map(item => ['-', item])
    : Object.entries(value);
  if (entries.length === 0 || depth >= MOST_DEPTH) return [{ depth, label, value: JSON.stringify(value) }];
  const inner = entries.flatMap(([name, item]) => valueRows(depth + 1, name, item));
  return [{ depth, label, value: '' }, ...inner];
}

/** Lays rows out with their values in line, as far as the terminal has space for that. */
function formatRows(rows: readonly Row[], { width, style }: DetailView): string[] {
  const labels = rows.map(({ depth, label }) => ' '.repeat(depth * INDENT) + safeText(label));
  const most = Math.max(1, width - GAP - LEAST_VALUE_WIDTH);
  const column = Math.min(most, Math.max(...labels.map(displayWidth))) + GAP;
  return rows.flatMap((row, i) => {
    const label = labels[i]!;
    if (row.label === '')
      return valueLines(row, width - row.depth * INDENT).map(line => ' '.repeat(row.depth * INDENT) + line);
    const [first = '', ...rest] = valueLines(row, width - column);
    if (first === '') return [style.faint(label)];
    const outgrown = displayWidth(label) + GAP > column;
    const head = outgrown
      ? [style.faint(label), ' '.repeat(column) + first]
      : [style.faint(padToWidth(label, column)) + first];
    return [...head, ...rest.map(line => ' '.repeat(column) + line)];
  });
}

/** The lines of a value, painted one by one. */
function valueLines({ value, note, paint }: Row, width: number): string[] {
  const text = safeText(value);
  const joined = note === undefined ? text : `${text}  ${note}`;
  const lines =
    note === undefined || displayWidth(joined) <= width ? wrap(joined, width) : [...wrap(text, width), note];
  return paint ? lines.map(line => paint(line)) : lines;
}

/** All of a text in lines of `width` columns, broken between words where there are any. */
function wrap(text: string, width: number): string[] {
  if (displayWidth(text) <= width) return [text];
  return wrapToWidth(text, width).flatMap(line => foldToWidth(line, width).split('\n'));
}
