/**
 * Characters that act on a terminal or hide from the eye: controls, format characters (bidi, zero-width),
 * line separators, lone surrogates, and letters that are drawn as nothing.
 */
const UNSAFE =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u115f\u1160\u3164\uffa0]|[\u034f]|[\ufe00-\ufe0d]|[\u{e0100}-\u{e01ef}]/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Text from the gateway or a file, made safe for a terminal: what could act or hide is shown as an escape. */
export function safeText(text: string): string {
  return text.replace(UNSAFE, unsafe => SHORT[unsafe] ?? `\\u{${unsafe.codePointAt(0)!.toString(16)}}`);
}
