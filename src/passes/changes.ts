import { JSON_FIELDS, openJson } from './field';

/** A pass as far as it is compared: its fields, or the ways into its JSON, by name. */
export type Fields = Readonly<Record<string, unknown>>;

/** What became of one field; undefined where there is none. */
export interface FieldChange {
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What became of a pass. Names are only ever added to. */
export type Change =
  | { readonly change: 'added'; readonly pass_id: string; readonly after: Fields }
  | { readonly change: 'removed'; readonly pass_id: string; readonly before: Fields }
  | {
      readonly change: 'changed';
      readonly pass_id: string;
      readonly fields: Readonly<Record<string, FieldChange>>;
    };

/** Passes by their ids. */
export type PassIndex<T extends Fields = Fields> = ReadonlyMap<string, T>;

/**
 * What changed from one listing to the next: those that went first, then in the order of `after`. A change of other
 * fields than `compared` is none; all are compared when it is left out.
 */
export function* compareListings(
  before: PassIndex,
  after: PassIndex,
  compared?: readonly string[],
): Generator<Change> {
  for (const [pass_id, fields] of before) {
    if (!after.has(pass_id)) yield { change: 'removed', pass_id, before: fields };
  }
  for (const [pass_id, fields] of after) {
    const earlier = before.get(pass_id);
    if (!earlier) yield { change: 'added', pass_id, after: fields };
    else {
      const changed = compareFields(earlier, fields, compared);
      if (Object.keys(changed).length > 0) yield { change: 'changed', pass_id, fields: changed };
    }
  }
}

function compareFields(
  before: Fields,
  after: Fields,
  compared?: readonly string[],
): Record<string, FieldChange> {
  const names = compared ?? [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter(name => sameText(before[name]) !== sameText(after[name]));
  return Object.fromEntries(changed.map(name => [name, { before: before[name], after: after[name] }]));
}

/** A text that is the same for the same value, whatever the order of its members. */
function sameText(value: unknown): string | undefined {
  return JSON.stringify(value, (_name, inner: unknown) =>
    isObject(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/**
 * A pass with the JSON in its texts laid open to its members, `data_info.brandName`, so that a change there is told
 * by its name. Empty texts are no fields: not every format can tell them from none.
 */
export function comparableFields(pass: Fields): Fields {
  const entries = Object.entries(pass).flatMap(([name, value]): [string, unknown][] => {
    const opened = (JSON_FIELDS as readonly string[]).includes(name) ? openJson(value) : value;
    return isObject(opened) ? membersOf(name, opened) : [[name, value]];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== '' && value !== undefined));
}

function membersOf(path: string, value: Readonly<Record<string, unknown>>): [string, unknown][] {
  const members = Object.entries(value);
  if (members.length === 0) return [[path, value]];
  return members.map(([name, inner]) => [`${path}.${name}`, inner]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
