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

/** How text is laid out for a terminal. */
export interface Layout {
  /** In lines of `width` columns, the further ones indented. */
  readonly wrap: (text: string, indent: number, width: number) => string;
  /** The columns that text takes. */
  readonly measure: (text: string) => number;
}

const asItIs = (text: string): string => text;
const NO_LAYOUT: Layout = { wrap: asItIs, measure: text => text.length };
const INDENT = 2;

/**
 * Talks on `output`, in the language that `translate` puts what is said into; it is made safe for terminals, and a
 * closed stderr is no failure.
 */
export function createConversation(
  output: Output,
  style: Style,
  { quiet, verbose }: { readonly quiet: boolean; readonly verbose: boolean },
  { wrap, measure }: Layout = NO_LAYOUT,
  translate: (text: string) => string = asItIs,
): Conversation {
  const say = (text: string): void => void output.write(`${text}\n`).catch(() => {});
  const layOut = (text: string, indent = INDENT): string =>
    wrap(safeText(translate(text)), indent, output.columns);
  return {
    note: text => !quiet && output.isTTY && say(style.faint(layOut(text))),
    remark: text => !quiet && say(layOut(text)),
    warn: text => {
      const word = translate('warning');
      say(`${style.warning(word)}  ${layOut(text, measure(word) + INDENT)}`);
    },
    detail: text => verbose && say(style.faint(layOut(text))),
  };
}
