export const COLOR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColorChoice = (typeof COLOR_CHOICES)[number];

type Env = Readonly<Record<string, string | undefined>>;
type Paint = (text: string) => string;

/** How text is painted, by meaning. */
export interface Style {
  readonly good: Paint;
  readonly warning: Paint;
  readonly bad: Paint;
  readonly heading: Paint;
  readonly faint: Paint;
}

/**
 * Whether a stream gets colour: `--color` first, then NO_COLOR, FORCE_COLOR, TERM=dumb, CI, and last whether
 * the stream is a terminal. chalk 5 itself reads none of NO_COLOR and decides once for all streams.
 */
export function wantsColor(choice: ColorChoice, env: Env, isTTY: boolean): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  return isTTY && env['TERM'] !== 'dumb' && !env['CI'];
}

const plain: Paint = text => text;
const PLAIN: Style = { good: plain, warning: plain, bad: plain, heading: plain, faint: plain };

/** Loads chalk only where there is something to paint. The 16 basic colours follow the user's theme. */
export async function loadStyle(color: boolean): Promise<Style> {
  if (!color) return PLAIN;
  const { Chalk } = await import('chalk');
  const { green, yellow, red, bold, dim } = new Chalk({ level: 1 });
  return { good: green, warning: yellow, bad: red, heading: bold, faint: dim };
}
