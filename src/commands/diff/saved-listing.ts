import { AlipassError, quote } from '../../errors';
import { comparableFields, type Fields } from '../../passes/changes';
import { PASS_FIELDS } from '../../protocol/api';

/** A listing as `list` wrote it. */
export interface SavedListing {
  readonly where: string;
  /** In the file's order, by id. */
  readonly passes: ReadonlyMap<string, Fields>;
  /** What the file says of itself; JSON alone does. */
  readonly meta: Readonly<Record<string, unknown>> | undefined;
  /** The columns of CSV, where other fields are not absent but left out; undefined elsewhere. */
  readonly columns: readonly string[] | undefined;
}

/**
 * Reads a listing in JSON, NDJSON or CSV: what it is, is seen from its beginning.
 * @throws usage `listing.unreadable` naming the file and, where there are lines, the line
 */
export async function readSavedListing(text: string, where: string): Promise<SavedListing> {
  const start = text.trimStart();
  if (start === '') return { where, passes: new Map(), meta: undefined, columns: undefined };
  if (!start.startsWith('{')) return readCsv(text, where);
  return /^\{\s*"schema"/.test(start) ? readJson(text, where) : readNdjson(text, where);
}

const SCHEMA = 'alipass.list/1';

function readJson(text: string, where: string): SavedListing {
  const { schema, passes, meta } = parseObject(text, where);
  if (schema !== SCHEMA || !Array.isArray(passes)) {
    throw unreadable(where, `its schema is ${quote(String(schema))}, not ${SCHEMA}`);
  }
  const named = passes.map((pass, i): [string, Fields] => [`${where}, pass ${i + 1}`, pass as Fields]);
  return { where, passes: byId(named), meta: (meta ?? {}) as Fields, columns: undefined };
}

function readNdjson(text: string, where: string): SavedListing {
  const named = text.split('\n').flatMap((line, i): [string, Fields][] => {
    const place = `${where}:${i + 1}`;
    return line.trim() === '' ? [] : [[place, parseObject(line, place)]];
  });
  return { where, passes: byId(named), meta: undefined, columns: undefined };
}

async function readCsv(text: string, where: string): Promise<SavedListing> {
  const { parse } = await import('csv-parse/sync');
  let rows: string[][];
  try {
    rows = parse(text);
  } catch (cause) {
    throw unreadable(where, `it is no JSON and no CSV: ${(cause as Error).message}`);
  }
  const [columns = [], ...rest] = rows;
  const stranger = columns.find(it => !(PASS_FIELDS as readonly string[]).includes(it.split('.')[0]!));
  if (stranger !== undefined) throw unreadable(where, `${quote(stranger)} is no field of a pass`);
  const named = rest.map((row, i): [string, Fields] => {
    return [`${where}, pass ${i + 1}`, Object.fromEntries(columns.map((name, j) => [name, row[j]]))];
  });
  return { where, passes: byId(named), meta: undefined, columns };
}

function parseObject(text: string, where: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable(where, `it is no JSON: ${(cause as Error).message}`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw unreadable(where, 'it is no object');
}

function byId(named: readonly (readonly [place: string, pass: Fields])[]): Map<string, Fields> {
  const passes = new Map<string, Fields>();
  for (const [place, pass] of named) {
    const id = pass?.['pass_id'];
    if (typeof id !== 'string') throw unreadable(place, 'there is no pass_id, by which passes are compared');
    if (passes.has(id)) throw unreadable(place, `pass ${quote(id)} is there already`);
    passes.set(id, comparableFields(pass));
  }
  return passes;
}

function unreadable(where: string, says: string): AlipassError {
  return new AlipassError('usage', 'listing.unreadable', `${where} is not a saved listing: ${says}`, {
    hint: 'Save one with alipass list -o json, ndjson or csv.',
  });
}

/** Both listings as far as both can tell: the columns of CSV alone, and then everything as text, as CSV has it. */
export function comparable(
  a: SavedListing,
  b: SavedListing,
): [SavedListing['passes'], SavedListing['passes']] {
  const limits = [a.columns, b.columns].filter(it => it !== undefined);
  if (limits.length === 0) return [a.passes, b.passes];
  const told = (path: string): boolean =>
    limits.every(columns => columns.includes(path) || columns.includes(path.split('.')[0]!));
  const limit = (passes: SavedListing['passes']): SavedListing['passes'] =>
    new Map([...passes].map(([id, fields]) => [id, asText(fields, told)]));
  return [limit(a.passes), limit(b.passes)];
}

function asText(fields: Fields, told: (path: string) => boolean): Fields {
  const entries = Object.entries(fields).filter(([path]) => told(path));
  return Object.fromEntries(
    entries.map(([path, value]) => [path, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
