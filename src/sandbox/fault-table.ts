import { isUserId } from '../protocol/api';
import { usageError } from '../errors';
import { nearWords } from '../nearness';
import { parseCount, parseDuration, parseOffset, parseWord } from '../parse';
import { SUB_CODES } from '../protocol/codes';
import { findCode } from '../protocol/near-codes';
import type { CallFacts, Effects } from './effects';

/** What a fault does. */
export interface Act {
  readonly effects: Effects;
  /** Spares so many calls in any second. */
  readonly sparedPerSecond?: number;
}

/** Whether a fault may strike a call; `chance` is uniform in [0, 1), and this fault’s at this call alone. */
export type Condition = (call: CallFacts, chance: () => number) => boolean;

/** A fault by its name. */
export interface FaultFact {
  readonly group: FaultGroup;
  /** What follows `=`; nothing may where this is left out. */
  readonly value?: string;
  /** The value that is meant when none is given; without this it must be given. */
  readonly default?: string;
  readonly says: string;
  /** The value is empty where the fault takes none. @throws usage, beginning with `where` */
  readonly parse: (where: string, value: string) => Act;
}

export type FaultGroup = keyof typeof FAULT_GROUPS;

/** What faults befall, in the order of {@link FAULTS}. */
export const FAULT_GROUPS = {
  way: 'On the answer’s way',
  place: 'In place of the answer',
  refusal: 'The gateway says no',
  content: 'What the answer holds',
  proof: 'What proves the answer',
} as const;

const always =
  (effects: Effects): FaultFact['parse'] =>
  () => ({ effects });

const MOST_BYTES_PER_SECOND = 1_000_000_000;
const MOST_CALLS_PER_SECOND = 100_000;
const MOST_PASSES = 10_000;

/** Every fault (docs/sandbox.md, "Faults"). */
export const FAULTS: Readonly<Record<string, FaultFact>> = {
  latency: {
    group: 'way',
    value: 'DURATION',
    says: 'answers so much later, such as 800ms or 3s',
    parse: (where, value) => ({ effects: { latencyMs: parseDuration(where, value) } }),
  },
  timeout: {
    group: 'way',
    says: 'takes the request and never answers',
    parse: always({ delivery: { how: 'timeout' } }),
  },
  reset: {
    group: 'way',
    says: 'resets the connection before any answer',
    parse: always({ delivery: { how: 'reset' } }),
  },
  cut: {
    group: 'way',
    value: 'BYTES',
    default: 'half',
    says: 'cuts the body off after so many bytes',
    parse: (where, value) => ({
      effects: { delivery: { how: 'cut', ...(value === 'half' ? {} : { bytes: parseBytes(where, value) }) } },
    }),
  },
  slow: {
    group: 'way',
    value: 'BYTES_PER_SECOND',
    says: 'sends the body at this speed',
    parse: (where, value) => ({
      effects: {
        delivery: { how: 'slow', bytesPerSecond: parseCount(where, value, 1, MOST_BYTES_PER_SECOND)! },
      },
    }),
  },
  http: {
    group: 'place',
    value: 'STATUS',
    says: 'an HTTP status from 400 to 599, without a body',
    parse: (where, value) => ({
      effects: { http: { status: parseCount(where, value, 400, 599)!, html: false } },
    }),
  },
  html: {
    group: 'place',
    value: 'STATUS',
    default: '502',
    says: 'a proxy’s page; with 200, a login page',
    parse: (where, value) => ({ effects: { http: { status: parsePageStatus(where, value), html: true } } }),
  },
  code: {
    group: 'refusal',
    value: 'SUB_CODE',
    says: 'a signed refusal with one of the codes below',
    parse: (where, value) => ({ effects: { refuse: parseSubCode(where, value) } }),
  },
  rate: {
    group: 'refusal',
    value: 'CALLS_PER_SECOND',
    says: 'isv.app-call-limited for calls beyond so many',
    parse: (where, value) => ({
      effects: { refuse: 'isv.app-call-limited' },
      sparedPerSecond: parseCount(where, value, 1, MOST_CALLS_PER_SECOND)!,
    }),
  },
  clock: {
    group: 'refusal',
    value: 'OFFSET',
    says: 'its clock is off by +15m or -3d: Date, timestamps',
    parse: (where, value) => ({ effects: { clockMs: parseOffset(where, value) } }),
  },
  'page-cap': {
    group: 'content',
    value: 'PASSES',
    says: 'pages hold at most so many, whatever page_size says',
    parse: (where, value) => ({ effects: { pageCap: parseCount(where, value, 1, MOST_PASSES)! } }),
  },
  'repeat-page': {
    group: 'content',
    says: 'from page 2 on, sends the page before',
    parse: always({ repeatPage: true }),
  },
  'gbk-as-utf8': {
    group: 'content',
    says: 'GBK bytes, labelled utf-8',
    parse: always({ mislabel: true }),
  },
  'bad-sign': {
    group: 'proof',
    says: 'the signature is of something else',
    parse: always({ signature: 'bad' }),
  },
  'no-sign': { group: 'proof', says: 'no signature', parse: always({ signature: 'missing' }) },
  'sha1-sign': {
    group: 'proof',
    says: 'signs with SHA-1 (RSA), whatever sign_type says',
    parse: always({ signature: 'sha1' }),
  },
  'duplicate-node': {
    group: 'proof',
    value: 'PLACE',
    default: 'behind',
    says: 'a forged twin, before or behind',
    parse: (where, value) => ({
      effects: { duplicateNode: parseWord(where, value, ['before', 'behind']) },
    }),
  },
  'rotated-cert': {
    group: 'proof',
    says: 'signs with a new key; its certificate can be fetched',
    parse: always({ certificate: 'rotated' }),
  },
  'expired-cert': {
    group: 'proof',
    says: 'names a certificate that is over',
    parse: always({ certificate: 'expired' }),
  },
};

