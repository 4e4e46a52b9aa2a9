import type { Context } from '../../context';
import { EXIT } from '../../exit';
import { parseWord } from '../../parse';
import type { CommandEntry } from '../catalog';
import type { CommandDeclaration } from '../command';

/** What writes the script of each shell; loaded when it is used. */
const SHELLS = {
  bash: async () => (await import('./bash')).bashCompletion,
  zsh: async () => (await import('./zsh')).zshCompletion,
  fish: async () => (await import('./fish')).fishCompletion,
  powershell: async () => (await import('./powershell')).powershellCompletion,
} as const satisfies Readonly<Record<string, () => Promise<(program: CommandEntry) => string>>>;

export type Shell = keyof typeof SHELLS;
export const SHELL_NAMES = Object.keys(SHELLS) as Shell[];

export const completion: CommandDeclaration = {
  args: [{ syntax: '<shell>', help: SHELL_NAMES.join(', '), choices: SHELL_NAMES }],
  flags: [],
  examples: [
    {
      line: 'alipass completion bash > ~/.local/share/bash-completion/completions/alipass',
      does: 'or in ~/.bashrc: source <(alipass completion bash)',
    },
    {
      line: 'alipass completion zsh > ~/.zfunc/_alipass',
      does: 'with fpath=(~/.zfunc $fpath) before compinit in ~/.zshrc',
    },
    { line: 'alipass completion fish > ~/.config/fish/completions/alipass.fish', does: 'nothing more to do' },
    {
      line: 'alipass completion powershell > alipass.ps1',
      does: 'and in $PROFILE: . path\\to\\alipass.ps1',
    },
  ],
  run: (context, { args }) => runCompletion(context, parseWord('shell', args[0], SHELL_NAMES)),
};

/** Prints the script of a shell, made of what every verb declares. */
export async function runCompletion({ stdout }: Context, shell: Shell): Promise<number> {
  const { readCatalog } = await import('../catalog');
  const [format, program] = await Promise.all([SHELLS[shell](), readCatalog()]);
  await stdout.write(format(program));
  return EXIT.done;
}
