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

/** Talks on `output`; what is said is made safe for terminals, and a closed stderr is no failure. */
export function createConversation(
  output: Output,
  style: Style,
  { quiet, verbose }: { readonly quiet: boolean; readonly verbose: boolean },
): Conversation {
  const say = (text: string): void => void output.write(`${text}\n`).catch(() => {});
  return {
    note: text => !quiet && output.isTTY && say(style.faint(safeText(text))),
    remark: text => !quiet && say(safeText(text)),
    warn: text => say(`${style.warning('warning')}  ${safeText(text)}`),
    detail: text => verbose && say(style.faint(safeText(text))),
  };
}
