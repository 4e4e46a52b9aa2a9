import type { Listing } from '../../passes/pages';
import type { Pass } from '../../passes/pass';
import type { PassQuery } from '../../passes/query';
import { TIME_STATUS } from '../../protocol/api';
import { ALL_COLUMNS, type Column, looseColumn } from '../../render/columns';
import { FORMATS, onePage, type View } from '../../render/format';
import { loadStyle } from '../../terminal/style';

/** How the passes of many users are written. */
export interface RowOptions {
  readonly format: 'ndjson' | 'csv';
  /** The columns behind those that say whose pass it is; all when undefined. */
  readonly columns: readonly Column[] | undefined;
  readonly expand: boolean;
  readonly header: boolean;
}

/** What is written above all rows, and the rows of a listing. */
export interface Rows {
  readonly start: string;
  readonly render: (listing: Listing) => AsyncIterable<string>;
}

/** What each row says before its pass: what was asked for. */
function tagsOf({ userId, group, time }: PassQuery): Tags {
  return { user_id: userId, group_type: group, time_status: TIME_STATUS[time] };
}

const TAG_NAMES = ['user_id', 'group_type', 'time_status'] as const;
type Tags = Readonly<Record<(typeof TAG_NAMES)[number], string>>;
const TAGS: readonly Column[] = TAG_NAMES.map((name, i) => looseColumn(name, name, i));

const NOBODY: PassQuery = {
  userId: '',
  group: 'card',
  time: 'current',
  shops: false,
  pageSize: 1,
  maxPages: 1,
};

export async function createRows({ format, columns, expand, header }: RowOptions): Promise<Rows> {
  const own = columns ?? (format === 'csv' ? ALL_COLUMNS : undefined);
  const view: View = {
    width: Infinity,
    style: await loadStyle(false),
    columns: own && [...TAGS, ...own],
    expand,
    header: false,
  };
  // Loaded once, as there are many listings.
  const render = await FORMATS[format].load();
  let start = '';
  if (format === 'csv' && header) {
    for await (const text of render(emptyListing(), { ...view, header })) start += text;
  }
  return { start, render: listing => render(tagged(listing), view) };
}

function emptyListing(): Listing {
  return { query: NOBODY, pages: onePage([]), state: { count: 0, pages: 0, verified: true, reason: 'end' } };
}

/** The passes of a listing as rows. */
function tagged(listing: Listing): Listing {
  return { ...listing, pages: tagPages(listing) };
}

/**
 * Not a generator within {@link tagged}: V8 gives the objects of each closure that is one a hidden class of their own, and
 * one for each user makes slow whatever takes them.
 */
async function* tagPages({ query, pages }: Listing): AsyncGenerator<readonly Pass[]> {
  const tags = tagsOf(query);
  for await (const page of pages) yield page.map(pass => tag(pass, tags));
}

/** A field of the same name that the gateway sent gives way. */
function tag(pass: Pass, tags: Tags): Pass {
  const { user_id, group_type, time_status } = tags;
  // Written out, as V8 makes it several times as fast as two spreads.
  const row: Pass = { user_id, group_type, time_status, ...pass };
  const isOurs = row['user_id'] === user_id && row['group_type'] === group_type;
  return isOurs && row['time_status'] === time_status ? row : { ...row, ...tags };
}
