import { CsvError } from 'csv-parse';
import { readRecords } from '../csv-records';
import { AlipassError } from '../errors';
import type { UserEntry } from './users';

interface Row {
  readonly record: readonly string[];
  /** The line in which the row ends. */
  readonly info: { readonly lines: number };
}

/**
 * The cells of one column of CSV with a header; empty cells are skipped. An entry's line is that in which its row ends.
 * @throws what `unknown` makes of the header's names when the column is not there; usage for what is no CSV
 */
export async function* readColumn(
  texts: AsyncIterable<string>,
  column: string,
  unknown: (names: readonly string[]) => AlipassError,
): AsyncGenerator<UserEntry[]> {
  let place: number | undefined;
  try {
    const options = { bom: true, info: true, trim: true, skip_empty_lines: true };
    for await (const { record, info } of readRecords<Row>(texts, options)) {
      if (place !== undefined) {
        if (record[place]) yield [{ line: info.lines, text: record[place]! }];
        continue;
      }
      place = record.indexOf(column);
      if (place < 0) throw unknown(record);
    }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const message = `The list of users is no CSV in line ${String(cause['lines'])}: ${cause.message}`;
    throw new AlipassError('usage', 'users.csv', message, { cause });
  }
}
