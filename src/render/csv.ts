import { stringify } from 'csv-stringify/sync';
import { valueAt } from '../passes/field';
import type { Pass } from '../passes/pass';
import { ALL_COLUMNS, type Column } from './columns';
import type { Renderer } from './format';

/** RFC 4180 with a header of the API's field names; lists and unexpected objects stand as JSON. */
export const renderCsv: Renderer = async function* (listing, { columns = ALL_COLUMNS, header = true }) {
  let names = header ? stringify([columns.map(({ name }) => name)]) : '';
  for await (const page of listing.pages) {
    yield names + stringify(page.map(pass => csvRow(pass, columns)));
    names = '';
  }
  if (names) yield names;
};

function csvRow(pass: Pass, columns: readonly Column[]): string[] {
  return columns.map(({ path }) => {
    const value = valueAt(pass, path);
    if (value === undefined) return '';
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}
