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
export function createPace(options: PaceOptions): Pace {
  return new SharedPace(options);
}

class SharedPace implements Pace {
  private readonly qps: number;
  /** Calls a second, as things are. */
  private allowed: number;
  private running = 0;
  /** When calls ended that still count, oldest first; empty while there is no limit. */
  private readonly counting: number[] = [];
  private readonly passed = createSecondCounter();
  private dueMs = -Infinity;
  private pausedUntilMs = -Infinity;
  private cutMs = -Infinity;
  private grownMs = -Infinity;
  private lastPassMs: number;
  /** Those who wait, one behind the other. */
  private line: Promise<void> = Promise.resolve();
  /** Wakes the first of them when a call has ended. */
  private wake: (() => void) | undefined;

  private readonly now: () => number;

  constructor(private readonly options: PaceOptions) {
    this.qps = options.qps ?? Infinity;
    this.allowed = this.qps;
    this.now = createSteadyClock(options.now);
    this.lastPassMs = this.now();
  }

  begun(signal: AbortSignal): Promise<void> {
    if (this.allowed === Infinity) {
      this.running++;
      return Promise.resolve();
    }
    const turn = this.line.then(() => this.takeTurn(signal));
    this.line = turn.catch(() => {});
    return turn;
  }

  ended(how: CallEnd): void {
    const nowMs = this.now();
    this.running--;
    if (how === 'limited') this.slowDown(nowMs);
    else if (how === 'passed') {
      this.lastPassMs = nowMs;
      this.passed.add(nowMs);
      this.speedUp(nowMs);
    }
    if (this.allowed !== Infinity) this.counting.push(nowMs);
    this.wake?.();
  }

  worthWaiting(): boolean {
    return this.now() < this.lastPassMs + PATIENCE_MS;
  }

  private async takeTurn(signal: AbortSignal): Promise<void> {
    for (let ms = this.delayMs(); ms > 0; ms = this.delayMs()) {
      if (ms === Infinity) await new Promise<void>(resolve => (this.wake = resolve));
      else await this.options.sleep(ms, signal);
    }
    signal.throwIfAborted();
    this.running++;
    this.dueMs = Math.max(this.dueMs, this.now() - MOST_LAG_MS) + SECOND_MS / this.allowed;
  }

  /** Milliseconds until a call may begin; Infinity when one must end first. */
  private delayMs(): number {
    const nowMs = this.now();
    const { counting } = this;
    while (counting.length > 0 && counting[0]! + SECOND_MS < nowMs) counting.shift();
    if (this.running + counting.length >= Math.floor(this.allowed)) {
      return counting.length > 0 ? counting[0]! + SECOND_MS + 1 - nowMs : Infinity;
    }
    return Math.max(this.dueMs, this.pausedUntilMs) - nowMs;
  }

  /** One refused call stands for all that were on their way with it. */
  private slowDown(nowMs: number): void {
    this.pausedUntilMs = nowMs + SECOND_MS;
    if (nowMs < this.cutMs + SECOND_MS) return;
    this.allowed = Math.max(1, Math.min(this.allowed, this.passed.inLastSecond(nowMs)) * CUT);
    this.cutMs = nowMs;
  }

  /** Only after a second of calls without a refusal: sooner, it would outrun {@link slowDown}. */
  private speedUp(nowMs: number): void {
    if (this.allowed === this.qps) return;
    if (nowMs < Math.max(this.grownMs, this.pausedUntilMs) + SECOND_MS) return;
    const faster = Math.max(this.allowed * GROWTH, this.allowed + LEAST_GROWTH);
    this.allowed = Math.min(this.qps, faster);
    this.grownMs = nowMs;
  }
}

/** A clock that never goes back: where one is set back, all would wait until it is where it was. */
function createSteadyClock(now: () => number): () => number {
  let [lastMs, lagMs] = [-Infinity, 0];
  return () => {
    const nowMs = now();
    lagMs += Math.max(0, lastMs - nowMs);
    lastMs = nowMs;
    return nowMs + lagMs;
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
