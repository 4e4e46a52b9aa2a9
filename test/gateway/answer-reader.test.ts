import { describe, expect, it } from 'vitest';
import { AnswerReader } from '../../src/gateway/answer-reader';
import { refusal } from '../helpers/refusal';

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Reads an answer that comes in pieces of `size` bytes, and then the end of the connection. */
function read(text: string, size = Infinity): { reader: AnswerReader; whole: boolean } {
  const reader = new AnswerReader();
  let whole = false;
  const bytes = bytesOf(text);
  for (let at = 0; at < bytes.length && !whole; at += size) whole = reader.add(bytes.subarray(at, at + size));
  return { reader, whole: whole || reader.isWholeAtEnd() };
}

const head = (...fields: string[]): string => ['HTTP/1.1 200 OK', ...fields, '', ''].join('\r\n');
const CHUNKED = 'transfer-encoding: chunked';

type Fact = [what: string, text: string, body: string, goesOn: boolean];
const WHOLE: readonly Fact[] = [
  ['a sized body', `${head('Content-Length: 4')}{"a}`, '{"a}', true],
  ['no body', head('content-length: 0'), '', true],
  ['chunks', `${head(CHUNKED)}2\r\n{"\r\n1\r\n}\r\n0\r\n\r\n`, '{"}', true],
  [
    'chunks, in capitals',
    `${head('TRANSFER-ENCODING: Chunked')}A\r\n0123456789\r\n0\r\n\r\n`,
    '0123456789',
    true,
  ],
  ['chunks with extensions and a trailer', `${head(CHUNKED)}1;a=b\r\n{\r\n0 ; c\r\nx: y\r\n\r\n`, '{', true],
  ['a body that holds what ends heads', `${head('content-length: 4')}\r\n\r\n`, '\r\n\r\n', true],
  ['bytes above 127', `${head('content-length: 2')}\xc9\xcc`, '\xc9\xcc', true],
  ['an interim answer first', `HTTP/1.1 100 Continue\r\n\r\n${head('content-length: 1')}{`, '{', true],
  ['a status without a reason', 'HTTP/1.1 500 \r\ncontent-length: 1\r\n\r\n{', '{', true],
  ['no content', 'HTTP/1.1 204 No Content\r\n\r\n', '', true],
  ['a body until the connection ends', `${head()}{"a"}`, '{"a"}', false],
  ['a server that closes', `${head('connection: Keep-Alive, Close', 'content-length: 1')}{`, '{', false],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 1\r\n\r\n{', '{', false],
  ['more than was asked for', `${head('content-length: 1')}{}`, '{', false],
];

describe('AnswerReader', () => {
  it.each(WHOLE)('AnswerReader reads %s', (_, text, body, goesOn) => {
    const { reader, whole } = read(text);
    expect(whole).toBe(true);
    expect(reader.answer().bytes.toString('latin1')).toBe(body);
    expect(reader.allowsAnother()).toBe(goesOn);
  });

  it.each(WHOLE)('AnswerReader reads %s byte by byte', (_, text, body) => {
    const { reader, whole } = read(text, 1);
    expect([whole, reader.answer().bytes.toString('latin1')]).toEqual([true, body]);
  });

  it.each(WHOLE.filter(([, , , goesOn]) => goesOn))('AnswerReader awaits the rest of %s', (_, text) => {
    for (let end = 0; end < text.length; end++) expect(read(text.slice(0, end)).whole).toBe(false);
  });

  it('AnswerReader reads status and headers, names in lower case', () => {
    const { reader } = read(
      'HTTP/1.1 418 Teapot\r\nTrace_ID:\t0 1 \r\nVary: a\r\nvary: b\r\nconstructor: c\r\nempty:\r\ncontent-length: 0\r\n\r\n',
    );
    expect(reader.answer()).toMatchObject({
      status: 418,
      headers: { trace_id: '0 1', vary: 'a, b', constructor: 'c', empty: '' },
    });
  });

  it.each([
    ['what is no HTTP', '<html>\r\n\r\n', /does not begin/],
    ['a greeting of another protocol', '220 mail.example\r\n', /does not begin/],
    ['the first byte of one', '2', /does not begin/],
    ['another version', 'HTTP/2 200\r\n\r\n', /does not begin/],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n', /does not begin/],
    ['a line without a colon', head('content-length 1'), /no header/],
    ['a name with a space', head('content-length : 1'), /no header/],
    ['a line within a value', head('a: b\ncontent-length: 1'), /no header/],
    ['a carriage return in a value', head('a: b\rc'), /no header/],
    ['a zero in a value', head('a: \0'), /no header/],
    ['a line within the reason', 'HTTP/1.1 200 O\nK: v\r\n\r\n', /does not begin/],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\n\r\n', /changes the protocol/],
    ['a folded line', head('a: b', ' c: d'), /no header/],
    ['a length below 0', head('content-length: -1'), /unclear/],
    ['a length in hex', head('content-length: 0x1'), /unclear/],
    ['two lengths', head('content-length: 1', 'content-length: 2'), /unclear/],
    ['a length and chunks', head('content-length: 1', CHUNKED), /unclear/],
    ['another coding', head('transfer-encoding: gzip, chunked'), /unclear/],
    ['a chunk without a size', `${head(CHUNKED)}\r\n`, /no size/],
    ['a chunk of a size in words', `${head(CHUNKED)}one\r\n`, /no size/],
    ['a chunk that goes on', `${head(CHUNKED)}1\r\n{}\r\n`, /longer than its size/],
    ['a line within an extension', `${head(CHUNKED)}1;\n\r\n`, /no size/],
    ['a trailer that is no header', `${head(CHUNKED)}0\r\nx\r\n\r\n`, /no header/],
    ['an endless head', `HTTP/1.1 200 OK\r\na: ${'b'.repeat(16 * 1024)}`, /too long/],
    ['an endless size', `${head(CHUNKED)}1;${'a'.repeat(4 * 1024)}`, /too long/],
  ])('AnswerReader refuses %s', (_, text, words) => {
    expect(refusal(() => read(text))).toMatchObject({
      kind: 'unavailable',
      code: 'http.broken',
      message: expect.stringMatching(words) as string,
    });
    expect(refusal(() => read(text, 1))).toMatchObject({ code: 'http.broken' });
  });

  it('AnswerReader refuses a body over the limit', () => {
    const reader = new AnswerReader();
    reader.add(bytesOf(head()));
    const mebibyte = Buffer.alloc(1024 * 1024);
    for (let i = 0; i < 64; i++) expect(reader.add(mebibyte)).toBe(false);
    expect(refusal(() => reader.add(Buffer.of(0)))).toMatchObject({ code: 'http.too_large' });
  });
});
