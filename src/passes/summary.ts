import type { Group, Time } from '../protocol/api';
import { formatBeijingTime, parseBeijingTime } from '../protocol/time';
import type { Pass } from './pass';

/** How many passes have a name; null stands for those without. */
export interface Count {
  readonly name: string | null;
  readonly count: number;
  /** How many of them are usable. */
  readonly usable: number;
}

/** Usable passes that end in a span of Beijing days, both of them included. */
export interface EndSpan {
  readonly unit: 'day' | 'week' | 'month';
  /** `yyyy-MM-dd`. */
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** Numbers of passes; lists of counts begin with the largest. */
export interface Summary {
  readonly count: number;
  readonly usable: number;
  readonly statuses: readonly Count[];
  readonly merchants: readonly Count[];
  readonly groups: readonly { readonly group: Group; readonly current: number; readonly past: number }[];
  readonly ends: {
    /** Usable passes whose end is over. */
    readonly over: number;
    /** Seven days from today, four weeks, and ten spans of thirty days. */
    readonly spans: readonly EndSpan[];
    /** After the last span. */
    readonly later: number;
    /** Without an end, or with one that can’t be read. */
    readonly unknown: number;
  };
}

/** Counts passes as they come and keeps none: what it holds grows with names and days, not with passes. */
export interface Counter {
  add(passes: readonly Pass[], group: Group, time: Time): void;
  result(): Summary;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The spans in which ends are counted, one after the other. */
const SPANS = [
  { unit: 'day', days: 1, times: 7 },
  { unit: 'week', days: 7, times: 4 },
  { unit: 'month', days: 30, times: 10 },
] as const;

interface Tally {
  count: number;
  usable: number;
}

/** A counter that judges ends by `nowMs`, in milliseconds since the epoch. */
export function createCounter(nowMs: number): Counter {
  const statuses = new Map<string | null, Tally>();
  const merchants = new Map<string | null, Tally>();
  const groups = new Map<Group, { current: number; past: number }>();
  const total = { count: 0, usable: 0 };
  const ends = createEnds(nowMs);
  return {
    add(passes, group, time) {
      const own = groups.get(group) ?? { current: 0, past: 0 };
      groups.set(group, own);
      own[time] += passes.length;
      for (const pass of passes) {
        const usable = pass.status === 'can_use';
        tally(total, usable);
        tally(entry(statuses, pass.status), usable);
        tally(entry(merchants, pass.mechant_name), usable);
        if (usable) ends.add(pass.end_date);
      }
    },
    result: () => ({
      ...total,
      statuses: sorted(statuses),
      merchants: sorted(merchants),
      groups: [...groups].map(([group, times]) => ({ group, ...times })),
      ends: ends.result(),
    }),
  };
}

function tally(to: Tally, usable: boolean): void {
  to.count++;
  if (usable) to.usable++;
}

function entry(counts: Map<string | null, Tally>, value: unknown): Tally {
  const name = typeof value === 'string' && value !== '' ? value : null;
  const found = counts.get(name) ?? { count: 0, usable: 0 };
  counts.set(name, found);
  return found;
}

/** The largest first, equals by name, so that the order is the same whatever order passes came in. */
function sorted(counts: ReadonlyMap<string | null, Tally>): Count[] {
  return [...counts]
    .map(([name, counted]) => ({ name, ...counted }))
    .toSorted((a, b) => b.count - a.count || ((a.name ?? '') < (b.name ?? '') ? -1 : 1));
}

/** Counts ends by span: a day of Beijing time begins with the midnight there. */
function createEnds(nowMs: number): { add(end: unknown): void; result(): Summary['ends'] } {
  const todayMs = parseBeijingTime(`${dayOf(nowMs)} 00:00:00`)!;
  const spans = layOutSpans(todayMs);
  const counts = spans.map(() => 0);
  const others = { over: 0, later: 0, unknown: 0 };
  return {
    add(end) {
      const endMs = typeof end === 'string' ? parseBeijingTime(end) : undefined;
      const span = endMs === undefined ? -1 : spans.findIndex(({ untilMs }) => endMs < untilMs);
      if (endMs === undefined) others.unknown++;
      else if (endMs < nowMs) others.over++;
      else if (span < 0) others.later++;
      else counts[span]!++;
    },
    result: () => ({
      ...others,
      spans: spans.map(({ unit, from, to }, i) => ({ unit, from, to, count: counts[i]! })),
    }),
  };
}

const dayOf = (epochMs: number): string => formatBeijingTime(epochMs).slice(0, 10);

function layOutSpans(
  todayMs: number,
): { unit: EndSpan['unit']; from: string; to: string; untilMs: number }[] {
  let fromMs = todayMs;
  return SPANS.flatMap(({ unit, days, times }) =>
    Array.from({ length: times }, () => {
      const [startMs, untilMs] = [fromMs, fromMs + days * DAY_MS];
      fromMs = untilMs;
      return { unit, from: dayOf(startMs), to: dayOf(untilMs - 1), untilMs };
    }),
  );
}
