import { Command, CommanderError, Option } from 'commander';
import {
  type CommandDeclaration,
  type CommandGroup,
  type Flag,
  type Input,
  isGroup,
} from './commands/command';
import { list } from './commands/list';
import { profile } from './commands/profile';
import { sandbox } from './commands/sandbox';
import { AlipassError } from './errors';

/** Every verb, in the order of the help. */
export const COMMANDS: readonly (CommandDeclaration | CommandGroup)[] = [list, profile, sandbox];

/** What a command line asks for: a command to run, or a text (help, version) to print. */
export type Request =
  { readonly command: CommandDeclaration; readonly input: Input } | { readonly text: string };

/** Reads a command line. Nothing is run or printed here. @throws usage with Commander's words and suggestion */
export function readCommandLine(argv: readonly string[], version: string): Request {
  let request: Request | undefined;
  let text = '';
  const collect = (piece: string): void => void (text += piece);
  const program = new Command('alipass')
    .description('See a user’s Alipay card-bag passes (卡包) through alipay.user.pass.grouplist.query.')
    .version(version)
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .exitOverride()
    .configureOutput({
      writeOut: collect,
      writeErr: collect,
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
    });
  program.addHelpText('after', TRY_IT);
  const onRun = (command: CommandDeclaration, input: Input): void => void (request = { command, input });
  for (const entry of COMMANDS) addEntry(program, entry, onRun);
  try {
    program.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0 && error.code !== 'commander.help') throw usageOf(error, argv);
  }
  return request ?? { text };
}

const TRY_IT = `
Try it, without an account:
  alipass list --sandbox --user 2088888888888888 --group voucher
`;

type OnRun = (command: CommandDeclaration, input: Input) => void;

function addEntry(parent: Command, entry: CommandDeclaration | CommandGroup, onRun: OnRun): void {
  const command = parent.command(entry.name).summary(entry.summary).description(entry.summary);
  if (isGroup(entry)) {
    for (const child of entry.commands) addEntry(command, child, onRun);
    return;
  }
  for (const { syntax, help } of entry.args ?? []) command.argument(syntax, help);
  for (const flag of entry.flags) command.addOption(optionOf(flag));
  if (entry.examples) command.addHelpText('after', formatExamples(entry.examples));
  command.action(() => onRun(entry, { args: command.args, flags: command.opts() }));
}

function optionOf({ syntax, help, heading }: Flag): Option {
  return new Option(syntax, help).helpGroup(`${heading}:`);
}

function formatExamples(examples: NonNullable<CommandDeclaration['examples']>): string {
  return `\nExamples:\n${examples.map(({ line, does }) => `  ${line}\n      ${does}`).join('\n')}\n`;
}

/** Commander's error in the house's form: its suggestion becomes the hint. */
function usageOf(error: CommanderError, argv: readonly string[]): AlipassError {
  const [first = '', suggestion] = error.message.split('\n');
  const said = first.replace(/^error: /, '');
  const path = argv.filter(word => COMMAND_WORDS.has(word)).slice(0, 2);
  const help = `${['alipass', ...path].join(' ')} --help shows what there is.`;
  return new AlipassError('usage', 'usage.invalid', said.charAt(0).toUpperCase() + said.slice(1), {
    hint: [suggestion?.replace(/^\(|\)$/g, ''), help].filter(Boolean).join(' '),
  });
}

const COMMAND_WORDS: ReadonlySet<string> = new Set(
  COMMANDS.flatMap(entry =>
    isGroup(entry) ? [entry.name, ...entry.commands.map(it => it.name)] : [entry.name],
  ),
);
