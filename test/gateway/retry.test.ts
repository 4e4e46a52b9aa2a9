import { describe, expect, it } from 'vitest';
import { AlipassError } from '../../src/errors';
import { type RetryOptions, withRetry } from '../../src/gateway/retry';

const hiccup = new AlipassError('unavailable', 'network.timeout', 'no answer', { retryable: true });
const limited = new AlipassError('unavailable', 'isv.app-call-limited', 'limited', {
  retryable: true,
  gateway: { code: '40005', msg: 'Call Limited', verified: true },
});
const final = new AlipassError('rejected', 'isv.invalid-signature', 'no');
const bug = new TypeError('bug');

interface Run {
  readonly outcome: unknown;
  readonly attempts: number;
  readonly delays: number[];
  readonly told: [unknown, number][];
}

/** Runs attempts that fail with each of `failures` in turn and then succeed; `random` and the clock are fakes. */
async function run(failures: readonly unknown[], options: Partial<RetryOptions> = {}): Promise<Run> {
  const delays: number[] = [];
  const told: [unknown, number][] = [];
  let attempts = 0;
  const attempt = async (): Promise<string> => {
    if (attempts < failures.length) throw failures[attempts++];
    attempts++;
    return 'done';
  };
  const outcome = await withRetry(attempt, {
    retries: 2,
    signal: new AbortController().signal,
    sleep: async ms => void delays.push(ms),
    random: () => 0,
    onRetry: (error, ms) => void told.push([error, ms]),
    ...options,
  }).catch((error: unknown) => error);
  return { outcome, attempts, delays, told };
}

describe('withRetry', () => {
  it.each([
    ['a success at once', [], 2, 'done', 1],
    ['a success after one failure', [hiccup], 2, 'done', 2],
    ['a success at the last try', [hiccup, hiccup], 2, 'done', 3],
    ['one failure too many', [hiccup, hiccup, hiccup], 2, hiccup, 3],
    ['no retries allowed', [hiccup], 0, hiccup, 1],
    ['an error that is not retryable', [final], 2, final, 1],
    ['a final error after a retryable one', [hiccup, final], 2, final, 2],
    ['a bug', [bug], 2, bug, 1],
  ])('withRetry ends as it should: %s', async (_, failures, retries, outcome, attempts) => {
    const result = await run(failures, { retries });
    expect(result.outcome).toBe(outcome);
    expect(result.attempts).toBe(attempts);
  });

  const seven = Array.from({ length: 7 }, () => hiccup);
  it.each([
    ['doubles up to 8 s; the lower half without jitter', seven, 0, [125, 250, 500, 1000, 2000, 4000, 4000]],
    ['doubles up to 8 s; the whole with most jitter', seven, 1, [250, 500, 1000, 2000, 4000, 8000, 8000]],
    ['spreads by chance', [hiccup, hiccup], 0.5, [188, 375]],
    ['waits four times as long at a call limit', [limited, limited], 1, [1000, 2000]],
    [
      'never waits longer than 8 s at a call limit',
      Array.from({ length: 5 }, () => limited),
      1,
      [1000, 2000, 4000, 8000, 8000],
    ],
  ])('withRetry waits: %s', async (_, failures, random, delays) => {
    const result = await run(failures, { retries: 9, random: () => random });
    expect(result.delays).toEqual(delays);
    expect(result.told).toEqual(failures.map((error, i) => [error, delays[i]]));
  });

  it('withRetry gives a finite wait after 99 tries', async () => {
    const { delays } = await run(
      Array.from({ length: 99 }, () => hiccup),
      { retries: 99 },
    );
    expect(Math.max(...delays)).toBe(4000);
  });

  it('withRetry does not try again once aborted', async () => {
    const { outcome, attempts, delays } = await run([hiccup], { signal: AbortSignal.abort() });
    expect([outcome, attempts, delays]).toEqual([hiccup, 1, []]);
  });

  it('withRetry ends with what a wait is aborted with, and hands its signal on', async () => {
    const { signal } = new AbortController();
    const interrupted = new AlipassError('interrupted', 'interrupted', 'Interrupted');
    const sleep = async (_: number, given: AbortSignal): Promise<void> => {
      throw given === signal ? interrupted : bug;
    };
    expect(await run([hiccup], { signal, sleep })).toMatchObject({ outcome: interrupted, attempts: 1 });
  });
});
