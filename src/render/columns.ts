import { usageError } from '../errors';
import { expandPass, fieldMeant, fieldPath, type FieldPath, JSON_FIELDS } from '../passes/field';
import type { Pass } from '../passes/pass';
import { PASS_FIELDS, type PassStatus } from '../protocol/api';
import { safeText } from '../terminal/safe-text';
import type { Style } from '../terminal/style';
import { formatMoment } from './relative';
import type { Words } from './words';

/** A column of a table, or a member of what a program reads. */
export interface Column {
  /** As one asks for it: `end_date`, `data_info.brandName`. */
  readonly name: string;
  readonly path: FieldPath;
  /** Of a column that is no field; others have theirs in the words of the language. */
  readonly title?: string;
  /** The lower, the later it is left out when the terminal is narrow. */
  readonly rank: number;
  /** Columns narrower than this say nothing; undefined when the text must never be cut, as in ids. */
  readonly minWidth?: number;
  readonly show?: (text: string, words: Words) => string;
  /** Whether a time is said as seen from now as well, where there is space. */
  readonly relative?: true;
}

/** How people see a column; one that is not here is cut like any text. */
const LOOKS: Readonly<Record<string, Omit<Column, 'name' | 'path'>>> = {
  pass_id: { rank: 0 },
  mechant_name: { rank: 3, minWidth: 10 },
  logo_text: { rank: 2, minWidth: 8 },
  second_logo_text: { rank: 5, minWidth: 12 },
  status: { rank: 1, show: statusWord },
  start_date: { rank: 6, show: formatMoment },
  end_date: { rank: 4, show: formatMoment, relative: true },
  gmt_create: { rank: 7, show: formatMoment },
  item_id: { rank: 8 },
  shop_id_list: { rank: 9, minWidth: 12 },
};

const LEAST_WIDTH = 8;

/** A column by its name; undefined when there is no such field. */
function columnOf(name: string, position: number): Column | undefined {
  const path = fieldPath(name);
  return path && { ...(LOOKS[name] ?? plainLook(position)), name, path };
}

function plainLook(rank: number): Omit<Column, 'name' | 'path'> {
  return { rank, minWidth: LEAST_WIDTH };
}

const MOST_TITLE = 240;

/** A column's title for people; a value within JSON goes by its path, which is a text of the gateway's. */
export function titleOf({ name, title = name }: Column, { fields }: Words): string {
  return Object.hasOwn(fields, name)
    ? fields[name as keyof Words['fields']]
    : safeText(title.slice(0, MOST_TITLE));
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
    return { ...(LOOKS[name] ?? plainLook(i)), name, path };
  });
}

/** A column of rows that are no passes. */
export function looseColumn(name: string, title: string, rank: number): Column {
  return { ...plainLook(rank), title, name, path: [name] as unknown as FieldPath };
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

/** A status for people; one that nobody knows stays as it came. */
export function statusWord(status: string, { statuses }: Words): string {
  return Object.hasOwn(statuses, status) ? statuses[status as PassStatus] : status;
}

/** Paints text by the status it stands for; an unknown one has no colour. */
export function paintStatus(text: string, status: unknown, style: Style): string {
  const known = typeof status === 'string' && Object.hasOwn(STATUS_PAINT, status);
  return known ? style[STATUS_PAINT[status as PassStatus]](text) : text;
}
