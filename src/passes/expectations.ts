import { usageError } from '../errors';
import { parseDuration, parseWord } from '../parse';
import { PASS_STATUS, type PassStatus } from '../protocol/api';
import type { Violation } from './contract';
import type { Evidence } from './evidence';

const STATUSES = Object.keys(PASS_STATUS) as PassStatus[];

/** How two numbers are compared. */
const OPERATORS = {
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
} as const satisfies Readonly<Record<string, (a: number, b: number) => boolean>>;

type Operator = keyof typeof OPERATORS;

/** What is expected of a listing; `text` is how it was said. */
export type Expectation = { readonly text: string } & (
  | { readonly about: 'count' | 'pages' | 'latency'; readonly operator: Operator; readonly value: number }
  | ({ readonly about: 'status count'; readonly status: PassStatus } & Comparison)
  | { readonly about: 'pass'; readonly id: string; readonly status: PassStatus | undefined }
  | { readonly about: 'all'; readonly status: PassStatus }
  | { readonly about: 'merchant'; readonly name: string }
  | { readonly about: 'schema' }
);

interface Comparison {
  readonly operator: Operator;
  readonly value: number;
}

/** What became of an expectation. */
export interface Verdict {
  readonly expect: string;
  /** `unknown` when the listing could not be had, so that nobody can say. */
  readonly status: 'ok' | 'failed' | 'unknown';
  /** What was found instead, or as well. */
  readonly found: Found;
  /** What stands in the way, one by one; the first hundred of them. */
  readonly details: readonly Detail[];
}

/** What was found, for whoever tells it (src/render/verdict.ts). */
export type Found =
  | { readonly is: 'number'; readonly value: number; readonly unit: '' | 'ms' }
  /** Of a pass; '' where it has none. */
  | { readonly is: 'status'; readonly status: string }
  | { readonly is: 'merchant'; readonly name: string }
  | { readonly is: 'all' | 'conforming' | 'deviations' | 'no merchant'; readonly count: number }
  | { readonly is: 'otherwise'; readonly count: number; readonly of: number }
  | { readonly is: 'not listed' | 'no listing' };

/** A thing that stands in the way: a pass with another status, a merchant, a deviation from the API page. */
export type Detail =
  | { readonly is: 'pass'; readonly passId: string; readonly status: string }
  | { readonly is: 'merchant'; readonly name: string }
  | ({ readonly is: 'violation' } & Violation);

const MOST_DETAILS = 100;

/** The forms of an expectation, for errors, help and the documentation. */
export const EXPECTATION_FORMS = [
  'count>=1',
  'count(used)==0',
  'pages<=3',
  'latency<=800ms',
  'pass ID',
  'pass ID is STATUS',
  'all STATUS',
  'merchant TEXT',
  'schema',
] as const;

/**
 * Reads one expectation, as docs/checking.md describes them.
 * @throws usage naming `where`, the text and what is allowed
 */
export function parseExpectation(text: string, where: string): Expectation {
  const trimmed = text.trim();
  const read = parseComparison(trimmed, where) ?? parseSentence(trimmed, where);
  if (read) return read;
  const meant = trimmed.replace(/^([a-z()_]+) *= *(?=\d)/, '$1==');
  const hint = COMPARISON.test(meant) ? `Did you mean ${meant}?` : undefined;
  throw usageError(where, text, `an expectation: ${EXPECTATION_FORMS.join(', ')}`, hint);
}

const COMPARISON = /^(count|pages|latency)(?:\((\w*)\))? *(>=|<=|==|!=|>|<) *(\w+)$/;

function parseComparison(text: string, where: string): Expectation | undefined {
  const [, word, inside, sign, number] = COMPARISON.exec(text) ?? [];
  if (!word || (inside !== undefined && word !== 'count')) return undefined;
  const operator = sign as Operator;
  if (word === 'latency') return { text, about: 'latency', operator, value: parseDuration(where, number!) };
  if (!/^\d{1,15}$/.test(number!)) return undefined;
  const value = Number(number);
  if (inside === undefined) return { text, about: word as 'count' | 'pages', operator, value };
  return { text, about: 'status count', status: parseWord(where, inside, STATUSES), operator, value };
}

function parseSentence(text: string, where: string): Expectation | undefined {
  if (text === 'schema') return { text, about: 'schema' };
  const [, id, status] = /^pass (\S+)(?: is (\S+))?$/.exec(text) ?? [];
  if (id) {
    const wanted = status === undefined ? undefined : parseWord(where, status, STATUSES);
    return { text, about: 'pass', id, status: wanted };
  }
  const [, every] = /^all (\S+)$/.exec(text) ?? [];
  if (every) return { text, about: 'all', status: parseWord(where, every, STATUSES) };
  const [, name] = /^merchant (\S.*)$/.exec(text) ?? [];
  return name ? { text, about: 'merchant', name } : undefined;
}

