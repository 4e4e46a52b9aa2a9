import type { Listing } from '../passes/pages';
import type { Pass } from '../passes/pass';
import { safeText } from '../terminal/safe-text';
import { type Column, looseColumn } from './columns';
import { type Format, FORMATS, onePage, type View } from './format';

/**
 * Writes any JSON value, as a query leaves it. JSON: the value itself, elements of an array a line each. NDJSON: a line
 * for each element. Tabular formats: rows of objects by their keys, rows of arrays by their places, anything else
 * a line each; null is nothing there.
 */
export async function* renderValue(
  value: unknown,
  format: Format,
  view: View,
  listing: Listing,
): AsyncGenerator<string> {
  const elements = Array.isArray(value) ? (value as unknown[]) : [value];
  if (format === 'json') return yield* renderDocument(value);
  if (format === 'ndjson') return yield elements.map(it => `${JSON.stringify(it)}\n`).join('');
  const rows = value === null || value === undefined ? [] : elements;
  const table = tableOf(rows);
  if (!table && format !== 'csv') {
    const { markdownText } = await import('./markdown');
    const line = format === 'markdown' ? markdownText : safeText;
    return yield rows.map(row => `${line(textOf(row))}\n`).join('');
  }
  const { columns, records, named } = table ?? listOf(rows);
  if (records.length === 0) return;
  const render = await FORMATS[format].load();
  const header = named && view.header !== false;
  yield* render({ ...listing, pages: onePage(records) }, { ...view, columns, header });
}

/** How many are written at a time. */
const ELEMENTS = 500;

async function* renderDocument(value: unknown): AsyncGenerator<string> {
  if (!Array.isArray(value) || value.length === 0) return yield `${JSON.stringify(value)}\n`;
  let opening = '[\n';
  for (let start = 0; start < value.length; start += ELEMENTS) {
    const some = value.slice(start, start + ELEMENTS).map(element => JSON.stringify(element));
    yield opening + some.join(',\n');
    opening = ',\n';
  }
  yield '\n]\n';
}

interface Rows {
  readonly columns: readonly Column[];
  /** Objects by the columns' names: what renderers call a pass. */
  readonly records: readonly Pass[];
  readonly named: boolean;
}

/** Objects by their keys, arrays by their places; undefined where there is something else, or nothing. */
function tableOf(rows: readonly unknown[]): Rows | undefined {
  const named = !rows.some(Array.isArray);
  const same = rows.every(row => typeof row === 'object' && row !== null && Array.isArray(row) !== named);
  if (rows.length === 0 || !same) return undefined;
  const names = [...new Set(rows.flatMap(row => Object.keys(row as object)))];
  const columns = names.map((name, i) => looseColumn(name, named ? name : '', i));
  return { columns, named, records: rows.map(row => recordOf(Object.entries(row as object))) };
}

function listOf(rows: readonly unknown[]): Rows {
  return {
    columns: [looseColumn('0', '', 0)],
    named: false,
    records: rows.map(row => recordOf([['0', row]])),
  };
}

function recordOf(entries: readonly (readonly [string, unknown])[]): Pass {
  return Object.fromEntries(entries.filter(([, value]) => value !== null)) as Pass;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
