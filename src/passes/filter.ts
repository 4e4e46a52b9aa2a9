import { usageError } from '../errors';
import { parseSpan, parseWords } from '../parse';
import { PASS_STATUS, type PassStatus } from '../protocol/api';
import { parseBeijingTime } from '../protocol/time';
import type { Pass } from './pass';

/** Which passes of a listing are wanted; all that is said must hold. */
export interface PassFilter {
  readonly statuses?: readonly PassStatus[] | undefined;
  /** Part of the merchant's name, in whatever case. */
  readonly merchant?: string | undefined;
  readonly item?: string | undefined;
  readonly shop?: string | undefined;
  /** Usable passes that end within so many milliseconds from now. */
  readonly expiringWithinMs?: number | undefined;
  /** Passes that are valid at some time of this span, in milliseconds since the epoch; both ends belong to it. */
  readonly validAt?: { readonly fromMs: number; readonly toMs: number } | undefined;
}

/** A filter as text, from the command line. */
export type FilterText = Readonly<
  Partial<Record<'status' | 'merchant' | 'item' | 'shop' | 'expiringWithin' | 'validAt', string>>
>;

/** Reads and checks a filter. @throws usage naming the flag, the value and what is allowed */
export function parseFilter(text: FilterText): PassFilter {
  for (const name of ['merchant', 'item', 'shop'] as const) {
    // An unset variable of a shell script would else take every pass.
    if (text[name] === '') throw usageError(`--${name}`, '', 'no empty text');
  }
  return {
    statuses: text.status === undefined ? undefined : parseWords('--status', text.status, STATUSES),
    merchant: text.merchant?.toLowerCase(),
    item: text.item,
    shop: text.shop,
    expiringWithinMs:
      text.expiringWithin === undefined ? undefined : parseSpan('--expiring-within', text.expiringWithin),
    validAt: text.validAt === undefined ? undefined : parseMoment(text.validAt),
  };
}

const STATUSES = Object.keys(PASS_STATUS) as PassStatus[];

const DAY_MS = 24 * 60 * 60 * 1000;

/** A moment in Beijing time, or a day, which means all of it. */
function parseMoment(text: string): { fromMs: number; toMs: number } {
  const dayMs = parseBeijingTime(`${text} 00:00:00`);
  if (dayMs !== undefined) return { fromMs: dayMs, toMs: dayMs + DAY_MS - 1 };
  const momentMs = parseBeijingTime(text);
  if (momentMs !== undefined) return { fromMs: momentMs, toMs: momentMs };
  throw usageError('--valid-at', text, 'a Beijing date or time such as 2026-12-01 or "2026-12-01 18:00:00"');
}

type Test = (pass: Pass) => boolean;

/** The filter as a test of one pass; `nowMs` is when "within" begins. */
export function createFilter(filter: PassFilter, nowMs: number): Test {
  const { statuses, merchant, item, shop, expiringWithinMs, validAt } = filter;
  const tests: Test[] = [];
  if (statuses) tests.push(pass => statuses.includes(pass.status as PassStatus));
  if (merchant) tests.push(pass => pass.mechant_name?.toLowerCase().includes(merchant) ?? false);
  if (item) tests.push(pass => pass.item_id === item);
  if (shop) tests.push(pass => pass.shop_id_list?.includes(shop) ?? false);
  if (expiringWithinMs !== undefined) tests.push(pass => expires(pass, nowMs, nowMs + expiringWithinMs));
  if (validAt) tests.push(pass => isValid(pass, validAt));
  return pass => tests.every(test => test(pass));
}

/** A pass that was used or closed does not expire any more. */
function expires(pass: Pass, fromMs: number, toMs: number): boolean {
  const endMs = timeOf(pass.end_date);
  const usable = pass.status === undefined || pass.status === 'can_use';
  return usable && endMs !== undefined && endMs >= fromMs && endMs <= toMs;
}

/** A missing end or beginning is no limit; a pass with neither says nothing, and is not taken. */
function isValid(
  { start_date, end_date }: Pass,
  { fromMs, toMs }: NonNullable<PassFilter['validAt']>,
): boolean {
  const [startMs, endMs] = [timeOf(start_date), timeOf(end_date)];
  if (startMs === undefined && endMs === undefined) return false;
  return (startMs ?? -Infinity) <= toMs && (endMs ?? Infinity) >= fromMs;
}

/** A pass's time in milliseconds since the epoch; undefined when there is none, or none that can be read. */
export function timeOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseBeijingTime(text);
}
