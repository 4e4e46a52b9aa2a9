import type { Say } from './phrases';

/**
 * English texts with the same in another language. `{name}` in both is a hole, which any text may fill, but `{count}` a
 * number alone, and `{sn}`, `{one}` and `{two}` a word.
 */
export type PhraseTable = Readonly<Record<string, string>>;

/** Says a text; undefined where there is no phrase for it. */
type Find = (text: string) => string | undefined;

const HOLE = /\{(\w+)\}/;

/**
 * Makes a phrasebook of tables. A text is looked up whole, then taken apart into phrases, then as a phrase with holes,
 * the one with most text of its own first. What fills a hole is said too, unless it is one word: that may be a name.
 */
export function createPhrasebook(tables: readonly PhraseTable[]): Say {
  const phrases = new Map(tables.flatMap(table => Object.entries(table)));
  const patterns = [...phrases].filter(([text]) => HOLE.test(text)).map(patternOf);
  patterns.sort((a, b) => b.length - a.length);

  const byPattern: Find = text => {
    for (const { mark, regex, names, translation } of patterns) {
      const values = text.includes(mark) && regex.exec(text);
      if (values) return fill(translation, new Map(names.map((name, i) => [name, inHole(values[i + 1]!)])));
    }
    return undefined;
  };
  const inHole: Say = text => (isName(text) ? text : say(text));
  const say: Say = text => {
    if (text.length > MOST_LENGTH) return text;
    const find = remembering(
      it => phrases.get(it) ?? codeWord(it) ?? inParts(it, find, find) ?? byPattern(it) ?? stopped(it, find),
    );
    return find(text) ?? inParts(text, part => find(part) ?? part, find) ?? text;
  };
  return say;
}

/** Of a text that is taken apart in many ways, each part is looked up once. */
function remembering(find: Find): Find {
  const found = new Map<string, string | undefined>();
  return text => {
    if (!found.has(text)) found.set(text, find(text));
    return found.get(text);
  };
}

/** One word may be a phrase by itself, but within a text it is taken for what the text is about. */
function isName(text: string): boolean {
  return !text.includes(' ');
}

/** Names of variables, numbers and flags without a word are the same in all languages. */
function codeWord(text: string): string | undefined {
  return /^[^a-z]+$/.test(text) ? text : undefined;
}

/** A phrase with holes. */
interface Pattern {
  /** Characters of its own. */
  readonly length: number;
  /** The longest text between its holes: a text without it is not tried. */
  readonly mark: string;
  readonly regex: RegExp;
  readonly names: readonly string[];
  readonly translation: string;
}

function patternOf([text, translation]: readonly [string, string]): Pattern {
  // Every second part is the name of a hole.
  const parts = text.split(HOLE);
  const literals = parts.filter((_, i) => i % 2 === 0);
  return {
    length: literals.join('').length,
    mark: literals.reduce((longest, it) => (it.length > longest.length ? it : longest)),
    regex: new RegExp(
      `^${parts.map((part, i) => (i % 2 === 0 ? escape(part) : (FILLINGS.get(part) ?? '(.+?)'))).join('')}$`,
      's',
    ),
    names: parts.filter((_, i) => i % 2 === 1),
    translation,
  };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What fills a hole of that name, where it is not any text. */
const FILLINGS: ReadonlyMap<string, string> = new Map([
  ['count', '([\\d,]+)'],
  ['one', '([\\w-]+)'],
  ['two', '([\\w-]+)'],
  ['sn', '([\\w-]+)'],
]);

/** Where a text may be taken apart, and what stands there in Chinese. */
const JOINTS: readonly (readonly [RegExp, string])[] = [
  [/(?<=[.?!]) (?=\S)/g, ' '],
  [/; /g, '；'],
  [/: /g, '：'],
  [/ and /g, '和'],
];

/** Texts of ours are shorter and have fewer joints; of what a gateway sent, the parts would be too many to try. */
const MOST_LENGTH = 4_000;
const MOST_JOINTS = 12;

/** A text whose last phrase `findTail` knows, and `findHead` what comes before. */
function inParts(text: string, findHead: Find, findTail: Find): string | undefined {
  for (const [joint, joined] of JOINTS) {
    const gaps = [...text.matchAll(joint)];
    if (gaps.length > MOST_JOINTS) continue;
    for (const { 0: gap, index } of gaps.toReversed()) {
      const rest = text.slice(index + gap.length);
      const tail = isName(rest) ? codeWord(rest) : findTail(rest);
      const head = tail === undefined ? undefined : findHead(text.slice(0, index));
      if (head !== undefined) return join(head, joined + tail!);
    }
  }
  return undefined;
}

/** A phrase that a full stop made a sentence. */
function stopped(text: string, find: Find): string | undefined {
  const phrase = text.endsWith('.') ? find(text.slice(0, -1)) : undefined;
  return phrase && `${phrase}。`;
}

function fill(translation: string, values: ReadonlyMap<string, string>): string {
  return translation
    .split(HOLE)
    .reduce((said, part, i) => join(said, i % 2 === 1 ? values.get(part)! : part), '');
}

const CHINESE = '[\\p{Script=Han}，。：；、？（）]';
const TOUCHING = /\p{Script=Han}\0[A-Za-z0-9"`-]|[A-Za-z0-9"`-]\0\p{Script=Han}/u;
/** Also between a full-width mark, which has room of its own, and whatever follows. */
const PARTED = new RegExp(`${CHINESE} \0${CHINESE}|${CHINESE}\0 ${CHINESE}|[。？；：，]\0 `, 'u');

/** Puts texts together with a space where Chinese meets Latin letters or digits, and without one within Chinese. */
function join(before: string, after: string): string {
  const seam = `${before.slice(-2)}\0${after.slice(0, 2)}`;
  if (TOUCHING.test(seam)) return `${before} ${after}`;
  return PARTED.test(seam) ? before.trimEnd() + after.trimStart() : before + after;
}
