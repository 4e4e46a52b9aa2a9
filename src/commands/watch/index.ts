import type { Context } from '../../context';
import { AlipassError } from '../../errors';
import { EXIT } from '../../exit';
import { parseWord } from '../../parse';
import { type Change, compareListings, type PassIndex } from '../../passes/changes';
import { type Expectation, judge, parseExpectation } from '../../passes/expectations';
import { formatBeijingTime } from '../../protocol/time';
import { loadPhrasebook } from '../../render/phrases';
import { loadWords } from '../../render/words';
import type { Conversation } from '../../terminal/conversation';
import type { Progress } from '../../terminal/progress';
import { languageOf } from '../../terminal/language';
import { loadStyle, wantsColor } from '../../terminal/style';
import type { CommandDeclaration, Flag } from '../command';
import { converse } from '../converse';
import { REPLAY_FLAG, TALK_FLAGS } from '../flags';
import { LISTING_FLAGS, listingOf, type ListingOptions, openLister } from '../listing';
import { createWitness, type Looker, lookOnce } from '../look';
import { type LookOptions, looks, looksOf } from '../looks';
import type { ChangeEvent, Screen } from './event';
import { createLineScreen } from './line-screen';

/** All that `watch` needs to know. */
export interface WatchOptions extends ListingOptions {
  readonly looks: LookOptions;
  /** The watch ends when all of them hold; with none it has no such end. */
  readonly until: readonly Expectation[];
  readonly onChange: string | undefined;
  readonly format: 'table' | 'ndjson';
}

const DEFAULT_INTERVAL = '30s';

const WATCH_FLAGS: readonly Flag[] = (
  [
    ['--interval <time>', `the pause between looks (default: ${DEFAULT_INTERVAL})`],
    ['--until <text...>', "end with 0 when this holds, such as 'count(used)>=1'; may be repeated"],
    ['--deadline <time>', 'end after this time: with 8 when --until does not hold, else with 0'],
    ['--on-change <command>', 'run this in the shell for each change, which it gets as JSON on stdin'],
    ['-o, --format <word>', 'table or ndjson (default: table)'],
  ] as const
).map(([syntax, help]) => ({ syntax, help, heading: 'Watching' }));

export const watch: CommandDeclaration = {
  // What was recorded does not change.
  flags: [...WATCH_FLAGS, ...LISTING_FLAGS.filter(flag => flag !== REPLAY_FLAG), ...TALK_FLAGS],
  examples: [
    {
      line: 'alipass watch --user 2088102122458832 --group voucher',
      does: 'a view that stays, until Ctrl-C',
    },
    {
      line: "alipass watch --user 2088102122458832 --group voucher --until 'count==0' --deadline 1h",
      does: 'wait until the vouchers are gone; exit 0 they are, 8 they are not',
    },
    {
      line: "alipass watch --user 2088102122458832 --group card --on-change 'cat >> changes.ndjson'",
      does: 'keep each change',
    },
  ],
  run: async (context, { flags }) =>
    runWatch(context, {
      ...(await listingOf(flags)),
      looks: looksOf(flags, DEFAULT_INTERVAL),
      until: ((flags['until'] ?? []) as string[]).map(text => parseExpectation(text, '--until')),
      onChange: flags['onChange'] as string | undefined,
      format: parseWord('--format', (flags['format'] as string | undefined) ?? 'table', ['table', 'ndjson']),
    }),
};

/**
 * Lists until the deadline, an expectation or a signal ends it, and tells what changes. A gateway that is not available
 * is asked again. Returns 8 when the deadline came before the expectation. @throws whatever no further look can mend
 */
export async function runWatch(context: Context, options: WatchOptions): Promise<number> {
  const conversation = await converse(context, options.talk);
  const witness = createWitness(
    options.until.some(({ about }) => about === 'schema'),
    context.now,
  );
  const lister = await openLister(context, options, conversation, witness.observe);
  const screen = await openScreen(context, options, conversation);
  try {
    return await watchOn(
      context,
      options,
      { lister, query: options.query, witness, expectations: options.until },
      screen,
    );
  } finally {
    await screen.close();
  }
}

async function watchOn(
  context: Context,
  options: WatchOptions,
  looker: Looker,
  screen: Screen,
): Promise<number> {
  let before: PassIndex | undefined;
  for await (const _ of looks(context, options.looks, screen.pause)) {
    const seen = await look(context, looker, screen);
    if (!seen) continue;
    if (before) await tell(context, options, screen, compareListings(before, seen.passes, COMPARED));
    before = seen.passes;
    if (seen.holds) return EXIT.done;
  }
  return options.until.length > 0 ? EXIT.no : EXIT.done;
}

interface Seen {
  readonly passes: PassIndex;
  readonly holds: boolean;
}

/** Fields whose changes are told. */
const COMPARED = ['status', 'end_date'] as const;

const SILENT: Progress = { update: () => {}, stop: () => {} };

/** Looks once, and keeps of each pass what is compared and what it goes by; undefined when the gateway is not available. */
async function look({ now }: Context, looker: Looker, screen: Screen): Promise<Seen | undefined> {
  const passes = new Map<string, Readonly<Record<string, unknown>>>();
  try {
    const { evidence, broken } = await lookOnce(looker, SILENT, pass => {
      const { pass_id, status, mechant_name, logo_text, end_date } = pass;
      passes.set(pass_id, { status, mechant_name, logo_text, end_date });
    });
    if (broken) throw broken;
    await screen.looked(passes.size);
    const verdicts = looker.expectations.map(it => judge(it, evidence));
    return { passes, holds: verdicts.length > 0 && verdicts.every(({ status }) => status === 'ok') };
  } catch (error) {
    if (!(error instanceof AlipassError) || error.kind !== 'unavailable') throw error;
    await screen.looked(undefined);
    await screen.trouble(error.message, formatBeijingTime(now()));
    return undefined;
  }
}

async function tell(
  context: Context,
  { onChange }: WatchOptions,
  screen: Screen,
  changes: Iterable<Change>,
): Promise<void> {
  for (const change of changes) {
    const at = formatBeijingTime(context.now());
    const event: ChangeEvent = { schema: 'alipass.change/1', at, ...change };
    await screen.change(event);
    if (onChange === undefined) continue;
    const { runHook } = await import('./hook');
    const trouble = await runHook(onChange, event, context);
    if (trouble) await screen.trouble(trouble, at);
  }
}

/** A view that stays where a person looks at a terminal that can; traces of `--verbose` would run across it. */
async function openScreen(
  context: Context,
  { talk, format, query }: WatchOptions,
  conversation: Conversation,
): Promise<Screen> {
  const { stdout, env } = context;
  const style = await loadStyle(wantsColor(talk.color, env, stdout.isTTY));
  const language = languageOf(talk.lang, env);
  const [words, say] = await Promise.all([loadWords(language), loadPhrasebook(language)]);
  const live = stdout.isTTY && format === 'table' && env['TERM'] !== 'dumb' && !env['CI'] && !talk.verbose;
  const screen = live
    ? await (await import('./live-screen')).openLiveScreen(context, query, style, words)
    : createLineScreen(context, format, style, words, conversation);
  return { ...screen, trouble: (text, at) => screen.trouble(say(text), at) };
}
