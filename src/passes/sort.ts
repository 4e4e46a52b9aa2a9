import { usageError } from '../errors';
import { fieldMeant, fieldPath, type FieldPath, valueAt } from './field';
import type { Pass } from './pass';

/** What to sort by, the first key first. */
export interface SortKey {
  readonly path: FieldPath;
  readonly descending: boolean;
}

/** Reads `end_date,-gmt_create`. @throws usage */
export function parseSort(text: string): SortKey[] {
  return text.split(',').map(word => {
    const name = word.trim();
    const descending = name.startsWith('-');
    const field = descending ? name.slice(1) : name;
    const path = fieldPath(field);
    if (path) return { path, descending };
    throw usageError(
      '--sort',
      text,
      'fields with commas between, - before one for descending: end_date,-gmt_create',
      fieldMeant(field),
    );
  });
}

/** Sorts without changing the order of equals; passes that lack a key come last either way. */
export function sortPasses(passes: readonly Pass[], keys: readonly SortKey[]): Pass[] {
  const keyed = passes.map(pass => ({ pass, values: keys.map(({ path }) => valueAt(pass, path)) }));
  keyed.sort((a, b) => {
    for (const [i, { descending }] of keys.entries()) {
      const order = compareValues(a.values[i], b.values[i], descending);
      if (order !== 0) return order;
    }
    return 0;
  });
  return keyed.map(({ pass }) => pass);
}

function compareValues(a: unknown, b: unknown, descending: boolean): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const order = compareTexts(textOf(a), textOf(b));
  return descending ? -order : order;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const DIGITS = /^\d+$/;

/** Numbers by size, however long; other texts by their characters, so that the order is the same everywhere. */
function compareTexts(a: string, b: string): number {
  const numeric = DIGITS.test(a) && DIGITS.test(b);
  if (numeric && a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
