import { usageError } from '../errors';
import { parseQuery, type PassQuery, type QueryText } from '../passes/query';
import { parseWord } from '../parse';
import type { Profile } from '../profile/profile';
import { flagOf, SETTING_NAMES, settingOf } from '../profile/settings';
import { GROUPS, TIME_STATUS } from '../protocol/api';
import { parseBeijingTime } from '../protocol/time';
import { type Format, FORMAT_NAMES } from '../render/format';
import { COLOR_CHOICES, type ColorChoice } from '../terminal/style';
import type { Flag, Input } from './command';

type Flags = Input['flags'];

/** The flags of a query; `list` and its kin share them. */
export const QUERY_FLAGS: readonly Flag[] = (
  [
    ['--user <id>', 'whose passes: 16 digits, beginning with 2088 (required)'],
    ['--group <word>', `${GROUPS.join(', ')} (required)`],
    ['--time <word>', `${Object.keys(TIME_STATUS).join(' or ')} (default: current)`],
    ['--partner <id>', 'the id that Alipay gave to the merchant: 16 digits, beginning with 2088'],
    ['--city <code>', 'a city by its six digits (GB/T 2260), such as 320100'],
    ['--shops', 'list the shops as well; needs --city'],
    ['--page-size <n>', 'passes to ask for at a time (default: 100)'],
    ['--page <n>', 'that page only (default: all pages)'],
    ['--limit <n>', 'stop after so many passes'],
    ['--max-pages <n>', 'give up after so many pages (default: 100000)'],
  ] as const
).map(([syntax, help]) => ({ syntax, help, heading: 'Query' }));

/** Flags of a listing that mean something else, or nothing, to a single request. */
const LISTING_FLAG = /^--(page|limit|max-pages) /;

/** The flags of a query for one page: `request` and `sign` share them. */
export const ONE_PAGE_FLAGS: readonly Flag[] = [
  ...QUERY_FLAGS.filter(({ syntax }) => !LISTING_FLAG.test(syntax)),
  { syntax: '--page <n>', help: 'which page to ask for (default: 1)', heading: 'Query' },
];

/** The flags of the connection settings, from their table. */
export const SETTING_FLAGS: readonly Flag[] = SETTING_NAMES.flatMap(name => {
  const { flagValue, help, env } = settingOf(name);
  if (!flagValue) return [];
  const variable = env ? `; ${env}` : '';
  return [{ syntax: `${flagOf(name)} <${flagValue}>`, help: help + variable, heading: 'Connection' }];
});

/** The flags that say which gateway to call, and as whom. */
export const CONNECTION_FLAGS: readonly Flag[] = [
  { syntax: '--sandbox', help: 'the built-in gateway: no account, no network', heading: 'Connection' },
  { syntax: '--profile <name>', help: 'settings under a name; ALIPASS_PROFILE', heading: 'Connection' },
  ...SETTING_FLAGS,
  {
    syntax: '--insecure-skip-verify',
    help: 'take answers that nothing proves; warns each time',
    heading: 'Connection',
  },
];

/** For commands that call the gateway. */
export const RECORD_FLAGS: readonly Flag[] = [
  {
    syntax: '--record <path>',
    help: 'keep requests and answers in a new file, without secrets, for --replay of list',
    heading: 'Recording',
  },
  { syntax: '--mask', help: 'with --record: no whole user id in the requests', heading: 'Recording' },
];

/** For commands that can do with answers which were recorded. */
export const REPLAY_FLAG: Flag = {
  syntax: '--replay <path>',
  help: 'take the answers from a recording, verified anew: no account, no network; - reads stdin',
  heading: 'Recording',
};

const FORMAT_FLAG = '-o, --format <word>';

/** For commands that print a listing. */
export const FORMAT_FLAGS: readonly Flag[] = [
  { syntax: FORMAT_FLAG, help: `${FORMAT_NAMES.join(', ')} (default: table)`, heading: 'Output' },
];

/** For commands that print facts of their own. */
export const REPORT_FLAGS: readonly Flag[] = [
  { syntax: FORMAT_FLAG, help: 'table or json (default: table)', heading: 'Output' },
];

/** How the program talks, in every command. */
export const TALK_FLAGS: readonly Flag[] = [
  { syntax: '--color <word>', help: `${COLOR_CHOICES.join(', ')} (default: auto)`, heading: 'Output' },
  { syntax: '--quiet', help: 'only the answer: no counts, no spinner', heading: 'Output' },
  { syntax: '--verbose', help: 'tell each stage and its time on stderr', heading: 'Output' },
];

/** For commands that sign without sending. */
export const TIMESTAMP_FLAG: Flag = {
  syntax: '--timestamp <time>',
  help: 'sign for this Beijing time, "yyyy-MM-dd HH:mm:ss", not for now',
  heading: 'Query',
};

/** Reads `--timestamp` as milliseconds since the epoch. @throws usage */
export function timestampOf(flags: Flags): number | undefined {
  const text = textOf(flags, 'timestamp');
  if (text === undefined) return undefined;
  const epochMs = parseBeijingTime(text);
  if (epochMs !== undefined) return epochMs;
  throw usageError('--timestamp', text, 'a Beijing time such as "2026-11-23 12:00:00"');
}

/** How to talk. */
export interface Talk {
  readonly color: ColorChoice;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** Which gateway to call, and as whom, as far as the command line says so. */
export interface ConnectionOptions {
  readonly sandbox: boolean;
  readonly profile: string | undefined;
  readonly settings: Profile;
  readonly skipVerify: boolean;
  /** The file to record into. */
  readonly record: string | undefined;
  readonly mask: boolean;
  /** The recording to take answers from. */
  readonly replay: string | undefined;
}

/** Reads the flags of a query. @throws usage */
export function queryOf(flags: Flags): PassQuery {
  return parseQuery(flags as QueryText);
}

/** Reads the flags of {@link CONNECTION_FLAGS} and {@link RECORD_FLAGS}; values are checked where all sources meet. */
export function connectionOf(flags: Flags): ConnectionOptions {
  return {
    sandbox: flags['sandbox'] === true,
    profile: flags['profile'] as string | undefined,
    settings: settingsOf(flags),
    skipVerify: flags['insecureSkipVerify'] === true,
    record: textOf(flags, 'record'),
    mask: flags['mask'] === true,
    replay: textOf(flags, 'replay'),
  };
}

/** The connection settings among the flags, by their profile keys. */
export function settingsOf(flags: Flags): Profile {
  const given = SETTING_NAMES.flatMap(name => {
    const value = flags[camelCase(name)];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return Object.fromEntries(given) as Profile;
}

/** @throws usage */
export function formatOf(flags: Flags): Format {
  return parseWord('--format', textOf(flags, 'format') ?? 'table', FORMAT_NAMES);
}

/** @throws usage */
export function reportFormatOf(flags: Flags): 'table' | 'json' {
  return parseWord('--format', textOf(flags, 'format') ?? 'table', ['table', 'json']);
}

/** @throws usage */
export function talkOf(flags: Flags): Talk {
  return {
    color: parseWord('--color', textOf(flags, 'color') ?? 'auto', COLOR_CHOICES),
    quiet: flags['quiet'] === true,
    verbose: flags['verbose'] === true,
  };
}

function textOf(flags: Flags, name: string): string | undefined {
  return flags[name] as string | undefined;
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
