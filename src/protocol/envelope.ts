import { AlipassError } from '../errors';
import { type Charset, decodeText, isDoubleByte } from './charset';

/** A top-level member of an answer: its name, and where the bytes of its value start and end. */
export interface Member {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Slices the members of an answer's top-level object out of its raw bytes, so that what is verified is what
 * was sent. Looks at strings and nesting alone: whether a value is JSON inside is for JSON.parse to say. Takes any member order and any white space; steps over double bytes, whose trail bytes include
 * `\`, `{` and `}` (docs/protocol.md, "Answers").
 * @throws unavailable `envelope.malformed` when the bytes are not one whole JSON object,
 *   untrusted `envelope.duplicate` when a member comes twice: a forgery that some clients fall for.
 */
export function readEnvelope(bytes: Buffer, charset: Charset): Member[] {
  const scanner = new Scanner(bytes, isDoubleByte(charset));
  const members: Member[] = [];
  scanner.expect(BRACE_OPEN);
  if (scanner.peek() === BRACE_CLOSE) scanner.expect(BRACE_CLOSE);
  else {
    do {
      const name = parseName(scanner.value(QUOTE), charset);
      scanner.expect(COLON);
      if (members.some(member => member.name === name)) throw duplicate(name);
      members.push({ name, bytes: scanner.value() });
    } while (scanner.expect(COMMA, BRACE_CLOSE) === COMMA);
  }
  if (scanner.peek() !== undefined) throw malformed(scanner.position, 'something follows the object');
  return members;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const BRACKET_OPEN = 0x5b;
const BRACKET_CLOSE = 0x5d;
const BRACE_OPEN = 0x7b;
const BRACE_CLOSE = 0x7d;
const WHITE_SPACE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** Walks over JSON text without building it: it only has to know where each value ends. */
class Scanner {
  position: number;

  constructor(
    private readonly bytes: Buffer,
    private readonly doubleByte: boolean,
  ) {
    this.position = bytes.subarray(0, 3).equals(BOM) ? 3 : 0;
  }

  /** The next byte that is not white space; undefined at the end. */
  peek(): number | undefined {
    while (WHITE_SPACE.has(this.bytes[this.position]!)) this.position++;
    return this.bytes[this.position];
  }

  expect(...wanted: number[]): number {
    const found = this.peek();
    if (found === undefined || !wanted.includes(found)) {
      throw malformed(
        this.position,
        `expected ${wanted.map(byte => String.fromCharCode(byte)).join(' or ')}`,
      );
    }
    this.position++;
    return found;
  }

  /** Steps over one value, which must start with `first` when that is given, and returns its bytes. */
  value(first?: number): Buffer {
    const next = this.peek();
    if (first !== undefined && next !== first) this.expect(first);
    const start = this.position;
    if (next === QUOTE) this.skipString();
    else if (next === BRACE_OPEN || next === BRACKET_OPEN) this.skipNested();
    else this.skipLiteral();
    return this.bytes.subarray(start, this.position);
  }

  private skipNested(): void {
    let depth = 0;
    do {
      const byte = this.bytes[this.position];
      if (byte === undefined) throw malformed(this.position, 'the text ends too early');
      if (byte === QUOTE) {
        this.skipString();
        continue;
      }
      if (byte === BRACE_OPEN || byte === BRACKET_OPEN) depth++;
      if (byte === BRACE_CLOSE || byte === BRACKET_CLOSE) depth--;
      this.position++;
    } while (depth > 0);
  }

  /** In UTF-8 no byte of a longer character is a quote or a backslash; of a double byte the second may be either. */
  private skipString(): void {
    for (let i = this.position + 1; i < this.bytes.length; i++) {
      const byte = this.bytes[i]!;
      if (byte === QUOTE) {
        this.position = i + 1;
        return;
      }
      if (byte === BACKSLASH || (this.doubleByte && byte > 0x80 && byte < 0xff)) i++;
    }
    throw malformed(this.bytes.length, 'a string does not end');
  }

  private skipLiteral(): void {
    const start = this.position;
    while (/[-+.\w]/.test(String.fromCharCode(this.bytes[this.position] ?? 0))) this.position++;
    if (this.position === start) throw malformed(start, 'expected a value');
  }
}

function parseName(bytes: Buffer, charset: Charset): string {
  try {
    return JSON.parse(decodeText(bytes, charset)) as string;
  } catch (cause) {
    throw new AlipassError(
      'unavailable',
      'envelope.malformed',
      'The answer has a member name that is not JSON',
      {
        cause,
      },
    );
  }
}

function malformed(position: number, what: string): AlipassError {
  return new AlipassError(
    'unavailable',
    'envelope.malformed',
    `The answer is not one whole JSON object: ${what}, at byte ${position}`,
    { retryable: true },
  );
}

function duplicate(name: string): AlipassError {
  return new AlipassError(
    'untrusted',
    'envelope.duplicate',
    `The answer has two members named ${JSON.stringify(name)}: one of them is forged`,
    { hint: 'Something between here and the gateway changes answers. Nothing of this one was used.' },
  );
}
