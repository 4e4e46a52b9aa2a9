import { knownCodes } from './codes';

const MOST_SUGGESTED = 5;
/** Shorter words are part of too many codes. */
const SHORTEST_PART = 3;

/** The known code that `text` spells, in whatever case; undefined when there is none. */
export function findCode(text: string): string | undefined {
  const wanted = text.toLowerCase();
  return knownCodes().find(code => code.toLowerCase() === wanted);
}

/**
 * The codes that `text` may mean, nearest first: one contains the other, or a quarter of the letters are
 * mistyped at most. Case and punctuation do not count.
 */
export function nearCodes(text: string): string[] {
  const wanted = lettersOf(text);
  return knownCodes()
    .map(code => ({ code, letters: lettersOf(code) }))
    .map(({ code, letters }) => ({ code, distance: editDistance(wanted, letters), letters }))
    .filter(
      it => it.distance <= wanted.length / 4 || isPart(wanted, it.letters) || isPart(it.letters, wanted),
    )
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_SUGGESTED)
    .map(({ code }) => code);
}

function lettersOf(code: string): string {
  return code.toLowerCase().replace(/[^a-z\d]/g, '');
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
