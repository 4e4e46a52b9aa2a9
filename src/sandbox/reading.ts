import { type Charset, decodeText, encodeText, parseCharset } from '../protocol/charset';
import { decryptContent } from '../protocol/encryption';
import { decodeForm } from '../protocol/form';
import { isBlank, mergedParams, type Params, type SentRequest, withoutBlanks } from '../protocol/params';

/** An HTTP request as the gateway sees it: both parts url-encoded. */
export interface SandboxRequest {
  readonly query: string;
  readonly body: string;
}

/** A request with its parameters read: in its two parts, and merged without those that have no value. */
export interface Reading extends SentRequest {
  readonly params: Params;
  readonly charset: Charset;
  /** The charset was named in the query, where the gateway looks for it. */
  readonly charsetInQuery: boolean;
}

/** Read twice, as the charset of the values is one of them; the gateway looks for it in the query alone. */
export function readRequest(request: SandboxRequest): Reading {
  const label = decodeForm(request.query, 'utf-8').find(([name]) => name === 'charset')?.[1];
  const charset = parseCharset(label ?? '') ?? 'utf-8';
  const sent = { query: decodeForm(request.query, charset), body: decodeForm(request.body, charset) };
  const params = withoutBlanks(mergedParams(sent));
  return { ...sent, params, charset, charsetInQuery: !isBlank(label ?? '') };
}

/** What biz_content holds. */
export type Args = Readonly<Record<string, unknown>>;

/** An argument that is a single value, as text; undefined for any other, and for one that is not there. */
export function argumentText(args: Args, name: string): string | undefined {
  const value = args[name];
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}

/** The arguments in biz_content, deciphered when they are encrypted; or the sub_code that says why there are none. */
export function readArguments({ params, charset }: Reading, encryptKey: Buffer): Args | string {
  const sent = params['biz_content'] ?? '';
  const bytes = params['encrypt_type'] ? decryptContent(sent, encryptKey) : encodeText(sent, charset, '?');
  if (!bytes) return 'isv.invalid-encrypt';
  try {
    const value: unknown = JSON.parse(decodeText(bytes, charset));
    if (isObject(value) && !Array.isArray(value) && !isTooDeep(value)) return value as Args;
  } catch {
    // Not JSON: refused like any other value that holds no arguments.
  }
  return 'isv.illegal-json';
}

/** The method's own arguments have one level, changes three. */
export const MOST_LEVELS = 32;

/** Whether a value of JSON has more than {@link MOST_LEVELS}: a million levels can be read, but not be written again. */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let i = 0; i < MOST_LEVELS; i++) level = level.flatMap(it => (isObject(it) ? Object.values(it) : []));
  return level.length > 0;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
