import { Command, CommanderError, Help, Option } from 'commander';
import {
  type CommandDeclaration,
  type CommandGroup,
  type Flag,
  type Input,
  isGroup,
  type Verb,
} from './commands/command';
import { AlipassError } from './errors';
import type { HelpWords } from './render/help-words';

type Entry = CommandDeclaration | CommandGroup;

/** A verb whose flags and code are loaded when its name is on the command line. */
interface LazyVerb extends Verb {
  readonly load: () => Promise<Entry>;
}

/** Every verb, in the order of the help. */
export const VERBS: readonly LazyVerb[] = [
  {
    name: 'list',
    summary: 'list the passes of a user in a group',
    load: async () => (await import('./commands/list')).list,
  },
  {
    name: 'show',
    summary: 'show one pass with every field',
    load: async () => (await import('./commands/show')).show,
  },
  {
    name: 'summary',
    summary: 'count passes by status, group and merchant, and draw when they end',
    load: async () => (await import('./commands/summary')).summary,
  },
  {
    name: 'check',
    summary: 'hold a listing to expectations, for CI: terminal, JUnit, JSON, GitHub',
    load: async () => (await import('./commands/check')).check,
  },
  {
    name: 'watch',
    summary: 'list again and again, and tell what changes',
    load: async () => (await import('./commands/watch')).watch,
  },
  {
    name: 'diff',
    summary: 'what changed between two saved listings',
    load: async () => (await import('./commands/diff')).diff,
  },
  {
    name: 'export',
    summary: 'list the passes of many users into one file: limited, resumable, in shards',
    load: async () => (await import('./commands/export')).exportPasses,
  },
  {
    name: 'request',
    summary: 'show the signed request without sending it: text, curl, HTTP, JSON, SDK code',
    load: async () => (await import('./commands/request')).request,
  },
  {
    name: 'sign',
    summary: 'show each step of a signature',
    load: async () => (await import('./commands/sign')).sign,
  },
  {
    name: 'verify',
    summary: 'does this answer, request or text verify, and if not, why',
    load: async () => (await import('./commands/verify')).verify,
  },
  {
    name: 'keys',
    summary: 'generate, inspect, convert and match keys',
    load: async () => (await import('./commands/keys')).keys,
  },
  {
    name: 'explain',
    summary: 'what a code of the gateway means and what to do, offline',
    load: async () => (await import('./commands/explain')).explain,
  },
  {
    name: 'doctor',
    summary: 'check settings, keys, clock, network and one signed call',
    load: async () => (await import('./commands/doctor')).doctor,
  },
  {
    name: 'profile',
    summary: 'keep connection settings under names',
    load: async () => (await import('./commands/profile')).profile,
  },
  {
    name: 'sandbox',
    summary: 'a gateway of your own: no account, no network',
    load: async () => (await import('./commands/sandbox')).sandbox,
  },
  {
    name: 'completion',
    summary: 'print a script that completes command lines in your shell',
    load: async () => (await import('./commands/completion')).completion,
  },
];

/** What a command line asks for: a command to run, or a text (help, version) to print. */
export type Request =
  { readonly command: CommandDeclaration; readonly input: Input } | { readonly text: string };

/** How help is laid out: for `width` columns, and in English unless there are words for it. */
export interface HelpLayout extends Partial<HelpWords> {
  readonly width: number;
}

/**
 * Reads a command line. Nothing is run or printed here.
 * @throws usage with Commander's words and suggestion
 */
export async function readCommandLine(
  argv: readonly string[],
  version: string,
  layout: HelpLayout,
): Promise<Request> {
  let request: Request | undefined;
  let text = '';
  const program = createProgram(version, layout, piece => (text += piece));
  const onRun = (command: CommandDeclaration, input: Input): void => void (request = { command, input });
  for (const verb of VERBS) {
    const command = addVerb(program, verb);
    if (argv.includes(verb.name)) declare(command, await verb.load(), onRun, layout);
  }
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0 && error.code !== 'commander.help') throw usageOf(error, program, argv);
  }
  return request ?? { text };
}

