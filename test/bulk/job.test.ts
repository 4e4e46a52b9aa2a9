import { describe, expect, it } from 'vitest';
import { type Job, runJob } from '../../src/bulk/job';
import type { RowSink } from '../../src/bulk/row-file';
import { createSpool } from '../../src/bulk/spool';
import { AlipassError, type ErrorKind } from '../../src/errors';
import type { Listing } from '../../src/passes/pages';
import { listPasses } from '../../src/passes/pages';
import type { QueryScope } from '../../src/passes/query';
import { clientOf, passes } from '../helpers/passes';
import { rejection } from '../helpers/refusal';

const SCOPE: QueryScope = { group: 'card', time: 'current', shops: false, pageSize: 2, maxPages: 100 };

/** A gateway’s answer for a user: how many passes it holds, or what happens instead. */
type Held = number | Error;

interface Ran {
  readonly rows: Map<string, string>;
  readonly failed: string[];
  readonly pages: number;
  readonly mostAtOnce: number;
  readonly asked: string[];
  readonly error: unknown;
}

/** Runs a job over users that hold what is said. */
async function run(
  held: Readonly<Record<string, Held>>,
  options: Partial<Job> = {},
  world: { signal?: AbortSignal; sink?: Partial<RowSink>; onAsk?: (user: string) => void } = {},
): Promise<Ran> {
  const rows = new Map<string, string>();
  const [failed, asked]: string[][] = [[], []];
  let [pages, atOnce, mostAtOnce] = [0, 0, 0];
  async function* users(): AsyncGenerator<string> {
    yield* Object.keys(held);
  }
  const job = { users: users(), scopes: [SCOPE], concurrency: 3, stopsOnError: false, ...options };
  const error = await runJob(job, {
    list: (query, signal) => {
      asked!.push(query.userId);
      world.onAsk?.(query.userId);
      const holds = held[query.userId]!;
      const client = clientOf(page =>
        typeof holds === 'number' ? passes((page - 1) * 2, Math.min(page * 2, holds)) : holds,
      );
      return listPasses(client, query, signal);
    },
    render: async function* ({ query, pages: all }: Listing) {
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      for await (const page of all)
        yield page.map(it => `${query.userId} ${query.group} ${it.pass_id}\n`).join('');
      atOnce--;
    },
    sink: {
      spool: () => createSpool(() => Promise.reject(new Error('no file is needed'))),
      done: async (user, _, spool) => {
        let text = '';
        await spool.drain(async piece => {
          text += Buffer.from(piece).toString();
        });
        rows.set(user, text);
      },
      failed: async () => {},
      ...world.sink,
    },
    progress: {
      pages: more => void (pages += more),
      done: () => {},
      failed: async (user, { code }) => void failed!.push(`${user} ${code}`),
    },
    signal: world.signal ?? new AbortController().signal,
  }).catch((reason: unknown) => reason);
  return { rows, failed: failed!, pages, mostAtOnce, asked: asked!, error };
}

const errorOf = (kind: ErrorKind, code = 'X'): AlipassError => new AlipassError(kind, code, 'no');
const GONE = errorOf('unavailable', 'network.econnrefused');
const UNSERVED = new AlipassError('unavailable', 'isp.unknow-error', 'no', {
  gateway: { code: '20000', msg: 'no', verified: true },
});
const RESET = errorOf('unavailable', 'network.econnreset');
const many = (count: number, held: Held): Record<string, Held> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`u${i}`, held]));

