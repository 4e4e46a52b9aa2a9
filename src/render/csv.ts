import { stringify } from 'csv-stringify/sync';
import type { Pass } from '../passes/pass';
import { PASS_FIELDS } from '../protocol/api';
import type { Renderer } from './format';

/** RFC 4180 with a header of the API's field names; lists and unexpected objects stand as JSON. */
export const renderCsv: Renderer = async function* (listing) {
  let header = stringify([PASS_FIELDS]);
  for await (const page of listing.pages) {
    yield header + stringify(page.map(csvRow));
    header = '';
  }
  if (header) yield header;
};

function csvRow(pass: Pass): string[] {
  return PASS_FIELDS.map(field => {
    const value = pass[field] as unknown;
    if (value === undefined) return '';
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}
