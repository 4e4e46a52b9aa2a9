const MOST_NEAR = 5;
/** Shorter words are part of too many others. */
const SHORTEST_PART = 3;
const MOST_SUGGESTED = 3;

/**
 * The words that `text` may mean, nearest first, five at most: one contains the other, or a quarter of the letters
 * are mistyped at most, but always one. Case and punctuation do not count.
 */
export function nearWords(text: string, words: readonly string[]): string[] {
  const wanted = lettersOf(text);
  return words
    .map(word => ({ word, letters: lettersOf(word) }))
    .map(({ word, letters }) => ({ word, distance: editDistance(wanted, letters), letters }))
    .filter(
      it => it.distance <= mistakesIn(wanted) || isPart(wanted, it.letters) || isPart(it.letters, wanted),
    )
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST_NEAR)
    .map(({ word }) => word);
}

/** `Did you mean voucher?`, for a hint; undefined when nothing is near. */
export function didYouMean(text: string, words: readonly string[]): string | undefined {
  const near = nearWords(text, words);
  return near.length === 0 ? undefined : `Did you mean ${near.slice(0, MOST_SUGGESTED).join(' or ')}?`;
}

function lettersOf(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function isPart(part: string, whole: string): boolean {
  return part.length >= SHORTEST_PART && whole.includes(part);
}

/** How many letters of a word may be wrong. */
function mistakesIn({ length }: string): number {
  return length < SHORTEST_PART ? 0 : Math.max(1, length / 4);
}

/** The letters to insert, drop, replace, or swap with the next one to make `b` of `a` (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? beforeLast[j - 2]! + 1 : Infinity;
      row.push(Math.min(replaced, swapped, last[j]! + 1, row[j - 1]! + 1));
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}
