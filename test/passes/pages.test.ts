import { getEventListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AlipassError } from '../../src/errors';
import type { GatewayClient } from '../../src/gateway/client';
import { type Listing, listPasses } from '../../src/passes/pages';
import type { Pass } from '../../src/passes/pass';
import type { PassQuery } from '../../src/passes/query';
import { clientOf, numberIn, passes, QUERY } from '../helpers/passes';
import { rejection } from '../helpers/refusal';

const NEVER = new AbortController().signal;
const failure = new AlipassError('unavailable', 'network.timeout', 'no answer', { retryable: true });

/** A gateway that holds `total` passes and never gives more than `cap` of them at once. */
function gateway(total: number, cap = Infinity): { client: GatewayClient; asked: number[] } {
  const asked: number[] = [];
  const client: GatewayClient = (request, signal) => {
    const size = Math.min(numberIn(request.bizContent, 'page_size'), cap);
    return clientOf(page => {
      asked.push(page);
      return passes((page - 1) * size, Math.min(page * size, total));
    })(request, signal);
  };
  return { client, asked };
}

async function readAll(listing: Listing): Promise<Pass[]> {
  const all: Pass[] = [];
  for await (const page of listing.pages) all.push(...page);
  return all;
}

const list = (client: GatewayClient, query: Partial<PassQuery> = {}, signal = NEVER): Listing =>
  listPasses(client, { ...QUERY, ...query }, signal);
const ids = (all: readonly Pass[]): string[] => all.map(pass => pass.pass_id);

describe('listPasses reads to the end', () => {
  it.each([
    [0, 1],
    [1, 2],
    [99, 2],
    [100, 2],
    [101, 2],
    [199, 2],
    [200, 3],
    [250, 3],
  ])('listPasses of %i passes at 100 a page asks for %i pages', async (total, calls) => {
    const { client, asked } = gateway(total);
    const listing = list(client);
    expect(ids(await readAll(listing))).toEqual(ids(passes(0, total)));
    expect(asked).toEqual(Array.from({ length: calls }, (_, i) => i + 1));
    expect(listing.state).toMatchObject({ count: total, pages: calls, reason: 'end', failure: undefined });
  });

  it.each([0, 1, 49, 50, 51, 99, 100, 101, 250])(
    'listPasses loses none of %i passes where the gateway caps pages at 50',
    async total => {
      const listing = list(gateway(total, 50).client);
      expect(ids(await readAll(listing))).toEqual(ids(passes(0, total)));
      expect(listing.state).toMatchObject({ count: total, reason: 'end' });
    },
  );

  it.each([0, 1, 2, 3, 7])('listPasses reads %i passes one by one at page size 1', async total => {
    const { client, asked } = gateway(total);
    expect(await readAll(list(client, { pageSize: 1 }))).toEqual(passes(0, total));
    expect(asked).toHaveLength(total + 1);
  });

  it('listPasses takes pages that are longer than asked', async () => {
    const pages = [passes(0, 150), passes(150, 300), passes(300, 310)];
    const listing = list(clientOf(page => pages[page - 1] ?? []));
    expect(ids(await readAll(listing))).toEqual(ids(passes(0, 310)));
    expect(listing.state).toMatchObject({ count: 310, pages: 3, reason: 'end' });
  });

  it.each([[null], [undefined], [''], [{}], [{ pass_info_open_api_model: [] }]])(
    'listPasses takes the page %j for an empty one',
    async empty => {
      const listing = list(clientOf(page => (page === 1 ? passes(0, 3) : empty)));
      expect(await readAll(listing)).toEqual(passes(0, 3));
      expect(listing.state.reason).toBe('end');
    },
  );

  it('listPasses hands out no empty pages', async () => {
    const sizes: number[] = [];
    for await (const page of list(gateway(0).client).pages) sizes.push(page.length);
    for await (const page of list(gateway(100).client).pages) sizes.push(page.length);
    expect(sizes).toEqual([100]);
  });

  it('listPasses asks for nothing before it is read', () => {
    const { client, asked } = gateway(10);
    expect(list(client).state).toMatchObject({ count: 0, pages: 0, reason: 'error' });
    expect(asked).toEqual([]);
  });
});

