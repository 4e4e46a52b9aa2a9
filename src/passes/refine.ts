import { usageError } from '../errors';
import { createFilter, type FilterText, parseFilter, type PassFilter } from './filter';
import type { Listing, ListingState } from './pages';
import type { Pass } from './pass';
import { parseSort, type SortKey, sortPasses } from './sort';

/** What is made of a listing after the fetch. */
export interface RefineOptions {
  readonly filter: PassFilter;
  /** Empty leaves the gateway's order. */
  readonly sort: readonly SortKey[];
}

/** The same as text, from the command line; `shops` is whether shops are asked for. */
export type RefineText = FilterText & { readonly sort?: string; readonly shops: boolean };

/** @throws usage naming the flag, the value and what is allowed */
export function parseRefine(text: RefineText): RefineOptions {
  const filter = parseFilter(text);
  if (filter.shop !== undefined && !text.shops) {
    throw usageError(
      '--shop',
      filter.shop,
      'used with --shops and --city: the gateway lists shops only then',
    );
  }
  return { filter, sort: text.sort === undefined ? [] : parseSort(text.sort) };
}

/** When "within" begins, and how many passes are wanted: the first of those that are left, once they are sorted. */
export interface RefineWorld {
  readonly nowMs: number;
  readonly limit?: number | undefined;
}

/**
 * Filters, sorts and limits a listing as a whole. Filtering streams; sorting holds every pass that the filter lets
 * through. The state counts what is handed out, and `listed` what came.
 */
export function refineListing(
  listing: Listing,
  { filter, sort }: RefineOptions,
  { nowMs, limit = Infinity }: RefineWorld,
): Listing {
  const state: ListingState = { ...listing.state, count: 0, listed: 0 };
  const refinement = { wants: createFilter(filter, nowMs), sort, limit };
  return { query: listing.query, state, pages: refinePages(listing, refinement, state) };
}

interface Refinement {
  readonly wants: (pass: Pass) => boolean;
  readonly sort: readonly SortKey[];
  readonly limit: number;
}

async function* refinePages(
  listing: Listing,
  { wants, sort, limit }: Refinement,
  state: ListingState,
): AsyncGenerator<readonly Pass[]> {
  let held: readonly Pass[] = [];
  for await (const page of listing.pages) {
    const wanted = page.filter(wants);
    if (sort.length > 0) held = held.concat(wanted);
    else yield* handOut(wanted, listing, state, limit);
    if (state.reason === 'limit') return;
  }
  yield* handOut(sortPasses(held, sort), listing, state, limit);
  if (state.reason !== 'limit') takeState(listing, state);
}

/** Hands out what the limit leaves. More than that ends the listing; exactly that does not. */
function* handOut(
  passes: readonly Pass[],
  listing: Listing,
  state: ListingState,
  limit: number,
): Generator<readonly Pass[]> {
  const wanted = passes.slice(0, limit - state.count);
  takeState(listing, state);
  state.count += wanted.length;
  if (wanted.length < passes.length) state.reason = 'limit';
  if (wanted.length > 0) yield wanted;
}

function takeState(
  { state: { pages, verified, reason, failure, count } }: Listing,
  state: ListingState,
): void {
  Object.assign(state, { pages, verified, reason, failure, listed: count });
}
