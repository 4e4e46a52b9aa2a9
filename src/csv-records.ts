import { type Options, parse } from 'csv-parse';

/** An open quote would swallow the rest of the file. */
const MAX_RECORD_CHARACTERS = 1_000_000;

/**
 * The records of CSV text that comes in pieces, as `options` have csv-parse make them. All records before a mistake come
 * out before it; a record may end in any kind of line break. @throws CsvError
 */
export async function* readRecords<T>(texts: AsyncIterable<string>, options: Options): AsyncGenerator<T> {
  const parser = parse({
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: MAX_RECORD_CHARACTERS,
    ...options,
  });
  // Thrown below, where the records before it are out.
  parser.once('error', () => {});
  for await (const text of texts) {
    parser.write(text);
    for (let record; (record = parser.read() as T | null) !== null;) yield record;
    if (parser.errored) throw parser.errored;
  }
  parser.end();
  yield* parser as AsyncIterable<T>;
}