describe('listPasses stops early', () => {
  it.each([
    ['--page 1', 250, { page: 1 }, 100, [1], 'page'],
    ['--page 3', 250, { page: 3 }, 50, [3], 'page'],
    ['--page after the end', 250, { page: 4 }, 0, [4], 'page'],
    ['--page and a smaller limit', 250, { page: 2, limit: 10 }, 10, [2], 'page'],
    ['a limit within the first page', 250, { limit: 10 }, 10, [1], 'limit'],
    ['a limit of one page', 250, { limit: 100 }, 100, [1], 'limit'],
    ['a limit within the second page', 250, { limit: 101 }, 101, [1, 2], 'limit'],
    ['a limit of all but one', 250, { limit: 249 }, 249, [1, 2, 3], 'limit'],
    ['a limit of all', 250, { limit: 250 }, 250, [1, 2, 3], 'end'],
    ['a limit of more than all', 250, { limit: 251 }, 250, [1, 2, 3], 'end'],
    ['a limit with nothing there', 0, { limit: 1 }, 0, [1], 'end'],
    ['a limit of exactly the full pages', 200, { limit: 200 }, 200, [1, 2], 'limit'],
  ] as const)('listPasses with %s of %i passes', async (_, total, query, count, pages, reason) => {
    const { client, asked } = gateway(total);
    const listing = list(client, query);
    expect(await readAll(listing)).toHaveLength(count);
    expect(asked).toEqual(pages);
    expect(listing.state).toMatchObject({ count, pages: pages.length, reason, failure: undefined });
  });

  it.each([
    [250, 1, 100],
    [250, 2, 200],
    [101, 1, 100],
    [200, 2, 200],
  ])('listPasses of %i passes is incomplete after max_pages %i', async (total, maxPages, count) => {
    const { client, asked } = gateway(total);
    const listing = list(client, { maxPages });
    expect(ids(await readAll(listing))).toEqual(ids(passes(0, count)));
    expect(asked).toHaveLength(maxPages);
    expect(listing.state).toMatchObject({
      count,
      reason: 'max_pages',
      failure: { kind: 'incomplete', code: 'listing.max_pages' },
    });
  });

  it.each([
    [250, 3],
    [99, 2],
    [0, 1],
  ])('listPasses of %i passes is whole within max_pages %i', async (total, maxPages) => {
    const listing = list(gateway(total).client, { maxPages });
    expect(await readAll(listing)).toHaveLength(total);
    expect(listing.state).toMatchObject({ reason: 'end', failure: undefined });
  });
});

describe('listPasses and a gateway that repeats itself', () => {
  it.each([
    ['the first page for ever', 100, () => passes(0, 100)],
    ['a short first page for ever', 3, () => passes(0, 3)],
    ['an older page', 200, (page: number) => (page === 2 ? passes(100, 200) : passes(0, 100))],
    [
      'part of an older page',
      200,
      (page: number) => (page < 3 ? passes((page - 1) * 100, page * 100) : passes(20, 30)),
    ],
  ])('listPasses ends as incomplete where it gets %s', async (_, count, pageOf) => {
    const listing = list(clientOf(pageOf));
    expect(ids(await readAll(listing))).toEqual(ids(passes(0, count)));
    expect(listing.state).toMatchObject({
      count,
      reason: 'repeated_page',
      failure: { kind: 'incomplete', code: 'listing.repeated_page' },
    });
  });

  it('listPasses reads on where only a part of a page was seen before', async () => {
    const pages = [passes(0, 100), passes(99, 150)];
    const listing = list(clientOf(page => pages[page - 1] ?? []));
    await readAll(listing);
    expect(listing.state).toMatchObject({ pages: 2, reason: 'end' });
  });
});

describe('listPasses and failures', () => {
  it('listPasses throws what the first page fails with', async () => {
    const listing = list(clientOf(() => failure));
    expect(await rejection(readAll(listing))).toBe(failure);
    expect(listing.state).toMatchObject({ count: 0, pages: 0, reason: 'error' });
  });

  it('listPasses throws what the page of --page fails with', async () => {
    expect(
      await rejection(
        readAll(
          list(
            clientOf(() => failure),
            { page: 3 },
          ),
        ),
      ),
    ).toBe(failure);
  });

  it.each([2, 3])('listPasses ends and keeps the failure of page %i', async failing => {
    const listing = list(
      clientOf(page => (page === failing ? failure : passes((page - 1) * 100, page * 100))),
    );
    const count = (failing - 1) * 100;
    expect(await readAll(listing)).toHaveLength(count);
    expect(listing.state).toMatchObject({ count, pages: failing - 1, reason: 'error', failure });
  });

  it('listPasses keeps the failure of the call that confirms a short page', async () => {
    const listing = list(clientOf(page => (page === 1 ? passes(0, 3) : failure)));
    expect(await readAll(listing)).toHaveLength(3);
    expect(listing.state).toMatchObject({ reason: 'error', failure });
  });

  it('listPasses throws a bug wherever it comes', async () => {
    const bug = new TypeError('bug');
    const listing = list(clientOf(page => (page === 1 ? passes(0, 100) : bug)));
    await expect(readAll(listing)).rejects.toBe(bug);
  });

  it.each([
    ['the first page', 1],
    ['a later page', 2],
  ])('listPasses refuses %s that is no list of passes', async (_, bad) => {
    const listing = list(clientOf(page => (page === bad ? [{ no: 'id' }] : passes(0, 100))));
    const outcome = await readAll(listing).catch((error: unknown) => error);
    const error = outcome instanceof AlipassError ? outcome : listing.state.failure;
    expect(error).toMatchObject({ kind: 'unavailable', code: 'answer.not_passes' });
  });
});

