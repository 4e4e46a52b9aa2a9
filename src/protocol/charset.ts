import { AlipassError } from '../errors';

/** The charsets that the API page allows. Names are case-insensitive on the wire. */
export const CHARSETS = ['utf-8', 'GBK', 'gb2312'] as const;
export type Charset = (typeof CHARSETS)[number];

/** The charset that a label names, in any case, also `utf8`; undefined for any other. */
export function parseCharset(label: string): Charset | undefined {
  const plain = label.toLowerCase();
  return plain === 'utf8' ? 'utf-8' : CHARSETS.find(charset => charset.toLowerCase() === plain);
}

/** Whether a byte of 0x80 and above may start a two-byte character. */
export function isDoubleByte(charset: Charset): boolean {
  return charset !== 'utf-8';
}

/**
 * Encodes text exactly as the gateway's JDK does. A character that the charset lacks becomes `substitute`,
 * an ASCII character; without one it is refused.
 * @throws usage `charset.unencodable` naming the first character that the charset lacks.
 */
export function encodeText(text: string, charset: Charset, substitute?: string): Buffer {
  if (charset === 'utf-8') {
    if (!substitute && !text.isWellFormed()) throw unencodable(text, charset);
    return Buffer.from(substitute ? text.replace(/\p{Cs}/gu, substitute) : text, 'utf8');
  }
  const codeOf = tableOf(charset).encode;
  const bytes = Buffer.allocUnsafe(text.length * 2);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    let code = unit < 0x80 ? unit : codeOf[unit]!;
    if (code === 0 && unit !== 0) {
      if (!substitute) throw unencodable(text, charset);
      if (isHighSurrogate(unit) && text.codePointAt(i)! > 0xffff) i++;
      code = substitute.charCodeAt(0);
    }
    if (code > 0xff) bytes[length++] = code >> 8;
    bytes[length++] = code & 0xff;
  }
  return bytes.subarray(0, length);
}

/** Decodes well-formed bytes exactly as the gateway's JDK does; what is malformed becomes U+FFFD. */
export function decodeText(bytes: Uint8Array, charset: Charset): string {
  // Not TextDecoder: its first use costs 4 ms.
  if (charset === 'utf-8') return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  const unitOf = tableOf(charset).decode;
  const units = new Uint16Array(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte < 0x80) {
      units[length++] = byte;
      continue;
    }
    const unit = unitOf[(byte << 8) | (bytes[i + 1] ?? 0)]!;
    units[length++] = unit || REPLACEMENT;
    // A pair without a character is one mistake: its trail byte, which may be a backslash, is no text of its own.
    if (unit || isPair(byte, bytes[i + 1] ?? 0)) i++;
  }
  return Buffer.from(units.buffer, 0, length * 2).toString('utf16le');
}

const REPLACEMENT = 0xfffd;

function isPair(lead: number, trail: number): boolean {
  return lead > 0x80 && lead < 0xff && trail >= 0x40 && trail !== 0x7f && trail < 0xff;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

/** Whether the charset has a code for a whole character. */
function canEncode(character: string, charset: Charset): boolean {
  if (charset === 'utf-8') return character.isWellFormed();
  return character < '\x80' || (character.length === 1 && !!tableOf(charset).encode[character.charCodeAt(0)]);
}

function unencodable(text: string, charset: Charset): AlipassError {
  const bad = [...text].find(character => !canEncode(character, charset))!;
  const codePoint = `U+${bad.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  const shown = bad.isWellFormed() ? `${bad} (${codePoint})` : `the lone surrogate ${codePoint}`;
  return new AlipassError('usage', 'charset.unencodable', `${charset} has no code for ${shown}`, {
    hint: charset === 'utf-8' ? undefined : 'Leave the character out, or use --charset utf-8.',
  });
}

/** Two-byte code to UTF-16 unit, and back; 0 where there is none. */
interface Table {
  readonly decode: Uint16Array;
  readonly encode: Uint16Array;
}

/** Codes on which the JDK's table and `TextDecoder('gbk')` differ, as [code, the JDK's character]. */
const JDK_DIFFERENCES: Readonly<Record<'GBK' | 'gb2312', readonly (readonly [number, number])[]>> = {
  GBK: [
    [0xa2e3, 0x20ac],
    [0xa892, 0x2641],
  ],
  gb2312: [
    [0xa1a4, 0x30fb],
    [0xa1aa, 0x2015],
  ],
};

/** GB 2312-80 as rows of GBK: the first and last code of each run that holds characters. */
const GB2312_SYMBOL_RUNS: readonly (readonly [number, number])[] = [
  [0xa1a1, 0xa1fe],
  [0xa2b1, 0xa2e2],
  [0xa2e5, 0xa2ee],
  [0xa2f1, 0xa2fc],
  [0xa3a1, 0xa3fe],
  [0xa4a1, 0xa4f3],
  [0xa5a1, 0xa5f6],
  [0xa6a1, 0xa6b8],
  [0xa6c1, 0xa6d8],
  [0xa7a1, 0xa7c1],
  [0xa7d1, 0xa7f1],
  [0xa8a1, 0xa8ba],
  [0xa8c5, 0xa8e9],
  [0xa9a4, 0xa9ef],
];

/** The runs of GB 2312-80's ideographs: rows B0 to F7, of which D7 ends at D7F9. */
function isGb2312Ideograph(code: number): boolean {
  const lead = code >> 8;
  const trail = code & 0xff;
  return lead >= 0xb0 && lead <= 0xf7 && trail >= 0xa1 && trail <= (lead === 0xd7 ? 0xf9 : 0xfe);
}

function inGb2312(code: number): boolean {
  return isGb2312Ideograph(code) || GB2312_SYMBOL_RUNS.some(([first, last]) => code >= first && code <= last);
}

const tables = new Map<Charset, Table>();

/** Built on first use, some milliseconds: most calls are in UTF-8 and never need it. */
function tableOf(charset: 'GBK' | 'gb2312'): Table {
  const known = tables.get(charset);
  if (known) return known;
  const table = buildTable(charset === 'GBK' ? () => true : inGb2312, JDK_DIFFERENCES[charset]);
  tables.set(charset, table);
  return table;
}

/** The whole code space, 126 rows of 190: each code is exactly one UTF-16 unit, so one call decodes them all. */
function buildTable(
  has: (code: number) => boolean,
  differences: readonly (readonly [number, number])[],
): Table {
  const codes: number[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) codes.push((lead << 8) | trail);
  }
  const units = new TextDecoder('gbk').decode(
    Uint8Array.from(codes.flatMap(code => [code >> 8, code & 0xff])),
  );
  const decode = new Uint16Array(0x10000);
  codes.forEach((code, i) => {
    if (has(code)) decode[code] = units.charCodeAt(i);
  });
  for (const [code, unit] of differences) decode[code] = unit;
  const encode = new Uint16Array(0x10000);
  decode.forEach((unit, code) => {
    if (unit) encode[unit] = code;
  });
  return { decode, encode };
}
