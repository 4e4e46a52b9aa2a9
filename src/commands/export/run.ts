import { createHash } from 'node:crypto';
import { isSuspicious, runJob } from '../../bulk/job';
import { readUsers, surveyUsers, type UserSurvey } from '../../bulk/users';
import { formatShard } from '../../bulk/shard';
import type { Context } from '../../context';
import { AlipassError, quote } from '../../errors';
import { EXIT } from '../../exit';
import type { GatewayClient } from '../../gateway/client';
import { createPace } from '../../gateway/pace';
import { listWholly } from '../../passes/pages';
import { refineListing } from '../../passes/refine';
import { formatSeconds, grouped, type JobCounts } from '../../render/job-progress';
import { loadWords, type Words } from '../../render/words';
import type { Conversation } from '../../terminal/conversation';
import { languageOf } from '../../terminal/language';
import { createProgress } from '../../terminal/progress';
import { wantsColor } from '../../terminal/style';
import { ClosedPipe } from '../../terminal/terminal';
import { connect, type Connection } from '../connect';
import { converse } from '../converse';
import { createFailures, type Leftovers, writeInvalid } from './leftovers';
import type { ExportOptions } from './options';
import { createTeller, type Teller } from './progress';
import { createRows } from './rows';
import { openStdout, openTarget, type Target } from './target';

/**
 * Lists the passes of many users. Goes on where an earlier run of the same export ended.
 * @throws incomplete when some users failed; whatever ended the job before all were tried
 */
export async function runExport(context: Context, options: ExportOptions): Promise<number> {
  const conversation = await converse(context, options.talk);
  const words = await loadWords(languageOf(options.talk.lang, context.env));
  const survey = await surveyUsers(options.users, options.shard);
  const rows = await createRows(options.rows);
  // First, so that a job that can’t be done, for want of a key, leaves no files.
  const { client, settings } = await openClient(context, options, conversation);
  const target = await openTargetOf(context, options, { survey, settings, start: rows.start });
  const counts = startCounts(survey, target);
  if (counts.before > 0) {
    conversation.remark(words.job.goesOn(grouped(counts.before), grouped(counts.users)));
  }
  const failures = createFailures(options.failures);
  const teller = openTeller(context, options, conversation, words);
  let stopped: unknown;
  try {
    await reportInvalid(options, survey, conversation);
    await work(context, options, { client, target, rows, counts, failures, teller });
    stopped = failureOfAll(counts, failures);
  } catch (error) {
    stopped = error;
  }
  stopped = await endAll({ target, failures, teller }, counts, stopped);
  if (!(stopped instanceof ClosedPipe)) conversation.remark(summaryOf(counts, words));
  conclude(options, survey, counts, failures, stopped);
  return EXIT.done;
}

async function openClient(
  context: Context,
  { connection, qps }: ExportOptions,
  conversation: Conversation,
): Promise<Connection> {
  const { now, sleep } = context;
  return connect(context, connection, conversation, createPace({ qps, now, sleep }));
}

/** Counts that go on. */
interface LiveCounts extends JobCounts {
  done: number;
  failed: number;
  rows: number;
  pages: number;
  elapsedMs: number;
}

function startCounts({ users }: UserSurvey, { seen, rows }: Target): LiveCounts {
  const before = seen.size;
  return { users, before, done: before, failed: 0, rows, pages: 0, elapsedMs: 0 };
}

interface JobParts {
  readonly survey: UserSurvey;
  readonly settings: Connection['settings'];
  /** What stands above the rows. */
  readonly start: string;
}

async function openTargetOf(
  context: Context,
  options: ExportOptions,
  { survey: { digest, users }, settings, start }: JobParts,
): Promise<Target> {
  const { output, facts, restart } = options;
  if (output === undefined) return openStdout(context, start);
  const column = options.users.column === undefined ? '' : `, column ${options.users.column}`;
  const job = {
    users: `a list of ${shortDigest(digest)}${column}`,
    gateway: settings?.gateway?.value ?? '',
    'app id': settings?.appId?.value ?? '',
    ...(settings?.appAuthToken ? { 'app auth token': tokenFact(settings.appAuthToken.value) } : {}),
    ...facts,
  };
  return openTarget(context, { output, facts: job, users, start, restart });
}

/** Whose passes are meant is in the token, which is a secret. */
function tokenFact(token: string): string {
  return `one of ${shortDigest(createHash('sha256').update(token).digest('hex'))}`;
}

function shortDigest(hex: string): string {
  return `SHA-256 ${hex.slice(0, 16)}…`;
}

function openTeller(
  context: Context,
  { talk, progressFile }: ExportOptions,
  conversation: Conversation,
  words: Words,
): Teller {
  const { stderr, env } = context;
  const colored = wantsColor(talk.color, env, stderr.isTTY);
  const progress = createProgress(stderr, !talk.quiet && !env['CI'], colored);
  progress.update(words.listing.asking);
  return createTeller(context, { conversation, progress, words, file: progressFile });
}

const MOST_NAMED = 3;

