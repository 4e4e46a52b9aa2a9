import type { KeyObject } from 'node:crypto';
import { type Charset, CHARSETS, encodeText } from './charset';
import { requestSignedText } from './canonical';
import { encodeComponent } from './form';
import { isBlank, type Params } from './params';
import { digestHex, recoverDigest } from './recover';
import type { SignType } from './signature';

/** A request as it was sent: its parameters in the order they stood, `sign` among them. */
export interface SentRequest {
  readonly pairs: readonly (readonly [name: string, value: string])[];
  readonly charset: Charset;
}

/** Why a request's signature does not verify. Codes are only ever added to. */
export type RequestVerdict =
  | { readonly code: 'verifies' | 'no_signature' | 'wrong_key' | 'changed_text' }
  | { readonly code: 'wrong_digest'; readonly signed: SignType }
  | { readonly code: SuspectCode };

type SuspectCode =
  | 'sign_type_unsigned'
  | 'sorted_wrongly'
  | 'values_url_encoded'
  | 'empty_values_kept'
  | 'other_charset'
  | 'plus_for_space'
  | 'space_for_plus';

interface Suspect {
  readonly code: SuspectCode;
  /** The texts that a client with this fault would have signed. */
  readonly texts: (request: SentRequest) => (string | Buffer)[];
}

type Pairs = SentRequest['pairs'];

const unsigned = (pairs: Pairs): Pairs => pairs.filter(([name, value]) => name !== 'sign' && !isBlank(value));
const join = (pairs: Pairs): string => pairs.map(([name, value]) => `${name}=${value}`).join('&');
const sorted = (pairs: Pairs): Pairs => pairs.toSorted(([a], [b]) => (a < b ? -1 : 1));
const mapValues = (pairs: Pairs, change: (value: string) => string): Pairs =>
  pairs.map(([name, value]) => [name, name === 'sign' ? value : change(value)]);

/** The faults that clients are known for (docs/protocol.md, "What goes wrong"). */
const SUSPECTS: readonly Suspect[] = [
  {
    code: 'sign_type_unsigned',
    texts: ({ pairs }) => [join(sorted(unsigned(pairs).filter(([name]) => name !== 'sign_type')))],
  },
  {
    code: 'sorted_wrongly',
    texts: ({ pairs }) => [
      join(unsigned(pairs)),
      join(sorted(unsigned(pairs)).toReversed()),
      join(unsigned(pairs).toSorted(([a], [b]) => a.localeCompare(b, 'en'))),
      join([
        ...unsigned(pairs).filter(([name]) => name === 'biz_content'),
        ...sorted(unsigned(pairs).filter(([name]) => name !== 'biz_content')),
      ]),
      join([
        ...sorted(unsigned(pairs).filter(([name]) => name !== 'biz_content')),
        ...unsigned(pairs).filter(([name]) => name === 'biz_content'),
      ]),
    ],
  },
  {
    code: 'values_url_encoded',
    texts: ({ pairs, charset }) => {
      const encoded = mapValues(sorted(unsigned(pairs)), value => encodeComponent(value, charset));
      const withPlus = mapValues(encoded, value => value.replaceAll('%20', '+'));
      const lenient = mapValues(sorted(unsigned(pairs)), encodeURIComponent);
      return [join(encoded), join(withPlus), join(lenient)];
    },
  },
  {
    code: 'empty_values_kept',
    texts: ({ pairs }) => [join(sorted(pairs.filter(([name]) => name !== 'sign')))],
  },
  {
    code: 'other_charset',
    texts: ({ pairs, charset }) =>
      CHARSETS.filter(it => it !== charset).map(it => encodeText(join(sorted(unsigned(pairs))), it, '?')),
  },
  {
    code: 'plus_for_space',
    texts: ({ pairs }) => [join(sorted(unsigned(mapValues(pairs, value => value.replaceAll(' ', '+')))))],
  },
  {
    code: 'space_for_plus',
    texts: ({ pairs }) => [join(sorted(unsigned(mapValues(pairs, value => value.replaceAll('+', ' ')))))],
  },
];

/**
 * Finds out why a request's signature verifies or not: the signature gives away its digest, so each known fault
 * is tried until one yields that digest. `key` is the app's public key.
 */
export function judgeRequest(request: SentRequest, key: KeyObject): RequestVerdict {
  const params: Params = Object.fromEntries(request.pairs);
  const sign = params['sign'];
  if (!sign) return { code: 'no_signature' };
  const signed = recoverDigest(sign, key) ?? recoverDigest(sign.replaceAll(' ', '+'), key);
  if (!signed) return { code: 'wrong_key' };
  const matches = (text: string | Buffer): boolean => {
    const bytes = typeof text === 'string' ? encodeText(text, request.charset, '?') : text;
    return digestHex(bytes, signed.signType) === signed.digestHex;
  };
  if (matches(requestSignedText(params))) {
    if (sign.includes(' ')) return { code: 'space_for_plus' };
    const declared = params['sign_type'] as SignType;
    return declared === signed.signType
      ? { code: 'verifies' }
      : { code: 'wrong_digest', signed: signed.signType };
  }
  const suspect = SUSPECTS.find(({ texts }) => texts(request).some(matches));
  return { code: suspect?.code ?? 'changed_text' };
}

/** What each verdict means to a person, and what to do. */
export const REQUEST_VERDICTS: Readonly<Record<RequestVerdict['code'], { says: string; hint: string }>> = {
  verifies: { says: 'The signature verifies', hint: '' },
  no_signature: { says: 'There is no sign parameter', hint: 'Give the whole URL and body.' },
  wrong_key: {
    says: 'Another private key made this signature, or it is damaged',
    hint: 'Compare the pair with `alipass keys match`; the public half on open.alipay.com must be of the same pair.',
  },
  wrong_digest: {
    says: 'The digest is not the one that sign_type names',
    hint: 'RSA2 signs SHA-256, RSA signs SHA-1: change the digest or sign_type.',
  },
  changed_text: {
    says: 'The right key signed another text: a parameter was changed, added or lost after signing',
    hint: 'Compare the text that was signed with the one that `alipass sign` shows.',
  },
  sign_type_unsigned: {
    says: 'sign_type was left out of the signed text',
    hint: 'Every parameter but sign is signed, sign_type too.',
  },
  sorted_wrongly: {
    says: 'The parameters were not sorted by name in ASCII order',
    hint: 'Sort all of them, biz_content among them, before joining.',
  },
  values_url_encoded: {
    says: 'Url-encoded values were signed',
    hint: 'Sign the raw values; url-encode when sending.',
  },
  empty_values_kept: {
    says: 'Parameters without a value were signed',
    hint: 'Neither sign nor send parameters that are empty.',
  },
  other_charset: {
    says: 'The text was signed in another charset than the charset parameter names',
    hint: 'Turn the text into bytes in that charset before signing, and url-encode in the same.',
  },
  plus_for_space: {
    says: 'The text was signed with + where a space arrived',
    hint: 'Url-encode a + as %2B and a space as %20.',
  },
  space_for_plus: {
    says: 'A + arrived as a space',
    hint: 'Url-encode base64 and JSON: a bare + means a space in a form.',
  },
};
