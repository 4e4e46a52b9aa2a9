import type { Context } from '../context';
import { parseDuration, parseSpan } from '../parse';
import type { Input } from './command';

/** When to look again. */
export interface LookOptions {
  readonly intervalMs: number;
  /** No look begins later than this after the first; undefined sets no end. */
  readonly deadlineMs: number | undefined;
}

/** Reads `--interval` and `--deadline`. @throws usage */
export function looksOf(flags: Input['flags'], interval: string, deadline?: string): LookOptions {
  const textOf = (name: string, otherwise?: string): string | undefined =>
    (flags[name] as string | undefined) ?? otherwise;
  const lasting = textOf('deadline', deadline);
  return {
    intervalMs: parseDuration('--interval', textOf('interval', interval)!),
    deadlineMs: lasting === undefined ? undefined : parseSpan('--deadline', lasting),
  };
}

/** Waits, in milliseconds, and may show meanwhile that it does. @throws the signal's reason */
export type Pause = (ms: number) => Promise<void>;

/**
 * Yields when it is time for a look, counted from 1: at once, then an interval after each look. The last pause is cut
 * so that a last look falls on the deadline.
 */
export async function* looks(
  { now }: Pick<Context, 'now'>,
  { intervalMs, deadlineMs = Infinity }: LookOptions,
  pause: Pause,
): AsyncGenerator<number> {
  const endMs = now() + deadlineMs;
  for (let count = 1; ; count++) {
    yield count;
    const leftMs = endMs - now();
    if (leftMs <= 0) return;
    await pause(Math.min(intervalMs, leftMs));
  }
}
