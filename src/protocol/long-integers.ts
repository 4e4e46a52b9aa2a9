/** Where a string begins, or an integer whose digits a double would not hold. */
const STRING_OR_LONG_INTEGER = /"|(?<![\w.+-])-?\d{16,}(?![\d.eE])/g;

/**
 * JSON text with its integers of 16 digits and more in quotes: ids that come as numbers keep every digit. Steps
 * over strings, however long.
 */
export function quoteLongIntegers(json: string): string {
  if (!/[:[,]\s*-?\d{16}/.test(json)) return json;
  let quoted = '';
  let copied = 0;
  STRING_OR_LONG_INTEGER.lastIndex = 0;
  for (let match; (match = STRING_OR_LONG_INTEGER.exec(json));) {
    if (match[0] === '"') {
      STRING_OR_LONG_INTEGER.lastIndex = endOfString(json, match.index);
      continue;
    }
    quoted += `${json.slice(copied, match.index)}"${match[0]}"`;
    copied = match.index + match[0].length;
  }
  return quoted + json.slice(copied);
}

/** The position after the closing quote; the end of the text when there is none. */
function endOfString(json: string, start: number): number {
  for (let quote = json.indexOf('"', start + 1); quote >= 0; quote = json.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (json[quote - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return json.length;
}
