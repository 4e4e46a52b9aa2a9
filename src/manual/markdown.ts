import { type CommandEntry, type FlagEntry, withDescendants } from '../commands/catalog';
import { PASS_FIELDS } from '../protocol/api';
import { TABLE_COLUMNS } from '../render/columns';
import { ENGLISH_SAY, type Say } from '../render/phrases';
import { ENGLISH } from '../render/words';
import { EXIT_ROWS, FIELD_SAYS, VARIABLE_ROWS } from './facts';

/** What may stand between `<!-- generated: NAME -->` and `<!-- end -->`, by its name. */
export const MARKED: Readonly<Record<string, (program: CommandEntry, say: Say) => string>> = {
  commands: (program, say) =>
    table(
      ['command', 'what it does'].map(say),
      program.children
        .filter(({ path }) => path !== 'help')
        .map(it => [code(`alipass ${it.path}`), cell(say(it.summary))]),
    ),
  exits: () =>
    table(
      ['exit', 'kind', 'what it means to a script'],
      EXIT_ROWS.map(it => [String(it.code), it.kind ? code(it.kind) : '', cell(it.says)]),
    ),
  environment: () =>
    table(
      ['variable', 'flag', 'what it is'],
      VARIABLE_ROWS.map(({ name, flag, says }) => [code(name), flag ? code(flag) : '', cell(says)]),
    ),
  columns: () =>
    table(
      ['column', 'title', 'in a table by itself', 'what it is'],
      PASS_FIELDS.map(name => [
        code(name),
        cell(ENGLISH.fields[name]),
        TABLE_COLUMNS.some(column => column.name === name) ? 'yes' : '',
        cell(FIELD_SAYS[name]),
      ]),
    ),
};

const MARKED_PART = /(<!-- generated: (\w+) -->\n).*?(<!-- end -->)/gs;

/**
 * A page with what stands between its markers made anew, in the words of `say`. All else stays.
 * @throws Error for a marker that names nothing
 */
export function fillMarkers(page: string, program: CommandEntry, say: Say = ENGLISH_SAY): string {
  return page.replace(MARKED_PART, (_, begin: string, name: string, end: string) => {
    const make = MARKED[name];
    if (!make) throw new Error(`nothing is generated under the name ${name}`);
    return `${begin}\n${make(program, say)}\n${end}`;
  });
}

/** docs/reference.md: every command with its arguments, flags and examples. */
export function referencePage(program: CommandEntry): string {
  const commands = withDescendants(program).filter(({ path }) => path !== '' && path !== 'help');
  const sections = commands.map(
    entry => `## alipass ${entry.path}\n\n${entry.runs ? commandText(entry) : groupText(entry)}`,
  );
  return `# Reference

Every command with its arguments, flags and examples, generated from the program itself by \`npm run docs\`.
\`alipass COMMAND --help\` says the same; \`man alipass\` does once alipass is installed.

${sections.join('\n')}
## Exit codes

${MARKED['exits']!(program, ENGLISH_SAY)}
## Environment

A flag wins over the environment, that over the profile, that over the default.

${MARKED['environment']!(program, ENGLISH_SAY)}
## Columns

${MARKED['columns']!(program, ENGLISH_SAY)}`;
}

function groupText({ summary, children }: CommandEntry): string {
  return `${sentence(summary)}: ${children.map(child => code(child.path)).join(', ')}.\n`;
}

function commandText({ path, summary, args, flags, examples }: CommandEntry): string {
  const usage = [`alipass ${path}`, ...args.map(usageOf), '[flags]'].join(' ');
  const parts = [`${sentence(summary)}.`, fence(usage)];
  if (args.length > 0)
    parts.push(
      table(
        ['argument', ''],
        args.map(it => [code(usageOf(it)), cell(it.help)]),
      ),
    );
  const own = flags.filter(({ long }) => long !== '--help');
  if (own.length > 0)
    parts.push(
      table(
        ['flag', ''],
        own.map(flag => [code(syntaxOf(flag)), cell(flag.help)]),
      ),
    );
  if (examples.length > 0)
    parts.push(fence(examples.map(({ line, does }) => `# ${does}\n${line}`).join('\n')));
  return `${parts.join('\n\n')}\n`;
}

/** How an argument stands in a usage line. */
export function usageOf({ name, required, repeats }: CommandEntry['args'][number]): string {
  const text = `${name}${repeats ? '...' : ''}`;
  return required ? `<${text}>` : `[${text}]`;
}

/** A flag with its value, as it is typed. */
export function syntaxOf({ long, short, value }: FlagEntry): string {
  return `${short ? `${short}, ` : ''}${long}${value ? ` <${value.name}>` : ''}`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function fence(text: string): string {
  return `\`\`\`sh\n${text}\n\`\`\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |\n`).join('');
}

function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

/** A text in a cell: nothing in it is Markdown. */
function cell(text: string): string {
  return text.replace(/[\\|<>*[\]]|\b_|_\b/g, '\\$&');
}
