import { nearWords } from '../nearness';
import { knownCodes } from './codes';

/** The known code that `text` spells, in whatever case; undefined when there is none. */
export function findCode(text: string): string | undefined {
  const wanted = text.toLowerCase();
  return knownCodes().find(code => code.toLowerCase() === wanted);
}

/** The known codes that `text` may mean, as {@link nearWords} has it. */
export function nearCodes(text: string): string[] {
  return nearWords(text, knownCodes());
}
