import type { Context } from '../context';
import { quote, usageError } from '../errors';
import { EXIT } from '../exit';
import { expandPass } from '../passes/field';
import { findPass, type Found } from '../passes/find';
import { parseQueries } from '../passes/queries';
import type { PassQuery, QueryText } from '../passes/query';
import { TIME_STATUS } from '../protocol/api';
import { loadWords, type Words } from '../render/words';
import { languageOf } from '../terminal/language';
import { loadStyle, wantsColor } from '../terminal/style';
import type { CommandDeclaration, Flag, Input } from './command';
import { converse } from './converse';
import {
  CONNECTION_FLAGS,
  connectionOf,
  type ConnectionOptions,
  QUERY_FLAGS,
  RECORD_FLAGS,
  REPLAY_FLAG,
  REPORT_FLAGS,
  reportFormatOf,
  type Talk,
  TALK_FLAGS,
  talkOf,
} from './flags';
import { openLister, showProgress } from './listing';

/** All that `show` needs to know. */
export interface ShowOptions {
  readonly passId: string;
  /** Where to look, in this order. */
  readonly queries: readonly PassQuery[];
  readonly connection: ConnectionOptions;
  readonly format: 'table' | 'json';
  /** Whether the JSON in `data_info` and `ext_info` is opened in JSON; for people it always is. */
  readonly expand: boolean;
  readonly talk: Talk;
}

const LEFT_OUT = new Map([
  ['--group <word>', '(default: all of them)'],
  ['--time <word>', '(default: both, current first)'],
]);

/** The flags of a query that reads whole listings, where group and time may be left out. */
export const WHOLE_QUERY_FLAGS: readonly Flag[] = QUERY_FLAGS.filter(
  ({ syntax }) => !/^--(page|limit) /.test(syntax),
).map(flag => {
  const fallback = LEFT_OUT.get(flag.syntax);
  return fallback ? { ...flag, help: flag.help.replace(/\([^)]*\)$/, fallback) } : flag;
});

export const show: CommandDeclaration = {
  args: [{ syntax: '<pass-id>', help: 'which pass, as list shows it' }],
  flags: [
    ...WHOLE_QUERY_FLAGS,
    ...CONNECTION_FLAGS,
    ...RECORD_FLAGS,
    REPLAY_FLAG,
    ...REPORT_FLAGS,
    { syntax: '--expand', help: 'in JSON, open data_info and ext_info', heading: 'Output' },
    ...TALK_FLAGS,
  ],
  examples: [
    {
      line: 'alipass show 7000790003 --sandbox --user 2088888888888888 --group voucher',
      does: 'every field of one pass',
    },
    {
      line: "alipass show 7000790003 --user 2088888888888888 -o json --expand | jq '.pass.data_info'",
      does: 'what the gateway tells beside the fields; exit code 8 when there is no such pass',
    },
  ],
  run: (context, input) => runShow(context, parseOptions(input)),
};

function parseOptions({ args: [passId], flags }: Input): ShowOptions {
  if (!passId) throw usageError('The id of the pass', passId, 'text, as list shows it');
  return {
    passId,
    queries: parseQueries(flags as QueryText),
    connection: connectionOf(flags),
    format: reportFormatOf(flags),
    expand: flags['expand'] === true,
    talk: talkOf(flags),
  };
}

/**
 * Prints one pass. When there is none, and the listings are proven to be whole, the answer is no: nothing was wrong with
 * the question, and the gateway refused nothing.
 */
export async function runShow(context: Context, options: ShowOptions): Promise<number> {
  const { stdout, env } = context;
  const { passId, queries, format, talk } = options;
  const lang = languageOf(talk.lang, env);
  const words = await loadWords(lang);
  const conversation = await converse(context, talk);
  const { list, now } = await openLister(context, { ...options, refine: undefined }, conversation);
  const progress = await showProgress(context, talk);
  const found = await findPass(passId, queries, query => list(query, progress)).finally(() =>
    progress.stop(),
  );
  if (!found.pass) conversation.remark(notFound(options, words));
  if (format === 'json') await stdout.write(`${JSON.stringify(showJson(found, options), null, 2)}\n`);
  else if (found.pass) {
    const { formatDetail } = await import('../render/detail');
    const style = await loadStyle(wantsColor(talk.color, env, stdout.isTTY));
    await stdout.write(formatDetail(found.pass, { width: stdout.columns, style, words, nowMs: now() }));
  }
  return found.pass ? EXIT.done : EXIT.no;
}

function notFound({ passId, queries }: ShowOptions, { show, groups, times }: Words): string {
  const groupWords = new Set(queries.map(it => groups[it.group]));
  const timeWords = new Set(queries.map(it => times[it.time]));
  return show.notFound(quote(passId), queries[0]!.userId, [...groupWords], [...timeWords]);
}

/** The pass is null when there is none; members are only ever added. */
function showJson({ pass, searched }: Found, { expand }: ShowOptions): unknown {
  const last = searched.at(-1)!.query;
  return {
    schema: 'alipass.show/1',
    pass: pass ? (expand ? expandPass(pass) : pass) : null,
    meta: {
      user_id: last.userId,
      group_type: pass ? last.group : null,
      time_status: pass ? TIME_STATUS[last.time] : null,
      verified: searched.every(({ state }) => state.verified),
      searched: searched.map(({ query, state }) => ({
        group_type: query.group,
        time_status: TIME_STATUS[query.time],
        pages: state.pages,
        complete: state.reason === 'end',
      })),
    },
  };
}
