import type { Context } from '../context';
import { EXIT } from '../exit';
import { type Listing, listPasses } from '../passes/pages';
import type { Pass } from '../passes/pass';
import type { PassQuery } from '../passes/query';
import { type Format, FORMATS } from '../render/format';
import type { Conversation } from '../terminal/conversation';
import { createProgress, type Progress } from '../terminal/progress';
import { loadStyle, wantsColor } from '../terminal/style';
import type { CommandDeclaration } from './command';
import { connect } from './connect';
import { converse } from './converse';
import {
  CONNECTION_FLAGS,
  connectionOf,
  type ConnectionOptions,
  FORMAT_FLAGS,
  formatOf,
  QUERY_FLAGS,
  queryOf,
  RECORD_FLAGS,
  REPLAY_FLAG,
  type Talk,
  TALK_FLAGS,
  talkOf,
} from './flags';

/** All that `list` needs to know. */
export interface ListOptions {
  readonly query: PassQuery;
  readonly connection: ConnectionOptions;
  readonly format: Format;
  readonly talk: Talk;
}

export const list: CommandDeclaration = {
  flags: [...QUERY_FLAGS, ...CONNECTION_FLAGS, ...RECORD_FLAGS, REPLAY_FLAG, ...FORMAT_FLAGS, ...TALK_FLAGS],
  examples: [
    {
      line: 'alipass list --sandbox --user 2088888888888888 --group voucher',
      does: 'try it, without an account',
    },
    {
      line: 'alipass list --user 2088102122458832 --group card --time past -o csv',
      does: 'past cards as CSV',
    },
    {
      line: "alipass list --user 2088102122458832 --group voucher -o json | jq '.meta.count'",
      does: 'count vouchers in a script',
    },
  ],
  run: (context, { flags }) =>
    runList(context, {
      query: queryOf(flags),
      connection: connectionOf(flags),
      format: formatOf(flags),
      talk: talkOf(flags),
    }),
};

/** Lists to stdout as the pages come. @throws whatever kept the listing from its end, once all that came is out */
export async function runList(context: Context, options: ListOptions): Promise<number> {
  const conversation = await converse(context, options.talk);
  const client = await connect(context, options.connection, conversation);
  const progress = createProgress(
    context.stderr,
    !options.talk.quiet && !context.env['CI'],
    wantsColor(options.talk.color, context.env, context.stderr.isTTY),
  );
  progress.update('Asking for passes…');
  const listing = reportProgress(listPasses(client, options.query, context.signal), progress);
  try {
    await write(context, listing, options, progress);
  } finally {
    progress.stop();
  }
  if (listing.state.failure) throw listing.state.failure;
  summarize(listing, options, conversation);
  return EXIT.done;
}

async function write(
  context: Context,
  listing: Listing,
  options: ListOptions,
  progress: Progress,
): Promise<void> {
  const { stdout, env } = context;
  const render = await FORMATS[options.format]();
  const style = await loadStyle(wantsColor(options.talk.color, env, stdout.isTTY));
  for await (const text of render(listing, { width: stdout.columns, style })) {
    // A spinner and an answer on the same terminal would overwrite each other.
    if (stdout.isTTY) progress.stop();
    await stdout.write(text);
  }
}

function reportProgress(listing: Listing, progress: Progress): Listing {
  async function* pages(): AsyncGenerator<readonly Pass[]> {
    for await (const page of listing.pages) {
      progress.update(`Passes so far: ${listing.state.count}, pages: ${listing.state.pages}…`);
      yield page;
    }
  }
  return { ...listing, pages: pages() };
}

/** An empty table looks like nothing happened, so that is always said; a count only helps on a terminal. */
function summarize({ state, query }: Listing, { format }: ListOptions, conversation: Conversation): void {
  if (format !== 'table') return;
  const where = `in group ${query.group} of user ${query.userId}`;
  if (state.count === 0) {
    const page = query.page === undefined ? '' : ` on page ${query.page}`;
    return conversation.remark(`No ${query.time} passes ${where}${page}.`);
  }
  const what = `${state.count} ${query.time} ${state.count === 1 ? 'pass' : 'passes'} ${where}`;
  conversation.note(state.reason === 'end' ? `${what}.` : `${what}; there may be more.`);
}
