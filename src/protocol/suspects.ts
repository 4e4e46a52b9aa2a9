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
  {
    code: 'line_feed_signed',
    says: 'A line end behind the text was signed with it',
    hint: 'echo adds one: printf %s writes none.',
    joins: all => ['\n', '\r\n'].map(end => mapLast(all, value => value + end)),
  },
  {
    code: 'body_unsigned',
    says: 'biz_content was left out of the signed text',
    hint: 'Sign the parameters of query and body together, biz_content among them.',
    joins: all => [all.filter(pair => !isBody(pair))],
  },
  {
    code: 'json_rewritten',
    says: 'biz_content was written anew after signing: its white space or escapes differ',
    hint: 'Write the JSON once, and sign the very text that is sent.',
    joins: all =>
      jsonForms(all.find(isBody)?.[1] ?? '').map(json =>
        all.map(pair => (isBody(pair) ? [pair[0], json] : pair)),
      ),
  },
];

function mapLast(pairs: Pairs, change: (value: string) => string): Pairs {
  return pairs.map(([name, value], i) => [name, i === pairs.length - 1 ? change(value) : value]);
}

const JSON_STRING = '("(?:[^"\\\\]|\\\\.)*")';

/** A text of JSON as libraries write it: compact, spaced, indented; each as it is and in ASCII alone. */
function jsonForms(json: string): string[] {
  const compact = json.replace(new RegExp(`${JSON_STRING}|\\s+`, 'gs'), (_, text?: string) => text ?? '');
  const spaced = compact.replace(
    new RegExp(`${JSON_STRING}|[:,]`, 'gs'),
    (found, text?: string) => text ?? `${found} `,
  );
  const forms = [compact, spaced, ...[0, 2, 4, '\t'].map(indent => reformat(json, indent))];
  return [...forms, ...forms.map(inAscii)];
}

function inAscii(json: string): string {
  return json.replace(
    /[^\0-\x7f]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

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
  return [...known, otherCharset(() => join(all), charset), clockReadTwice(all, charset)];
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
const HOUR_SECONDS = 3_600;
/** So many bytes are hashed at most in search of a timestamp. */
const MOST_HASHED = 40_000_000;

/** Tries every second of an hour to either side, the nearest first; of fewer where the text is long. */
function clockReadTwice(all: Pairs, charset: Charset): Suspect {
  return {
    code: 'clock_read_twice',
    says: 'Another timestamp was signed than was sent, less than an hour apart',
    hint: 'Read the clock once: sign and send the same timestamp.',
    *texts() {
      const index = all.findIndex(isTimestamp);
      const moved = timestampMover(all);
      if (!moved) return;
      const [before, behind] = [all.with(index, ['timestamp', '']).slice(0, index + 1), all.slice(index + 1)];
      const head = encodeText(join(before), charset, '?');
      const tail = encodeText(behind.map(([name, value]) => `&${name}=${value}`).join(''), charset, '?');
      const most = Math.min(HOUR_SECONDS, MOST_HASHED / 2 / (head.length + tail.length));
      for (let seconds = 1; seconds < most; seconds++) {
        for (const by of [seconds, -seconds])
          yield Buffer.concat([head, Buffer.from(moved(by * 1_000)), tail]);
      }
    },
  };
}

const isTimestamp = ([name]: readonly [string, string]): boolean => name === 'timestamp';

/** Moves the timestamp that was sent; undefined where that is none. */
function timestampMover(pairs: Pairs): ((byMs: number) => string) | undefined {
  const sent = Date.parse(`${pairs.find(isTimestamp)?.[1]?.replace(' ', 'T')}Z`);
  if (Number.isNaN(sent)) return undefined;
  return byMs => new Date(sent + byMs).toISOString().slice(0, 19).replace('T', ' ');
}

function movedTimestamps(pairs: Pairs): Pairs[] {
  const move = timestampMover(pairs);
  if (!move) return [];
  const moved = (hours: number): string => move(hours * HOUR_MS);
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

function reformat(text: string, indent: number | string = 0): string {
  try {
    return JSON.stringify(JSON.parse(text), null, indent);
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
