import { AlipassError, quote, usageError } from '../errors';
import type { Listing } from '../passes/pages';
import { maskListing } from '../passes/mask';
import { parseWord } from '../parse';
import type { Encoding, Lacking } from '../render/encoding';
import { FORMATS, holdPasses, renderListing, type View } from '../render/format';
import type { PassesQuestion } from '../render/jmespath';
import type { Conversation } from '../terminal/conversation';
import type { Input } from './command';
import { type OutputOptions, REFINE_FLAGS } from './flags';
import { isStdout } from './sink';

type Flags = Input['flags'];

/** What some listings need on their way out. */
export interface HandOnOptions {
  readonly question: PassesQuestion | undefined;
  readonly encoding: Encoding | undefined;
  /** The file to write; undefined for stdout. */
  readonly file: string | undefined;
  readonly raw: boolean;
  readonly mask: boolean;
  readonly failOnEmpty: boolean;
}

/** A flag, when it is given, and what is wrong with it then. */
type Rule = readonly [given: boolean, flag: string, message: string];

const isGiven = (flags: Flags, name: string): boolean => {
  const value = flags[name];
  return value !== undefined && value !== false;
};

/** Reads the flags beyond those of every listing. @throws usage for what contradicts itself */
export async function handOnOf(flags: Flags, output: OutputOptions): Promise<HandOnOptions> {
  refuseContradictions(flags, output);
  const { query, encoding, output: file } = flags as Readonly<Record<string, string | undefined>>;
  if (file === '') throw usageError('--output', file, 'the path of a file, or - for stdout');
  return {
    question: query === undefined ? undefined : (await import('../render/jmespath')).parseQuestion(query),
    encoding: encoding === undefined ? undefined : await readEncoding(encoding),
    file: file === undefined || isStdout(file) ? undefined : file,
    raw: isGiven(flags, 'raw'),
    mask: isGiven(flags, 'mask'),
    failOnEmpty: isGiven(flags, 'failOnEmpty'),
  };
}

async function readEncoding(text: string): Promise<Encoding> {
  return parseWord('--encoding', text, (await import('../render/encoding')).ENCODINGS);
}

function refuseContradictions(flags: Flags, output: OutputOptions): void {
  const csv = output.format === 'csv';
  const forPeople = FORMATS[output.format].forPeople;
  const hasHeader = output.format === 'table' || csv;
  const rules: readonly Rule[] = [
    [isGiven(flags, 'excel') && !csv, '--excel', 'is for CSV: add -o csv'],
    [isGiven(flags, 'encoding') && !csv, '--encoding', 'is for CSV: add -o csv'],
    [isGiven(flags, 'wide') && !forPeople, '--wide', `is for tables; ${output.format} cuts nothing`],
    [!output.header && !hasHeader, '--no-header', `is for table and csv, not for ${output.format}`],
    [
      isGiven(flags, 'query') && isGiven(flags, 'columns'),
      '--query',
      'and --columns both choose what is shown: let the query do it, as in [].{id: pass_id}',
    ],
    ...(isGiven(flags, 'raw') ? rawRules(flags) : []),
  ];
  const broken = rules.find(([given]) => given);
  if (broken) throw new AlipassError('usage', 'usage.conflict', `${broken[1]} ${broken[2]}`);
}

const RAW_CHANGES = [
  ['columns', 'query', 'limit', 'mask', 'expand', 'wide', 'excel', 'encoding'],
  REFINE_FLAGS.map(({ syntax }) => syntax.split(' ')[0]!.slice(2)),
].flat();

/** Raw answers are lines of JSON whatever is asked, and nothing is chosen from them or changed. */
function rawRules(flags: Flags): Rule[] {
  const { format } = flags;
  const changes = RAW_CHANGES.map((name): Rule => {
    const camel = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    return [isGiven(flags, camel), '--raw', `prints answers as they came, so --${name} does not go with it`];
  });
  const shape = `prints lines of JSON: leave --format ${quote(String(format))} out, or say ndjson`;
  return [
    [format !== undefined && format !== 'ndjson', '--raw', shape],
    [flags['header'] === false, '--raw', 'prints answers as they came, so --no-header does not go with it'],
    ...changes,
  ];
}

/** A listing on its way out, and what is to be said of it in the end. */
export interface HandedOn {
  readonly pieces: AsyncIterable<string | Uint8Array>;
  /** Whether there was something. */
  found(): boolean;
  /** Says what got lost on the way. */
  report(conversation: Conversation): void;
}

/** Masks, questions, renders and encodes a listing, as the options ask for. */
export function handOn(whole: Listing, options: HandOnOptions, output: OutputOptions, plain: View): HandedOn {
  const { question, encoding } = options;
  const listing = options.mask ? maskListing(whole) : whole;
  const lacking: Lacking = { characters: 0, records: 0 };
  const view = { ...plain, recordByRecord: encoding !== undefined };
  let answer: unknown;
  async function* asked(): AsyncGenerator<string> {
    answer = await ask(listing, question!, output.expand);
    // A part of the passes would give another answer: none is better, as the failure follows.
    if (listing.state.failure) return;
    const { renderValue } = await import('../render/value');
    yield* renderValue(answer, output.format, view, listing);
  }
  const texts = question ? asked() : renderListing(listing, output.format, view);
  return {
    pieces: encoding ? encoded(texts, encoding, output.header, lacking) : texts,
    found: () => (question ? !isEmpty(answer) : listing.state.count > 0),
    report: ({ warn }) => {
      if (lacking.characters > 0) warn(lackingText(lacking, encoding!, question ? 'row' : 'pass'));
    },
  };
}

async function ask(listing: Listing, question: PassesQuestion, expand: boolean): Promise<unknown> {
  const { expandPass } = await import('../passes/field');
  const passes = await holdPasses(listing);
  return listing.state.failure ? undefined : question(expand ? passes.map(expandPass) : passes);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

async function* encoded(
  texts: AsyncIterable<string>,
  encoding: Encoding,
  header: boolean,
  lacking: Lacking,
): AsyncGenerator<Uint8Array> {
  const { encodeRecords } = await import('../render/encoding');
  yield* encodeRecords(texts, encoding, header, lacking);
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}

function lackingText({ characters, records }: Lacking, encoding: Encoding, record: 'pass' | 'row'): string {
  const where = count(records, record, record === 'pass' ? 'passes' : 'rows');
  const stand = encoding === 'utf-8' ? 'U+FFFD' : '?';
  const verbs = characters === 1 ? ['has', 'stands'] : ['have', 'stand'];
  const more = encoding === 'gbk' ? '; --encoding gb18030 has all of Unicode' : '';
  return `${count(characters, 'character', 'characters')} in ${where} ${verbs[0]} no code in ${encoding} and ${verbs[1]} as ${stand}${more}.`;
}
