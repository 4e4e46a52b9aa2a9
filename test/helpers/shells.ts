import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryDirectory } from './directory';
import { PROGRAM } from './run';

export type ShellName = 'bash' | 'zsh' | 'fish';

/** Whether a program is on this machine. */
export function isInstalled(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** A directory where `alipass` is a command, with two profiles and a few files. */
export function createDesk(): { directory: string; env: NodeJS.ProcessEnv } {
  const directory = temporaryDirectory();
  const bin = join(directory, '.bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'alipass'), `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`);
  chmodSync(join(bin, 'alipass'), 0o755);
  const config = join(directory, '.config');
  mkdirSync(config);
  const profiles = { main: {}, 'my shop': {}, 店铺: {} };
  writeFileSync(join(config, 'config.json'), JSON.stringify({ profiles }), { mode: 0o600 });
  mkdirSync(join(directory, 'keys'));
  writeFileSync(join(directory, 'key.pem'), '');
  const env = {
    PATH: `${bin}${delimiter}${process.env['PATH']}`,
    HOME: directory,
    ALIPASS_CONFIG_DIR: config,
    LC_ALL: 'C.UTF-8',
    TERM: 'dumb',
  };
  return { directory, env };
}

/** Bash calls the function as readline would: words parted at blanks, = and :, and a word at the cursor. */
const IN_BASH = `
source "$SCRIPT"
read -ra COMP_WORDS <<< "$(sed -E 's/[=:]+/ & /g' <<< "$LINE")"
[[ $LINE == *[\\ ] ]] && COMP_WORDS+=('')
COMP_LINE=$LINE COMP_POINT=\${#LINE} COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
_alipass alipass
printf '%s\\n' "\${COMPREPLY[@]}"
`;

/** An interactive zsh in a terminal of its own gets the line and a Tab; what is added to its matches is told. */
const IN_ZSH = `
zmodload zsh/zpty
zpty shell zsh -f -i
tell() { zpty -w shell "$1" }
tell 'PROMPT= RPROMPT= fpath=($PWD/.zfunc $fpath); autoload -Uz compinit; compinit -u -D'
tell 'compadd() {
  local -a hits
  [[ " $* " == *" -"[OAD]" "* ]] || { builtin compadd -O hits "$@"; (( $#hits )) && print -rl -- $hits >> $PWD/hits }
  builtin compadd "$@"
}'
tell 'finish() { exit }; comppostfuncs=(finish)'
zpty -w -n shell "$LINE"$'\\t'
zpty -r shell output '*never*'
[[ -f hits ]] && cat hits
true
`;

/** What each shell offers at the end of a line, with the completion script that the built program prints. */
export function completeIn(shell: ShellName, line: string): string[] {
  const { directory, env } = createDesk();
  const script = execFileSync(process.execPath, [PROGRAM, 'completion', shell], { env, encoding: 'utf8' });
  const path = join(directory, '.zfunc', '_alipass');
  mkdirSync(join(directory, '.zfunc'));
  writeFileSync(path, script);
  const commands: Readonly<Record<ShellName, readonly string[]>> = {
    bash: ['--norc', '--noprofile', '-c', IN_BASH],
    zsh: ['-f', '-c', IN_ZSH],
    fish: ['--no-config', '-c', 'source "$SCRIPT"; complete -C "$LINE"'],
  };
  const { stdout } = spawnSync(shell, commands[shell], {
    cwd: directory,
    env: { ...env, SCRIPT: path, LINE: line },
    encoding: 'utf8',
  });
  return stdout.split('\n').flatMap(it => it.split('\t')[0] || []);
}
