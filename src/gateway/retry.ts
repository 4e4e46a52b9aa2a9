import { AlipassError } from '../errors';
import { isLimited } from './fault';

export interface RetryOptions {
  /** How many times to try again after the first attempt. */
  readonly retries: number;
  /** Whether the attempt itself waits until another may succeed: then there is no delay here, and no retry is used up. */
  readonly waitsInLine?: (error: AlipassError) => boolean;
  readonly signal: AbortSignal;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly onRetry: (error: AlipassError, delayMs: number) => void;
}

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 8_000;
/** A call limit passes by itself but slowly: wait longer than for a hiccup. */
const LIMIT_FACTOR = 4;

/** Runs `attempt` until it succeeds, fails for good, or the retries are used up. Each attempt signs anew. */
export async function withRetry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let tries = 0; ;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof AlipassError) || options.signal.aborted) throw error;
      if (options.waitsInLine?.(error)) continue;
      if (!error.retryable || tries >= options.retries) throw error;
      const delayMs = backoffMs(tries++, error, options.random);
      options.onRetry(error, delayMs);
      await options.sleep(delayMs, options.signal);
    }
  }
}

/** Exponential, with jitter over the upper half so that many callers do not come back together. */
function backoffMs(tries: number, error: AlipassError, random: () => number): number {
  const factor = isLimited(error) ? LIMIT_FACTOR : 1;
  const ceiling = Math.min(FIRST_DELAY_MS * 2 ** tries * factor, LONGEST_DELAY_MS);
  return Math.round(ceiling * (0.5 + random() / 2));
}