function createProgram(version: string, layout: HelpLayout, write: (piece: string) => void): Command {
  const columns = (): number => layout.width;
  return new Command('alipass')
    .description('See a user’s Alipay card-bag passes (卡包) through alipay.user.pass.grouplist.query.')
    .version(version)
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .addHelpText('after', formatTryIt(layout))
    .enablePositionalOptions()
    .exitOverride()
    .configureHelp({ minWidthToWrap: LEAST_TEXT_WIDTH, formatItem: formatHelpItem, ...helpIn(layout) })
    .configureOutput({
      writeOut: write,
      writeErr: write,
      getOutHelpWidth: columns,
      getErrHelpWidth: columns,
    });
}

/** Columns that an explanation needs beside its term; with fewer it goes below. */
const LEAST_TEXT_WIDTH = 30;
const ITEM_INDENT = 2;
const TEXT_INDENT = 6;

/** Commander leaves an explanation unwrapped where there is no room for it beside the term. */
function formatHelpItem(term: string, termWidth: number, text: string, help: Help): string {
  const width = help.helpWidth ?? Infinity;
  if (text === '' || width - termWidth - 2 * ITEM_INDENT >= LEAST_TEXT_WIDTH)
    return Help.prototype.formatItem.call(help, term, termWidth, text, help);
  const below = `\n${' '.repeat(TEXT_INDENT)}`;
  const wrapped = help.boxWrap(text, Math.max(width - TEXT_INDENT, LEAST_TEXT_WIDTH));
  return ' '.repeat(ITEM_INDENT) + term + below + wrapped.replaceAll('\n', below);
}

/** Commander's ways to style a text are where it is translated: before it is measured and wrapped. */
function helpIn({ say, measure, wrap }: HelpLayout): Partial<Help> {
  return {
    ...(say && { styleTitle: say, styleDescriptionText: say }),
    ...(measure && { displayWidth: measure }),
    ...(wrap && { boxWrap: wrap }),
  };
}

const asItIs = (text: string): string => text;

function formatTryIt({ say = asItIs }: HelpLayout): string {
  const line = 'alipass list --sandbox --user 2088888888888888 --group voucher';
  return `\n${say('Try it, without an account:')}\n  ${line}\n`;
}

/** Flags behind the name of a verb are that verb's, and not of what stands above it. */
function addVerb(parent: Command, { name, summary }: Verb): Command {
  return parent.command(name).summary(summary).description(summary).enablePositionalOptions();
}

type OnRun = (command: CommandDeclaration, input: Input) => void;

/** Tells Commander of a command's arguments, flags and sub-commands. */
function declare(command: Command, entry: Entry, onRun: OnRun, layout: HelpLayout): void {
  for (const child of entry.commands ?? []) declare(addVerb(command, child), child, onRun, layout);
  if (isGroup(entry)) return;
  for (const { syntax, help } of entry.args ?? []) command.argument(syntax, help);
  for (const flag of entry.flags) command.addOption(optionOf(flag));
  if (entry.examples) command.addHelpText('after', formatExamples(entry.examples, layout));
  command.action(() => onRun(entry, { args: command.args, flags: command.opts() }));
}

function optionOf({ syntax, help, heading }: Flag): Option {
  return new Option(syntax, help).helpGroup(`${heading}:`);
}

function formatExamples(
  examples: NonNullable<CommandDeclaration['examples']>,
  { say = asItIs }: HelpLayout,
): string {
  const lines = examples.map(({ line, does }) => `  ${line}\n      ${say(does)}`);
  return `\n${say('Examples:')}\n${lines.join('\n')}\n`;
}

/** Commander's error in the house's form: its suggestion becomes the hint. */
function usageOf(error: CommanderError, program: Command, argv: readonly string[]): AlipassError {
  const [first = '', suggestion] = error.message.split('\n');
  const said = first.replace(/^error: /, '');
  const help = `${commandPath(program, argv)} --help shows what there is.`;
  return new AlipassError('usage', 'usage.invalid', said.charAt(0).toUpperCase() + said.slice(1), {
    hint: [suggestion?.replace(/^\(|\)$/g, ''), help].filter(Boolean).join(' '),
  });
}

/** The command that the leading words name: `alipass profile add`. */
function commandPath(program: Command, argv: readonly string[]): string {
  let command = program;
  const path = [program.name()];
  for (const word of argv) {
    const child = command.commands.find(it => it.name() === word);
    if (!child) break;
    path.push(word);
    command = child;
  }
  return path.join(' ');
}
