import type { Context } from '../context';
import type { AlipassError } from '../errors';
import { EXIT } from '../exit';
import { maskId } from '../gateway/recording';
import type { Listing } from '../passes/pages';
import { parseQueries } from '../passes/queries';
import type { PassQuery, QueryText } from '../passes/query';
import { createCounter, type Summary } from '../passes/summary';
import { TIME_STATUS } from '../protocol/api';
import { formatBeijingTime } from '../protocol/time';
import { loadWords } from '../render/words';
import { languageOf, speaksUtf8 } from '../terminal/language';
import { loadStyle, wantsColor } from '../terminal/style';
import type { CommandDeclaration, Flag } from './command';
import { converse } from './converse';
import {
  CONNECTION_FLAGS,
  RECORD_FLAGS,
  REFINE_FLAGS,
  REPLAY_FLAG,
  REPORT_FLAGS,
  reportFormatOf,
  connectionOf,
  refineOf,
  TALK_FLAGS,
  talkOf,
} from './flags';
import { type ListingOptions, openLister, showProgress } from './listing';
import { WHOLE_QUERY_FLAGS } from './show';

/** All that `summary` needs to know. */
export interface SummaryOptions extends Omit<ListingOptions, 'query'> {
  readonly queries: readonly PassQuery[];
  readonly format: 'table' | 'json';
  /** Whether no whole user id is printed. */
  readonly mask: boolean;
}

const MASK_FLAG: Flag = {
  syntax: '--mask',
  help: 'no whole user id in the output, nor in the requests of a recording',
  heading: 'Output',
};

export const summary: CommandDeclaration = {
  flags: [
    ...WHOLE_QUERY_FLAGS,
    ...REFINE_FLAGS.filter(({ syntax }) => !syntax.startsWith('--sort ')),
    ...CONNECTION_FLAGS,
    ...RECORD_FLAGS.filter(({ syntax }) => syntax !== MASK_FLAG.syntax),
    REPLAY_FLAG,
    ...REPORT_FLAGS,
    MASK_FLAG,
    ...TALK_FLAGS,
  ],
  examples: [
    { line: 'alipass summary --sandbox --user 2088888888888888', does: 'all groups, current and past' },
    {
      line: "alipass summary --user 2088102122458832 --group voucher -o json | jq '.summary.usable'",
      does: 'one number for a script',
    },
  ],
  run: async (context, { flags }) => {
    const connection = connectionOf(flags);
    return runSummary(context, {
      queries: parseQueries(flags as QueryText),
      refine: await refineOf(flags),
      // Without a recording the flag is about the output alone.
      connection: { ...connection, mask: connection.mask && connection.record !== undefined },
      mask: connection.mask,
      format: reportFormatOf(flags),
      talk: talkOf(flags),
    });
  },
};

interface Counted {
  readonly summary: Summary;
  readonly listings: readonly Listing[];
  readonly nowMs: number;
}

/** Counts what the queries list. @throws whatever kept a listing from its end, once the numbers so far are out */
export async function runSummary(context: Context, options: SummaryOptions): Promise<number> {
  const { stdout } = context;
  const conversation = await converse(context, options.talk);
  const lister = await openLister(context, options, conversation);
  const progress = await showProgress(context, options.talk);
  const counter = createCounter(lister.now());
  const listings: Listing[] = [];
  let failure: AlipassError | undefined;
  try {
    for (const query of options.queries) {
      const listing = await lister.list(query, progress);
      listings.push(listing);
      for await (const page of listing.pages) counter.add(page, query.group, query.time);
      failure ??= listing.state.failure;
      if (failure) break;
    }
  } finally {
    progress.stop();
  }
  const counted = { summary: counter.result(), listings, nowMs: lister.now() };
  const write = options.format === 'json' ? asJson : asText;
  await stdout.write(await write(counted, options, context));
  if (failure) throw failure;
  return EXIT.done;
}

const isComplete = ({ state }: Listing): boolean => state.reason === 'end';

function userOf({ queries, mask }: SummaryOptions): string {
  const { userId } = queries[0]!;
  return mask ? maskId(userId) : userId;
}

async function asText(counted: Counted, options: SummaryOptions, { stdout, env }: Context): Promise<string> {
  const { talk } = options;
  const { formatSummary } = await import('../render/chart');
  const head = {
    userId: userOf(options),
    time: formatBeijingTime(counted.nowMs).slice(0, 16),
    complete: counted.listings.every(isComplete),
  };
  return formatSummary(counted.summary, head, {
    width: stdout.columns,
    style: await loadStyle(wantsColor(talk.color, env, stdout.isTTY)),
    words: await loadWords(languageOf(talk.lang, env)),
    utf8: speaksUtf8(env),
  });
}

/** Names are the wire’s where there are any; members are only ever added. */
async function asJson({ summary, listings, nowMs }: Counted, options: SummaryOptions): Promise<string> {
  const { count, usable, statuses, merchants, groups, ends } = summary;
  const json = {
    schema: 'alipass.summary/1',
    summary: {
      count,
      usable,
      statuses: statuses.map(({ name, count }) => ({ status: name, count })),
      groups: groups.map(({ group, current, past }) => ({ group_type: group, current, past })),
      merchants: merchants.map(({ name, ...counts }) => ({ mechant_name: name, ...counts })),
      ends,
    },
    meta: {
      user_id: userOf(options),
      time: formatBeijingTime(nowMs),
      complete: listings.every(isComplete),
      verified: listings.every(({ state }) => state.verified),
      listings: listings.map(({ query, state }) => ({
        group_type: query.group,
        time_status: TIME_STATUS[query.time],
        count: state.count,
        pages: state.pages,
        complete: state.reason === 'end',
      })),
    },
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}
