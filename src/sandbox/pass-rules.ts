import { AlipassError, quote } from '../errors';
import { nearWords } from '../nearness';
import { type Group, GROUPS, isUserId, PASS_FIELDS, PASS_STATUS, type PassField } from '../protocol/api';
import { parseBeijingTime } from '../protocol/time';
import type { SandboxPass } from './holding';

/** What is wrong with a field, and what is allowed, as one sentence. */
export interface FieldFault {
  readonly field: string;
  readonly says: string;
}

/** Fields as they were read, unchecked. */
export type Fields = Readonly<Record<string, unknown>>;

/** A row of a data file: a pass, and whose it is. */
export interface DataRow {
  readonly user: string;
  readonly group: Group;
  readonly pass: SandboxPass;
}

/** What a row says besides the pass. */
const OWNER_FIELDS = ['user_id', 'group_type'] as const;
type OwnerField = (typeof OWNER_FIELDS)[number];

/** The fields of a row, in the order that they are written in. */
export const ROW_FIELDS = [...OWNER_FIELDS, ...PASS_FIELDS] as const;

/** What every row has. */
export const REQUIRED_FIELDS: ReadonlySet<string> = new Set<OwnerField | PassField>([
  ...OWNER_FIELDS,
  'pass_id',
]);

/** Says what is wrong with a value; undefined when nothing is. */
type Rule = (value: unknown) => string | undefined;

/** The limits are those of the API page. */
const RULES: Readonly<Record<OwnerField | PassField, Rule>> = {
  user_id: fitting(isUserId, '16 digits, beginning with 2088'),
  group_type: oneOf(GROUPS),
  pass_id: text(1, 100),
  mechant_name: text(0, 100),
  logo_text: text(0, 100),
  second_logo_text: text(0, 100),
  item_id: text(0, 100),
  start_date: date,
  end_date: date,
  gmt_create: date,
  shop_id_list: shops,
  data_info: text(0, 10_000),
  status: oneOf(Object.keys(PASS_STATUS)),
  ext_info: text(0, 10_000),
};

/** Reads one row. A row is whole when it has no faults. */
export function judgeRow(fields: Fields): { row: DataRow; faults: FieldFault[] } {
  const { user_id: user, group_type: group, ...pass } = fields;
  const faults = findFaults(fields, ROW_FIELDS);
  return { row: { user: user as string, group: group as Group, pass: completed(pass) }, faults };
}

/**
 * Reads a pass by the rules of data files: fields of the API page; `status` is can_use when left out, `data_info` and
 * `ext_info` may be objects. `where` says where it comes from.
 * @throws usage `sandbox.pass` with the first fault
 */
export function parsePass(fields: Fields, where: string): SandboxPass {
  const [fault] = findFaults(fields, PASS_FIELDS);
  if (fault) throw new AlipassError('usage', 'sandbox.pass', `${where}: ${fault.says}`);
  return completed(fields);
}

function findFaults(fields: Fields, known: readonly (OwnerField | PassField)[]): FieldFault[] {
  const unknown = Object.keys(fields).filter(field => !known.includes(field as PassField));
  const missing = known.filter(field => REQUIRED_FIELDS.has(field) && fields[field] === undefined);
  const wrong = known.flatMap(field => {
    const value = fields[field];
    const says = value === undefined ? undefined : RULES[field](infoText(field, value));
    return says === undefined ? [] : [{ field, says: `${field} ${says}` }];
  });
  return [
    ...unknown.map(field => ({ field, says: unknownField(field, known) })),
    ...missing.map(field => ({ field, says: `${field} is missing; it can’t be left out` })),
    ...wrong,
  ];
}

/** How a field is refused that is none of those `known`. */
export function unknownField(field: string, known: readonly string[] = ROW_FIELDS): string {
  const [near] = nearWords(field, known);
  const meant = near === undefined ? '' : `did you mean ${near}? `;
  return `there is no field ${quote(field)}; ${meant}The fields are ${known.join(', ')}`;
}

function completed(fields: Fields): SandboxPass {
  const given = Object.entries(fields).map(([field, value]) => [field, infoText(field, value)]);
  return { ...Object.fromEntries(given), status: fields['status'] ?? 'can_use' } as SandboxPass;
}

/** These are JSON inside a text; an object is written so. */
export const INFO_FIELDS: ReadonlySet<string> = new Set<PassField>(['data_info', 'ext_info']);

function infoText(field: string, value: unknown): unknown {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && INFO_FIELDS.has(field) ? JSON.stringify(value) : value;
}

function text(least: number, most: number): Rule {
  const allowed = `text of ${least > 0 ? `${least} to` : 'at most'} ${most} characters`;
  return value => {
    if (typeof value === 'number') return `is a number, whose digits may get lost; ${allowed}, in quotes`;
    if (typeof value !== 'string') return `is no text; ${allowed}`;
    if (value.length > most) return `has ${value.length} characters; ${allowed}`;
    if (value.length < least) return `is empty; ${allowed}`;
    return unsendable(value);
  };
}

/**
 * Whether a character is half of one, or a control character whose JSON escape has hex letters, which the vendor's
 * clients read wrongly (docs/protocol.md, "The sandbox").
 */
function isUnsendable(character: string): boolean {
  return /\\u.*[a-f]/.test(JSON.stringify(character));
}

function unsendable(value: string): string | undefined {
  const found = value.match(/[\p{Cc}\p{Cs}]/gu)?.find(isUnsendable);
  if (found === undefined) return undefined;
  const name = `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  return `holds ${name}, which the vendor’s clients read wrongly; any character but U+000B, U+000E, U+000F, U+001A to U+001F and halves of pairs`;
}

function fitting(fits: (value: string) => boolean, allowed: string): Rule {
  return value => {
    if (typeof value === 'number') return `is a number; ${allowed}, in quotes`;
    if (typeof value !== 'string') return `is no text; ${allowed}`;
    return fits(value) ? undefined : `${quote(value)} is not allowed; ${allowed}`;
  };
}

function oneOf(words: readonly string[]): Rule {
  return fitting(value => words.includes(value), `one of ${words.join(', ')}`);
}

function date(value: unknown): string | undefined {
  const allowed = 'a Beijing time "yyyy-MM-dd HH:mm:ss", or no such field';
  if (typeof value !== 'string') return `is no text; ${allowed}`;
  return parseBeijingTime(value) === undefined
    ? `${quote(value)} is no date that exists; ${allowed}`
    : undefined;
}

function shops(value: unknown): string | undefined {
  const allowed = 'a list of shop ids, each a text of 1 to 100 characters';
  if (!Array.isArray(value)) return `is no list; ${allowed}`;
  const says = (value as unknown[]).map(SHOP).find(it => it !== undefined);
  return says && `holds an id that ${says}`;
}

const SHOP = text(1, 100);
