import { AlipassError } from '../errors';
import { PASS_FIELDS } from '../protocol/api';
import type { Pass } from './pass';

/** Under these names the gateway sometimes wraps a list (docs/protocol.md, "Answers"). */
const LIST_WRAPPERS = { pass_info_list: 'pass_info_open_api_model', shop_id_list: 'string' } as const;

const TEXT_FIELDS: readonly string[] = PASS_FIELDS.filter(field => field !== 'shop_id_list');

/**
 * Reads the passes of a verified result. An absent list, null and an empty list all mean none.
 * @throws unavailable `answer.not_passes` when the list has another shape.
 */
export function parsePasses(value: Readonly<Record<string, unknown>>): Pass[] {
  return rawPasses(value).map(parsePass);
}

/** The passes of a result as they came, unread. @throws as {@link parsePasses} */
export function rawPasses(value: Readonly<Record<string, unknown>>): unknown[] {
  return unwrapList(value, 'pass_info_list');
}

function parsePass(value: unknown): Pass {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw notPasses('a pass is no object');
  if (isRead(value as Record<string, unknown>)) return value as Pass;
  const pass: Record<string, unknown> = { ...value };
  for (const field of TEXT_FIELDS) {
    const text = pass[field];
    if (typeof text === 'number' || typeof text === 'boolean') pass[field] = String(text);
    else if (text === null) delete pass[field];
  }
  if ('shop_id_list' in pass) pass['shop_id_list'] = unwrapList(pass, 'shop_id_list').map(String);
  if (typeof pass['pass_id'] !== 'string') throw notPasses('a pass has no pass_id');
  return pass as Pass;
}

/** Most passes come with texts alone, and need no copy. */
function isRead(pass: Readonly<Record<string, unknown>>): boolean {
  const isText = (field: string): boolean => pass[field] === undefined || typeof pass[field] === 'string';
  return pass['pass_id'] !== undefined && !('shop_id_list' in pass) && TEXT_FIELDS.every(isText);
}

/** A list, be it wrapped; none when it is absent, null or empty. @throws unavailable `answer.not_passes` */
export function unwrapList(
  holder: Readonly<Record<string, unknown>>,
  name: keyof typeof LIST_WRAPPERS,
): unknown[] {
  const value = holder[name];
  const wrapped = typeof value === 'object' && value !== null && LIST_WRAPPERS[name] in value;
  const list = wrapped ? (value as Record<string, unknown>)[LIST_WRAPPERS[name]] : value;
  if (list === undefined || list === null || list === '' || isEmptyObject(list)) return [];
  if (!Array.isArray(list)) throw notPasses(`${name} is no list`);
  return list as unknown[];
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function notPasses(what: string): AlipassError {
  return new AlipassError('unavailable', 'answer.not_passes', `The answer is not a list of passes: ${what}`, {
    hint: 'It was signed by Alipay, so the API may have changed. Please report it.',
  });
}
