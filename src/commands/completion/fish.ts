import { type CommandEntry, type FlagEntry, type ValueEntry, withDescendants } from '../catalog';

/** A completion script for fish, with descriptions. */
export function fishCompletion(program: CommandEntry): string {
  const entries = withDescendants(program);
  const paths = entries.flatMap(({ path }) => (path ? [fishQuoted(path)] : []));
  return `# Completion of alipass for fish, made by \`alipass completion fish\`.

# Whether the words before the cursor call this command.
function __alipass_at
    set -l words (commandline -opc)
    set -l path
    for word in $words[2..-1]
        contains -- "$path $word" ${paths.map(path => path.replace(/^'/, "' ")).join(' ')}
        or break
        set path "$path $word"
    end
    test "$path" = "$argv[1]"
end

# Words that may stand with commas between, behind those that stand there.
function __alipass_list
    set -l before (commandline -ct | string replace -r '^--[^=]*=' '' | string match -r '.*,')
    for word in $argv
        echo "$before$word"
    end
end

function __alipass_profiles
    set -l words (commandline -opc)
    $words[1] __complete profiles 2>/dev/null
end

complete -c alipass -f
${entries.map(formatEntry).join('\n')}
`;
}

function formatEntry({ path, flags, args, children }: CommandEntry): string {
  const at = `complete -c alipass -n ${fishQuoted(`__alipass_at ${fishQuoted(path && ` ${path}`)}`)}`;
  const described = children.map(({ name, summary }) => `${at} -a ${name} -d ${fishQuoted(summary)}`);
  const offers = children.length > 0 ? described : args.map(value => `${at} ${argumentOffer(value)}`);
  return [...offers, ...flags.map(flag => `${at} ${flagOffer(flag)}`)].join('\n');
}

function flagOffer({ long, short, help, value }: FlagEntry): string {
  const names = [...(short === undefined ? [] : [`-s ${short.slice(1)}`]), `-l ${long.slice(2)}`];
  const takes = value ? [value.kind === 'file' ? '-r -F' : '-x', ...offerOf(value)] : [];
  return [...names, ...takes, `-d ${fishQuoted(help)}`].join(' ');
}

function argumentOffer(value: ValueEntry): string {
  return value.kind === 'file' ? '-F' : ['-f', ...offerOf(value)].join(' ');
}

function offerOf({ kind, words }: ValueEntry): string[] {
  switch (kind) {
    case 'words':
      return [`-a ${fishQuoted(words.join(' '))}`];
    case 'list':
      return [`-a ${fishQuoted(`(__alipass_list ${words.join(' ')})`)}`];
    case 'directory':
      return ["-a '(__fish_complete_directories)'"];
    case 'profile':
      return ["-a '(__alipass_profiles)'"];
    case 'file':
    case 'any':
      return [];
  }
}

function fishQuoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
