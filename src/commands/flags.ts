import { usageError } from '../errors';
import { FIELD_NAMES } from '../passes/field';
import type { RefineOptions, RefineText } from '../passes/refine';
import type { Column } from '../render/columns';
import { parseQuery, type PassQuery, type QueryText } from '../passes/query';
import { parseWord } from '../parse';
import type { Profile } from '../profile/profile';
import { flagOf, SETTING_NAMES, settingOf } from '../profile/settings';
import { GROUPS, PASS_FIELDS, PASS_STATUS, TIME_STATUS } from '../protocol/api';
import { parseBeijingTime } from '../protocol/time';
import { type Format, FORMAT_NAMES, formatOfFile } from '../render/format';
import type { HandOnOptions } from './hand-on';
import { type Language, LANGUAGES } from '../terminal/language';
import { COLOR_CHOICES, type ColorChoice } from '../terminal/style';
import type { Flag, Input, Offer } from './command';

type Flags = Input['flags'];

/** A flag of a table: syntax, help, and what a shell may offer for its value. */
export type FlagRow = readonly [syntax: string, help: string, offer?: Offer];

/** Makes flags of a table's rows. */
export function flagUnder(heading: Flag['heading']): (row: FlagRow) => Flag {
  return ([syntax, help, offer]) => ({ syntax, help, heading, ...offer });
}

const TIMES = Object.keys(TIME_STATUS);
const STATUSES = Object.keys(PASS_STATUS);
const SORTS = PASS_FIELDS.flatMap(name => [name, `-${name}`]);
const FIELDS: Offer = { choices: FIELD_NAMES, commas: true };

/** The flags of a query; `list` and its kin share them. */
export const QUERY_FLAGS: readonly Flag[] = (
  [
    ['--user <id>', 'whose passes: 16 digits, beginning with 2088 (required)'],
    ['--group <word>', `${GROUPS.join(', ')} (required)`, { choices: GROUPS }],
    ['--time <word>', `${TIMES.join(' or ')} (default: current)`, { choices: TIMES }],
    ['--partner <id>', 'the id that Alipay gave to the merchant: 16 digits, beginning with 2088'],
    ['--city <code>', 'a city by its six digits (GB/T 2260), such as 320100'],
    ['--shops', 'list the shops as well; needs --city'],
    ['--page-size <n>', 'passes to ask for at a time (default: 100)'],
    ['--page <n>', 'that page only (default: all pages)'],
    ['--limit <n>', 'stop after so many passes'],
    ['--max-pages <n>', 'give up after so many pages (default: 100000)'],
  ] as readonly FlagRow[]
).map(flagUnder('Query'));

/** What is made of a listing once it is fetched. */
export const REFINE_FLAGS: readonly Flag[] = (
  [
    ['--status <words>', `${STATUSES.join(', ')}; several with commas`, { choices: STATUSES, commas: true }],
    ['--merchant <text>', 'passes whose merchant’s name holds this'],
    ['--item <id>', 'passes for this item'],
    ['--shop <id>', 'passes that this shop takes; needs --shops'],
    ['--expiring-within <time>', 'usable passes that end within a time such as 36h or 7d'],
    ['--valid-at <date>', 'passes that are valid then, Beijing time: 2026-12-01, or with 18:00:00'],
    ['--sort <fields>', 'such as end_date,-gmt_create; - is descending', { choices: SORTS, commas: true }],
  ] as readonly FlagRow[]
).map(flagUnder('Finding'));

/** Flags of a listing that mean something else, or nothing, to a single request. */
const LISTING_FLAG = /^--(page|limit|max-pages) /;

/** The flags of a query for one page: `request` and `sign` share them. */
export const ONE_PAGE_FLAGS: readonly Flag[] = [
  ...QUERY_FLAGS.filter(({ syntax }) => !LISTING_FLAG.test(syntax)),
  { syntax: '--page <n>', help: 'which page to ask for (default: 1)', heading: 'Query' },
];

/** The flags of the connection settings, from their table. */
export const SETTING_FLAGS: readonly Flag[] = SETTING_NAMES.flatMap(name => {
  const { flagValue, help, env, choices } = settingOf(name);
  if (!flagValue) return [];
  const syntax = `${flagOf(name)} <${flagValue}>`;
  const offer: Offer = flagValue === 'path' ? { completes: 'file' } : choices ? { choices } : {};
  return [{ syntax, help: env ? `${help}; ${env}` : help, heading: 'Connection', ...offer }];
});

/** The flags that say which gateway to call, and as whom. */
export const CONNECTION_FLAGS: readonly Flag[] = [
  { syntax: '--sandbox', help: 'the built-in gateway: no account, no network', heading: 'Connection' },
  {
    syntax: '--profile <name>',
    help: 'settings under a name; ALIPASS_PROFILE',
    heading: 'Connection',
    completes: 'profile',
  },
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
    completes: 'file',
  },
  { syntax: '--mask', help: 'with --record: no whole user id in the requests', heading: 'Recording' },
];

/** For commands that can do with answers which were recorded. */
export const REPLAY_FLAG: Flag = {
  syntax: '--replay <path>',
  help: 'take the answers from a recording, verified anew: no account, no network; - reads stdin',
  heading: 'Recording',
  completes: 'file',
};

const FORMAT_FLAG = '-o, --format <word>';

