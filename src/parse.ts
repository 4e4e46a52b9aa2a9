import { usageError } from './errors';
import { didYouMean } from './nearness';

/** Reads one of a few words. @throws usage naming `where`, the value and the words. */
export function parseWord<T extends string>(
  where: string,
  value: string | undefined,
  allowed: readonly T[],
): T {
  const word = allowed.find(it => it === value);
  if (word !== undefined) return word;
  const hint = value === undefined ? undefined : didYouMean(value, allowed);
  throw usageError(where, value, `one of ${allowed.join(', ')}`, hint);
}

/** Reads some of a few words, with commas between. @throws usage naming `where`, the text and the words. */
export function parseWords<T extends string>(where: string, text: string, allowed: readonly T[]): T[] {
  return text.split(',').map(part => {
    const word = allowed.find(it => it === part.trim());
    if (word !== undefined) return word;
    const what = `one or more of ${allowed.join(', ')}, with commas between`;
    throw usageError(where, text, what, didYouMean(part, allowed));
  });
}

/** Reads a whole number; undefined stays undefined. @throws usage naming `where`, the value and the range. */
export function parseCount(
  where: string,
  value: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (value === undefined) return undefined;
  const count = /^\d{1,15}$/.test(value) ? Number(value) : NaN;
  if (count >= least && count <= most) return count;
  throw usageError(where, value, `a whole number from ${least} to ${most}`);
}

const DAY_MS = 86_400_000;
const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: DAY_MS,
};
const LONGEST_DURATION_MS = 3_600_000;
const LONGEST_SPAN_MS = 3_650 * DAY_MS;

/** Reads `800ms`, `15s`, `2m` or `1h` as milliseconds. @throws usage when it is none of these, 0, or over an hour */
export function parseDuration(where: string, value: string): number {
  const ms = millisecondsOf(value);
  if (ms > 0 && ms <= LONGEST_DURATION_MS) return ms;
  throw usageError(where, value, 'a time such as 800ms, 15s or 2m, at most 1h');
}

/** Reads `90m`, `36h` or `7d` as milliseconds. @throws usage when it is none of these, 0, or over ten years of days */
export function parseSpan(where: string, value: string): number {
  const ms = millisecondsOf(value);
  if (ms > 0 && ms <= LONGEST_SPAN_MS) return ms;
  throw usageError(where, value, 'a time such as 90m, 36h or 7d, at most 3650d');
}

/** Reads `+15m`, `-2h` or `+3d` as milliseconds. @throws usage when it has no sign, is 0, or over ten years of days */
export function parseOffset(where: string, value: string): number {
  const ms = /^[+-]/.test(value) ? millisecondsOf(value.slice(1)) : 0;
  if (ms > 0 && ms <= LONGEST_SPAN_MS) return value.startsWith('-') ? -ms : ms;
  throw usageError(where, value, 'a time with its sign, such as +15m, -2h or +3d, at most 3650d');
}

/** 0 for what is no time. */
function millisecondsOf(text: string): number {
  const parts = /^(\d{1,7})(ms|s|m|h|d)$/.exec(text);
  return parts ? Number(parts[1]) * UNIT_MS[parts[2]!]! : 0;
}
