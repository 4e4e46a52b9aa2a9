import type { Listing } from './pages';
import type { Pass } from './pass';
import type { PassQuery } from './query';

/** How a search for a pass ended. */
export interface Found {
  /** Undefined when every listing was read to its proven end without it. */
  readonly pass: Pass | undefined;
  /** The listings that were searched, the one with the pass last. */
  readonly searched: readonly Listing[];
}

/**
 * Looks for a pass, listing by listing and page by page, and reads no further once it is there.
 * @throws what kept a listing from its end, as the pass might stand in what is missing
 */
export async function findPass(
  passId: string,
  queries: readonly PassQuery[],
  list: (query: PassQuery) => Promise<Listing>,
): Promise<Found> {
  const searched: Listing[] = [];
  for (const query of queries) {
    const listing = await list(query);
    searched.push(listing);
    for await (const page of listing.pages) {
      const pass = page.find(it => it.pass_id === passId);
      if (pass) return { pass, searched };
    }
    if (listing.state.failure) throw listing.state.failure;
  }
  return { pass: undefined, searched };
}
