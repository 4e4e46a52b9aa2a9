import type { Context } from '../context';
import { EXIT } from '../exit';
import type { Listing } from '../passes/pages';
import { FORMATS, renderListing } from '../render/format';
import { loadWords, type Words } from '../render/words';
import type { Conversation } from '../terminal/conversation';
import { languageOf } from '../terminal/language';
import { loadStyle, wantsColor } from '../terminal/style';
import type { Output } from '../terminal/terminal';
import type { CommandDeclaration, Input } from './command';
import { converse } from './converse';
import { FORMAT_FLAGS, HAND_ON_FLAGS, outputOf, type OutputOptions, TALK_FLAGS } from './flags';
import type { HandedOn } from './hand-on';
import { LISTING_FLAGS, listingOf, type ListingOptions, type OpenListing, openListing } from './listing';
import type { Sink } from './sink';

/** All that `list` needs to know. */
export interface ListOptions extends ListingOptions {
  readonly output: OutputOptions;
}

export const list: CommandDeclaration = {
  flags: [
    // Its own --mask is of all that it prints.
    ...LISTING_FLAGS.filter(({ syntax }) => syntax !== '--mask'),
    ...FORMAT_FLAGS,
    ...HAND_ON_FLAGS,
    ...TALK_FLAGS,
  ],
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
  run: async (context, { flags }) => {
    const run = async (world: Context): Promise<number> => runList(world, await optionsOf(flags));
    return flags['mask'] === true ? (await import('./mask')).runMasked(context, run) : run(context);
  },
};

/** What is masked in a recording is masked here as well, but not the other way round. */
async function optionsOf(flags: Input['flags']): Promise<ListOptions> {
  const { connection, ...options } = await listingOf(flags);
  const mask = connection.mask && connection.record !== undefined;
  return { ...options, connection: { ...connection, mask }, output: await outputOf(flags) };
}

/**
 * Lists as the pages come, to stdout or where the options say. @throws whatever kept the listing from its end, once all
 * that came is out
 */
export async function runList(context: Context, options: ListOptions): Promise<number> {
  const conversation = await converse(context, options.talk);
  const sink = await openSinkIf(context, options.output);
  let written: Written;
  try {
    written = await openAndWrite(context, sink?.to ?? context.stdout, options, conversation);
    if (written.listing.state.failure) throw written.listing.state.failure;
    await sink?.finish();
  } catch (error) {
    await sink?.abandon();
    throw error;
  }
  return conclude(written, options, conversation);
}

/** A file or a pager; undefined for stdout as it is. */
async function openSinkIf(context: Context, { handOn, pager }: OutputOptions): Promise<Sink | undefined> {
  if (handOn?.file !== undefined) return (await import('./sink')).openFile(handOn.file);
  if (!pager || !context.stdout.isTTY) return undefined;
  const { openPager, wantsPager } = await import('./sink');
  return wantsPager(context) ? openPager(context) : undefined;
}

interface Written {
  readonly listing: Listing;
  readonly handed: HandedOn | undefined;
  readonly words: Words;
}

async function openAndWrite(
  context: Context,
  to: Output,
  options: ListOptions,
  conversation: Conversation,
): Promise<Written> {
  const { output, talk } = options;
  const raw = output.handOn?.raw ? (await import('./raw')).createRawAnswers() : undefined;
  const opened = await openListing(context, options, conversation, raw?.watch);
  const { listing } = opened;
  const style = await loadStyle(wantsColor(talk.color, context.env, to.isTTY));
  const lang = languageOf(talk.lang, context.env);
  const view = { ...output, width: to.columns, style, lang, nowMs: opened.now() };
  const handed = output.handOn && (await import('./hand-on')).handOn(listing, output.handOn, output, view);
  await write(
    to,
    opened,
    raw?.lines(listing) ?? handed?.pieces ?? renderListing(listing, output.format, view),
  );
  return { listing, handed, words: await loadWords(lang) };
}

async function write(
  to: Output,
  { progress }: OpenListing,
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  try {
    for await (const piece of pieces) {
      // A spinner and an answer on the same terminal would overwrite each other.
      if (to.isTTY) progress.stop();
      await to.write(piece);
    }
  } finally {
    progress.stop();
  }
}

/** Says what the answer alone does not tell, and whether "nothing" is a success. */
function conclude(
  { listing, handed, words }: Written,
  { output }: ListOptions,
  conversation: Conversation,
): number {
  handed?.report(conversation);
  const { handOn, format } = output;
  const found = handOn?.raw ? listing.state.count > 0 : (handed?.found() ?? listing.state.count > 0);
  const mustBeFound = handOn?.failOnEmpty ?? false;
  if (!found && (mustBeFound || FORMATS[format].forPeople)) conversation.remark(emptyText(listing, words));
  else if (found && FORMATS[format].forPeople && !handOn?.question && !handOn?.raw) {
    conversation.note(countText(listing, words));
  }
  return !found && mustBeFound ? EXIT.no : EXIT.done;
}

/** An empty table looks like nothing happened, so that is always said; a count only helps on a terminal. */
function emptyText({ state, query }: Listing, { listing, times, groups }: Words): string {
  const where = [times[query.time], groups[query.group], query.userId, query.page] as const;
  if (state.count > 0) return listing.noneFound(state.count, ...where);
  if (!state.listed) return listing.none(...where);
  return listing.noneWanted(state.listed, ...where);
}

function countText({ state, query }: Listing, { listing, times, groups }: Words): string {
  const count = state.reason === 'end' ? listing.count : listing.countAtLeast;
  return count(state.count, times[query.time], groups[query.group], query.userId);
}