/**
 * Reads a file of expectations: one a line with # for comments, or a JSON array of them as texts.
 * @throws usage naming the file with the line, or with the entry
 */
export function parseExpectations(text: string, where: string): Expectation[] {
  if (text.trimStart().startsWith('[')) return parseJsonExpectations(text, where);
  return text.split(/\r?\n/).flatMap((line, i) => {
    const said = line.replace(/(^|\s)#.*$/, '').trim();
    return said === '' ? [] : [parseExpectation(said, `${where}:${i + 1}`)];
  });
}

function parseJsonExpectations(text: string, where: string): Expectation[] {
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch (error) {
    throw usageError(lineOfFault(text, where, error as Error), text.trim(), 'valid JSON: ["count>=1"]');
  }
  return (entries as unknown[]).map((entry, i) => {
    const place = `${where}, entry ${i + 1}`;
    if (typeof entry === 'string') return parseExpectation(entry, place);
    throw usageError(place, JSON.stringify(entry), 'an expectation as text, such as "count>=1"');
  });
}

/** Node tells the position of the fault in its message, or that the text ended. */
function lineOfFault(text: string, where: string, { message }: Error): string {
  const position = /position (\d+)/.exec(message)?.[1];
  const before = text.slice(0, position === undefined ? text.length : Number(position));
  return `${where}:${before.split('\n').length}`;
}

type Finding = Pick<Verdict, 'found'> & { readonly ok: boolean; readonly details?: readonly Detail[] };

/** Judges an expectation by what was seen of a whole listing. */
export function judge(expectation: Expectation, evidence: Evidence): Verdict {
  const { ok, found, details = [] } = findingOf(expectation, evidence);
  const shown = details.slice(0, MOST_DETAILS);
  return { expect: expectation.text, status: ok ? 'ok' : 'failed', found, details: ok ? [] : shown };
}

function findingOf(expectation: Expectation, evidence: Evidence): Finding {
  switch (expectation.about) {
    case 'count':
    case 'pages':
      return compare(expectation, evidence[expectation.about], '');
    case 'latency':
      return compare(expectation, Math.round(evidence.slowestMs), 'ms');
    case 'status count':
      return compare(expectation, evidence.statuses.get(expectation.status)?.count ?? 0, '');
    case 'pass':
      return judgePass(expectation.id, expectation.status, evidence);
    case 'all':
      return judgeAll(expectation.status, evidence);
    case 'merchant':
      return judgeMerchant(expectation.name, evidence);
    case 'schema':
      return judgeSchema(evidence);
  }
}

function compare({ operator, value }: Comparison, found: number, unit: '' | 'ms'): Finding {
  return { ok: OPERATORS[operator](found, value), found: { is: 'number', value: found, unit } };
}

function judgePass(id: string, status: PassStatus | undefined, { named }: Evidence): Finding {
  const found = named.get(id);
  if (found === undefined) return { ok: false, found: { is: 'not listed' } };
  return { ok: status === undefined || status === found, found: { is: 'status', status: found } };
}

/** True of an empty listing, as "all" is. */
function judgeAll(status: PassStatus, { count, statuses }: Evidence): Finding {
  const others = [...statuses].filter(([word]) => word !== status);
  const otherwise = others.reduce((sum, [, { count }]) => sum + count, 0);
  if (otherwise === 0) return { ok: true, found: { is: 'all', count } };
  const details = others.flatMap(([status, { first }]) =>
    first.map((passId): Detail => ({ is: 'pass', passId, status })),
  );
  return { ok: false, found: { is: 'otherwise', count: otherwise, of: count }, details };
}

function judgeMerchant(name: string, { merchants }: Evidence): Finding {
  const wanted = name.toLowerCase();
  const match = [...merchants].find(it => it.toLowerCase().includes(wanted));
  if (match !== undefined) return { ok: true, found: { is: 'merchant', name: match } };
  const details = [...merchants].map((name): Detail => ({ is: 'merchant', name }));
  return { ok: false, found: { is: 'no merchant', count: merchants.size }, details };
}

function judgeSchema({ violations, violationCount, count }: Evidence): Finding {
  if (violationCount === 0) return { ok: true, found: { is: 'conforming', count } };
  const details = violations.map((it): Detail => ({ is: 'violation', ...it }));
  return { ok: false, found: { is: 'deviations', count: violationCount }, details };
}
