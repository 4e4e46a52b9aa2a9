import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { AlipassError, systemCode } from '../errors';

/** What is wrong with a file, and where; lines count from 1. */
export interface LineFault {
  readonly line: number;
  /** What is wrong; what is allowed. */
  readonly says: string;
}

/** A row as it was read, unchecked. */
export interface RawRow {
  readonly fields: Readonly<Record<string, unknown>>;
  /** The line of a field, or of the row where it has no such field. */
  lineOf(field: string): number;
}

/** A file that is not used, for its faults. The kind is config, the code `sandbox.data`; details hold the faults. */
export function dataError(path: string, faults: readonly LineFault[], more = false): AlipassError {
  const count = `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}${more ? ' or more' : ''}`;
  return new AlipassError('config', 'sandbox.data', `${path} has ${count}, so nothing of it is used`, {
    details: faults.map(({ line, says }) => `${path}:${line}: ${says}`),
    hint: 'alipass sandbox data prints a sample of such a file.',
  });
}

const MEGABYTE = 1024 * 1024;

/** Most rows of a data file: all are held in memory. */
export const MAX_ROWS = 200_000;
/** Longest line of a data file, and largest JSON file, in bytes; NDJSON and CSV may have as many lines as they like. */
export const MAX_TEXT_BYTES = 64 * MEGABYTE;

/**
 * Reads the lines of a UTF-8 file as they come, each with its end; a BOM is dropped.
 * @throws usage `input.unreadable`, config `sandbox.data`
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  let line = 0;
  for await (const bytes of splitLines(path)) {
    line++;
    if (bytes.length > MAX_TEXT_BYTES) throw dataError(path, [{ line, says: TOO_LONG }]);
    if (!isUtf8(bytes)) throw dataError(path, [{ line, says: NOT_UTF8 }]);
    const text = bytes.toString('utf8');
    yield line === 1 ? text.replace(/^\ufeff/, '') : text;
  }
}

export const TOO_LONG = `is too long; at most ${MAX_TEXT_BYTES / MEGABYTE} MB of JSON, or NDJSON or CSV of shorter lines`;
const NOT_UTF8 = 'is not UTF-8; save the file as UTF-8 (a spreadsheet may have saved it as GBK)';

/** A line that is too long ends the reading. */
async function* splitLines(path: string): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let length = 0;
  for await (const chunk of openChunks(path)) {
    let from = 0;
    for (let end; (end = chunk.indexOf(0x0a, from)) >= 0; from = end + 1) {
      yield Buffer.concat([...pieces, chunk.subarray(from, end + 1)]);
      [pieces, length] = [[], 0];
    }
    pieces.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > MAX_TEXT_BYTES) break;
  }
  if (length > 0) yield Buffer.concat(pieces);
}

async function* openChunks(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path) as AsyncIterable<Buffer>;
  } catch (cause) {
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: 'there is no such file',
      EISDIR: 'it is a directory',
      EACCES: 'you may not read it',
    };
    const code = systemCode(cause) ?? 'unknown';
    const message = `${path} can’t be read: ${reasons[code] ?? code}`;
    throw new AlipassError('usage', 'input.unreadable', message, { cause });
  }
}
