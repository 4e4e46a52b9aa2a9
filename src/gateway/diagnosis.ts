import { AlipassError } from '../errors';
import { type Difference, firstDifference } from '../protocol/canonical';
import { CHARSETS, decodeText, encodeText } from '../protocol/charset';
import { safeDecode } from '../protocol/form';
import { parseBeijingTime } from '../protocol/time';
import type { SignedParams } from './request';

/** Where two signed texts part, and why. */
export interface Divergence extends Difference {
  /** The parameter in which they part, or which one of them lacks. */
  readonly parameter: string;
  readonly cause: string;
}

/** The gateway puts its own signed text after these words (docs/protocol.md, "Answers"). */
const MARKER = /网关生成的验签字符串为[：:]\s*/;
const TRAILER = /，解决方案[：:].*$/s;

/**
 * Finds out why the gateway refused a signature, from the signed text that it gives back, and says so in the
 * error; any other error is returned as it is.
 */
export function withDiagnosis(error: unknown, sent: SignedParams): unknown {
  if (!(error instanceof AlipassError) || error.gateway?.sub_code !== 'isv.invalid-signature') return error;
  const theirs = gatewaySignedText(error.gateway.sub_msg ?? '');
  if (theirs === undefined) return error;
  const difference = compareSignedTexts(sent, theirs);
  const hint = difference ? describe(difference) : SAME_TEXT;
  const words = error.message.split(MARKER)[0]!.replace(/，$/, '');
  return new AlipassError(error.kind, error.code, words, { hint, cause: error, gateway: error.gateway });
}

/** The gateway gives our own text back, app auth token and all: what is said of it goes without. */
export function withoutSecrets(error: unknown, token: string | undefined): unknown {
  if (!(error instanceof AlipassError) || !token) return error;
  const { kind, code, message, hint, retryable, gateway, cause } = error;
  // Its start is enough to tell where texts part, and may be all that an excerpt holds.
  const pattern = new RegExp(`(app_auth_token=)[^&»，]*|${token.replace(/\W/g, '\\$&')}`, 'g');
  const clean = (text: string): string => text.replace(pattern, (_, name = '') => `${name}…`);
  const words = gateway?.sub_msg === undefined ? gateway : { ...gateway, sub_msg: clean(gateway.sub_msg) };
  return new AlipassError(kind, code, clean(message), {
    hint: hint && clean(hint),
    retryable,
    cause: cause instanceof AlipassError ? undefined : cause,
    ...(words ? { gateway: words } : {}),
  });
}

const SAME_TEXT =
  'The gateway signed the same text as we did, so the keys do not match: the app’s public key on open.alipay.com is not ' +
  'the other half of this private key, or it was uploaded for another sign type. `alipass keys match` compares two files.';

function describe({ parameter, ours, theirs, cause }: Divergence): string {
  return `The gateway checked another text than was signed. They part in ${parameter}: we signed «${ours}», it checked «${theirs}». ${cause}`;
}

/** The gateway's signed text out of an unescaped sub_msg; undefined when it holds none. */
export function gatewaySignedText(subMsg: string): string | undefined {
  const parts = subMsg.split(MARKER);
  return parts.slice(1).join('').replace(TRAILER, '').trim() || undefined;
}

/** Compares our signed text with the gateway's; undefined when they are equal. */
export function compareSignedTexts(
  { signedText, params }: SignedParams,
  theirs: string,
): Divergence | undefined {
  const difference = firstDifference(signedText, theirs);
  if (!difference) return undefined;
  const parameter = parameterAt(signedText, Object.keys(params), difference.at);
  return { ...difference, parameter, cause: likelyCause(signedText, theirs, parameter) };
}

/** The parameter whose text covers a position. */
function parameterAt(text: string, names: readonly string[], at: number): string {
  const starts = names.map(name => ({ name, start: startOf(text, name) })).filter(({ start }) => start >= 0);
  const before = starts.filter(({ start }) => start <= at).toSorted((a, b) => b.start - a.start);
  return before[0]?.name ?? starts[0]?.name ?? '?';
}

function startOf(text: string, name: string): number {
  return text.startsWith(`${name}=`) ? 0 : text.indexOf(`&${name}=`);
}

/** What is known to make two signed texts differ, the surest first. */
const CAUSES: readonly {
  readonly applies: (ours: string, theirs: string, parameter: string) => boolean;
  readonly says: string;
}[] = [
  {
    applies: (ours, theirs, parameter) =>
      parameter !== 'sign_type' && isMissing(theirs, 'sign_type') && !isMissing(ours, 'sign_type'),
    says: 'sign_type did not reach the gateway.',
  },
  {
    applies: (ours, theirs) => ours.replaceAll('+', ' ') === theirs.replaceAll('+', ' '),
    says: 'A + arrived as a space or the other way round: something on the way decodes the form once too often.',
  },
  {
    applies: (ours, theirs) => safeDecode(theirs) === ours || safeDecode(ours) === theirs,
    says: 'One of them is url-encoded: values are signed raw.',
  },
  {
    applies: (ours, theirs) =>
      readsAs(ours, theirs) || readsAs(theirs, ours) || /[?\ufffd]/.test(lost(ours, theirs)),
    says: 'The bytes were read in another charset: check --charset, and that nothing on the way drops it from the URL.',
  },
  {
    applies: (ours, theirs, parameter) => parameter === 'timestamp' && wholeHoursApart(ours, theirs),
    says: 'The times are whole hours apart: something rewrites the timestamp in another zone.',
  },
];

function likelyCause(ours: string, theirs: string, parameter: string): string {
  const cause = CAUSES.find(({ applies }) => applies(ours, theirs, parameter));
  return cause?.says ?? 'Something between here and the gateway changes requests: look for a proxy.';
}

function isMissing(text: string, name: string): boolean {
  return startOf(text, name) < 0;
}

/** Whether `text`, written in one charset and read in another, comes out as `misread`. */
function readsAs(text: string, misread: string): boolean {
  return CHARSETS.some(written =>
    CHARSETS.some(read => written !== read && decodeText(encodeText(text, written, '?'), read) === misread),
  );
}

/** The gateway's characters at the places where ours are not ASCII. */
function lost(ours: string, theirs: string): string {
  return /[\u0080-\uffff]/.test(ours) ? [...theirs].filter(it => !ours.includes(it)).join('') : '';
}

function wholeHoursApart(ours: string, theirs: string): boolean {
  const [a, b] = [ours, theirs].map(text => parseBeijingTime(/timestamp=([^&]*)/.exec(text)?.[1] ?? ''));
  return a !== undefined && b !== undefined && a !== b && (a - b) % 3_600_000 === 0;
}
