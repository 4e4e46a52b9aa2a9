import type { GatewayClient } from '../../src/gateway/client';
import type { Listing, ListingState } from '../../src/passes/pages';
import type { Pass } from '../../src/passes/pass';
import type { PassQuery } from '../../src/passes/query';

export const QUERY: PassQuery = {
  userId: '2088888888888888',
  group: 'voucher',
  time: 'current',
  shops: false,
  pageSize: 100,
  maxPages: 1000,
};

/** The whole number in a request's biz_content, such as its `page_num`. */
export function numberIn(bizContent: string, name: 'page_num' | 'page_size'): number {
  return (JSON.parse(bizContent) as Record<string, number>)[name]!;
}

/** A client that answers page n with `pageOf(n)`, a list of passes or an error. */
export function clientOf(pageOf: (page: number) => unknown): GatewayClient {
  return async ({ bizContent }) => {
    const answer = pageOf(numberIn(bizContent, 'page_num'));
    if (answer instanceof Error) throw answer;
    const value = { code: '10000', pass_info_list: answer };
    return {
      rawBytes: Buffer.from(JSON.stringify(value)),
      charset: 'utf-8',
      value,
      traceId: undefined,
      verified: true,
    };
  };
}

/** Passes `from` to `to`, counted from 0, without `to`. */
export function passes(from: number, to: number): Pass[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => ({ pass_id: `P${from + i}` }));
}

/** A listing of these pages, as a renderer sees it. */
export function listingOf(pages: readonly (readonly Pass[])[], state: Partial<ListingState> = {}): Listing {
  const live: ListingState = { count: 0, pages: 0, verified: true, reason: 'error' };
  async function* read(): AsyncGenerator<readonly Pass[]> {
    for (const page of pages) {
      live.count += page.length;
      live.pages++;
      yield page;
    }
    Object.assign(live, { reason: 'end' }, state);
  }
  return { query: QUERY, pages: read(), state: live };
}

/** All that a stream of text brings. */
export async function textOf(stream: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of stream) text += piece;
  return text;
}
