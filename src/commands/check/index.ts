import type { Context } from '../../context';
import { AlipassError } from '../../errors';
import { EXIT } from '../../exit';
import { type Expectation, judge, type Verdict } from '../../passes/expectations';
import { checkJson, type CheckResult, formatVerdicts, outcomeOf } from '../../render/check';
import { loadWords } from '../../render/words';
import type { Conversation } from '../../terminal/conversation';
import { languageOf } from '../../terminal/language';
import { loadStyle, wantsColor } from '../../terminal/style';
import type { CommandDeclaration, Flag, Input } from '../command';
import { converse } from '../converse';
import { EXPECT_FLAGS, expectationsOf } from '../expect-flags';
import { REPORT_FLAGS, reportFormatOf, TALK_FLAGS } from '../flags';
import { LISTING_FLAGS, listingOf, type ListingOptions, openLister, showProgress } from '../listing';
import { createWitness, type Look, lookOnce } from '../look';
import { type LookOptions, looks, looksOf } from '../looks';
import { parseReports, type ReportTarget, writeReports } from './reports';

/** All that `check` needs to know. */
export interface CheckOptions extends ListingOptions {
  readonly expectations: readonly Expectation[];
  /** Look again until all hold; undefined looks once. */
  readonly until: LookOptions | undefined;
  readonly reports: readonly ReportTarget[];
  readonly format: 'table' | 'json';
}

const DEFAULT_INTERVAL = '5s';
const DEFAULT_DEADLINE = '2m';

const CHECK_FLAGS: readonly Flag[] = (
  [
    ['--until', 'look again until all of it holds'],
    ['--deadline <time>', `with --until: how long to look again (default: ${DEFAULT_DEADLINE})`],
    ['--interval <time>', `with --until: the pause between looks (default: ${DEFAULT_INTERVAL})`],
    ['--report <text...>', 'junit=FILE, json=FILE or github; may be repeated'],
    ['--no-github', 'no step summary and no annotations in GitHub Actions'],
  ] as const
).map(([syntax, help]) => ({ syntax, help, heading: 'Expectations' }));

export const check: CommandDeclaration = {
  flags: [...EXPECT_FLAGS, ...CHECK_FLAGS, ...LISTING_FLAGS, ...REPORT_FLAGS, ...TALK_FLAGS],
  examples: [
    {
      line: "alipass check --user 2088888888888888 --group voucher --sandbox --expect 'count>=1'",
      does: 'is there a voucher? exit 0 yes, 8 no, another code: it could not be found out',
    },
    {
      line: "alipass check --user 2088102122458832 --group voucher --expect 'count(can_use)>=1' --until --deadline 2m",
      does: 'wait until there is',
    },
    {
      line: 'alipass check --user 2088102122458832 --group card --expectations smoke.txt --report junit=check.xml',
      does: 'for CI',
    },
  ],
  run: async (context, { flags }) =>
    runCheck(context, {
      ...(await listingOf(flags)),
      until: untilOf(flags),
      reports: parseReports((flags['report'] ?? []) as string[], context.env, flags['github'] !== false),
      format: reportFormatOf(flags),
      expectations: await expectationsOf(context, flags),
    }),
};

/** @throws usage for what makes no sense without `--until`, or with a recording, whose answers never change */
function untilOf(flags: Input['flags']): LookOptions | undefined {
  if (flags['until'] === true) {
    if (flags['replay'] === undefined) return looksOf(flags, DEFAULT_INTERVAL, DEFAULT_DEADLINE);
    throw new AlipassError('usage', 'usage.conflict', '--until does not go with --replay', {
      hint: 'Leave it out: what was recorded does not change.',
    });
  }
  const stray = ['deadline', 'interval'].find(name => flags[name] !== undefined);
  if (stray === undefined) return undefined;
  throw new AlipassError('usage', 'usage.missing', `--${stray} says how long to look: it needs --until`);
}

