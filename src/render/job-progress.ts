import { displayWidth } from './width';
import type { Words } from './words';

/** How far a job over many users is. */
export interface JobCounts {
  /** Users that there are to do, earlier runs included. */
  readonly users: number;
  /** Users whose rows are there, of earlier runs too. */
  readonly done: number;
  /** Of those, the ones that this run found done. */
  readonly before: number;
  readonly failed: number;
  /** Rows that are there, of earlier runs too. */
  readonly rows: number;
  /** Pages that this run read: calls that were answered. */
  readonly pages: number;
  /** Since this run began. */
  readonly elapsedMs: number;
}

/** How wide the bar is, and what is left out, the least of it first: the first shape that fits is taken. */
const SHAPES: readonly { readonly bar: number; readonly without: readonly string[] }[] = [
  { bar: 20, without: [] },
  { bar: 10, without: [] },
  { bar: 10, without: ['rate'] },
  { bar: 10, without: ['rate', 'rows'] },
  { bar: 0, without: ['rate', 'rows'] },
];

/** How far it is and how long it may last, on a line of `width` columns if that can be. */
export function formatJobProgress(
  counts: JobCounts,
  { job }: Words,
  utf8: boolean,
  width = Infinity,
): string {
  const { users, done, failed } = counts;
  const facts = {
    users: [job.users(grouped(done), grouped(users))],
    rows: [job.rows(grouped(counts.rows))],
    rate: [job.rate(grouped(Math.round(callsPerSecond(counts))))],
    failed: failed > 0 ? [job.failed(grouped(failed))] : [],
    left: leftText(counts, job),
  };
  const lines = SHAPES.map(({ bar, without }) => {
    const told = Object.entries(facts).flatMap(([name, texts]) => (without.includes(name) ? [] : texts));
    return [barText(counts, bar, utf8), ...told].join(' · ');
  });
  return lines.find(it => displayWidth(it) <= width) ?? lines.at(-1)!;
}

function barText({ users, done, failed }: JobCounts, width: number, utf8: boolean): string {
  const share = users === 0 ? 1 : (done + failed) / users;
  const [full, empty] = utf8 ? ['█', '░'] : ['#', '.'];
  const filled = Math.floor(share * width);
  const bar = full!.repeat(filled) + empty!.repeat(width - filled);
  return `${bar} ${Math.floor(share * 100)}%`.trimStart();
}

function leftText(counts: JobCounts, job: Words['job']): string[] {
  const seconds = secondsLeft(counts);
  return seconds === undefined ? [] : [job.left(formatSeconds(seconds))];
}

/** Calls of this run. */
export function callsPerSecond({ pages, elapsedMs }: JobCounts): number {
  return elapsedMs === 0 ? 0 : (pages / elapsedMs) * 1000;
}

/** Whole seconds, if all goes on as it went since this run began; undefined before there is anything to go by. */
export function secondsLeft({ users, done, before, failed, elapsedMs }: JobCounts): number | undefined {
  const tried = done - before + failed;
  if (tried === 0) return undefined;
  return Math.ceil(((users - done - failed) * elapsedMs) / tried / 1000);
}

/** `45s`, `3m 05s`, `2h 07m`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${twoDigits(seconds % 60)}s`;
  return `${Math.floor(seconds / 3600)}h ${twoDigits(Math.floor(seconds / 60) % 60)}m`;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}

/** A number with its thousands apart. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
