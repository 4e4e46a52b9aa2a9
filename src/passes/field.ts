import { didYouMean } from '../nearness';
import { JSON_NAMES, PASS_FIELDS, type PassField } from '../protocol/api';
import { quoteLongIntegers } from '../protocol/long-integers';
import type { Pass } from './pass';

/** A field of a pass, or a value within one that holds JSON: `data_info.brandName`. */
export type FieldPath = readonly [PassField, ...string[]];

/** The fields that hold JSON in a text (API page). */
export const JSON_FIELDS = ['data_info', 'ext_info'] as const satisfies readonly PassField[];

/** Reads a field's name, or one with a way into its JSON; undefined when there is no such field. */
export function fieldPath(name: string): FieldPath | undefined {
  const [field, ...rest] = name.split('.');
  const known = PASS_FIELDS.find(it => it === field);
  const opens = (JSON_FIELDS as readonly string[]).includes(field!);
  if (!known || (rest.length > 0 && !opens) || rest.includes('')) return undefined;
  return [known, ...rest];
}

/** Every field, and the usual names within those that hold JSON. */
export const FIELD_NAMES: readonly string[] = [
  ...PASS_FIELDS,
  ...JSON_FIELDS.flatMap(field => JSON_NAMES.map(name => `${field}.${name}`)),
];

/** Which field was meant, for a hint; undefined when none is near. */
export function fieldMeant(name: string): string | undefined {
  return didYouMean(name, name.includes('.') ? FIELD_NAMES : PASS_FIELDS);
}

/** The value at a path; undefined when the pass has none there, or the JSON on the way is broken. */
export function valueAt(pass: Pass, [field, ...rest]: FieldPath): unknown {
  const value = step(pass, field);
  return rest.length === 0 ? value : rest.reduce(step, openJson(value));
}

/** The same as a text, what is no text as JSON; empty when there is none. */
export function textAt(pass: Pass, path: FieldPath): string {
  const value = valueAt(pass, path);
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function step(value: unknown, name: string): unknown {
  const inside = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return inside ? (value as Record<string, unknown>)[name] : undefined;
}

/**
 * The JSON in a text, long integers as texts so that ids keep every digit; undefined when it is broken, as broken JSON
 * there never fails a listing.
 */
export function openJson(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(quoteLongIntegers(text)) as unknown;
  } catch {
    return undefined;
  }
}

/** A pass with the JSON in its texts opened; broken JSON stays a text. */
export function expandPass(pass: Pass): Pass {
  const opened = JSON_FIELDS.flatMap(field => {
    const value = openJson(pass[field]);
    return value === undefined ? [] : [[field, value] as const];
  });
  return { ...pass, ...Object.fromEntries(opened) } as Pass;
}
