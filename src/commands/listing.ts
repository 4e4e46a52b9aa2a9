import type { Context } from '../context';
import type { GatewayClient } from '../gateway/client';
import { type Listing, listPasses } from '../passes/pages';
import type { Pass } from '../passes/pass';
import type { PassQuery } from '../passes/query';
import type { RefineOptions } from '../passes/refine';
import type { Conversation } from '../terminal/conversation';
import { loadWords, type Words } from '../render/words';
import { languageOf } from '../terminal/language';
import { createProgress, type Progress } from '../terminal/progress';
import { wantsColor } from '../terminal/style';
import type { Flag, Input } from './command';
import { connect } from './connect';
import {
  CONNECTION_FLAGS,
  connectionOf,
  type ConnectionOptions,
  QUERY_FLAGS,
  queryOf,
  RECORD_FLAGS,
  REFINE_FLAGS,
  refineOf,
  REPLAY_FLAG,
  type Talk,
  talkOf,
} from './flags';

/** The flags of whatever lists: which passes, from where, and what is made of them. */
export const LISTING_FLAGS: readonly Flag[] = [
  ...QUERY_FLAGS,
  ...REFINE_FLAGS,
  ...CONNECTION_FLAGS,
  ...RECORD_FLAGS,
  REPLAY_FLAG,
];

/** All that a listing needs to know. */
export interface ListingOptions {
  readonly query: PassQuery;
  readonly refine: RefineOptions | undefined;
  readonly connection: ConnectionOptions;
  readonly talk: Talk;
}

/** Reads the flags of {@link LISTING_FLAGS} and how to talk. @throws usage */
export async function listingOf(flags: Input['flags']): Promise<ListingOptions> {
  return {
    query: queryOf(flags),
    refine: await refineOf(flags),
    connection: connectionOf(flags),
    talk: talkOf(flags),
  };
}

/** A listing that begins when its pages are read. */
export interface OpenListing {
  readonly listing: Listing;
  /** The clock by which passes are judged: milliseconds since the epoch; at a replay, the recording's. */
  readonly now: () => number;
  /** Tells on a terminal how far the listing is; to be stopped before anything else is written there. */
  readonly progress: Progress;
}

/** Opens what the options ask for; `observe` may stand between the listing and the gateway. @throws as {@link connect} */
export async function openListing(
  context: Context,
  options: ListingOptions,
  conversation: Conversation,
  observe?: Observe,
): Promise<OpenListing> {
  const { list, now } = await openLister(context, options, conversation, observe);
  const progress = await showProgress(context, options.talk);
  return { listing: await list(options.query, progress), now, progress };
}

/** Puts something between a listing and its answers. */
export type Observe = (client: GatewayClient) => GatewayClient;

/** A connection to list by as often as one likes; `now` as in {@link OpenListing}. */
export interface Lister {
  readonly list: (query: PassQuery, progress: Progress) => Promise<Listing>;
  readonly now: () => number;
}

/** Connects to what the options ask for; `observe` may look at each answer. @throws as {@link connect} */
export async function openLister(
  context: Context,
  { talk, connection, refine }: Omit<ListingOptions, 'query'>,
  conversation: Conversation,
  observe: Observe = client => client,
): Promise<Lister> {
  const words = await loadWords(languageOf(talk.lang, context.env));
  const { client, now } = await connect(context, connection, conversation);
  const observed = observe(client);
  const list = (query: PassQuery, progress: Progress): Promise<Listing> => {
    const fetch = (what: PassQuery): Listing =>
      reportProgress(listPasses(observed, what, context.signal), context, progress, words);
    return refineIf(refine, query, fetch, now());
  };
  return { list, now };
}

/** Tells on a terminal that passes are asked for. */
export async function showProgress({ env, stderr }: Context, talk: Talk): Promise<Progress> {
  const words = await loadWords(languageOf(talk.lang, env));
  const colored = wantsColor(talk.color, env, stderr.isTTY);
  const progress = createProgress(stderr, !talk.quiet && !env['CI'], colored);
  progress.update(words.listing.asking);
  return progress;
}

/** A limit counts what is wanted, so with a filter or an order it comes after them. */
async function refineIf(
  refine: RefineOptions | undefined,
  query: PassQuery,
  fetch: (query: PassQuery) => Listing,
  nowMs: number,
): Promise<Listing> {
  if (!refine) return fetch(query);
  const { refineListing } = await import('../passes/refine');
  const { limit, ...unlimited } = query;
  return refineListing(fetch(unlimited), refine, { nowMs, limit });
}

/** From here on a listing is long enough to mind what it leaves behind in memory. */
const MANY_PAGES = 3;

function reportProgress(
  listing: Listing,
  { keepHeapSmall }: Context,
  progress: Progress,
  words: Words,
): Listing {
  async function* pages(): AsyncGenerator<readonly Pass[]> {
    for await (const page of listing.pages) {
      if (listing.state.pages === MANY_PAGES) await keepHeapSmall();
      progress.update(words.listing.soFar(listing.state.count, listing.state.pages));
      yield page;
    }
  }
  return { ...listing, pages: pages() };
}
