import type { KeyObject } from 'node:crypto';
import { type Charset, CHARSETS, decodeText, encodeText, parseCharset } from './charset';
import { requestSignedText } from './canonical';
import { encodeComponent, safeDecode } from './form';
import { isBlank, mergedPairs, type Pairs, type Params, type SentRequest } from './params';
import type { SignType } from './signature';
import { withPlainSlashes } from './slashes';
import { judgeSignature, type Suspect, type Verdict } from './verdict';

const UNSIGNED: Verdict = {
  code: 'unsigned',
  says: 'There is no signature',
  hint: 'Give the whole of it, sign included.',
};
const PLUS_IN_SIGN: Verdict = {
  code: 'space_for_plus',
  says: 'A + of the signature arrived as a space',
  hint: 'Url-encode base64 and JSON when sending: a bare + means a space in a form.',
};

const CHARSET_MISPLACED: Verdict = {
  code: 'charset_misplaced',
  says: 'The charset is not in the URL, or is spelled otherwise there than in the body',
  hint: 'The gateway looks for charset in the URL’s query, and nowhere else: send it there, and only there.',
};
const NO_BODY: Verdict = {
  code: 'no_body',
  says: 'There is no biz_content here',
  hint: 'Add the form body on the next line.',
};

/** Judges a request's signature with the app's public key. */
export function judgeRequest(request: SentRequest, key: KeyObject): Verdict {
  const pairs = mergedPairs(request);
  const params = Object.fromEntries(pairs);
  if (!params['sign']) return UNSIGNED;
  if (isCharsetMisplaced(request)) return CHARSET_MISPLACED;
  const verdict = judgeMerged(pairs, params, key);
  return verdict.code === 'changed_text' && !params['biz_content'] ? NO_BODY : verdict;
}

/** Judged before the signature, as the gateway refuses even a right one then. */
function isCharsetMisplaced({ query, body }: SentRequest): boolean {
  const [inQuery, inBody] = [query, body].map(pairs => pairs.find(([name]) => name === 'charset')?.[1]);
  return inQuery === undefined || (inBody !== undefined && inBody !== inQuery);
}

function judgeMerged(pairs: Pairs, params: Params, key: KeyObject): Verdict {
  const signature = params['sign']!;
  const charset = parseCharset(params['charset'] ?? '') ?? 'utf-8';
  const claim = {
    signature,
    key,
    signType: params['sign_type'] as SignType | undefined,
    bytes: encodeText(requestSignedText(params), charset, '?'),
  };
  const suspects = requestSuspects(pairs, charset);
  if (!signature.includes(' ')) return judgeSignature(claim, suspects);
  // Node's base64 reader passes over spaces, where the gateway's does not.
  const repaired = judgeSignature({ ...claim, signature: signature.replaceAll(' ', '+') }, suspects);
  return repaired.accepted ? PLUS_IN_SIGN : repaired;
}

const toSign = (pairs: Pairs): Pairs => pairs.filter(([name, value]) => name !== 'sign' && !isBlank(value));
const join = (pairs: Pairs): string => pairs.map(([name, value]) => `${name}=${value}`).join('&');
const sorted = (pairs: Pairs): Pairs => pairs.toSorted(([a], [b]) => (a < b ? -1 : 1));
const isBody = ([name]: readonly [string, string]): boolean => name === 'biz_content';
const mapValues = (pairs: Pairs, change: (value: string) => string): Pairs =>
  pairs.map(([name, value]) => [name, change(value)]);

/** A fault of a client: which parameters, in which order and form, it would have joined and signed. */
interface RequestSuspect extends Verdict {
  /** `all` is what should have been joined, `sent` the parameters as they came. */
  readonly joins: (all: Pairs, sent: Pairs, charset: Charset) => readonly Pairs[];
}

/** The faults that clients are known for (docs/protocol.md, "What goes wrong"). */
const REQUEST_SUSPECTS: readonly RequestSuspect[] = [
  {
    code: 'sign_type_unsigned',
    says: 'sign_type was left out of the signed text',
    hint: 'Every parameter but sign is signed, sign_type too.',
    joins: all => [all.filter(([name]) => name !== 'sign_type')],
  },
  {
    code: 'sorted_wrongly',
    says: 'The parameters were not sorted by name in ASCII order',
    hint: 'Sort all of them, those of query and body together, before joining.',
    joins: (all, sent) => [
      toSign(sent),
      all.toReversed(),
      toSign(sent).toSorted(([a], [b]) => a.localeCompare(b, 'en')),
      [...all.filter(isBody), ...all.filter(pair => !isBody(pair))],
      [...all.filter(pair => !isBody(pair)), ...all.filter(isBody)],
      ...adjacentSwaps(all),
    ],
  },
  {
    code: 'values_url_encoded',
    says: 'Url-encoded values were signed',
    hint: 'Sign the raw values; url-encode when sending.',
    joins: (all, _, charset) => [
      mapValues(all, value => encodeComponent(value, charset, '?')),
      mapValues(all, value => encodeComponent(value, charset, '?').replaceAll('%20', '+')),
      mapValues(all, encodeURIComponent),
    ],
  },
  {
    code: 'empty_values_kept',
    says: 'Parameters without a value were signed',
    hint: 'Neither sign nor send parameters that are empty.',
    joins: (_, sent) => [sorted(sent.filter(([name]) => name !== 'sign'))],
  },
  {
    code: 'plus_for_space',
    says: 'The text was signed with + where a space arrived',
    hint: 'Url-encode a + as %2B and a space as %20.',
    joins: all => [mapValues(all, value => value.replaceAll(' ', '+'))],
  },
  {
    code: 'space_for_plus',
    says: 'The text was signed with a space where a + arrived',
    hint: 'Sign the values before they are url-encoded.',
    joins: all => [mapValues(all, value => value.replaceAll('+', ' '))],
  },
  {
    code: 'local_time',
    says: 'The timestamp was moved by whole hours after signing',
    hint: 'Write the timestamp once, in UTC+8, and sign what is sent.',
    joins: movedTimestamps,
  },
];

