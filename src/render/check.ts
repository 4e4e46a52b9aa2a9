import type { AlipassError } from '../errors';
import { EXIT_BY_KIND } from '../exit';
import type { Verdict } from '../passes/expectations';
import type { PassQuery } from '../passes/query';
import { TIME_STATUS } from '../protocol/api';
import { formatBeijingTime } from '../protocol/time';
import { safeText } from '../terminal/safe-text';
import type { Style } from '../terminal/style';
import { displayWidth, hang, padToWidth } from './width';

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
export function subjectOf({ query: { userId, group, time } }: CheckResult): string {
  return `${time} ${group} passes of ${userId.slice(0, 4)}********${userId.slice(-4)}`;
}

/** The result for programs, one JSON object. */
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
    expectations: verdicts,
    error: error && errorFields(error),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function errorFields({ kind, code, message, hint }: AlipassError): Record<string, unknown> {
  return { kind, exit: EXIT_BY_KIND[kind], code, message, hint };
}

/** A number of things, in words. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The result in a sentence. */
export function sentenceOf(result: CheckResult): string {
  const { verdicts, listing } = result;
  const failed = verdicts.filter(({ status }) => status !== 'ok').length;
  const all = countOf(verdicts.length, 'expectation');
  const seen = listing
    ? `${countOf(listing.count, 'pass', 'passes')} on ${countOf(listing.pages, 'page')}`
    : '';
  if (outcomeOf(result) === 'error') return 'The check could not be run.';
  return failed === 0 ? `${all} met; ${seen}.` : `${failed} of ${all} not met; ${seen}.`;
}

const PAINT: Readonly<Record<Verdict['status'], keyof Style>> = {
  ok: 'good',
  failed: 'bad',
  unknown: 'faint',
};
const STATUS_WIDTH = 'unknown'.length + 2;
/** Wider texts push what was found out of sight. */
const MOST_TEXT_WIDTH = 40;
const MOST_DETAILS_SHOWN = 20;

/** A line for each expectation with what was found, and what stands in its way below it. */
export function formatVerdicts(result: CheckResult, style: Style, width: number): string {
  const { verdicts } = result;
  const widths = verdicts.map(({ expect }) => displayWidth(safeText(expect)));
  const textWidth = Math.min(Math.max(...widths), MOST_TEXT_WIDTH);
  const indent = STATUS_WIDTH + textWidth + 2;
  const lines = verdicts.flatMap(({ expect, status, found, details }) => [
    style[PAINT[status]](status) +
      ' '.repeat(STATUS_WIDTH - status.length) +
      `${padToWidth(safeText(expect), textWidth)}  ${hang(safeText(found), indent, width)}`,
    ...detailLines(details).map(
      it => `${' '.repeat(STATUS_WIDTH)}→ ${hang(safeText(it), STATUS_WIDTH + 2, width)}`,
    ),
  ]);
  return `${[...lines, '', sentenceOf(result)].join('\n')}\n`;
}

function detailLines(details: readonly string[]): readonly string[] {
  const more = details.length - MOST_DETAILS_SHOWN;
  return more > 0 ? [...details.slice(0, MOST_DETAILS_SHOWN), `and ${more} more`] : details;
}
