import { stringify } from 'csv-stringify/sync';
import { textAt } from '../passes/field';
import { ALL_COLUMNS } from './columns';
import type { Renderer } from './format';

type Records = readonly (readonly string[])[];

/** RFC 4180 with a header of the API's field names; lists and unexpected objects stand as JSON. */
export const renderCsv: Renderer = async function* (listing, view) {
  const { columns = ALL_COLUMNS, header = true, recordByRecord = false } = view;
  const { opening, write } = view.excel ? await forExcel() : PLAIN;
  const names = header ? write([columns.map(({ name }) => name)]) : '';
  let waiting = opening + names;
  for await (const page of listing.pages) {
    const records = page.map(pass => columns.map(({ path }) => textAt(pass, path)));
    if (!recordByRecord) yield waiting + write(records);
    else {
      if (waiting) yield waiting;
      for (const record of records) yield write([record]);
    }
    waiting = '';
  }
  if (waiting) yield waiting;
};

interface Writing {
  readonly opening: string;
  readonly write: (records: Records) => string;
}

/** Either kind of line break ends a record for some reader, whichever one ends ours. */
const LINE_BREAK = /[\r\n]/;

const PLAIN: Writing = {
  opening: '',
  write: records => stringify([...records], { quoted_match: LINE_BREAK }),
};

async function forExcel(): Promise<Writing> {
  const { BYTE_ORDER_MARK, guardCell } = await import('./excel');
  return {
    opening: BYTE_ORDER_MARK,
    write: records => {
      const guarded = records.map(record => record.map(guardCell));
      return stringify(guarded, { record_delimiter: '\r\n', quoted_match: LINE_BREAK });
    },
  };
}
