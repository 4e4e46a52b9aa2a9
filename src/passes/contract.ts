import { PASS_FIELDS, PASS_STATUS, type PassField } from '../protocol/api';
import { parseBeijingTime } from '../protocol/time';
import { rawPasses, unwrapList } from './wire';

/** Where a pass is not what the API page says. */
export interface Violation {
  /** Undefined when the pass has no id that could be named. */
  readonly passId: string | undefined;
  readonly field: string;
  readonly fault: Fault;
}

/** What a value of JSON is. */
export type Kind = 'text' | 'number' | 'boolean' | 'null' | 'list' | 'object';

/** What is wrong with a field, for whoever tells it. */
export type Fault =
  | { readonly is: 'unknown' | 'missing' }
  | { readonly is: 'other kind'; readonly kind: Kind; readonly wanted: 'text' | 'list' }
  /** In a list. */
  | { readonly is: 'other entry'; readonly kind: Kind; readonly wanted: 'text' | 'pass' }
  | { readonly is: 'no time' | 'no status'; readonly text: string }
  | { readonly is: 'long'; readonly length: number; readonly longest: number };

interface FieldFact {
  readonly type: 'text' | 'date' | 'status' | 'list';
  /** Characters at most; of a list, in each entry. */
  readonly longest: number;
}

/** Types and lengths of the API page. Only `pass_id` is required there. */
const FIELD_FACTS: Readonly<Record<PassField, FieldFact>> = {
  pass_id: { type: 'text', longest: 100 },
  mechant_name: { type: 'text', longest: 100 },
  logo_text: { type: 'text', longest: 100 },
  second_logo_text: { type: 'text', longest: 100 },
  item_id: { type: 'text', longest: 100 },
  start_date: { type: 'date', longest: 50 },
  end_date: { type: 'date', longest: 50 },
  gmt_create: { type: 'date', longest: 20 },
  shop_id_list: { type: 'list', longest: 100 },
  data_info: { type: 'text', longest: 10_000 },
  status: { type: 'status', longest: 10 },
  ext_info: { type: 'text', longest: 10_000 },
};

/**
 * Holds the passes of a verified result to the API page: fields it does not know, types, dates, lengths, statuses.
 * Takes the result as it came, as reading a pass already forgives some of this. Integers of 16 digits and more count
 * as text, since that is how answers are read; an absent list is an empty one.
 */
export function contractViolations(value: Readonly<Record<string, unknown>>): Violation[] {
  const field = 'pass_info_list';
  try {
    return rawPasses(value).flatMap(passViolations);
  } catch {
    return [{ passId: undefined, field, fault: otherKind(value[field], 'list') }];
  }
}

function passViolations(pass: unknown): Violation[] {
  if (typeof pass !== 'object' || pass === null || Array.isArray(pass)) {
    return [{ passId: undefined, field: 'pass_info_list', fault: otherEntry(pass, 'pass') }];
  }
  const fields = pass as Readonly<Record<string, unknown>>;
  const id = fields['pass_id'];
  const passId = typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
  const missing: Violation[] =
    'pass_id' in fields ? [] : [{ passId, field: 'pass_id', fault: { is: 'missing' } }];
  const wrong = Object.entries(fields).flatMap(([field, content]): Violation[] => {
    const fault = isField(field) ? faultOf(FIELD_FACTS[field], content) : ({ is: 'unknown' } as const);
    return fault ? [{ passId, field, fault }] : [];
  });
  return [...missing, ...wrong];
}

function isField(name: string): name is PassField {
  return (PASS_FIELDS as readonly string[]).includes(name);
}

function faultOf({ type, longest }: FieldFact, value: unknown): Fault | undefined {
  if (type === 'list') return listFault(value, longest);
  if (typeof value !== 'string') return otherKind(value, 'text');
  if (type === 'date' && parseBeijingTime(value) === undefined) return { is: 'no time', text: value };
  if (type === 'status' && !Object.hasOwn(PASS_STATUS, value)) return { is: 'no status', text: value };
  return lengthFault(value, longest);
}

/** A list may come wrapped, which is how the gateway writes lists of some apps (docs/protocol.md, "Answers"). */
function listFault(value: unknown, longest: number): Fault | undefined {
  let list: unknown[];
  try {
    list = unwrapList({ shop_id_list: value }, 'shop_id_list');
  } catch {
    return otherKind(value, 'list');
  }
  const stranger = list.find(it => typeof it !== 'string');
  if (stranger !== undefined) return otherEntry(stranger, 'text');
  return (list as string[]).map(it => lengthFault(it, longest)).find(it => it !== undefined);
}

function lengthFault(text: string, longest: number): Fault | undefined {
  const { length } = [...text];
  return length > longest ? { is: 'long', length, longest } : undefined;
}

function otherKind(value: unknown, wanted: 'text' | 'list'): Fault {
  return { is: 'other kind', kind: kindOf(value), wanted };
}

function otherEntry(value: unknown, wanted: 'text' | 'pass'): Fault {
  return { is: 'other entry', kind: kindOf(value), wanted };
}

function kindOf(value: unknown): Kind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'string' ? 'text' : (typeof value as 'number' | 'boolean' | 'object');
}