/** Every order that is one exchange of neighbours away, as when `_` is sorted before letters. */
function adjacentSwaps(pairs: Pairs): Pairs[] {
  return pairs.slice(1).map((next, i) => pairs.with(i, next).with(i + 1, pairs[i]!));
}

/** No client sends more, in number or in characters, and each suspect writes them all anew. */
const MOST_PAIRS = 100;
const MOST_LENGTH = 1_000_000;

function requestSuspects(pairs: Pairs, charset: Charset): Suspect[] {
  const all = sorted(toSign(pairs));
  if (all.length > MOST_PAIRS || join(all).length > MOST_LENGTH) return [];
  const known = REQUEST_SUSPECTS.map(({ joins, ...verdict }) => ({
    ...verdict,
    *texts() {
      for (const it of joins(all, pairs, charset)) yield encodeText(join(it), charset, '?');
    },
  }));
  return [...known, otherCharset(() => join(all), charset)];
}

function otherCharset(text: () => string, charset: Charset): Suspect {
  return {
    code: 'other_charset',
    says: 'The text was signed in another charset than it is sent in',
    hint: 'Turn the text into bytes in the charset that the charset parameter names, and url-encode in the same.',
    texts: () => CHARSETS.filter(it => it !== charset).map(it => encodeText(text(), it, '?')),
  };
}

const HOUR_MS = 3_600_000;

function movedTimestamps(pairs: Pairs): Pairs[] {
  const sent = Date.parse(`${pairs.find(([name]) => name === 'timestamp')?.[1]?.replace(' ', 'T')}Z`);
  if (Number.isNaN(sent)) return [];
  const moved = (hours: number): string =>
    new Date(sent + hours * HOUR_MS).toISOString().slice(0, 19).replace('T', ' ');
  return Array.from({ length: 49 }, (_, i) =>
    pairs.map(([name, value]) => [name, name === 'timestamp' ? moved(i - 24) : value] as const),
  );
}

/** An answer's node and its signature. */
export interface SentAnswer {
  readonly node: Buffer;
  readonly charset: Charset;
  readonly sign: string | undefined;
  readonly signType: SignType | undefined;
}

/** Judges an answer's signature with Alipay's public key. */
export function judgeAnswer({ node, charset, sign, signType }: SentAnswer, key: KeyObject): Verdict {
  if (!sign) return UNSIGNED;
  const verdict = judgeSignature(
    { signature: sign, key, signType, bytes: node },
    answerSuspects(node, charset),
  );
  return { ...verdict, hint: ANSWER_HINTS[verdict.code] ?? verdict.hint };
}

/** What to try where the general hint is for those who sign, not for those who are answered. */
const ANSWER_HINTS: Readonly<Record<string, string>> = {
  wrong_key:
    'On open.alipay.com, copy 支付宝公钥 (Alipay’s key), not 应用公钥 (the app’s own); the sandbox has a key of its own.',
  wrong_digest: 'Alipay signs with the sign type that is set for the app: change --sign-type.',
  changed_text: 'Save the answer byte for byte as it came. If it is, something on the way changes answers.',
};

function answerSuspects(node: Buffer, charset: Charset): readonly Suspect[] {
  const text = decodeText(node, charset);
  return [
    {
      code: 'escaped_slashes',
      says: 'The signature verifies over the text with / in place of \\/, as some answers are signed',
      hint: '',
      accepted: true,
      texts: () => [withPlainSlashes(node, charset)],
    },
    {
      code: 'reformatted',
      says: 'The node was written anew after it was signed: white space or escapes differ',
      hint: 'Save the answer byte for byte as it came; a JSON library or jq changes it.',
      texts: () => {
        const compact = reformat(text);
        return [compact, compact.replaceAll('/', '\\/')].flatMap(it =>
          CHARSETS.map(to => encodeText(it, to, '?')),
        );
      },
    },
    otherCharset(() => text, charset),
    {
      code: 'quotes_unsigned',
      says: 'The signature is over the encrypted text without its quotes',
      hint: 'The two quotes of an encrypted node are part of the signed text.',
      texts: () => (text.startsWith('"') ? [Buffer.from(text.slice(1, -1))] : []),
    },
  ];
}

function reformat(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** A text as it stands in a file, and its signature. */
export interface SentText {
  readonly bytes: Buffer;
  readonly charset: Charset;
  readonly signature: string;
  readonly signType: SignType | undefined;
}

/** Judges a signature over a text. */
export function judgeText({ bytes, charset, signature, signType }: SentText, key: KeyObject): Verdict {
  const text = decodeText(bytes, charset);
  return judgeSignature({ signature, key, signType, bytes }, [
    {
      code: 'line_end',
      says: 'The signature is over the text without the line end of the file',
      hint: 'An editor or echo added it: printf %s writes none.',
      texts: () => [withoutLineEnd(bytes), withoutLineEnd(withLineFeeds(bytes))],
    },
    {
      code: 'values_url_encoded',
      says: 'The signature is over the url-decoded text',
      hint: 'Values are signed raw.',
      texts: () => [encodeText(safeDecode(text), charset, '?')],
    },
    otherCharset(() => text, charset),
  ]);
}

/** Bytes, not text: what is valid in no charset must come through unchanged. */
function withoutLineEnd(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/[ \t\r\n]+$/, ''), 'latin1');
}

function withLineFeeds(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
