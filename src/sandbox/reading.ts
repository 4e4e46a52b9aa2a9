import { type Charset, decodeText, encodeText, parseCharset } from '../protocol/charset';
import { decryptContent } from '../protocol/encryption';
import { decodeForm } from '../protocol/form';
import { mergedParams, type Params, type SentRequest } from '../protocol/params';

/** An HTTP request as the gateway sees it: both parts url-encoded. */
export interface SandboxRequest {
  readonly query: string;
  readonly body: string;
}

/** A request with its parameters read: in its two parts, and merged. */
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
  return { ...sent, params: mergedParams(sent), charset, charsetInQuery: label !== undefined };
}

/** What biz_content holds. */
export type Args = Readonly<Record<string, unknown>>;

/** The arguments in biz_content, deciphered when they are encrypted; or the sub_code that says why there are none. */
export function readArguments({ params, charset }: Reading, encryptKey: Buffer): Args | string {
  const sent = params['biz_content'] ?? '';
  const bytes = params['encrypt_type'] ? decryptContent(sent, encryptKey) : encodeText(sent, charset, '?');
  if (!bytes) return 'isv.invalid-encrypt';
  try {
    const value: unknown = JSON.parse(decodeText(bytes, charset));
    if (typeof value === 'object' && value !== null) return value as Args;
  } catch {
    // Not JSON: refused like any other value that is no object.
  }
  return 'isv.illegal-json';
}
