/** How a call ended, as far as its rate is concerned. */
export type CallEnd = 'passed' | 'limited' | 'failed';

/** Keeps the calls of many workers to a rate that all of them share. */
export interface Pace {
  /** Resolves when the next call may begin; its end must be told to {@link ended}. @throws the signal's reason */
  begun(signal: AbortSignal): Promise<void>;
  ended(how: CallEnd): void;
  /** Whether a call that was refused for the limit is worth another try: some still pass. */
  worthWaiting(): boolean;
}

export interface PaceOptions {
  /** Calls in any second, at most; no limit when undefined, until the gateway shows that there is one. */
  readonly qps?: number | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

const SECOND_MS = 1000;
/** How far the start of a call may lag behind an even rhythm and be made up for: timers are that coarse. */
const MOST_LAG_MS = 50;
/** Of what passed in the second before the gateway refused. */
const CUT = 0.8;
const GROWTH = 1.05;
const LEAST_GROWTH = 0.5;
/** When no call has passed for so long, the limit is no matter of seconds: a day's quota, say. */
const PATIENCE_MS = 60_000;

/**
 * A pace that never exceeds the rate as the gateway sees it: a call counts until a second after its end, as nobody here
 * knows when between its start and its end it arrived. Calls begin at even distances. When the gateway refuses one for
 * its own limit, all wait a second, go on somewhat slower than what had passed, and speed up again little by little.
 */
export function createPace({ qps = Infinity, now, sleep }: PaceOptions): Pace {
  let allowed = qps;
  let running = 0;
  /** When calls ended that still count, oldest first; empty while there is no limit. */
  const counting: number[] = [];
  const passed = createSecondCounter();
  let dueMs = -Infinity;
  let pausedUntilMs = -Infinity;
  let changedMs = -Infinity;
  let lastPassMs = now();
  let line: Promise<void> = Promise.resolve();
  let wake = (): void => {};

  /** Milliseconds until a call may begin; Infinity when one must end first. */
  function delayMs(): number {
    const nowMs = now();
    while (counting.length > 0 && counting[0]! + SECOND_MS < nowMs) counting.shift();
    if (running + counting.length >= Math.floor(allowed)) {
      return counting.length > 0 ? counting[0]! + SECOND_MS + 1 - nowMs : Infinity;
    }
    return Math.max(dueMs, pausedUntilMs) - nowMs;
  }

  async function waitForRoom(signal: AbortSignal): Promise<void> {
    for (let ms = delayMs(); ms > 0; ms = delayMs()) {
      if (ms === Infinity) await new Promise<void>(resolve => (wake = resolve));
      else await sleep(ms, signal);
    }
    signal.throwIfAborted();
  }

  /** One refused call stands for all that were on their way with it. */
  function slowDown(nowMs: number): void {
    pausedUntilMs = nowMs + SECOND_MS;
    if (nowMs < changedMs + SECOND_MS && allowed !== qps) return;
    allowed = Math.max(1, Math.min(allowed, passed.inLastSecond(nowMs)) * CUT);
    changedMs = nowMs;
  }

  function speedUp(nowMs: number): void {
    if (allowed === qps || nowMs < changedMs + SECOND_MS) return;
    allowed = Math.min(qps, Math.max(allowed * GROWTH, allowed + LEAST_GROWTH));
    changedMs = nowMs;
  }

  return {
    begun: signal => {
      if (allowed === Infinity) {
        running++;
        return Promise.resolve();
      }
      const turn = line.then(async () => {
        await waitForRoom(signal);
        running++;
        dueMs = Math.max(dueMs, now() - MOST_LAG_MS) + SECOND_MS / allowed;
      });
      line = turn.catch(() => {});
      return turn;
    },
    ended: how => {
      const nowMs = now();
      running--;
      if (how === 'passed') {
        lastPassMs = nowMs;
        passed.add(nowMs);
        speedUp(nowMs);
      } else if (how === 'limited') slowDown(nowMs);
      if (allowed !== Infinity) counting.push(nowMs);
      wake();
    },
    worthWaiting: () => now() < lastPassMs + PATIENCE_MS,
  };
}

/** Counts events; knows how many there were in about the last second. */
function createSecondCounter(): { add(nowMs: number): void; inLastSecond(nowMs: number): number } {
  let startMs = -Infinity;
  let [current, before] = [0, 0];
  const turn = (nowMs: number): void => {
    if (nowMs < startMs + SECOND_MS) return;
    before = nowMs < startMs + 2 * SECOND_MS ? current : 0;
    current = 0;
    startMs = nowMs;
  };
  return {
    add: nowMs => {
      turn(nowMs);
      current++;
    },
    inLastSecond: nowMs => {
      turn(nowMs);
      return Math.max(current, before);
    },
  };
}
