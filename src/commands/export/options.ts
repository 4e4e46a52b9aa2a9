import { lstat, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { UserEncoding, UserList } from '../../bulk/users';
import { USER_ENCODINGS } from '../../bulk/users';
import { formatShard, parseShard, type Shard } from '../../bulk/shard';
import type { Context } from '../../context';
import { AlipassError, usageError } from '../../errors';
import { parseCount, parseWord } from '../../parse';
import type { QueryScope } from '../../passes/query';
import { parseScopes } from '../../passes/queries';
import type { RefineOptions } from '../../passes/refine';
import { GROUPS, TIME_STATUS } from '../../protocol/api';
import { parseColumns } from '../../render/columns';
import { formatOfFile } from '../../render/format';
import type { Argument, Flag, Input } from '../command';
import {
  CONNECTION_FLAGS,
  connectionOf,
  type ConnectionOptions,
  FORMAT_FLAGS,
  flagUnder,
  type FlagRow,
  nameOf,
  QUERY_FLAGS,
  REFINE_FLAGS,
  refineOf,
  type Talk,
  TALK_FLAGS,
  talkOf,
} from '../flags';
import { keyFilesOf, openInput, requireOneReader } from '../input';
import { isStdout } from '../sink';
import type { RowOptions } from './rows';

/** All that `export` needs to know. */
export interface ExportOptions {
  readonly users: UserList;
  readonly shard: Shard | undefined;
  readonly scopes: readonly QueryScope[];
  readonly refine: RefineOptions | undefined;
  readonly rows: RowOptions;
  /** What makes it another query where it differs, flag by flag. */
  readonly facts: Readonly<Record<string, string>>;
  /** Undefined for stdout. */
  readonly output: string | undefined;
  /** Where users that failed are listed; undefined when nowhere. */
  readonly failures: string | undefined;
  readonly progressFile: string | undefined;
  readonly restart: boolean;
  readonly concurrency: number;
  /** Calls per second; undefined for as many as the gateway takes. */
  readonly qps: number | undefined;
  readonly stopsOnError: boolean;
  readonly connection: ConnectionOptions;
  readonly talk: Talk;
}

const FORMATS = ['ndjson', 'csv'] as const;
const ON_ERROR = ['continue', 'stop'] as const;
const DEFAULT_CONCURRENCY = 8;
const MOST_CONCURRENCY = 256;
const MOST_QPS = 100_000;
/** What can be read only once, such as stdin, is kept in memory: some fifteen million ids. */
const MOST_USERS_BYTES = 256 * 1024 * 1024;

export const USER_ARGUMENT: Argument = { syntax: '[users...]', help: 'user ids, if not in a file' };

const USER_FLAGS: readonly Flag[] = (
  [
    ['--users <file>', 'an id a line, or CSV with a column of them; - reads stdin', { completes: 'file' }],
    ['--users-column <name>', 'the column of CSV with the ids (default: user_id)'],
    [
      '--users-encoding <word>',
      `${USER_ENCODINGS.join(' or ')} (default: utf-8)`,
      { choices: USER_ENCODINGS },
    ],
    [
      '--shard <i/n>',
      'the i-th of n parts of the users, from 1/n; default: by JOB_COMPLETION_INDEX and JOB_COMPLETIONS',
    ],
  ] as readonly FlagRow[]
).map(flagUnder('Users'));

/** Flags of a query that ask for one user, or for a part of what there is. */
const NOT_OF_MANY = /^--(user|page|limit|group|time) /;
const TIMES = Object.keys(TIME_STATUS);

const SCOPE_FLAGS: readonly Flag[] = [
  ...(
    [
      [
        '--group <words>',
        `${GROUPS.join(', ')} (required); several with commas`,
        { choices: GROUPS, commas: true },
      ],
      [
        '--time <words>',
        `${TIMES.join(', ')} (default: current); both with a comma between`,
        { choices: TIMES, commas: true },
      ],
    ] as readonly FlagRow[]
  ).map(flagUnder('Query')),
  ...QUERY_FLAGS.filter(({ syntax }) => !NOT_OF_MANY.test(syntax)),
];

const WORK_FLAGS: readonly Flag[] = (
  [
    ['--concurrency <n>', `users that are listed at a time (default: ${DEFAULT_CONCURRENCY})`],
    ['--qps <n>', 'calls a second, at most; the gateway’s own limit is kept to by itself'],
    ['--on-error <word>', 'continue or stop when a user fails (default: continue)', { choices: ON_ERROR }],
    ['--restart', 'begin anew, without what an earlier run has done'],
  ] as readonly FlagRow[]
).map(flagUnder('Work'));

const OUTPUT_FLAGS: readonly Flag[] = [
  ...(
    [
      [
        '-o, --format <word>',
        `${FORMATS.join(' or ')} (default: by the ending of --output, else ndjson)`,
        { choices: FORMATS },
      ],
      [
        '--output <file>',
        'the file to write, with a journal beside it: the same command goes on after any end',
      ],
      ['--failures <file>', 'users that failed, for --users (default: beside the output)'],
      ['--progress-file <file>', 'how far it is, as JSON for programs, every second'],
    ] as readonly FlagRow[]
  ).map(flagUnder('Output')),
  ...FORMAT_FLAGS.filter(({ syntax }) => !syntax.startsWith('-o,')),
];

export const EXPORT_FLAGS: readonly Flag[] = [
  ...USER_FLAGS,
  ...SCOPE_FLAGS,
  ...REFINE_FLAGS,
  ...WORK_FLAGS,
  ...CONNECTION_FLAGS,
  ...OUTPUT_FLAGS,
  ...TALK_FLAGS,
];

type Flags = Input['flags'];

/** Reads arguments and flags. @throws usage */
export async function exportOf(context: Context, { args, flags }: Input): Promise<ExportOptions> {
  const text = flags as Readonly<Record<string, string | undefined>>;
  const connection = connectionOf(flags);
  const shard = shardOf(text['shard'], context.env);
  const rows = rowsOf(flags);
  const output = await outputOf(text['output']);
  const failures = text['failures'] ?? (output && `${output}.failures.csv`);
  requireApart({
    '--users': text['users'],
    '--output': output,
    '--failures': failures,
    '--progress-file': text['progressFile'],
  });
  const scopes = parseScopes({ ...text, shops: flags['shops'] === true });
  return {
    shard,
    scopes,
    rows,
    output,
    facts: factsOf(flags, rows, scopes, shard),
    refine: await refineOf(flags),
    failures,
    progressFile: text['progressFile'],
    restart: flags['restart'] === true,
    concurrency: parseCount('--concurrency', text['concurrency'], 1, MOST_CONCURRENCY) ?? DEFAULT_CONCURRENCY,
    qps: parseCount('--qps', text['qps'], 1, MOST_QPS),
    stopsOnError: parseWord('--on-error', text['onError'] ?? 'continue', ON_ERROR) === 'stop',
    connection,
    talk: talkOf(flags),
    users: await usersOf(context, args, text, connection),
  };
}

/**
 * Where a symbolic link leads, so that the file there is replaced and not the link. What is no plain file, such as a pipe
 * or a directory, can’t be gone on with, nor be put in its place in the end.
 */
async function outputOf(path: string | undefined): Promise<string | undefined> {
  if (path === undefined || isStdout(path)) return undefined;
  const there = await stat(path).catch(() => undefined);
  if (there?.isFile()) return (await lstat(path)).isSymbolicLink() ? realpath(path) : path;
  if (path !== '' && !there) return path;
  throw usageError('--output', path, 'the path of a file, or - for stdout');
}

/** Refuses two flags that name one file, which would be lost to the other. */
function requireApart(paths: Readonly<Record<string, string | undefined>>): void {
  const flags = new Map<string, string>();
  for (const [flag, path] of Object.entries(paths)) {
    if (path === undefined || path === '-') continue;
    const rival = flags.get(resolve(path));
    if (rival) {
      throw new AlipassError('usage', 'usage.conflict', `${rival} and ${flag} both name ${path}`, {
        hint: 'What is written takes the place of what was there: name another --output.',
      });
    }
    flags.set(resolve(path), flag);
  }
}

function rowsOf(flags: Flags): RowOptions {
  const { format: word, output = '' } = flags as Readonly<Record<string, string | undefined>>;
  const format = parseWord('--format', word ?? (formatOfFile(output) === 'csv' ? 'csv' : 'ndjson'), FORMATS);
  const columns = flags['columns'] as string | undefined;
  const expand = flags['expand'] === true;
  const header = flags['header'] !== false;
  if (expand && format === 'csv' && columns === undefined) {
    const message =
      '--expand makes columns of what the passes hold, which CSV must know before the first of them';
    throw new AlipassError('usage', 'usage.conflict', message, {
      hint: 'Name them: --columns pass_id,data_info.brandName',
    });
  }
  if (!header && format !== 'csv') {
    throw new AlipassError('usage', 'usage.conflict', `--no-header is for csv, not for ${format}`);
  }
  return { format, columns: columns === undefined ? undefined : parseColumns(columns), expand, header };
}

/** Kubernetes numbers the pods of an Indexed Job from 0 and says so in the environment (docs/bulk.md). */
function shardOf(flag: string | undefined, env: Context['env']): Shard | undefined {
  if (flag !== undefined) return parseShard('--shard', flag);
  const { JOB_COMPLETION_INDEX: index, JOB_COMPLETIONS: count } = env;
  if (!index || !count) return undefined;
  const text = /^\d{1,7}$/.test(index) ? `${Number(index) + 1}/${count}` : `${index}/${count}`;
  return parseShard('JOB_COMPLETION_INDEX and JOB_COMPLETIONS, as --shard,', text);
}

async function usersOf(
  context: Context,
  args: readonly string[],
  text: Readonly<Record<string, string | undefined>>,
  connection: ConnectionOptions,
): Promise<UserList> {
  const path = text['users'];
  const encoding: UserEncoding = parseWord(
    '--users-encoding',
    text['usersEncoding'] ?? 'utf-8',
    USER_ENCODINGS,
  );
  if (path !== undefined && args.length > 0) {
    throw new AlipassError(
      'usage',
      'usage.conflict',
      'Users stand in --users and as arguments: say them once',
    );
  }
  if (path !== undefined) {
    requireOneReader(path, keyFilesOf(connection), '--users');
    const read = await openInput(context, path, MOST_USERS_BYTES);
    return { name: path === '-' ? 'stdin' : path, read, encoding, column: text['usersColumn'] };
  }
  if (args.length === 0) {
    throw new AlipassError(
      'usage',
      'usage.missing',
      '--users is required: a file of user ids, or - for stdin',
      {
        hint: 'A few users may stand as arguments: alipass export 2088… 2088… --group voucher.',
      },
    );
  }
  const bytes = Buffer.from(`${args.join('\n')}\n`);
  async function* read(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  return { name: 'the command line', read, encoding: 'utf-8' };
}

/** Flags of which it makes no difference to the rows what they say, or that {@link factsOf} tells in its own words. */
const NO_FACT = /^(--page-size|--max-pages|--group|--time|-o,|--no-header) ?/;
const FACT_FLAGS: readonly string[] = [...SCOPE_FLAGS, ...REFINE_FLAGS, ...FORMAT_FLAGS]
  .map(({ syntax }) => syntax)
  .filter(syntax => !NO_FACT.test(syntax))
  .concat('--insecure-skip-verify');

/** What is asked for, and how it is written, as flags. */
function factsOf(
  flags: Flags,
  { format, header }: RowOptions,
  scopes: readonly QueryScope[],
  shard: Shard | undefined,
): Record<string, string> {
  const words = (pick: (scope: QueryScope) => string): string =>
    [...new Set(scopes.map(pick))].toSorted().join();
  const others = FACT_FLAGS.flatMap(syntax => {
    const value = flags[nameOf(syntax)];
    return value === undefined ? [] : [[syntax.split(' ')[0]!, value === true ? 'yes' : String(value)]];
  });
  return {
    '--group': words(({ group }) => group),
    '--time': words(({ time }) => time),
    '--format': format,
    ...(header ? {} : { '--no-header': 'yes' }),
    ...(shard ? { '--shard': formatShard(shard) } : {}),
    ...(Object.fromEntries(others) as Record<string, string>),
  };
}
