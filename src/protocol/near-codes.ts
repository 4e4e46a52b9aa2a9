import { knownCodes } from './codes';

const MOST_SUGGESTED = 5;
/** Shorter words are part of too many codes. */
const SHORTEST_PART = 3;

/** The known code that `text` spells, in whatever case; undefined when there is none. */
export function findCode(text: string): string | undefined {
  const wanted = text.toLowerCase();
  return knownCodes().find(code => code.toLowerCase() === wanted);
}

/** The known codes that `text` may mean, as {@link nearWords} has it. */
export function nearCodes(text: string): string[] {
  return nearWords(text, knownCodes());
}

/**
 * The words that `text` may mean, nearest first, five at most: one contains the other, or a quarter of the letters
 * are mistyped at most. Case and punctuation do not count.
 */
export function nearWords(text: string, words: readonly string[]): string[] {
  const wanted = lettersOf(text);
  return words
    .map(word => ({ word, letters: lettersOf(word) }))
    .map(({ word, letters }) => ({ word, distance: editDistance(wanted, letters), letters }))
    .filter(
      it => it.distance <= wanted.length / 4 || isPart(wanted, it.letters) || isPart(it.letters, wanted),
    )
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_SUGGESTED)
    .map(({ word }) => word);
}

function lettersOf(word: string): string {
  return word.toLowerCase().replace(/[^a-z\d]/g, '');
}

function isPart(part: string, whole: string): boolean {
  return part.length >= SHORTEST_PART && whole.includes(part);
}

/** Levenshtein's: the letters to insert, drop or replace to make `b` of `a`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[j]! + 1, row[j - 1]! + 1));
    }
  }
  return row[b.length]!;
}
