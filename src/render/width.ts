// The version that cli-table3 measures with, so that both agree on every cell.
import stringWidth from 'string-width';

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** Columns that text takes on a terminal: two for a Chinese character. */
export function displayWidth(text: string): number {
  return PRINTABLE_ASCII.test(text) ? text.length : stringWidth(text);
}

/** Text that takes at most `width` columns; what is cut off is marked with `…`. */
export function cutToWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let cut = '';
  let used = 1;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += displayWidth(segment);
    if (used > width) break;
    cut += segment;
  }
  return `${cut}…`;
}

/** Text filled with spaces to `width` columns. */
export function padToWidth(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/**
 * What stays on one line: a command in backquotes, a word, or a wide character, each with the brackets that
 * open before it and the punctuation that closes after it. Chinese has no spaces, so it may break anywhere else.
 */
const PIECE =
  /(\s*)([（《「(]*(?:(?:`[^`]*`|[^\s`\u2e80-\uffe6])+|`|[\u2e80-\uffe6])[，。；：、！？）》」),.;:!?]*)/gu;

/** Text in lines of at most `width` columns; only a piece that is wider by itself sticks out. */
export function wrapToWidth(text: string, width: number): string[] {
  const lines = [''];
  for (const [, gap, piece] of text.matchAll(PIECE)) {
    const line = lines.at(-1)!;
    if (line === '') lines[lines.length - 1] = piece!;
    else if (displayWidth(line + gap! + piece!) <= width) lines[lines.length - 1] += gap! + piece!;
    else lines.push(piece!);
  }
  return lines;
}

/** Text wrapped to a terminal of `width` columns, its further lines indented; as it is where there is no terminal. */
export function hang(text: string, indent: number, width: number): string {
  if (width === Infinity) return text;
  return wrapToWidth(text, Math.max(width - indent, 20)).join(`\n${' '.repeat(indent)}`);
}

/** All of a text in lines of at most `width` columns, broken anywhere: for what has no words, as keys and paths. */
export function foldToWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let folded = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const columns = displayWidth(segment);
    if (used + columns > width) {
      folded += '\n';
      used = 0;
    }
    folded += segment;
    used += columns;
  }
  return folded;
}
