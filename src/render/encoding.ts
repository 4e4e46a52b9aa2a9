import { BYTE_ORDER_MARK } from './excel';

/**
 * What CSV may be encoded in; `gbk` is what Excel takes for granted on Chinese Windows, `gb18030` has all of Unicode but 19
 * private-use characters, whose codes GB 18030-2022 gave to others.
 */
export const ENCODINGS = ['utf-8', 'gb18030', 'gbk'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** What an encoding has no code for. */
export interface Lacking {
  characters: number;
  /** Records with such characters. */
  records: number;
}

const SUBSTITUTE = 0x3f;
const PIECE_BYTES = 65_536;

/**
 * Encodes records, each a piece; the first piece is not counted as one when it is a header. A character without a
 * code becomes `?`, in UTF-8 U+FFFD, and is counted in `lacking`. The byte order mark is left out where it means nothing.
 */
export async function* encodeRecords(
  pieces: AsyncIterable<string>,
  encoding: Encoding,
  header: boolean,
  lacking: Lacking,
): AsyncGenerator<Uint8Array> {
  const encode = encoding === 'utf-8' ? encodeUtf8 : createEncoder(encoding);
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  let isRecord = !header;
  for await (const piece of pieces) {
    const text = encoding === 'utf-8' || !piece.startsWith(BYTE_ORDER_MARK) ? piece : piece.slice(1);
    const encoded = encode(text);
    lacking.characters += encoded.lacking;
    if (isRecord && encoded.lacking > 0) lacking.records++;
    isRecord = true;
    waiting.push(encoded.bytes);
    bytes += encoded.bytes.length;
    if (bytes < PIECE_BYTES) continue;
    yield Buffer.concat(waiting);
    [waiting, bytes] = [[], 0];
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}

interface Encoded {
  readonly bytes: Uint8Array;
  readonly lacking: number;
}

function encodeUtf8(text: string): Encoded {
  return { bytes: Buffer.from(text, 'utf8'), lacking: text.match(/\p{Cs}/gu)?.length ?? 0 };
}

function createEncoder(encoding: 'gb18030' | 'gbk'): (text: string) => Encoded {
  const codes = encodingTable(encoding);
  const codeOf = (codePoint: number): number => {
    if (codePoint < 0x80) return codePoint;
    if (codePoint <= 0xffff) return codes[codePoint]!;
    return encoding === 'gb18030' ? fourBytes(codePoint - 0x10000 + FIRST_ASTRAL) : 0;
  };
  return text => {
    const bytes = Buffer.allocUnsafe(text.length * 4);
    let length = 0;
    let lacking = 0;
    for (const character of text) {
      const codePoint = character.codePointAt(0)!;
      let code = codeOf(codePoint);
      if (code === 0 && codePoint !== 0) {
        code = SUBSTITUTE;
        lacking++;
      }
      if (code > 0xffff) length = bytes.writeUInt32BE(code, length);
      else if (code > 0xff) length = bytes.writeUInt16BE(code, length);
      else length = bytes.writeUInt8(code, length);
    }
    return { bytes: bytes.subarray(0, length), lacking };
  };
}

/** The places of U+10000 and of all that is before it among the codes of four bytes. */
const FIRST_ASTRAL = 189_000;
const LAST_OF_PLANE_0 = 39_419;

/** The code of four bytes at a place of their order. */
function fourBytes(place: number): number {
  const [a, b, c, d] = [
    Math.floor(place / 12_600),
    Math.floor(place / 1_260) % 10,
    Math.floor(place / 10) % 126,
    place % 10,
  ];
  return (0x81 + a) * 0x1000000 + ((0x30 + b) << 16) + ((0x81 + c) << 8) + 0x30 + d;
}

/** UTF-16 unit to code, 0 where there is none: what the decoder of the same name makes of every code, turned around. */
function encodingTable(encoding: 'gb18030' | 'gbk'): Uint32Array {
  const table = new Uint32Array(0x10000);
  for (const [code, unit] of decodedCodes(encoding)) {
    if (unit >= 0x80 && !table[unit]) table[unit] = code;
  }
  table.fill(0, 0xd800, 0xe000);
  return table;
}

function decodedCodes(encoding: 'gb18030' | 'gbk'): (readonly [code: number, unit: number])[] {
  const codes = allCodes(encoding);
  const LINE_FEED = 0x0a;
  const bytes = Uint8Array.from(codes.flatMap(code => [...bytesOf(code), LINE_FEED]));
  const texts = new TextDecoder(encoding).decode(bytes).split('\n');
  return codes.flatMap((code, i) => {
    const unit = texts[i]!.length === 1 ? texts[i]!.charCodeAt(0) : REPLACEMENT;
    return unit === REPLACEMENT && code !== REPLACEMENT_CODE ? [] : [[code, unit] as const];
  });
}

/** What decoders make of no code, which has a code of its own in gb18030. */
const REPLACEMENT = 0xfffd;
const REPLACEMENT_CODE = 0x8431a437;

/** One byte (the euro sign of GBK), two, and for gb18030 four; of two codes for a character the shorter comes first. */
function allCodes(encoding: 'gb18030' | 'gbk'): number[] {
  const codes = encoding === 'gbk' ? [0x80] : [];
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) codes.push((lead << 8) | trail);
  }
  if (encoding === 'gb18030') for (let i = 0; i <= LAST_OF_PLANE_0; i++) codes.push(fourBytes(i));
  return codes;
}

function bytesOf(code: number): number[] {
  if (code > 0xffff) return [code >>> 24, (code >>> 16) & 0xff, (code >>> 8) & 0xff, code & 0xff];
  return code > 0xff ? [code >> 8, code & 0xff] : [code];
}
