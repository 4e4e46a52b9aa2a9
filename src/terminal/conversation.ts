import { safeText } from './safe-text';
import type { Style } from './style';
import type { Output } from './terminal';

/** What the program says on stderr beside its answer. */
export interface Conversation {
  /** For the user of a terminal: silent elsewhere and with `--quiet`. */
  note(text: string): void;
  /** Heard wherever stderr goes, unless `--quiet`: something an answer alone does not tell. */
  remark(text: string): void;
  /** Always heard. */
  warn(text: string): void;
  /** Heard with `--verbose`. */
  detail(text: string): void;
}

/** Lays text out for a terminal of `width` columns, its further lines indented. */
export type Wrap = (text: string, indent: number, width: number) => string;

const asItIs: Wrap = text => text;
const INDENT = 2;

/** Talks on `output`; what is said is made safe for terminals, and a closed stderr is no failure. */
export function createConversation(
  output: Output,
  style: Style,
  { quiet, verbose }: { readonly quiet: boolean; readonly verbose: boolean },
  wrap: Wrap = asItIs,
): Conversation {
  const say = (text: string): void => void output.write(`${text}\n`).catch(() => {});
  const layOut = (text: string, indent = INDENT): string => wrap(safeText(text), indent, output.columns);
  return {
    note: text => !quiet && output.isTTY && say(style.faint(layOut(text))),
    remark: text => !quiet && say(layOut(text)),
    warn: text => say(`${style.warning('warning')}  ${layOut(text, 'warning  '.length)}`),
    detail: text => verbose && say(style.faint(layOut(text))),
  };
}
