import { INFO_FIELDS, type DataRow, ROW_FIELDS } from './pass-rules';

/** The formats of a data file, by the word that the command line uses for each. */
export const DATA_FORMATS = ['json', 'ndjson', 'csv'] as const;
export type DataFormat = (typeof DATA_FORMATS)[number];

/** Writes rows as a data file that reads back as the same rows; a piece of text a row, and what stands around them. */
export function formatRows(format: DataFormat, rows: Iterable<DataRow>): Iterable<string> {
  return WRITERS[format](rows);
}

const WRITERS: Readonly<Record<DataFormat, (rows: Iterable<DataRow>) => Iterable<string>>> = {
  *json(rows) {
    let separator = '[\n';
    for (const row of rows) {
      yield separator + JSON.stringify([openFields(row)], null, 2).slice(2, -2);
      separator = ',\n';
    }
    yield separator === ',\n' ? '\n]\n' : '[]\n';
  },
  *ndjson(rows) {
    for (const row of rows) yield `${JSON.stringify(openFields(row))}\n`;
  },
  *csv(rows) {
    yield `${ROW_FIELDS.join(',')}\n`;
    for (const row of rows) {
      const fields = fieldsOf(row);
      yield `${ROW_FIELDS.map(field => formatCell(fields[field])).join(',')}\n`;
    }
  },
};

type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

function fieldsOf({ user, group, pass }: DataRow): Fields {
  return { user_id: user, group_type: group, ...pass };
}

/** In the order of a row; objects that are text on the wire are opened, to be read and edited. */
function openFields(row: DataRow): Record<string, unknown> {
  const fields = fieldsOf(row);
  const given = ROW_FIELDS.filter(field => fields[field] !== undefined);
  return Object.fromEntries(
    given.map(field => [field, INFO_FIELDS.has(field) ? openInfo(fields[field] as string) : fields[field]]),
  );
}

/** The object that a text of JSON holds, where it becomes the very same text again. */
function openInfo(text: string): unknown {
  if (!text.startsWith('{')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : text;
  } catch {
    return text;
  }
}

/** RFC 4180. An empty text stands in quotes, as an empty cell is a field that is left out. */
function formatCell(value: string | readonly string[] | undefined): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : value.join(' ');
  return /^$|[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
