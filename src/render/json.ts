import type { Listing } from '../passes/pages';
import { TIME_STATUS } from '../protocol/api';
import type { Renderer } from './format';

/** Names the shape of the JSON output; a change that breaks readers gets another number. */
const SCHEMA = 'alipass.list/1';

/** One object, a pass a line, `meta` last as it is known last; whole JSON even when the listing breaks off. */
export const renderJson: Renderer = async function* (listing) {
  let separator = `{"schema":"${SCHEMA}","passes":[\n`;
  for await (const page of listing.pages) {
    yield separator + page.map(pass => JSON.stringify(pass)).join(',\n');
    separator = ',\n';
  }
  const opening = listing.state.count === 0 ? separator : '\n';
  yield `${opening}],"meta":${JSON.stringify(listingMeta(listing))}}\n`;
};

/** A pass a line. */
export const renderNdjson: Renderer = async function* (listing) {
  for await (const page of listing.pages) yield page.map(pass => `${JSON.stringify(pass)}\n`).join('');
};

/** `complete` is true only when it is proven that no pass is missing. */
function listingMeta({ query, state }: Listing): Record<string, unknown> {
  return {
    count: state.count,
    pages: state.pages,
    complete: state.reason === 'end',
    stopped_because: state.reason,
    verified: state.verified,
    user_id: query.userId,
    group_type: query.group,
    time_status: TIME_STATUS[query.time],
  };
}
