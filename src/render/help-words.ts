import type { Language } from '../terminal/language';
import { loadPhrasebook, type Say } from './phrases';
import { displayWidth, wrapToWidth } from './width';

/** How help is said in a language whose characters may take two columns. */
export interface HelpWords {
  readonly say: Say;
  readonly measure: (text: string) => number;
  /** A text in lines of at most `width` columns. */
  readonly wrap: (text: string, width: number) => string;
}

export async function loadHelpWords(language: Language): Promise<HelpWords> {
  return {
    say: await loadPhrasebook(language),
    measure: displayWidth,
    wrap: (text, width) => wrapToWidth(text, width).join('\n'),
  };
}
