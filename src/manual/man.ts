import type { CommandEntry, FlagEntry } from '../commands/catalog';
import { EXIT_ROWS, VARIABLE_ROWS } from './facts';
import { syntaxOf, usageOf } from './markdown';

/** What a man page says of the version it describes. */
export interface Edition {
  readonly version: string;
  /** `2026-11-23`. */
  readonly date: string;
}

/** Where the build writes the pages; npm installs none that package.json does not name one by one. */
export function manFiles(program: CommandEntry): string[] {
  return [...manPages(program, { version: '', date: '' }).keys()].map(name => `./dist/man/${name}`);
}

/** `alipass.1` and a page for each verb, as man(7), by their file names. */
export function manPages(program: CommandEntry, edition: Edition): Map<string, string> {
  const verbs = program.children.filter(({ path }) => path !== 'help');
  const pages = verbs.map(verb => [`alipass-${verb.name}.1`, verbPage(verb, edition)] as const);
  return new Map([['alipass.1', programPage(program, verbs, edition)], ...pages]);
}

function programPage(program: CommandEntry, verbs: readonly CommandEntry[], edition: Edition): string {
  return lines([
    title('alipass', edition),
    section('NAME', [`alipass \\- ${roff(program.summary)}`]),
    section('SYNOPSIS', ['.B alipass', roff('<command> [flags]')]),
    section(
      'COMMANDS',
      verbs.flatMap(({ name, summary }) => item(`.BR alipass\\-${roff(name)} (1)`, summary)),
    ),
    section('OPTIONS', program.flags.flatMap(flagItem)),
    section(
      'EXIT STATUS',
      EXIT_ROWS.flatMap(({ code, kind, says }) => item(`.B ${code}`, kind ? `${kind}: ${says}` : says)),
    ),
    section(
      'ENVIRONMENT',
      VARIABLE_ROWS.flatMap(({ name, flag, says }) =>
        item(`.B ${roff(name)}`, flag ? `${says}; ${flag} wins` : says),
      ),
    ),
    section('EXAMPLES', example(TRY_IT)),
  ]);
}

const TRY_IT = {
  line: 'alipass list --sandbox --user 2088888888888888 --group voucher',
  does: 'try it, without an account',
};

function verbPage(verb: CommandEntry, edition: Edition): string {
  const commands = [...(verb.runs ? [verb] : []), ...verb.children];
  const isGroup = verb.children.length > 0;
  return lines([
    title(`alipass-${verb.name}`, edition),
    section('NAME', [`alipass\\-${roff(verb.name)} \\- ${roff(verb.summary)}`]),
    section(
      'SYNOPSIS',
      commands.flatMap((command, i) => [...(i > 0 ? ['.br'] : []), ...synopsis(command)]),
    ),
    ...(isGroup
      ? [
          section(
            'COMMANDS',
            commands.flatMap(command => [`.SS ${roff(command.path)}`, ...body(command, true)]),
          ),
        ]
      : [section('DESCRIPTION', [sentence(verb.summary)]), ...body(verb, false)]),
    section('SEE ALSO', ['.BR alipass (1)']),
  ]);
}

function synopsis({ path, args }: CommandEntry): string[] {
  return [`.B alipass ${roff(path)}`, roff([...args.map(usageOf), '[flags]'].join(' '))];
}

/** Arguments, flags and examples: under headings of their own, or one after the other in the section of a group. */
function body({ summary, args, flags, examples }: CommandEntry, inGroup: boolean): string[] {
  const taken = args.flatMap(it => item(`.I ${roff(usageOf(it))}`, it.help));
  const shown = examples.flatMap(example);
  if (inGroup) return [sentence(summary), ...taken, ...flags.flatMap(flagItem), ...shown];
  const headings = [...new Set(flags.map(({ heading }) => heading))];
  return [
    ...(args.length > 0 ? [section('ARGUMENTS', taken)] : []),
    section(
      'OPTIONS',
      headings.flatMap(heading => [
        `.SS ${roff(heading)}`,
        ...flags.filter(flag => flag.heading === heading).flatMap(flagItem),
      ]),
    ),
    ...(examples.length > 0 ? [section('EXAMPLES', shown)] : []),
  ];
}

function flagItem(flag: FlagEntry): string[] {
  return item(`.B ${roff(syntaxOf(flag))}`, flag.help);
}

function example({ line, does }: { readonly line: string; readonly does: string }): string[] {
  return [`${sentence(does)}:`, '.RS 4', '.nf', roff(line), '.fi', '.RE'];
}

function item(tag: string, text: string): string[] {
  return ['.TP', tag, roff(text)];
}

function title(name: string, { version, date }: Edition): string {
  return `.TH ${roff(name.toUpperCase())} 1 "${date}" "alipass ${roff(version)}" "User Commands"`;
}

function section(name: string, content: readonly string[]): string {
  return lines([`.SH ${name}`, ...content]);
}

function sentence(text: string): string {
  return roff(text.charAt(0).toUpperCase() + text.slice(1));
}

function lines(parts: readonly string[]): string {
  return parts.map(part => (part.endsWith('\n') ? part : `${part}\n`)).join('');
}

/** A text in which roff finds no command of its own. Lines that begin with a dot or an apostrophe are guarded. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/['`^~"]/g, mark => MARKS[mark]!)
    .replace(/^(?=\.)/, '\\&');
}

/** ASCII that roff prints as something else. */
const MARKS: Readonly<Record<string, string>> = {
  "'": '\\(aq',
  '`': '\\(ga',
  '^': '\\(ha',
  '~': '\\(ti',
  '"': '\\(dq',
};
