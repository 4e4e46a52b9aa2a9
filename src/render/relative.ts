import type { Words } from './words';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Coupons live by Beijing days. */
const BEIJING_OFFSET_MS = 8 * HOUR_MS;
/** From here on people think in days. */
const MOST_HOURS = 12;
const MOST_DAYS = 60;
const DAYS_OF_MONTH = 30.44;
const DAYS_OF_YEAR = 365.25;

/** The number of the Beijing day of an instant; the days follow one another without gaps. */
export function beijingDay(epochMs: number): number {
  return Math.floor((epochMs + BEIJING_OFFSET_MS) / DAY_MS);
}

/**
 * An instant as seen from another: `in 5 minutes`, `3 hours ago`, then `today`, `tomorrow`, `in 3 days` by the Beijing
 * calendar, months from 60 days on, years from two years on.
 */
export function formatRelative(atMs: number, nowMs: number, { relative }: Words): string {
  const distanceMs = Math.abs(atMs - nowMs);
  const ahead = atMs > nowMs;
  if (distanceMs < MINUTE_MS) return relative.now;
  if (distanceMs < HOUR_MS) return relative.minutes(Math.floor(distanceMs / MINUTE_MS), ahead);
  if (distanceMs < MOST_HOURS * HOUR_MS) return relative.hours(Math.floor(distanceMs / HOUR_MS), ahead);
  const days = Math.abs(beijingDay(atMs) - beijingDay(nowMs));
  if (days === 0) return relative.today;
  if (days === 1) return ahead ? relative.tomorrow : relative.yesterday;
  if (days < MOST_DAYS) return relative.days(days, ahead);
  if (days < 2 * DAYS_OF_YEAR) return relative.months(Math.round(days / DAYS_OF_MONTH), ahead);
  return relative.years(Math.floor(days / DAYS_OF_YEAR), ahead);
}

/** A usable pass that ends within this time is painted, so that it is not missed. */
export const SOON_MS = 3 * DAY_MS;

/** Whether a usable pass ends soon. */
export function endsSoon(endMs: number | undefined, status: string | undefined, nowMs: number): boolean {
  const usable = status === undefined || status === 'can_use';
  return usable && endMs !== undefined && endMs >= nowMs && endMs - nowMs <= SOON_MS;
}

/** `yyyy-MM-dd HH:mm:ss` as short as it says the same: without seconds, and a day alone where a day begins or ends. */
export function formatMoment(text: string): string {
  return text.replace(/^(\d{4}-\d{2}-\d{2}) (?:00:00:00|23:59:59)$/, '$1').slice(0, 16);
}
