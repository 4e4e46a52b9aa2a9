import { CsvError, type Options } from 'csv-parse';
import { readRecords } from '../csv-records';
import { quote } from '../errors';
import type { LineFault, RawRow } from './data-lines';
import { REQUIRED_FIELDS, ROW_FIELDS, unknownField } from './pass-rules';

/** A cell that is empty and not in quotes is undefined. */
type Cells = readonly (string | undefined)[];

/** An empty cell that is not in quotes is none. */
const RECORDS: Options = { cast: (value, { quoting }) => (value === '' && !quoting ? undefined : value) };

/**
 * Reads CSV: a header of field names, then a row a record; empty lines are skipped. An empty cell is a field that is
 * left out, one in quotes (`""`) an empty text.
 */
export async function* readCsv(lines: AsyncIterable<string>): AsyncGenerator<RawRow | LineFault> {
  let header: Cells | undefined;
  let line = 1;
  try {
    for await (const cells of readRecords<Cells>(lines, RECORDS)) {
      if (header && !isEmpty(cells)) yield rowOf(cells, header as readonly string[], line);
      if (!header && !isEmpty(cells)) {
        const faults = headerFaults(cells);
        if (faults.length > 0) return yield* faults.map(says => ({ line, says }));
        header = cells;
      }
      line += 1 + countBreaks(cells);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return yield { line, says: CSV_FAULTS[error.code] ?? 'is no CSV; CSV as RFC 4180 has it' };
  }
  if (!header) yield { line: 1, says: `has no header; the names of fields: ${ROW_FIELDS.join(',')}` };
}

/** By csv-parse’s code; what is known is the line that the row begins in. */
const CSV_FAULTS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'begins a row with a quote that is not closed; a quote in a quoted text is doubled',
  CSV_MAX_RECORD_SIZE: 'begins a row with a quote that is not closed; a quote in a quoted text is doubled',
  CSV_INVALID_CLOSING_QUOTE:
    'begins a row with text behind a closing quote; a quote in a quoted text is doubled',
  INVALID_OPENING_QUOTE:
    'begins a row with a quote inside a bare text; put the text in quotes, and double it',
};

function isEmpty(cells: Cells): boolean {
  return cells.length === 1 && cells[0] === undefined;
}

/** Line breaks within a record. */
function countBreaks(cells: Cells): number {
  const inCells = cells.map(cell => cell?.match(/\r\n|\r|\n/g)?.length ?? 0);
  return inCells.reduce((sum, count) => sum + count, 0);
}

/** What spreadsheets write in place of commas. */
const SEPARATORS = [
  [';', 'semicolons'],
  ['\t', 'tabs'],
] as const;

function isHeader(names: readonly string[]): boolean {
  return names.filter(name => ROW_FIELDS.includes(name as never)).length > 1;
}

function headerFaults(header: Cells): string[] {
  const names = header.map(name => name ?? '');
  const separator =
    header.length === 1 ? SEPARATORS.find(([it]) => isHeader(names[0]!.split(it))) : undefined;
  if (separator) return [`has ${separator[1]} between its cells; commas, as RFC 4180 has it`];
  const unknown = names.filter(name => !ROW_FIELDS.includes(name as never));
  const twice = names.filter((name, i) => names.indexOf(name) < i);
  const missing = [...REQUIRED_FIELDS].filter(name => !names.includes(name));
  return [
    ...unknown.map(name => unknownField(name)),
    ...twice.map(name => `field ${quote(name)} stands in the header twice; once each`),
    ...missing.map(name => `the header lacks ${name}; it can’t be left out`),
  ];
}

function rowOf(cells: Cells, header: readonly string[], line: number): RawRow | LineFault {
  if (cells.length !== header.length) {
    const says = `has ${cells.length} cells; ${header.length}, as the header has (text with a comma stands in quotes)`;
    return { line, says };
  }
  const given = header.flatMap((name, i) =>
    cells[i] === undefined ? [] : [[name, cellValue(name, cells[i])]],
  );
  return { fields: Object.fromEntries(given), lineOf: () => line };
}

/** Shops stand in one cell, separated by spaces or semicolons. */
function cellValue(name: string, cell: string): string | string[] {
  return name === 'shop_id_list' ? cell.split(/[\s;]+/).filter(Boolean) : cell;
}
