/** A word for a POSIX shell, which takes it as it stands whatever is in it. */
export function shellQuote(text: string): string {
  return /^[\w./:@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
