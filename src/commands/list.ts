import type { Context } from '../context';
import { EXIT } from '../exit';
import type { Listing } from '../passes/pages';
import { renderListing } from '../render/format';
import type { Conversation } from '../terminal/conversation';
import { loadStyle, wantsColor } from '../terminal/style';
import type { CommandDeclaration } from './command';
import { converse } from './converse';
import { FORMAT_FLAGS, outputOf, type OutputOptions, TALK_FLAGS } from './flags';
import { LISTING_FLAGS, listingOf, type ListingOptions, type OpenListing, openListing } from './listing';

/** All that `list` needs to know. */
export interface ListOptions extends ListingOptions {
  readonly output: OutputOptions;
}

export const list: CommandDeclaration = {
  flags: [...LISTING_FLAGS, ...FORMAT_FLAGS, ...TALK_FLAGS],
  examples: [
    {
      line: 'alipass list --sandbox --user 2088888888888888 --group voucher',
      does: 'try it, without an account',
    },
    {
      line: 'alipass list --sandbox --user 2088888888888888 --group card --time past -o csv',
      does: 'past cards as CSV',
    },
    {
      line: "alipass list --sandbox --user 2088888888888888 --group voucher -o json | jq '.meta.count'",
      does: 'count vouchers in a script',
    },
  ],
  run: async (context, { flags }) =>
    runList(context, { ...(await listingOf(flags)), output: await outputOf(flags) }),
};

/** Lists to stdout as the pages come. @throws whatever kept the listing from its end, once all that came is out */
export async function runList(context: Context, options: ListOptions): Promise<number> {
  const conversation = await converse(context, options.talk);
  const opened = await openListing(context, options, conversation);
  try {
    await write(context, opened, options);
  } finally {
    opened.progress.stop();
  }
  const { listing } = opened;
  if (listing.state.failure) throw listing.state.failure;
  summarize(listing, options, conversation);
  return EXIT.done;
}

async function write(
  { stdout, env }: Context,
  { listing, progress }: OpenListing,
  { output, talk }: ListOptions,
): Promise<void> {
  const style = await loadStyle(wantsColor(talk.color, env, stdout.isTTY));
  const view = { ...output, width: stdout.columns, style };
  for await (const text of renderListing(listing, output.format, view)) {
    // A spinner and an answer on the same terminal would overwrite each other.
    if (stdout.isTTY) progress.stop();
    await stdout.write(text);
  }
}

/** An empty table looks like nothing happened, so that is always said; a count only helps on a terminal. */
function summarize({ state, query }: Listing, { output }: ListOptions, conversation: Conversation): void {
  if (output.format !== 'table') return;
  const where = `in group ${query.group} of user ${query.userId}`;
  if (state.count === 0) {
    const page = query.page === undefined ? '' : ` on page ${query.page}`;
    return conversation.remark(`No ${query.time} passes ${where}${page}.`);
  }
  const what = `${state.count} ${query.time} ${state.count === 1 ? 'pass' : 'passes'} ${where}`;
  conversation.note(state.reason === 'end' ? `${what}.` : `${what}; there may be more.`);
}
