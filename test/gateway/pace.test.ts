import { describe, expect, it } from 'vitest';
import { createPace, type Pace } from '../../src/gateway/pace';

const SIGNAL = new AbortController().signal;

/** A world whose clock goes on when somebody sleeps, and calls that last as long as is said. */
function createWorld(qps?: number) {
  let nowMs = 1_000_000;
  const sleepers: { untilMs: number; wake: () => void }[] = [];
  const sleep = (ms: number): Promise<void> =>
    new Promise(wake => void sleepers.push({ untilMs: nowMs + ms, wake }));
  const pace = createPace({ qps, now: () => nowMs, sleep });

  /** Lets everything run until nobody sleeps any more. */
  async function run(): Promise<void> {
    for (;;) {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      const next = sleepers.toSorted((a, b) => a.untilMs - b.untilMs)[0];
      if (!next) return;
      sleepers.splice(sleepers.indexOf(next), 1);
      nowMs = Math.max(nowMs, next.untilMs);
      next.wake();
    }
  }
  return { pace, sleep, run, now: () => nowMs };
}

/** Arrivals at a gateway of `calls` calls by `workers` workers, each call somewhere within its `lastsMs`. */
async function arrivalsOf(qps: number, workers: number, calls: number, lastsMs: number): Promise<number[]> {
  const world = createWorld(qps);
  const arrivals: number[] = [];
  let left = calls;
  const work = async (worker: number): Promise<void> => {
    while (left-- > 0) {
      await world.pace.begun(SIGNAL);
      const early = (left * 7 + worker) % 2 === 0 ? 0 : lastsMs;
      await world.sleep(early);
      arrivals.push(world.now());
      await world.sleep(lastsMs - early);
      world.pace.ended('passed');
    }
  };
  const all = Promise.all(Array.from({ length: workers }, (_, i) => work(i)));
  await world.run();
  await all;
  return arrivals.toSorted((a, b) => a - b);
}

function mostInOneSecond(times: readonly number[]): number {
  return Math.max(...times.map((from, i) => times.slice(i).filter(it => it < from + 1000).length));
}

describe('createPace', () => {
  it.each([
    ['5 a second, 8 workers, quick calls', 5, 8, 40, 2],
    ['5 a second, 8 workers, calls of a second', 5, 8, 40, 1000],
    ['50 a second, 8 workers', 50, 8, 300, 30],
    ['50 a second, 64 workers, slow calls', 50, 64, 300, 700],
    ['one a second', 1, 3, 6, 40],
  ])('never exceeds the rate in any second, wherever in a call it arrives: %s', async (_, ...numbers) => {
    const [qps, workers, calls, lastsMs] = numbers;
    const arrivals = await arrivalsOf(qps, workers, calls, lastsMs);
    expect(arrivals).toHaveLength(calls);
    expect(mostInOneSecond(arrivals)).toBeLessThanOrEqual(qps);
  });

  it.each([
    ['is set back an hour', -3_600_000],
    ['is set on an hour', 3_600_000],
  ])('goes on as it was when the clock %s', async (_, jumpMs) => {
    let [nowMs, slept] = [1e12, 0];
    const sleep = async (ms: number): Promise<void> => {
      slept += ms;
      nowMs += ms;
    };
    const pace = createPace({ qps: 10, now: () => nowMs, sleep });
    for (let i = 0; i < 20; i++) {
      if (i === 10) nowMs += jumpMs;
      await pace.begun(SIGNAL);
      pace.ended('passed');
    }
    expect(slept).toBeGreaterThan(1000);
    expect(slept).toBeLessThan(3000);
  });

  it('uses the rate, but for the time that calls last', async () => {
    const arrivals = await arrivalsOf(50, 8, 500, 20);
    expect(arrivals.at(-1)! - arrivals[0]!).toBeLessThan(500 * (1020 / 50) + 100);
  });

  it('begins calls at even distances', async () => {
    const arrivals = await arrivalsOf(10, 4, 40, 0);
    const gaps = arrivals.slice(1).map((it, i) => it - arrivals[i]!);
    expect(Math.max(...gaps)).toBeLessThan(200);
  });

  it('lets every call begin at once while no limit is known', async () => {
    const { pace, now } = createWorld();
    const before = now();
    for (let i = 0; i < 1000; i++) await pace.begun(SIGNAL);
    expect(now()).toBe(before);
  });

  it('waits with the reason of the signal', async () => {
    const { pace, run } = createWorld(1);
    await pace.begun(SIGNAL);
    const stopped = new AbortController();
    const refused = pace.begun(stopped.signal).catch((error: unknown) => error);
    stopped.abort(new Error('enough'));
    pace.ended('passed');
    await run();
    expect(await refused).toEqual(new Error('enough'));
  });
});

/** A gateway that refuses what exceeds `limit` in any second, and how many of `calls` calls it refused. */
async function refusalsOf(limit: number, calls: number, qps?: number): Promise<number> {
  const world = createWorld(qps);
  const taken: number[] = [];
  let refusals = 0;
  let left = calls;
  const call = async (pace: Pace): Promise<void> => {
    for (;;) {
      await pace.begun(SIGNAL);
      await world.sleep(10);
      const nowMs = world.now();
      const passes = taken.filter(it => it > nowMs - 1000).length < limit;
      if (passes) taken.push(nowMs);
      else refusals++;
      pace.ended(passes ? 'passed' : 'limited');
      if (passes) return;
      expect(pace.worthWaiting()).toBe(true);
    }
  };
  const work = async (): Promise<void> => {
    while (left-- > 0) await call(world.pace);
  };
  const all = Promise.all(Array.from({ length: 8 }, work));
  await world.run();
  await all;
  return refusals;
}

describe('createPace, refused for a limit', () => {
  it.each([
    ['without a rate of its own', undefined],
    ['with a rate above it', 50],
  ])('backs off and comes through: %s', async (_, qps) => {
    const refusals = await refusalsOf(20, 1000, qps);
    expect(refusals).toBeGreaterThan(0);
    expect(refusals).toBeLessThan(100);
  });

  it('is not refused below it', async () => {
    expect(await refusalsOf(20, 200, 20)).toBe(0);
  });

  it('is not worth waiting once no call has passed for a minute', async () => {
    const { pace, sleep, run } = createWorld();
    const waits: boolean[] = [];
    const work = (async () => {
      for (let second = 0; second <= 61; second++) {
        await pace.begun(SIGNAL);
        pace.ended('limited');
        waits.push(pace.worthWaiting());
        await sleep(1000);
      }
    })();
    await run();
    await work;
    expect([waits[0], waits.at(-1)]).toEqual([true, false]);
  });
});
