import { type CommandEntry, type ValueEntry, withDescendants } from '../catalog';
import { type CasesOf, casesByAnswer, quoted } from './quoting';

/** What is the same for every program: reads the line, and fills COMPREPLY. */
const COMPLETE = `_alipass() {
  local line=() path='' pending='' kind='' words='' count=0 glued='' word value last i
  COMPREPLY=()
  # Bash takes words apart at = and :, so they are put together again.
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    last=$((\${#line[@]} - 1))
    if ((last >= 0)) && [[ $glued || $word =~ ^[=:]+$ ]]; then line[last]+=$word; else line+=("$word"); fi
    [[ $word =~ ^[=:]+$ ]] && glued=1 || glued=''
  done
  last=$((\${#line[@]} - 1))
  value=\${line[last]}
  for ((i = 0; i < last; i++)); do
    _alipass_is_command "$path\${path:+ }\${line[i]}" || break
    path="$path\${path:+ }\${line[i]}"
  done
  for (( ; i < last; i++)); do
    word=\${line[i]}
    if [[ $pending ]]; then
      pending=''
    elif [[ $word == -?* ]]; then
      [[ $word != *=* ]] && _alipass_flag_value "$path $word" && pending=$word
    else
      count=$((count + 1))
    fi
  done
  if [[ $pending ]]; then
    _alipass_flag_value "$path $pending"
  elif [[ $value == --*=* ]]; then
    _alipass_flag_value "$path \${value%%=*}" || return
    value=\${value#*=}
  elif [[ $value == -* ]] || ! _alipass_argument "$path $count"; then
    kind='words'
    _alipass_flags "$path"
  fi
  _alipass_reply "$1"
}

# Fills COMPREPLY with what the value may become.
_alipass_reply() {
  local head='' reply typed=\${COMP_WORDS[COMP_CWORD]}
  case $kind in
    words) _alipass_take < <(compgen -W "$words" -- "$value") ;;
    list)
      [[ $value == *,* ]] && head=\${value%,*},
      _alipass_take < <(compgen -P "$head" -W "$words" -- "\${value##*,}")
      compopt -o nospace 2> /dev/null
      ;;
    file)
      compopt -o filenames 2> /dev/null
      _alipass_take < <(compgen -f -- "$value")
      ;;
    directory)
      compopt -o filenames 2> /dev/null
      _alipass_take < <(compgen -d -- "$value")
      ;;
    profile)
      while IFS= read -r reply; do
        [[ $reply == "$value"* ]] && COMPREPLY+=("$(printf %q "$reply")")
      done < <("$1" __complete profiles 2> /dev/null)
      ;;
  esac
  ((\${#COMPREPLY[@]} > 0)) || return
  [[ \${COMPREPLY[0]} == *= ]] && compopt -o nospace 2> /dev/null
  # Bash replaces what it took for the word: all of it, or what stands behind the last = or :.
  if [[ $typed == --*=* ]]; then
    COMPREPLY=("\${COMPREPLY[@]/#/\${typed%%=*}=}")
  else
    [[ $typed =~ ^[=:]+$ ]] && typed=''
    head=\${value%"$typed"}
    COMPREPLY=("\${COMPREPLY[@]#"$head"}")
  fi
}

_alipass_take() {
  local reply
  while IFS= read -r reply; do COMPREPLY+=("$reply"); done
}

complete -F _alipass alipass
`;

/** A completion script for bash, from 3.2 on. Only names of profiles are asked of the program. */
export function bashCompletion(program: CommandEntry): string {
  const entries = withDescendants(program);
  const paths = entries.flatMap(({ path }) => (path ? [quoted(path)] : []));
  return `# Completion of alipass for bash, made by \`alipass completion bash\`.

# What may stand for the value of a flag: "$1" is a command, a space and the flag. Fails for one that takes none.
_alipass_flag_value() {
  case "$1" in
${flagCases(entries)}
    *) return 1 ;;
  esac
}

# What may stand as an argument: "$1" is a command, a space and how many arguments came before.
_alipass_argument() {
  case "$1" in
${argumentCases(entries)}
    *) return 1 ;;
  esac
}

_alipass_is_command() {
  case "$1" in
    ${paths.join(' | ')}) ;;
    *) return 1 ;;
  esac
}

_alipass_flags() {
  case "$1" in
${entries.map(({ path, flags }) => `    ${quoted(path)}) words=${quoted(flags.flatMap(namesOf).join(' '))} ;;`).join('\n')}
  esac
}

${COMPLETE}`;
}

function namesOf({ long, short }: { long: string; short: string | undefined }): string[] {
  return short === undefined ? [long] : [short, long];
}

function flagCases(entries: readonly CommandEntry[]): string {
  const cases: CasesOf<string> = entries.flatMap(({ path, flags }) =>
    flags.flatMap(flag => {
      const { value } = flag;
      return value ? namesOf(flag).map(name => [quoted(`${path} ${name}`), answerOf(value)] as const) : [];
    }),
  );
  return formatCases(cases);
}

function argumentCases(entries: readonly CommandEntry[]): string {
  const cases: CasesOf<string> = entries.flatMap(({ path, args }) =>
    args.map((argument, i) => {
      const place = argument.repeats ? `${quoted(`${path} `)}*` : quoted(`${path} ${i}`);
      return [place, answerOf(argument)] as const;
    }),
  );
  return formatCases(cases);
}

function answerOf({ kind, words }: ValueEntry): string {
  return words.length > 0 ? `kind=${kind} words=${quoted(words.join(' '))}` : `kind=${kind}`;
}

function formatCases(cases: CasesOf<string>): string {
  return casesByAnswer(cases)
    .map(([patterns, answer]) => `    ${patterns.join(' | ')}) ${answer} ;;`)
    .join('\n');
}
