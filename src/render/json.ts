import { expandPass, valueAt } from '../passes/field';
import type { Listing } from '../passes/pages';
import type { Pass } from '../passes/pass';
import { TIME_STATUS } from '../protocol/api';
import type { Renderer, View } from './format';

/** Names the shape of the JSON output; a change that breaks readers gets another number. */
const SCHEMA = 'alipass.list/1';

/** One object, a pass a line, `meta` last as it is known last; whole JSON even when the listing breaks off. */
export const renderJson: Renderer = async function* (listing, view) {
  const shape = createShape(view);
  let separator = `{"schema":"${SCHEMA}","passes":[\n`;
  for await (const page of listing.pages) {
    yield separator + page.map(pass => JSON.stringify(shape(pass))).join(',\n');
    separator = ',\n';
  }
  const opening = listing.state.count === 0 ? separator : '\n';
  yield `${opening}],"meta":${JSON.stringify(listingMeta(listing))}}\n`;
};

/** A pass a line. */
export const renderNdjson: Renderer = async function* (listing, view) {
  const shape = createShape(view);
  for await (const page of listing.pages) yield page.map(pass => `${JSON.stringify(shape(pass))}\n`).join('');
};

/** What a program is given of a pass: all of it, opened or not, or the columns that were asked for. */
function createShape({ columns, expand = false }: View): (pass: Pass) => unknown {
  const open = expand ? expandPass : (pass: Pass): Pass => pass;
  if (!columns) return open;
  return pass => Object.fromEntries(columns.map(({ name, path }) => [name, valueAt(open(pass), path)]));
}

/** `complete` is true only when it is proven that no pass is missing. */
function listingMeta({ query, state }: Listing): Record<string, unknown> {
  return {
    count: state.count,
    ...(state.listed === undefined ? {} : { listed: state.listed }),
    pages: state.pages,
    complete: state.reason === 'end',
    stopped_because: state.reason,
    verified: state.verified,
    user_id: query.userId,
    group_type: query.group,
    time_status: TIME_STATUS[query.time],
  };
}
