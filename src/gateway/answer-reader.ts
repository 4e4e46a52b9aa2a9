import { brokenAnswer, createBody } from './http-call';
import type { RawResponse } from './response';

/** As node:http has it. */
const MOST_HEAD_BYTES = 16 * 1024;
/** Of the lines between chunks. */
const MOST_LINE_BYTES = 4 * 1024;
const NOTHING = Buffer.alloc(0);
const OPENING = 'HTTP/1.';

/** What comes by turns. A body is sized, or in chunks, or goes on until the connection ends (RFC 9112, section 6.3). */
type Part = 'head' | 'sized' | 'chunkSize' | 'chunk' | 'chunkEnd' | 'trailer' | 'untilEnd' | 'whole';

/**
 * Reads one HTTP/1.1 answer out of the pieces in which a connection brings it. Stricter than RFC 9112 asks: what may be
 * read in two ways is refused. @throws unavailable `http.broken`, `http.too_large`
 */
export class AnswerReader {
  private part: Part = 'head';
  private unread: Buffer = NOTHING;
  /** Bytes of the body, or of a chunk, that are still to come. */
  private awaited = Infinity;
  private version = '';
  private status = 0;
  private headers: Record<string, string> = {};
  private readonly body = createBody();

  /** Takes the next piece; true once the answer is whole. */
  add(piece: Buffer): boolean {
    this.unread = this.unread.length === 0 ? piece : Buffer.concat([this.unread, piece]);
    while (this.part !== 'whole' && this.read());
    return this.part === 'whole';
  }

  /** Whether the answer is whole if the connection ends now. */
  isWholeAtEnd(): boolean {
    return this.part === 'untilEnd';
  }

  /** The whole answer. */
  answer(): RawResponse {
    return { status: this.status, headers: this.headers, bytes: this.body.bytes() };
  }

  /** Whether the connection that brought the whole answer may bring another. */
  allowsAnother(): boolean {
    const closes = /\bclose\b/i.test(this.headers['connection'] ?? '');
    return this.part === 'whole' && this.version === '1.1' && !closes && this.unread.length === 0;
  }

  /** Reads what is there of the present part; false when more must come. */
  private read(): boolean {
    switch (this.part) {
      case 'head':
        return this.readHead();
      case 'chunkSize':
      case 'chunkEnd':
      case 'trailer':
        return this.readLine(this.part);
      default:
        return this.readBody();
    }
  }

  private readHead(): boolean {
    const begun = this.unread.toString('latin1', 0, OPENING.length);
    if (!OPENING.startsWith(begun)) throw brokenAnswer('it does not begin with HTTP/1.1 and a status');
    const end = this.unread.indexOf('\r\n\r\n', 0, 'latin1');
    if ((end < 0 ? this.unread.length : end) > MOST_HEAD_BYTES) throw brokenAnswer('its head is too long');
    if (end < 0) return false;
    const [first, ...fields] = this.unread.toString('latin1', 0, end).split('\r\n');
    this.unread = this.unread.subarray(end + 4);
    const [, version, status] = /^HTTP\/(1\.[01]) ([1-9]\d\d)(?: .*)?$/.exec(first!) ?? [];
    if (!version) throw brokenAnswer('it does not begin with HTTP/1.1 and a status');
    this.version = version;
    this.status = Number(status);
    this.headers = readFields(fields);
    if (this.status === 101) throw brokenAnswer('it changes the protocol');
    // An interim answer comes before the one that counts.
    if (this.status >= 200) this.part = this.beginBody();
    return true;
  }

  private beginBody(): Part {
    const { 'transfer-encoding': coding, 'content-length': length } = this.headers;
    if (this.status === 204 || this.status === 304) return 'whole';
    if (coding === undefined && length === undefined) return 'untilEnd';
    if (length === undefined && coding!.toLowerCase() === 'chunked') return 'chunkSize';
    if (coding !== undefined || !/^\d{1,15}$/.test(length!)) throw brokenAnswer('its length is unclear');
    this.awaited = Number(length);
    return this.awaited === 0 ? 'whole' : 'sized';
  }

  private readLine(part: 'chunkSize' | 'chunkEnd' | 'trailer'): boolean {
    const end = this.unread.indexOf('\r\n', 0, 'latin1');
    if ((end < 0 ? this.unread.length : end) > MOST_LINE_BYTES) throw brokenAnswer('a line is too long');
    if (end < 0) return false;
    const line = this.unread.toString('latin1', 0, end);
    this.unread = this.unread.subarray(end + 2);
    if (part === 'chunkSize') this.part = this.beginChunk(line);
    else if (part === 'trailer') this.part = this.endTrailer(line);
    else if (line === '') this.part = 'chunkSize';
    else throw brokenAnswer('a chunk is longer than its size');
    return true;
  }

  /** A size may be followed by extensions, which mean nothing here. */
  private beginChunk(line: string): Part {
    const [, size] = /^([\da-f]{1,8})[ \t]*(?:;.*)?$/i.exec(line) ?? [];
    if (size === undefined) throw brokenAnswer('a chunk has no size');
    this.awaited = parseInt(size, 16);
    return this.awaited === 0 ? 'trailer' : 'chunk';
  }

  /** A header behind the body, which means nothing here, or the empty line that ends the answer. */
  private endTrailer(line: string): Part {
    if (line === '') return 'whole';
    readFields([line]);
    return 'trailer';
  }

  private readBody(): boolean {
    if (this.unread.length === 0) return false;
    const piece = this.unread.subarray(0, this.awaited);
    this.body.add(piece);
    this.unread = this.unread.subarray(piece.length);
    this.awaited -= piece.length;
    if (this.awaited === 0) this.part = this.part === 'chunk' ? 'chunkEnd' : 'whole';
    return true;
  }
}

/** Header fields by name, in lower case; the values of one that comes more than once are joined. */
function readFields(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, field, text] = FIELD.exec(line) ?? [];
    if (field === undefined) throw brokenAnswer('its head has a line that is no header');
    const name = field.toLowerCase();
    const value = text!.trim();
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

/** A name, and what may stand behind it in a line: no part of a line break. */
const FIELD = /^([\w!#$%&'*+.^`|~-]+):([^\0\r\n]*)$/;