/** For commands that print a listing. */
export const FORMAT_FLAGS: readonly Flag[] = (
  [
    [
      FORMAT_FLAG,
      `${FORMAT_NAMES.join(', ')} (default: by the ending of --output, else table)`,
      { choices: FORMAT_NAMES },
    ],
    ['--columns <fields>', 'such as pass_id,end_date,data_info.brandName', FIELDS],
    ['--expand', 'open the JSON in data_info and ext_info'],
    ['--no-header', 'leave out the names of the columns'],
  ] as readonly FlagRow[]
).map(flagUnder('Output'));

/** For commands that hand a listing on: to a question, a file, a spreadsheet, a script. */
export const HAND_ON_FLAGS: readonly Flag[] = [
  {
    syntax: '--query <jmespath>',
    help: 'ask all passes a question: "[?status==\'can_use\'].pass_id"',
    heading: 'Finding',
  },
  ...(
    [
      ['--wide', 'every column, nothing cut'],
      ['--output <file>', 'write a file, whole or not at all'],
      ['--excel', 'CSV for spreadsheets: long ids stay whole, formulas do nothing'],
      ['--encoding <word>', 'of CSV: utf-8, gb18030 or gbk (default: utf-8)'],
      ['--mask', 'show user ids as 2088********1234, and record them so'],
      ['--raw', 'the verified answers as they came, a line each'],
      ['--fail-on-empty', 'exit 8 when nothing is found'],
      ['--no-pager', 'write to the terminal itself; else ALIPASS_PAGER, PAGER or less'],
    ] as const
  ).map(([syntax, help]) => ({ syntax, help, heading: 'Output' as const })),
];

/** For commands that print facts of their own. */
export const REPORT_FLAGS: readonly Flag[] = [
  {
    syntax: FORMAT_FLAG,
    help: 'table or json (default: table)',
    heading: 'Output',
    choices: ['table', 'json'],
  },
];

/** How the program talks, in every command. */
export const TALK_FLAGS: readonly Flag[] = [
  {
    syntax: '--color <word>',
    help: `${COLOR_CHOICES.join(', ')} (default: auto)`,
    heading: 'Output',
    choices: COLOR_CHOICES,
  },
  {
    syntax: '--lang <word>',
    help: `${LANGUAGES.join(' or ')}, for people: names and codes stay; ALIPASS_LANG (default: the locale’s, else en)`,
    heading: 'Output',
    choices: LANGUAGES,
  },
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
  /** What the flag says; see {@link languageOf}. */
  readonly lang?: Language | undefined;
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

/** Reads the flags of {@link REFINE_FLAGS}; undefined when there are none. @throws usage */
export async function refineOf(flags: Flags): Promise<RefineOptions | undefined> {
  const names = REFINE_FLAGS.map(({ syntax }) => nameOf(syntax));
  if (names.every(name => flags[name] === undefined)) return undefined;
  const { parseRefine } = await import('../passes/refine');
  return parseRefine({ ...flags, shops: flags['shops'] === true } as RefineText);
}

/** How a listing is printed. */
export interface OutputOptions {
  readonly format: Format;
  readonly columns: readonly Column[] | undefined;
  readonly expand: boolean;
  readonly header: boolean;
  readonly wide: boolean;
  readonly excel: boolean;
  readonly pager: boolean;
  /** Undefined when none of {@link HAND_ON_FLAGS} asks for more. */
  readonly handOn: HandOnOptions | undefined;
}

/** Reads the flags of {@link FORMAT_FLAGS} and {@link HAND_ON_FLAGS}. @throws usage */
export async function outputOf(flags: Flags): Promise<OutputOptions> {
  const columns = textOf(flags, 'columns');
  const file = textOf(flags, 'output') ?? '';
  const output: OutputOptions = {
    format: parseWord('--format', textOf(flags, 'format') ?? formatOfFile(file) ?? 'table', FORMAT_NAMES),
    columns: columns === undefined ? undefined : (await import('../render/columns')).parseColumns(columns),
    expand: flags['expand'] === true,
    header: flags['header'] !== false,
    wide: flags['wide'] === true,
    excel: flags['excel'] === true,
    pager: flags['pager'] !== false,
    handOn: undefined,
  };
  const handsOn = HAND_ON_FLAGS.some(
    ({ syntax }) => flags[nameOf(syntax)] !== undefined && !syntax.startsWith('--no-'),
  );
  if (!handsOn && output.header) return output;
  return { ...output, handOn: await (await import('./hand-on')).handOnOf(flags, output) };
}

/** The name under which Commander keeps what a flag says. */
export function nameOf(syntax: string): string {
  return camelCase(syntax.split(' ')[0]!.slice(2));
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
export function reportFormatOf(flags: Flags): 'table' | 'json' {
  return parseWord('--format', textOf(flags, 'format') ?? 'table', ['table', 'json']);
}

/** @throws usage */
export function talkOf(flags: Flags): Talk {
  return {
    color: parseWord('--color', textOf(flags, 'color') ?? 'auto', COLOR_CHOICES),
    lang: flags['lang'] === undefined ? undefined : parseWord('--lang', textOf(flags, 'lang'), LANGUAGES),
    quiet: flags['quiet'] === true,
    verbose: flags['verbose'] === true,
  };
}

function textOf(flags: Flags, name: string): string | undefined {
  return flags[name] as string | undefined;
}

function camelCase(name: string): string {
  return name.replace(/[_-](\w)/g, (_, letter: string) => letter.toUpperCase());
}
