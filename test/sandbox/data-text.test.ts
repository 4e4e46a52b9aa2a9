import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GROUPS } from '../../src/protocol/api';
import { readDataset } from '../../src/sandbox/data-file';
import { DATA_FORMATS, type DataFormat, formatRows } from '../../src/sandbox/data-text';
import { AWKWARD_USER, createSampleDataset, PAGE_USER } from '../../src/sandbox/dataset';
import type { Dataset } from '../../src/sandbox/holding';
import type { DataRow } from '../../src/sandbox/pass-rules';
import { countGeneratedRows, generatedRows, sampleRows } from '../../src/sandbox/sample-rows';
import { temporaryDirectory } from '../helpers/directory';

const NOW = Date.parse('2024-06-15T12:00:00+08:00');
const ORDER = { users: 2, passes: 40, seed: 7, startMs: NOW };

const write = (format: DataFormat, rows: Iterable<DataRow>): string => [...formatRows(format, rows)].join('');

/** All that these users hold, in the order of a dataset. */
function rowsOf(dataset: Dataset, users: readonly string[]): DataRow[] {
  return users.flatMap(user =>
    GROUPS.flatMap(group => {
      const holding = dataset(user, group);
      return Array.from({ length: holding.length }, (_, i) => ({ user, group, pass: holding.at(i) }));
    }),
  );
}

const usersOf = (rows: readonly DataRow[]): string[] => [...new Set(rows.map(({ user }) => user))];

const SOURCES: readonly (readonly [string, readonly DataRow[]])[] = [
  ['the sample', [...sampleRows(NOW)]],
  ['all that is awkward', rowsOf(createSampleDataset(NOW), [AWKWARD_USER])],
  ['generated rows', [...generatedRows(ORDER)]],
  ['no rows', []],
];

describe('formatRows', () => {
  it.each(DATA_FORMATS.flatMap(format => SOURCES.map(([name, rows]) => ({ format, name, rows }))))(
    'formatRows writes $name as $format that reads back as the same rows, and is written the same again',
    async ({ format, rows }) => {
      const path = join(temporaryDirectory(), `shop.${format}`);
      const text = write(format, rows);
      writeFileSync(path, text);
      const { datasetAt, users, passes } = await readDataset(path);
      expect([users, passes]).toEqual([usersOf(rows).length, rows.length]);
      const back = rowsOf(datasetAt(NOW), usersOf(rows));
      expect(back).toEqual(rows);
      expect(write(format, back)).toBe(text);
    },
  );

  const row: DataRow = {
    user: PAGE_USER,
    group: 'card',
    pass: {
      status: 'used',
      pass_id: '1',
      data_info: '{"a":{"b":1}}',
      ext_info: '{"a": 1}',
      shop_id_list: ['2', '3'],
    },
  };

  it.each<[DataFormat, string]>([
    [
      'json',
      `[
  {
    "user_id": "2088888888888888",
    "group_type": "card",
    "pass_id": "1",
    "shop_id_list": [
      "2",
      "3"
    ],
    "data_info": {
      "a": {
        "b": 1
      }
    },
    "status": "used",
    "ext_info": "{\\"a\\": 1}"
  }
]
`,
    ],
    [
      'ndjson',
      '{"user_id":"2088888888888888","group_type":"card","pass_id":"1","shop_id_list":["2","3"],"data_info":{"a":{"b":1}},"status":"used","ext_info":"{\\"a\\": 1}"}\n',
    ],
    [
      'csv',
      'user_id,group_type,pass_id,mechant_name,logo_text,second_logo_text,item_id,start_date,end_date,gmt_create,shop_id_list,data_info,status,ext_info\n' +
        '2088888888888888,card,1,,,,,,,,2 3,"{""a"":{""b"":1}}",used,"{""a"": 1}"\n',
    ],
  ])(
    'formatRows writes %s in the order of the fields, objects open where they stay the same',
    (format, text) => {
      expect(write(format, [row])).toBe(text);
    },
  );
});

describe('sampleRows', () => {
  const rows = [...sampleRows(NOW)];

  it('sampleRows holds every group, three users, what is past, what is awkward, and the pass of the API page', () => {
    expect(new Set(rows.map(({ group }) => group))).toEqual(new Set(GROUPS));
    expect(usersOf(rows)).toEqual([PAGE_USER, '2088102122458832', AWKWARD_USER]);
    expect(rows.filter(({ pass }) => pass['status'] !== 'can_use')).toHaveLength(4);
    expect(rows.find(({ group }) => group === 'voucher')?.pass['pass_id']).toBe('7000790003');
  });
});

describe('countGeneratedRows', () => {
  it.each([
    [2, 40],
    [1, 0],
    [3, 1],
  ])('countGeneratedRows knows how many %i users with %i passes make', (users, passes) => {
    const order = { ...ORDER, users, passes };
    expect(countGeneratedRows(order)).toBe([...generatedRows(order)].length);
  });
});
