import { isUtf8 } from 'node:buffer';
import { withoutPassword } from '../errors';
import { readEnvelope } from '../protocol/envelope';
import type { Params } from '../protocol/params';
import {
  HIDDEN,
  maskId,
  publicParams,
  type RecordedExchange,
  type RecordedResponse,
  USER_ID,
} from './recording';
import type { Exchange, Sender } from './request';
import type { RawResponse } from './response';

/**
 * Hands every answer to `keep` as it comes, with its request and without secrets; an answer that fails to arrive is
 * none. User ids in requests are masked when `masked`.
 * @throws what `keep` throws, and as `exchange` does
 */
export function recordExchanges(
  exchange: Exchange,
  sender: Pick<Sender, 'encryptKey' | 'charset'>,
  masked: boolean,
  keep: (exchange: RecordedExchange) => void,
): Exchange {
  return async (params, signal) => {
    const { sent, raw } = await exchange(params, signal);
    const request = publicParams(sent.params, sender, masked);
    const ids = masked ? (publicParams(sent.params, sender, false)['biz_content']!.match(USER_ID) ?? []) : [];
    keep({ request, response: recordResponse(raw, sent.params, ids) });
    return { sent, raw };
  };
}

/** The headers that an answer is read by; others may hold cookies. */
const KEPT_HEADERS = ['content-type', 'trace_id', 'date', 'location'] as const;

/** An answer may give back what was asked, secrets and all: the gateway’s signed text, an error page. */
function recordResponse(raw: RawResponse, params: Params, ids: readonly string[]): RecordedResponse {
  const hide = createHider(params, isSuccess(raw.bytes) ? [] : ids);
  const headers = KEPT_HEADERS.flatMap(name => {
    const value = raw.headers[name];
    return value === undefined ? [] : [[name, hide(name === 'location' ? withoutQuery(value) : value)]];
  });
  const text = raw.bytes.toString('latin1');
  const shown = hide(text);
  const redacted = shown !== text;
  const bytes = redacted ? withoutSign(Buffer.from(shown, 'latin1')) : raw.bytes;
  return {
    status: raw.status,
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...(isUtf8(bytes) ? { body: bytes.toString('utf8') } : { body_base64: bytes.toString('base64') }),
    ...(redacted ? { redacted } : {}),
  };
}

/** A redirect may repeat the whole request. */
function withoutQuery(location: string): string {
  return withoutPassword(location.split(/[?#]/)[0]!);
}

/** A success is worth its signature, which masked ids would break; it is about the user, not of the request. */
function isSuccess(bytes: Buffer): boolean {
  return /"code"\s*:\s*"?10000\b/.test(bytes.toString('latin1'));
}

/** The parameters that are secrets, or as good as one: a signed request can be sent again. */
const SECRET_PARAMS = ['app_auth_token', 'auth_token', 'sign'] as const;
/** A shorter value would be found by chance. */
const LEAST_SECRET = 8;

function createHider(params: Params, ids: readonly string[]): (text: string) => string {
  const secrets = SECRET_PARAMS.flatMap(name => params[name] || []);
  const patterns = secrets.map(secret => anySpelling(secret));
  return text => {
    let shown = text;
    for (const pattern of patterns) shown = shown.replace(pattern, `$<name>${HIDDEN}`);
    for (const id of ids) shown = shown.replaceAll(id, maskId(id));
    return shown;
  };
}

/** A secret as it may stand in an answer, its lines broken or not; a short one behind its name alone. */
function anySpelling(secret: string): RegExp {
  const letters = [...secret].map(spellingsOf).join(LINE_BREAK);
  const name = secret.length < LEAST_SECRET ? '(?<name>auth_token=)' : '(?<name>)';
  return new RegExp(name + letters, 'g');
}

const LINE_BREAK = String.raw`(?:\s|\\[nrt])*`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '"': 'quot',
  "'": 'apos',
  '+': 'plus',
  '/': 'sol',
  '=': 'equals',
};

/** A character as itself, url-encoded, and as JSON, JavaScript and HTML escape it. */
function spellingsOf(character: string): string {
  const code = character.codePointAt(0)!;
  const hex = anyCase(code.toString(16));
  const url = encodeURIComponent(character);
  const entity = ENTITIES[character];
  const all = [
    String.raw`\\{0,4}` + escapeRegExp(character),
    String.raw`\\{1,4}[ux]0{0,4}` + hex,
    `%${hex}`,
    `&#0{0,4}${code};`,
    `&#[xX]0{0,4}${hex};`,
    ...(url.startsWith('%') ? [anyCase(url)] : []),
    ...(entity ? [`&${entity};`] : []),
  ];
  return `(?:${all.join('|')})`;
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/gi, letter => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}

function escapeRegExp(character: string): string {
  return character.replace(/[$()*+./?[\\\]^{|}-]/, '\\$&');
}

/** A signature over what was changed would prove a forgery: without it the answer counts as unproven. */
function withoutSign(bytes: Buffer): Buffer {
  try {
    const members = readEnvelope(bytes, isUtf8(bytes) ? 'utf-8' : 'GBK').filter(
      ({ name }) => name !== 'sign',
    );
    const texts = members.map(member => `${JSON.stringify(member.name)}:${member.bytes.toString('latin1')}`);
    return Buffer.from(`{${texts.join(',')}}`, 'latin1');
  } catch {
    return bytes; // No envelope, no signature.
  }
}