/** Calls that end when the test says so. */
function handWorked(): {
  client: GatewayClient;
  calls: { page: number; signal: AbortSignal; answer: () => void }[];
} {
  const calls: { page: number; signal: AbortSignal; answer: () => void }[] = [];
  const client: GatewayClient = (request, signal) =>
    new Promise((resolve, reject) => {
      const page = numberIn(request.bizContent, 'page_num');
      const answer = clientOf(() => passes((page - 1) * 100, page * 100));
      calls.push({ page, signal, answer: () => resolve(answer(request, signal)) });
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  return { client, calls };
}

describe('listPasses asks ahead', () => {
  it('listPasses asks for the next page before the last one is used, and for one page only', async () => {
    const { client, asked } = gateway(1000);
    const pages = list(client).pages[Symbol.asyncIterator]();
    await pages.next();
    expect(asked).toEqual([1, 2]);
    await nextTurn();
    expect(asked).toEqual([1, 2]);
    await pages.next();
    expect(asked).toEqual([1, 2, 3]);
  });

  it('listPasses ends the call that was made ahead when its reader stops', async () => {
    const { client, calls } = handWorked();
    const pages = list(client).pages[Symbol.asyncIterator]();
    const first = pages.next();
    calls[0]!.answer();
    await first;
    expect(calls.map(({ page, signal }) => [page, signal.aborted])).toEqual([
      [1, false],
      [2, false],
    ]);
    await pages.return?.();
    expect(calls[1]!.signal.aborted).toBe(true);
  });

  it('listPasses lets a page that was asked for ahead fail while nobody waits', async () => {
    const listing = list(clientOf(page => (page === 1 ? passes(0, 100) : failure)));
    const pages = listing.pages[Symbol.asyncIterator]();
    await pages.next();
    await nextTurn();
    expect(listing.state.failure).toBeUndefined();
    expect(await pages.next()).toEqual({ done: true, value: undefined });
    expect(listing.state.failure).toBe(failure);
  });

  it('listPasses hands an abort and its reason on to the call', async () => {
    const interrupted = new AlipassError('interrupted', 'interrupted', 'Interrupted');
    const controller = new AbortController();
    const { client, calls } = handWorked();
    const reading = readAll(list(client, {}, controller.signal));
    controller.abort(interrupted);
    expect(await rejection(reading)).toBe(interrupted);
    expect(calls[0]!.signal.reason).toBe(interrupted);
  });

  it('listPasses keeps an abort on a later page as the failure', async () => {
    const interrupted = new AlipassError('interrupted', 'interrupted', 'Interrupted');
    const controller = new AbortController();
    const { client, calls } = handWorked();
    const listing = list(client, {}, controller.signal);
    const pages = listing.pages[Symbol.asyncIterator]();
    const first = pages.next();
    calls[0]!.answer();
    await first;
    controller.abort(interrupted);
    expect(await pages.next()).toEqual({ done: true, value: undefined });
    expect(listing.state).toMatchObject({ count: 100, reason: 'error', failure: interrupted });
  });

  it('listPasses makes no call that goes on where the signal was aborted before', async () => {
    const interrupted = new AlipassError('interrupted', 'interrupted', 'Interrupted');
    const aborted: boolean[] = [];
    const client: GatewayClient = (request, signal) => {
      aborted.push(signal.aborted);
      return gateway(1).client(request, signal);
    };
    await readAll(list(client, {}, AbortSignal.abort(interrupted))).catch(() => {});
    expect(aborted).not.toContain(false);
  });

  it('listPasses leaves no listener on the signal behind', async () => {
    const { signal } = new AbortController();
    const counts: number[] = [];
    for await (const page of list(gateway(150).client, {}, signal).pages) {
      counts.push(page.length, getEventListeners(signal, 'abort').length);
    }
    expect([...counts, getEventListeners(signal, 'abort').length]).toEqual([100, 1, 50, 1, 0]);
  });
});
