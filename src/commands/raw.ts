import type { GatewayClient } from '../gateway/client';
import type { Listing } from '../passes/pages';
import { decodeText } from '../protocol/charset';

/** The answers of a listing as they came, beside the listing that asks for them. */
export interface RawAnswers {
  readonly watch: (client: GatewayClient) => GatewayClient;
  /** A line for each verified node. Line breaks, which JSON has between its tokens alone, become spaces. */
  readonly lines: (listing: Listing) => AsyncIterable<string>;
}

export function createRawAnswers(): RawAnswers {
  let nodes: string[] = [];
  const take = (): string => {
    const taken = nodes.join('');
    nodes = [];
    return taken;
  };
  return {
    watch: client => async (request, signal) => {
      const node = await client(request, signal);
      nodes.push(`${decodeText(node.rawBytes, node.charset).replace(/[\r\n]/g, ' ')}\n`);
      return node;
    },
    async *lines({ pages }) {
      try {
        for await (const _ of pages) if (nodes.length > 0) yield take();
      } finally {
        // A node that can’t be read as passes is worth seeing as well, as is the empty one that ends a listing.
        if (nodes.length > 0) yield take();
      }
    },
  };
}
