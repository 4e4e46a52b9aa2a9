import { usageError } from '../errors';
import { expandPass, fieldMeant, fieldPath, type FieldPath, JSON_FIELDS } from '../passes/field';
import type { Pass } from '../passes/pass';
import { PASS_FIELDS, type PassStatus } from '../protocol/api';
import type { Style } from '../terminal/style';

/** A column of a table, or a member of what a program reads. */
export interface Column {
  /** As one asks for it: `end_date`, `data_info.brandName`. */
  readonly name: string;
  readonly path: FieldPath;
  readonly title: string;
  /** The lower, the later it is left out when the terminal is narrow. */
  readonly rank: number;
  /** Columns narrower than this say nothing; undefined when the text must never be cut, as in ids. */
  readonly minWidth?: number;
  readonly show?: (text: string) => string;
}

/** Coupons are valid to the minute at best: seconds only cost width. */
const toMinute = (time: string): string => time.slice(0, 16);

/** What people see of a column; columns that are not here go by their names. */
const LOOKS: Readonly<Record<string, Omit<Column, 'name' | 'path'>>> = {
  pass_id: { title: 'Pass ID', rank: 0 },
  mechant_name: { title: 'Merchant', rank: 3, minWidth: 10 },
  logo_text: { title: 'Title', rank: 2, minWidth: 12 },
  second_logo_text: { title: 'Subtitle', rank: 5, minWidth: 12 },
  status: { title: 'Status', rank: 1 },
  start_date: { title: 'Valid from', rank: 6, show: toMinute },
  end_date: { title: 'Valid until', rank: 4, show: toMinute },
  gmt_create: { title: 'Created', rank: 7, show: toMinute },
  item_id: { title: 'Item ID', rank: 8 },
  shop_id_list: { title: 'Shops', rank: 9, minWidth: 12 },
};

const LEAST_WIDTH = 8;

/** A column by its name; undefined when there is no such field. */
function columnOf(name: string, position: number): Column | undefined {
  const path = fieldPath(name);
  return path && { ...(LOOKS[name] ?? plainLook(name, position)), name, path };
}

function plainLook(title: string, rank: number): Omit<Column, 'name' | 'path'> {
  return { title, rank, minWidth: LEAST_WIDTH };
}

/** What a table shows when nobody says otherwise. */
export const TABLE_COLUMNS: readonly Column[] = [
  'pass_id',
  'mechant_name',
  'logo_text',
  'second_logo_text',
  'status',
  'start_date',
  'end_date',
].map((name, i) => columnOf(name, i)!);

/** Every field of the API, in its order. */
export const ALL_COLUMNS: readonly Column[] = PASS_FIELDS.map((name, i) => columnOf(name, i)!);

/** Reads `pass_id,data_info.brandName`. The first are the last to go when space is short. @throws usage */
export function parseColumns(text: string): Column[] {
  return text.split(',').map((word, i) => {
    const column = columnOf(word.trim(), i);
    if (column) return { ...column, rank: i };
    const inside = `${JSON_FIELDS[0]}.NAME`;
    const allowed = `fields with commas between: ${PASS_FIELDS.join(', ')}, ${inside}`;
    throw usageError('--columns', text, allowed, fieldMeant(word));
  });
}

/**
 * Every field, with a column for each name within the fields that hold JSON, as far as these passes have it. Such a
 * field keeps a column of its own where a pass has something there that has no names.
 */
export function expandedColumns(passes: readonly Pass[]): Column[] {
  const paths = PASS_FIELDS.flatMap((field): FieldPath[] => {
    if (!(JSON_FIELDS as readonly string[]).includes(field)) return [[field]];
    const values = passes.map(pass => expandPass(pass)[field]).filter(value => value !== undefined);
    const names = new Set(values.flatMap(value => (isObject(value) ? Object.keys(value) : [])));
    const whole: FieldPath[] = values.every(isObject) ? [] : [[field]];
    return [...whole, ...[...names].map((name): FieldPath => [field, name])];
  });
  return paths.map((path, i) => {
    const name = path.join('.');
    return { ...(LOOKS[name] ?? plainLook(name, i)), name, path };
  });
}

/** A column of rows that are no passes. */
export function looseColumn(name: string, title: string, rank: number): Column {
  return { ...plainLook(title, rank), name, path: [name] as unknown as FieldPath };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How each status is painted; the word itself is always there for those who see no colour. */
export const STATUS_PAINT: Readonly<Record<PassStatus, keyof Style>> = {
  can_use: 'good',
  used: 'faint',
  expired: 'warning',
  closed: 'bad',
};
