import { Argument as SyntaxOfArgument, Option } from 'commander';
import {
  type Argument,
  type CommandDeclaration,
  type CommandGroup,
  type Flag,
  isGroup,
  type Offer,
  type Verb,
} from './command';

/** What may stand for a value: `words` are listed, `any` is whatever one likes. */
export interface ValueEntry {
  readonly name: string;
  readonly kind: 'words' | 'list' | 'file' | 'directory' | 'profile' | 'any';
  /** Of `words`, and of a `list` of them with commas between. */
  readonly words: readonly string[];
}

/** A flag with its notation taken apart. */
export interface FlagEntry {
  readonly long: string;
  readonly short: string | undefined;
  readonly help: string;
  readonly heading: string;
  /** Undefined for a flag that takes none. */
  readonly value: ValueEntry | undefined;
  readonly repeats: boolean;
}

export interface ArgumentEntry extends ValueEntry {
  readonly help: string;
  readonly required: boolean;
  readonly repeats: boolean;
}

/** A command, or a group of commands, as completion and documentation know it. */
export interface CommandEntry {
  /** The words that call it, the program's name left out: `sandbox serve`; empty for the program itself. */
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly args: readonly ArgumentEntry[];
  readonly flags: readonly FlagEntry[];
  readonly examples: NonNullable<CommandDeclaration['examples']>;
  /** Whether it does something by itself; a group only has children. */
  readonly runs: boolean;
  readonly children: readonly CommandEntry[];
}

/** Every command with all that it declares: the program first, then its verbs in the order of the help. */
export async function readCatalog(): Promise<CommandEntry> {
  // Imported here, so that the bundle of every call needs nothing of this file's.
  const { VERBS } = await import('../program');
  const verbs = await Promise.all(
    VERBS.map(async verb => readEntry(verb, verb.name, await verb.load(), [HELP])),
  );
  const help: CommandEntry = {
    ...readGroup(HELP_VERB, 'help', verbs, [HELP]),
    runs: true,
    children: [],
  };
  return readGroup(PROGRAM, '', [...verbs, help], [VERSION, HELP]);
}

const PROGRAM: Verb = { name: 'alipass', summary: 'see a user’s Alipay card-bag passes' };
const HELP_VERB: Verb = { name: 'help', summary: 'show help for a command' };
const VERSION = flagEntry('-V, --version', 'show the version', 'Options');
const HELP = flagEntry('-h, --help', 'show help', 'Options');

function flagEntry(syntax: string, help: string, heading: string, value?: ValueEntry): FlagEntry {
  const { long = '', short, variadic } = new Option(syntax);
  return { long: long!, short, help, heading, value, repeats: variadic };
}

async function readEntry(
  verb: Verb,
  path: string,
  entry: CommandDeclaration | CommandGroup,
  common: readonly FlagEntry[],
): Promise<CommandEntry> {
  const children = await Promise.all(
    (entry.commands ?? []).map(child => readEntry(child, `${path} ${child.name}`, child, common)),
  );
  if (isGroup(entry)) return readGroup(verb, path, children, common);
  const args = await Promise.all((entry.args ?? []).map(readArgument));
  const words = children.map(({ name }) => name);
  return {
    path,
    name: verb.name,
    summary: verb.summary,
    // The name of a verb below may stand where the first argument stands.
    args: words.length === 0 ? args : args.map((it, i) => (i === 0 ? { ...it, kind: 'words', words } : it)),
    flags: [...(await Promise.all(entry.flags.map(readFlag))), ...common],
    examples: entry.examples ?? [],
    runs: true,
    children,
  };
}

/** The name of a child is the argument of a group. */
function readGroup(
  { name, summary }: Verb,
  path: string,
  children: readonly CommandEntry[],
  flags: readonly FlagEntry[],
): CommandEntry {
  const words = children.map(child => child.name);
  const command: ArgumentEntry = {
    name: 'command',
    kind: 'words',
    words,
    help: '',
    required: true,
    repeats: false,
  };
  return { path, name, summary, args: [command], flags, examples: [], runs: false, children };
}

async function readFlag(flag: Flag): Promise<FlagEntry> {
  const value = /<(.+?)(?:\.\.\.)?>/.exec(flag.syntax)?.[1];
  const { syntax, help, heading } = flag;
  return flagEntry(syntax, help, heading, value === undefined ? undefined : await readValue(value, flag));
}

async function readArgument(argument: Argument): Promise<ArgumentEntry> {
  const parts = new SyntaxOfArgument(argument.syntax);
  const { required, variadic } = parts;
  return {
    ...(await readValue(parts.name(), argument)),
    help: argument.help,
    required,
    repeats: variadic,
  };
}

async function readValue(name: string, { choices, commas, completes }: Offer): Promise<ValueEntry> {
  if (choices === undefined) return { name, kind: completes ?? 'any', words: [] };
  const words = typeof choices === 'function' ? await choices() : choices;
  return { name, kind: commas ? 'list' : 'words', words };
}

/** A command and all below it, in the order of the help. */
export function withDescendants(entry: CommandEntry): CommandEntry[] {
  return [entry, ...entry.children.flatMap(withDescendants)];
}