/** A condition by its name. */
export interface ConditionFact {
  readonly value: string;
  readonly says: string;
  /** @throws usage, beginning with `where` */
  readonly parse: (where: string, value: string) => Condition;
}

/** What calls a fault strikes (docs/sandbox.md, "Faults"). */
export const CONDITIONS: Readonly<Record<string, ConditionFact>> = {
  call: {
    value: 'N|N-M|N-',
    says: 'these calls, from 1 since the fault is in force',
    parse: (where, value) => {
      const isIn = parseRange(where, value);
      return ({ number }) => isIn(number);
    },
  },
  page: {
    value: 'N|N-M|N-',
    says: 'calls for these pages (page_num)',
    parse: (where, value) => {
      const isIn = parseRange(where, value);
      return ({ page }) => page !== undefined && isIn(page);
    },
  },
  user: {
    value: '2088…',
    says: 'calls for this user (user_id)',
    parse: (where, value) => {
      if (!isUserId(value)) throw usageError(where, value, 'an Alipay id of 16 digits that begins with 2088');
      return ({ userId }) => userId === value;
    },
  },
  p: {
    value: '0.3',
    says: 'this share of calls, the same ones for the same seed',
    parse: (where, value) => {
      const p = /^(0?\.\d{1,9}|1)$/.test(value) ? Number(value) : 0;
      if (p === 0) throw usageError(where, value, 'a probability above 0 and up to 1, such as 0.3');
      return (_, chance) => chance() < p;
    },
  },
};

/** A fault as its fact shows it: `cut[=BYTES]`. */
export function faultSyntax(name: string): string {
  const { value, default: without } = FAULTS[name]!;
  if (value === undefined) return name;
  return without === undefined ? `${name}=${value}` : `${name}[=${value}]`;
}

const NUMBER = '[1-9]\\d{0,8}';
const RANGE = new RegExp(`^(${NUMBER})(?:(-)(${NUMBER})?)?$`);

/** Reads `3`, `2-5` or `4-` as a test of numbers. @throws usage */
function parseRange(where: string, text: string): (number: number) => boolean {
  const [, first, dash, last] = RANGE.exec(text) ?? [];
  const from = Number(first);
  const to = last === undefined ? (dash ? Infinity : from) : Number(last);
  if (from <= to) return number => number >= from && number <= to;
  throw usageError(where, text, 'a number from 1, or a range of them, such as 3, 2-5 or 4-');
}

function parseBytes(where: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw usageError(where, text, 'a number of bytes, or half');
}

function parsePageStatus(where: string, text: string): number {
  if (/^(200|[45]\d\d)$/.test(text)) return Number(text);
  throw usageError(where, text, '200, or a whole number from 400 to 599');
}

/** Reads a sub_code in whatever case; a return code suggests those that come under it. @throws usage */
function parseSubCode(where: string, text: string): string {
  const code = findCode(text) ?? '';
  if (Object.hasOwn(SUB_CODES, code)) return code;
  const all = Object.keys(SUB_CODES);
  const under = all.filter(it => SUB_CODES[it]!.code === code);
  const near = under.length > 0 ? under : nearWords(text, all);
  throw usageError(where, text, `a sub_code that alipass sandbox faults lists${suggest(near)}`);
}

const MOST_SUGGESTED = 3;

/** Names words that may be meant, at the end of what is allowed. */
export function suggest(near: readonly string[]): string {
  return near.length === 0 ? '' : `; did you mean ${near.slice(0, MOST_SUGGESTED).join(' or ')}?`;
}