/** Judges a listing, and reports. Returns 8 when an expectation is not met. @throws whatever kept it from being judged */
export async function runCheck(context: Context, options: CheckOptions): Promise<number> {
  refuseRecordedLatency(options);
  const conversation = await converse(context, options.talk);
  const result = await examine(context, options, conversation);
  const unwritten = await writeReports(context, options, result).catch((error: AlipassError) => error);
  if (!result.error || options.format === 'json') await print(context, options, result);
  if (result.error && unwritten) conversation.warn(unwritten.message);
  const failure = result.error ?? unwritten;
  if (failure) throw failure;
  return outcomeOf(result) === 'ok' ? EXIT.done : EXIT.no;
}

/** A recording tells no times, so that every latency would do. */
function refuseRecordedLatency({ expectations, connection }: CheckOptions): void {
  const timed = expectations.find(({ about }) => about === 'latency');
  if (!timed || connection.replay === undefined) return;
  throw new AlipassError('usage', 'usage.conflict', `${timed.text} does not go with --replay`, {
    hint: 'A recording does not keep how long each answer took.',
  });
}

/** The part of a result that a look can change. */
type Found = Pick<CheckResult, 'looks' | 'verdicts' | 'listing' | 'error'>;

async function examine(
  context: Context,
  options: CheckOptions,
  conversation: Conversation,
): Promise<CheckResult> {
  const { query, expectations } = options;
  const startMs = context.now();
  let found: Found = { looks: 0, verdicts: unknown(expectations), listing: undefined, error: undefined };
  try {
    for await (const latest of look(context, options, conversation)) found = latest;
  } catch (error) {
    if (!(error instanceof AlipassError)) throw error;
    found = { ...found, verdicts: unknown(expectations), listing: undefined, error };
  }
  return { query, checkedAtMs: startMs, tookMs: context.now() - startMs, ...found };
}

/** What each look found, until all holds or the time is over. A gateway that is not available is asked again. */
async function* look(
  context: Context,
  options: CheckOptions,
  conversation: Conversation,
): AsyncGenerator<Found> {
  const { expectations, until } = options;
  const witness = createWitness(
    expectations.some(({ about }) => about === 'schema'),
    context.now,
  );
  const lister = await openLister(context, options, conversation, witness.observe);
  const once = { intervalMs: 0, deadlineMs: 0 };
  const pause = (ms: number): Promise<void> => context.sleep(ms, context.signal);
  for await (const count of looks(context, until ?? once, pause)) {
    const progress = await showProgress(context, options.talk);
    const found = await lookOnce({ lister, query: options.query, witness, expectations }, progress)
      .then(it => judgeLook(expectations, it))
      .catch(error => failed(expectations, error, until !== undefined));
    yield { looks: count, ...found };
    if (!found.error && found.verdicts.every(({ status }) => status === 'ok')) return;
    if (until) conversation.note(describe(found));
  }
}

function describe({ error, verdicts }: Omit<Found, 'looks'>): string {
  if (error) return `${error.message}.`;
  return `Not met yet: ${verdicts.flatMap(it => (it.status === 'ok' ? [] : [it.expect])).join(', ')}.`;
}

function judgeLook(expectations: readonly Expectation[], { evidence, broken }: Look): Omit<Found, 'looks'> {
  const { count, pages, slowestMs } = evidence;
  const verdicts = expectations.map((expectation): Verdict => {
    const known = !broken || expectation.about === 'schema';
    return known ? judge(expectation, evidence) : unknownVerdict(expectation);
  });
  return { verdicts, listing: { count, pages, slowestMs }, error: undefined };
}

function failed(expectations: readonly Expectation[], error: unknown, again: boolean): Omit<Found, 'looks'> {
  if (!again || !(error instanceof AlipassError) || error.kind !== 'unavailable') throw error;
  return { verdicts: unknown(expectations), listing: undefined, error };
}

function unknown(expectations: readonly Expectation[]): Verdict[] {
  return expectations.map(unknownVerdict);
}

function unknownVerdict({ text }: Expectation): Verdict {
  return { expect: text, status: 'unknown', found: { is: 'no listing' }, details: [] };
}

async function print(
  { stdout, env }: Context,
  { format, talk }: CheckOptions,
  result: CheckResult,
): Promise<void> {
  if (format === 'json') return stdout.write(checkJson(result));
  const style = await loadStyle(wantsColor(talk.color, env, stdout.isTTY));
  const words = await loadWords(languageOf(talk.lang, env));
  await stdout.write(formatVerdicts(result, { width: stdout.columns, style, words }));
}
