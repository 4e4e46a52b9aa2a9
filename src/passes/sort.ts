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
  const keyed = passes.map(pass => ({ pass, values: keys.map(({ path }) => textOf(valueAt(pass, path))) }));
  keyed.sort((a, b) => {
    for (const [i, { descending }] of keys.entries()) {
      const order = compareValues(a.values[i], b.values[i], descending);
      if (order !== 0) return order;
    }
    return 0;
  });
  return keyed.map(({ pass }) => pass);
}

function compareValues(a: string | undefined, b: string | undefined, descending: boolean): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const order = compareTexts(a, b);
  return descending ? -order : order;
}

/** Undefined where there is nothing to sort by. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const WHOLE_NUMBER = /^\d+$/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** Numbers by size, before other texts; those by their characters, so that the order is the same everywhere. */
function compareTexts(a: string, b: string): number {
  const numbers = Number(NUMBER.test(b)) - Number(NUMBER.test(a));
  if (numbers !== 0) return numbers;
  return (NUMBER.test(a) && compareNumbers(a, b)) || compareCharacters(a, b);
}

/** Ids are too long for a double, and need every digit. */
function compareNumbers(a: string, b: string): number {
  if (!WHOLE_NUMBER.test(a) || !WHOLE_NUMBER.test(b)) return Number(a) - Number(b);
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return left.length - right.length || compareCharacters(left, right);
}

function compareCharacters(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
