import { type CommandEntry, type FlagEntry, type ValueEntry, withDescendants } from '../catalog';
import { quoted } from './quoting';

/** A completion script for zsh, with descriptions: as a file `_alipass` of `fpath`, or to be sourced. */
export function zshCompletion(program: CommandEntry): string {
  return `#compdef alipass
# Completion of alipass for zsh, made by \`alipass completion zsh\`.

_alipass_profiles() {
  local -a names=(\${(f)"$($service __complete profiles 2> /dev/null)"})
  compadd "$@" -a names
}

# Words of which those that end in = want more.
_alipass_words() {
  compadd -S '' -- \${(M)@:#*=}
  compadd -- \${@:#*=}
}

${withDescendants(program).toReversed().map(formatFunction).join('\n')}
if [[ $funcstack[1] == _alipass ]]; then _alipass "$@"; else compdef _alipass alipass; fi
`;
}

function formatFunction(entry: CommandEntry): string {
  return entry.children.length > 0 ? formatGroup(entry) : formatLeaf(entry);
}

function functionName(path: string): string {
  return ['_alipass', ...path.split(' ').filter(Boolean)].join('__');
}

function formatLeaf({ path, flags, args }: CommandEntry): string {
  const specs = [...flags.flatMap(flagSpecs), ...args.map(argumentSpec)];
  return `${functionName(path)}() {
  _arguments -s \\
    ${specs.join(' \\\n    ')}
}
`;
}

function formatGroup({ path, flags, children }: CommandEntry): string {
  const described = children.map(({ name, summary }) => quoted(`${name}:${summary.replaceAll(':', '\\:')}`));
  const calls = children.map(child => `        ${child.name}) ${functionName(child.path)} ;;`);
  return `${functionName(path)}() {
  local curcontext=$curcontext context state state_descr line
  typeset -A opt_args
  local -a commands=(
    ${described.join('\n    ')}
  )
  _arguments -C \\
    ${[...flags.flatMap(flagSpecs), "'1: :->command'", "'*:: :->rest'"].join(' \\\n    ')}
  case $state in
    command) _describe -t commands command commands ;;
    rest)
      case $words[1] in
${calls.join('\n')}
      esac
      ;;
  esac
}
`;
}

/** A flag once for each of its names; one that was given is not offered again, unless it repeats. */
function flagSpecs({ long, short, help, value, repeats }: FlagEntry): string[] {
  const names = short === undefined ? [long] : [short, long];
  const once = repeats ? '*' : `(${names.join(' ')})`;
  const action = value ? `:${value.name}:${actionOf(value)}` : '';
  return names.map(name => {
    const joint = value ? (name === long ? '=' : '+') : '';
    return quoted(`${once}${name}${joint}[${escapeDescription(help)}]${action}`);
  });
}

function argumentSpec({ repeats, required, help, ...value }: CommandEntry['args'][number]): string {
  const says = escapeDescription(help || value.name).replaceAll(':', '\\:');
  return quoted(`${repeats ? '*' : ''}${required ? ':' : repeats ? ':' : '::'}${says}:${actionOf(value)}`);
}

function actionOf({ kind, words }: ValueEntry): string {
  switch (kind) {
    case 'words':
      return words.some(word => word.endsWith('='))
        ? ` _alipass_words ${words.join(' ')}`
        : `(${words.join(' ')})`;
    case 'list':
      return `_sequence compadd - ${words.join(' ')}`;
    case 'file':
      return '_files';
    case 'directory':
      return '_files -/';
    case 'profile':
      return '_alipass_profiles';
    case 'any':
      return ' ';
  }
}

function escapeDescription(text: string): string {
  return text.replace(/[[\]\\]/g, '\\$&');
}
