import { forkSignal } from '../abort';
import { AlipassError } from '../errors';
import type { GatewayClient } from '../gateway/client';
import type { Pass } from './pass';
import { pageRequest, type PassQuery } from './query';
import { SeenIds } from './seen';
import { parsePasses } from './wire';

/** Why a listing ended; only `end` proves that nothing is missing. */
export type StopReason = 'end' | 'limit' | 'page' | 'max_pages' | 'repeated_page' | 'error';

/** What is known of a listing so far; final once its pages were read. */
export interface ListingState {
  /** Passes that were handed out. */
  count: number;
  /** Passes that came, where a refinement hands out fewer. */
  listed?: number;
  /** Answers that were read. */
  pages: number;
  /** False when an answer was taken without proof. */
  verified: boolean;
  /** `error` until the listing ended in another way. */
  reason: StopReason;
  /** Why passes are missing; to be thrown once those that came are out. */
  failure?: AlipassError | undefined;
}

/**
 * A user's passes, page by page: whole pages rather than single passes, as the renderers write a page at a
 * time and a million awaits would cost more than the rendering. Read once.
 */
export interface Listing {
  readonly query: PassQuery;
  readonly pages: AsyncIterable<readonly Pass[]>;
  readonly state: Readonly<ListingState>;
}

/**
 * Lists a query's passes. The next page is asked for while the last one is used. When the first page fails,
 * `pages` throws; when a later one does, `pages` ends and the error is the state's `failure`.
 */
export function listPasses(client: GatewayClient, query: PassQuery, signal: AbortSignal): Listing {
  const state = startState();
  return { query, state, pages: readUntilLeft(client, query, signal, state) };
}

/**
 * {@link listPasses} for readers that stop before the end only when `signal` is aborted. It makes no controller of its own
 * to end the call that was made ahead: that costs more than all else that is done for a page here.
 */
export function listWholly(client: GatewayClient, query: PassQuery, signal: AbortSignal): Listing {
  const state = startState();
  return { query, state, pages: readPages(client, query, signal, state) };
}

function startState(): ListingState {
  return { count: 0, pages: 0, verified: true, reason: 'error', failure: undefined };
}

async function* readUntilLeft(
  client: GatewayClient,
  query: PassQuery,
  signal: AbortSignal,
  state: ListingState,
): Pages {
  const { controller, release } = forkSignal(signal);
  try {
    yield* readPages(client, query, controller.signal, state);
  } finally {
    release();
    controller.abort();
  }
}

type Pages = AsyncGenerator<readonly Pass[]>;

async function* readPages(
  client: GatewayClient,
  query: PassQuery,
  signal: AbortSignal,
  state: ListingState,
): Pages {
  signal.throwIfAborted();
  const fetchPage = async (page: number): Promise<Pass[]> => {
    const { value, verified } = await client(pageRequest(query, page), signal);
    state.verified &&= verified;
    return parsePasses(value);
  };
  const judge = createJudge(query);
  let page = query.page ?? 1;
  let next = fetchPage(page);
  try {
    for (;;) {
      const passes = await next;
      const { fresh, reason, failure } = judge(passes, state);
      if (!reason) next = quietly(fetchPage(++page));
      const wanted = fresh.slice(0, (query.limit ?? Infinity) - state.count);
      state.count += wanted.length;
      state.pages++;
      if (wanted.length > 0) yield wanted;
      if (!reason) continue;
      state.reason = reason;
      state.failure = failure;
      return;
    }
  } catch (error) {
    if (state.pages === 0 || !(error instanceof AlipassError)) throw error;
    state.failure = error;
  }
}

/** A page that is asked for ahead may fail while nobody waits for it: that is not an unhandled rejection. */
function quietly<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

interface PageJudgement {
  /** The passes that no earlier page had: a listing that shifts while it is read repeats some. */
  readonly fresh: readonly Pass[];
  /** Set when no further page is to be asked for. */
  readonly reason?: StopReason;
  readonly failure?: AlipassError;
}

/**
 * Decides after each page whether the listing is over. The gateway returns no total and may cap page_size,
 * so a short page proves the end only after a full one; a short first page is confirmed by one more call
 * (docs/protocol.md, "Where a listing ends").
 */
function createJudge(query: PassQuery): (passes: readonly Pass[], before: ListingState) => PageJudgement {
  const seen = new SeenIds();
  const limit = query.limit ?? Infinity;
  let sawFullPage = false;
  return (passes, before) => {
    const fresh = passes.filter(pass => seen.add(pass.pass_id));
    const short = passes.length < query.pageSize;
    const count = before.count + fresh.length;
    const ended = passes.length === 0 || (short && sawFullPage);
    sawFullPage ||= !short;
    if (passes.length > 0 && fresh.length === 0) {
      return { fresh, reason: 'repeated_page', failure: repeatedPage(before) };
    }
    if (query.page !== undefined) return { fresh, reason: 'page' };
    if (count > limit) return { fresh, reason: 'limit' };
    if (ended) return { fresh, reason: 'end' };
    if (count === limit) return { fresh, reason: 'limit' };
    if (before.pages + 1 >= query.maxPages) {
      return { fresh, reason: 'max_pages', failure: tooManyPages(query) };
    }
    return { fresh };
  };
}

function repeatedPage(before: ListingState): AlipassError {
  const message = `Page ${before.pages + 1} holds only passes of earlier pages: the gateway repeats itself`;
  return new AlipassError('incomplete', 'listing.repeated_page', message, {
    hint: `The listing is not proven whole: it ends after ${before.count} passes. Try another --page-size.`,
  });
}

function tooManyPages(query: PassQuery): AlipassError {
  const message = `The listing was stopped after ${query.maxPages} pages, before its proven end`;
  return new AlipassError('incomplete', 'listing.max_pages', message, {
    hint: 'Raise --max-pages to read on.',
  });
}