describe('runJob', () => {
  it('writes the rows of every user, whole', async () => {
    const { rows, failed, pages, error } = await run({ a: 3, b: 0, c: 1, d: 2, e: 5 });
    expect(error).toBeUndefined();
    expect([...rows.keys()].toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(rows.get('a')).toBe('a card P0\na card P1\na card P2\n');
    expect(rows.get('b')).toBe('');
    expect({ failed, pages }).toEqual({ failed: [], pages: 2 + 1 + 2 + 2 + 3 });
  });

  it('asks every user in every scope', async () => {
    const scopes = [SCOPE, { ...SCOPE, group: 'voucher' as const }];
    const { rows } = await run({ a: 1, b: 1 }, { scopes });
    expect(rows.get('b')).toBe('b card P0\nb voucher P0\n');
  });

  it.each([1, 3, 7])('lists %i users at a time', async concurrency => {
    const { mostAtOnce, rows } = await run(many(40, 4), { concurrency });
    expect(mostAtOnce).toBe(concurrency);
    expect(rows.size).toBe(40);
  });

  it.each<ErrorKind>(['business', 'unavailable', 'incomplete', 'rejected', 'untrusted'])(
    'goes on after a user that fails as %s, without any of its rows',
    async kind => {
      const { rows, failed, error } = await run({ a: 1, b: errorOf(kind), c: 1, d: 1 });
      expect([...rows.keys()].toSorted()).toEqual(['a', 'c', 'd']);
      expect({ failed, error }).toEqual({ failed: ['b X'], error: undefined });
    },
  );

  it.each<ErrorKind>(['config', 'usage', 'interrupted'])('ends at what fails as %s', async kind => {
    const { failed, error } = await run({ a: errorOf(kind), ...many(50, 1) }, { concurrency: 1 });
    expect(error).toMatchObject({ kind });
    expect(failed).toEqual([]);
  });

  it('ends at a call limit, which is the app’s', async () => {
    const gateway = { code: '40005', msg: 'Call Limited', verified: true };
    const limited = new AlipassError('unavailable', 'isv.app-call-limited', 'no', { gateway });
    const { rows, error } = await run({ a: limited, ...many(50, 1) }, { concurrency: 1 });
    expect(error).toBe(limited);
    expect(rows.size).toBe(0);
  });

  it('ends at the first failure when it is told to', async () => {
    const { asked, error } = await run(
      { a: 1, b: errorOf('business'), ...many(50, 1) },
      { stopsOnError: true, concurrency: 1 },
    );
    expect(error).toMatchObject({ kind: 'business' });
    expect(asked).toEqual(['a', 'b']);
  });

  it.each<[what: string, error: AlipassError, asked: number]>([
    ['a gateway that is gone', errorOf('unavailable', 'network.econnrefused'), 20],
    ['a key that is wrong', errorOf('rejected', 'isv.invalid-signature'), 20],
    ['answers that nothing proves', errorOf('untrusted', 'answer.bad_signature'), 20],
    ['users that the gateway says no to', errorOf('business', 'SYSTEM_ERROR'), 100],
    ['a gateway that gives no answer', errorOf('unavailable', 'http.status'), 20],
    ['a gateway that gives none that can be used', errorOf('unavailable', 'envelope.malformed'), 20],
    ['users whom it can’t serve', UNSERVED, 100],
    ['users who have not authorised the app', errorOf('rejected', 'isv.insufficient-user-permissions'), 100],
  ])('tells users apart from what is everybody’s: %s', async (_, failure, count) => {
    const { asked, error } = await run(many(100, failure), { concurrency: 1 });
    expect(asked).toHaveLength(count);
    expect(error).toBe(count === 100 ? undefined : failure);
  });

  it('does not end for failures with successes between', async () => {
    const gone = errorOf('unavailable', 'network.timeout');
    const held = Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`u${i}`, i % 10 === 9 ? 1 : gone]));
    const { failed, error } = await run(held, { concurrency: 1 });
    expect({ failed: failed.length, error }).toEqual({ failed: 81, error: undefined });
  });

  it.each<[what: string, held: Record<string, Held>, gone: boolean]>([
    ['the last ones all find no gateway', { a: 1, b: GONE, c: RESET, d: GONE }, true],
    ['only the very last one finds none', { a: 1, b: 1, c: GONE }, false],
    ['somebody passes after them', { a: 1, b: GONE, c: GONE, d: 1 }, false],
    ['they alone were left', { a: GONE, b: GONE }, false],
    ['they fail for something else', { a: 1, b: errorOf('business'), c: errorOf('business') }, false],
  ])('takes the gateway for gone at the end when %s: %#', async (_, held, gone) => {
    const { error } = await run(held, { concurrency: 1 });
    expect(error).toBe(gone ? GONE : undefined);
  });

  it('ends with the signal’s reason, and nobody failed for it', async () => {
    const controller = new AbortController();
    const reason = errorOf('interrupted', 'interrupted');
    const { failed, error, asked } = await run(
      many(50, 4),
      {},
      {
        signal: controller.signal,
        onAsk: user => user === 'u7' && controller.abort(reason),
      },
    );
    expect({ failed, error }).toEqual({ failed: [], error: reason });
    expect(asked.length).toBeLessThan(12);
  });

  it('ends when rows can’t be written', async () => {
    const full = errorOf('unavailable', 'output.unwritable');
    const { failed, error } = await run(many(50, 1), {}, { sink: { done: () => Promise.reject(full) } });
    expect({ failed, error }).toEqual({ failed: [], error: full });
  });

  it('does nothing once the signal is aborted', async () => {
    const reason = errorOf('interrupted');
    const { asked, error } = await run({ a: 1 }, {}, { signal: AbortSignal.abort(reason) });
    expect({ asked, error }).toEqual({ asked: [], error: reason });
  });

  it('throws what was not foreseen as it is', async () => {
    const bug = new TypeError('a bug');
    expect(
      await rejection(run({ a: bug }).then(it => Promise.reject(it.error))).catch((it: unknown) => it),
    ).toBe(bug);
  });
});