async function reportInvalid(
  { output, users: { name } }: ExportOptions,
  { invalid, repeated }: UserSurvey,
  { warn, detail }: Conversation,
): Promise<void> {
  const path = output && `${output}.invalid.csv`;
  if (path) await writeInvalid(path, invalid);
  if (repeated > 0) detail(`${grouped(repeated)} lines repeat a user; each is listed once`);
  if (invalid.length === 0) return;
  const first = invalid.slice(0, MOST_NAMED).map(({ line, text }) => `line ${line} has ${quote(text)}`);
  const more = invalid.length > MOST_NAMED ? `, and ${grouped(invalid.length - MOST_NAMED)} more` : '';
  const where = path ? `; all stand in ${path}` : '';
  warn(`Not a user id in ${name}: ${first.join(', ')}${more}${where}`);
}

interface Work {
  readonly client: GatewayClient;
  readonly target: Target;
  readonly rows: Awaited<ReturnType<typeof createRows>>;
  readonly counts: LiveCounts;
  readonly failures: Leftovers;
  readonly teller: Teller;
}

async function work(context: Context, options: ExportOptions, parts: Work): Promise<void> {
  const { now, signal } = context;
  const { client, target, rows, counts, failures, teller } = parts;
  const { refine, users, shard, scopes, concurrency, stopsOnError } = options;
  const startedAtMs = now();
  const tell = (change: () => void): void => {
    change();
    counts.elapsedMs = now() - startedAtMs;
    teller.tell(counts);
  };
  const job = { users: readUsers(users, shard, target.seen), scopes, concurrency, stopsOnError };
  await runJob(job, {
    list: (query, signal) => {
      const listing = listWholly(client, query, signal);
      return refine ? refineListing(listing, refine, { nowMs: target.beganAtMs }) : listing;
    },
    render: rows.render,
    sink: target.sink,
    progress: {
      pages: more => tell(() => (counts.pages += more)),
      done: count =>
        tell(() => {
          counts.done++;
          counts.rows += count;
        }),
      failed: async (user, error) => {
        await failures.add(user, error);
        tell(() => counts.failed++);
      },
    },
    signal,
  });
}

/** Ends everything that was opened, whatever ended the job; the first that failed is what `stopped` it. */
async function endAll(
  { target, failures, teller }: Pick<Work, 'target' | 'failures' | 'teller'>,
  counts: LiveCounts,
  stopped: unknown,
): Promise<unknown> {
  const steps = [
    () => failures.finish(),
    () => (stopped === undefined ? target.finish(counts) : target.close()),
    () => teller.end(counts, stopped === undefined ? 'finished' : 'stopped'),
  ];
  for (const step of steps) await step().catch((error: unknown) => (stopped ??= error));
  return stopped;
}

function summaryOf({ done, users, rows, pages, elapsedMs }: JobCounts, { job }: Words): string {
  const time = formatSeconds(Math.round(elapsedMs / 1000));
  return job.ended(grouped(done), grouped(users), grouped(rows), grouped(pages), time);
}

/**
 * What all users failed for, where nobody is done and it is nobody’s own: then that is the news, and no output without a
 * row takes the place of an earlier one.
 */
function failureOfAll({ done }: LiveCounts, { codes, last }: Leftovers): AlipassError | undefined {
  return done === 0 && codes.size === 1 && last && isSuspicious(last) ? last : undefined;
}

/** @throws what a script must know of: what ended the job, or what is missing from it */
function conclude(
  options: ExportOptions,
  { invalid }: UserSurvey,
  counts: JobCounts,
  failures: Leftovers,
  stopped: unknown,
): void {
  if (stopped !== undefined)
    throw stopped instanceof AlipassError ? stoppedAt(stopped, options, counts) : stopped;
  if (failures.count > 0) throw someFailed(options, counts, failures);
  if (invalid.length > 0) {
    const message = `Lines of ${options.users.name} without a user id: ${grouped(invalid.length)}`;
    throw new AlipassError('incomplete', 'export.invalid_users', message, {
      hint: 'All others are done. A user id has 16 digits and begins with 2088.',
    });
  }
}

/** The error that ended the job, and what that means for the job. */
function stoppedAt(error: AlipassError, { output, shard }: ExportOptions, counts: JobCounts): AlipassError {
  const part = shard ? ` of shard ${formatShard(shard)}` : '';
  const done = `${grouped(counts.done)} of ${grouped(counts.users)} users${part} are done`;
  const goesOn =
    output === undefined ? 'with --output it could go on from there' : 'the same command goes on from there';
  const { kind, code, message, hint, gateway, retryable } = error;
  return new AlipassError(kind, code, message, {
    hint: [hint, `${done}; ${goesOn}.`].filter(Boolean).join(' '),
    cause: error,
    retryable,
    ...(gateway ? { gateway } : {}),
  });
}

function someFailed({ failures: path }: ExportOptions, counts: JobCounts, failures: Leftovers): AlipassError {
  const message = `${grouped(failures.count)} of ${grouped(counts.users)} users failed`;
  const codes = [...failures.codes].toSorted(([, a], [, b]) => b - a);
  return new AlipassError('incomplete', 'export.users_failed', message, {
    details: codes.map(([code, count]) => `${grouped(count)} × ${code}`),
    hint: path
      ? `They stand in ${path}: export them with --users, the same query and another --output; alipass export merge joins the two.`
      : 'With --failures FILE they are kept for --users.',
  });
}
