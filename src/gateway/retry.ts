import { AlipassError } from '../errors';

export interface RetryOptions {
  /** How many times to try again after the first attempt. */
  readonly retries: number;
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
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const again = error instanceof AlipassError && error.retryable && tries < options.retries;
      if (!again || options.signal.aborted) throw error;
      const delayMs = backoffMs(tries, error, options.random);
      options.onRetry(error, delayMs);
      await options.sleep(delayMs, options.signal);
    }
  }
}

/** Exponential, with jitter over the upper half so that many callers do not come back together. */
function backoffMs(tries: number, error: AlipassError, random: () => number): number {
  const factor = error.gateway?.code === '40005' ? LIMIT_FACTOR : 1;
  const ceiling = Math.min(FIRST_DELAY_MS * 2 ** tries * factor, LONGEST_DELAY_MS);
  return Math.round(ceiling * (0.5 + random() / 2));
}
