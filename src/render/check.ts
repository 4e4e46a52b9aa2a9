import type { AlipassError } from '../errors';
import { EXIT_BY_KIND } from '../exit';
import type { Verdict } from '../passes/expectations';
import type { PassQuery } from '../passes/query';
import { TIME_STATUS } from '../protocol/api';
import { formatBeijingTime } from '../protocol/time';
import { safeText } from '../terminal/safe-text';
import type { Style } from '../terminal/style';
import { tellVerdict } from './verdict';
import { displayWidth, hang, padToWidth } from './width';
import { ENGLISH, type Words } from './words';

/** All that is known of a check; the reports are written from it. */
export interface CheckResult {
  readonly query: PassQuery;
  /** Milliseconds since the epoch. */
  readonly checkedAtMs: number;
  readonly tookMs: number;
  /** How often the listing was fetched. */
  readonly looks: number;
  readonly verdicts: readonly Verdict[];
  /** Of the last listing; undefined when there was none. */
  readonly listing:
    { readonly count: number; readonly pages: number; readonly slowestMs: number } | undefined;
  /** Why the check could not be run. */
  readonly error: AlipassError | undefined;
}

/** `error` when nobody can say whether the expectations hold. */
export type Outcome = 'ok' | 'failed' | 'error';

export function outcomeOf({ error, verdicts }: CheckResult): Outcome {
  if (error) return 'error';
  return verdicts.every(({ status }) => status === 'ok') ? 'ok' : 'failed';
}

/** What was checked, without the whole user id, which is nobody’s business in a report that others read. */
export function subjectOf({ query: { userId, group, time } }: CheckResult, words: Words): string {
  const masked = `${userId.slice(0, 4)}********${userId.slice(-4)}`;
  return words.check.subject(words.times[time], words.groups[group], masked);
}

/** The result for programs, one JSON object, in English. */
export function checkJson(result: CheckResult): string {
  const { query, verdicts, error, listing } = result;
  const report = {
    schema: 'alipass.check/1',
    outcome: outcomeOf(result),
    checked_at: formatBeijingTime(result.checkedAtMs),
    took_ms: result.tookMs,
    looks: result.looks,
    user_id: query.userId,
    group_type: query.group,
    time_status: TIME_STATUS[query.time],
    count: listing?.count,
    pages: listing?.pages,
    slowest_page_ms: listing && Math.round(listing.slowestMs),
    expectations: verdicts.map(it => tellVerdict(it, ENGLISH)),
    error: error && errorFields(error),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function errorFields({ kind, code, message, hint }: AlipassError): Record<string, unknown> {
  return { kind, exit: EXIT_BY_KIND[kind], code, message, hint };
}

/** The result in a sentence. */
export function sentenceOf({ verdicts, listing }: CheckResult, { check }: Words): string {
  if (!listing) return check.notRun;
  const failed = verdicts.filter(({ status }) => status !== 'ok').length;
  const all = verdicts.length;
  const { count, pages } = listing;
  return failed === 0 ? check.met(all, count, pages) : check.notMet(failed, all, count, pages);
}

const PAINT: Readonly<Record<Verdict['status'], keyof Style>> = {
  ok: 'good',
  failed: 'bad',
  unknown: 'faint',
};
/** Between the columns. */
const GAP = 2;
/** Wider texts push what was found out of sight. */
const MOST_TEXT_WIDTH = 40;
const MOST_DETAILS_SHOWN = 20;

/** What a result is shown with. */
export interface CheckView {
  /** Columns of the terminal; Infinity where there is none. */
  readonly width: number;
  readonly style: Style;
  readonly words: Words;
}

/** A line for each expectation with what was found, and what stands in its way below it. */
export function formatVerdicts(result: CheckResult, { width, style, words }: CheckView): string {
  const told = result.verdicts.map(it => tellVerdict(it, words));
  const { statuses } = words.check;
  const statusWidth = widest(Object.values(statuses)) + GAP;
  const textWidth = Math.min(widest(told.map(({ expect }) => safeText(expect))), MOST_TEXT_WIDTH);
  const indent = statusWidth + textWidth + GAP;
  const lines = told.flatMap(({ expect, status, found, details }) => [
    style[PAINT[status]](statuses[status]) +
      ' '.repeat(statusWidth - displayWidth(statuses[status])) +
      `${padToWidth(safeText(expect), textWidth)}  ${hang(safeText(found), indent, width)}`,
    ...shownDetails(details, words).map(
      it => `${' '.repeat(statusWidth)}→ ${hang(safeText(it), statusWidth + 2, width)}`,
    ),
  ]);
  return `${[...lines, '', sentenceOf(result, words)].join('\n')}\n`;
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(displayWidth));
}

function shownDetails(details: readonly string[], { check }: Words): readonly string[] {
  const more = details.length - MOST_DETAILS_SHOWN;
  return more > 0 ? [...details.slice(0, MOST_DETAILS_SHOWN), check.more(more)] : details;
}
