import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type DataFile, readDataset } from '../../src/sandbox/data-file';
import type { Holding } from '../../src/sandbox/holding';
import { temporaryDirectory } from '../helpers/directory';
import { rejection } from '../helpers/refusal';

const NOW = Date.parse('2024-06-15T12:00:00+08:00');
const USER = '2088102122458832';

function fileOf(name: string, content: string | Buffer): string {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, content);
  return path;
}

const read = (name: string, content: string | Buffer): Promise<DataFile> =>
  readDataset(fileOf(name, content));

/** The faults of a file as `LINE: what is wrong`, cut where what is allowed begins. */
async function faultsOf(name: string, content: string | Buffer): Promise<string[]> {
  const path = fileOf(name, content);
  const error = await rejection(readDataset(path));
  expect(error).toMatchObject({ kind: 'config', code: 'sandbox.data' });
  expect(error.details.every(detail => detail.startsWith(`${path}:`) && detail.includes('; '))).toBe(true);
  return error.details.map(detail => detail.slice(path.length + 1).split('; ')[0]!);
}

const idsOf = (holding: Holding): unknown[] =>
  Array.from({ length: holding.length }, (_, i) => holding.at(i)['pass_id']);

const row = (id: string, more = ''): string =>
  `{"user_id":"${USER}","group_type":"card","pass_id":"${id}"${more}}`;
const BAD = ',"status":"new"';
const BAD_SAYS = 'status "new" is not allowed';
const HEADER = 'user_id,group_type,pass_id,logo_text,status\n';

describe('readDataset says of a file without rows', () => {
  it.each([
    ['a.csv', ''],
    ['a.json', '\ufeff'],
    ['a.txt', ' \n\r\n'],
    ['a', '\n'],
  ])('that it is empty: %s %j', async (name, content) => {
    expect(await faultsOf(name, content)).toEqual(['1: is empty']);
  });

  it.each([
    [';', 'semicolons'],
    ['\t', 'tabs'],
  ])('what separates its cells: %j', async (separator, name) => {
    const content = `${HEADER}${USER},card,1,x,can_use\n`.replaceAll(',', separator);
    expect(await faultsOf('a.csv', content)).toEqual([`1: has ${name} between its cells`]);
  });

  it('but not of a header with a strange name alone', async () => {
    expect((await faultsOf('a.csv', 'user_id;\n1\n'))[0]).toBe('1: there is no field "user_id;"');
  });
});

describe('readDataset takes', () => {
  it.each([
    ['an array', 'a.json', `[${row('1')}]`],
    ['passes in an object', 'a.JSON', `{"passes":[${row('1')}]}`],
    ['a row a line', 'a.ndjson', `${row('1')}\n`],
    ['a row a line, the last line open', 'a.jsonl', row('1')],
    ['a row a line with CRLF and blank lines', 'a.ndjson', `\r\n${row('1')}\r\n\r\n`],
    ['CSV', 'a.csv', `user_id,group_type,pass_id\n${USER},card,1\n`],
    ['CSV with CRLF', 'a.csv', `user_id,group_type,pass_id\r\n${USER},card,1\r\n`],
    ['CSV with quotes, in another order', 'a.csv', `"pass_id",group_type,user_id\n"1","card",${USER}`],
    ['a BOM before JSON', 'a.json', `\ufeff[${row('1')}]`],
    ['a BOM before NDJSON', 'a.ndjson', `\ufeff${row('1')}`],
    ['a BOM before CSV', 'a.csv', `\ufeffuser_id,group_type,pass_id\n${USER},card,1\n`],
    ['JSON by its content', 'a.txt', `\n [\n${row('1')}]`],
    ['JSON on one line by its content', 'a', `{"passes":[${row('1')}]}\n`],
    ['JSON over lines by its content', 'a', `{\n"passes":[${row('1')}]}\n`],
    ['NDJSON by its content', 'a.log', `\n${row('1')}\n`],
    ['CSV by its content', 'a', `user_id,group_type,pass_id\n${USER},card,1\n`],
  ])('%s', async (_, name, content) => {
    const { datasetAt, users, passes } = await read(name, content);
    expect([users, passes]).toEqual([1, 1]);
    expect(datasetAt(NOW)(USER, 'card').at(0)).toEqual({ pass_id: '1', status: 'can_use' });
  });

  it.each([
    ['a.json', '[]'],
    ['a.json', '{"passes":[]}'],
    ['a.ndjson', ''],
    ['a.csv', 'user_id,group_type,pass_id\n'],
  ])('no passes at all in %s: %j', async (name, content) => {
    const { datasetAt, users, passes } = await read(name, content);
    expect([users, passes, datasetAt(NOW)(USER, 'card').length]).toEqual([0, 0, 0]);
  });

  it('an object for JSON inside a text, and keeps it as it was written but for white space', async () => {
    const info = '{ "itemId": 20171115011040030100030000009952,\n "a b": "c  \\" : d", "e": 1.10 }';
    const { datasetAt } = await read('a.json', `[${row('1', `,"data_info":${info},"ext_info":"{ }"`)}]`);
    expect(datasetAt(NOW)(USER, 'card').at(0)).toMatchObject({
      data_info: '{"itemId":20171115011040030100030000009952,"a b":"c  \\" : d","e":1.10}',
      ext_info: '{ }',
    });
  });

  it.each(['1;2', '1 2', ' 1 ; 2\n'])('shops in a cell of CSV: %j', async cell => {
    const { datasetAt } = await read(
      'a.csv',
      `user_id,group_type,pass_id,shop_id_list\n${USER},card,1,"${cell}"`,
    );
    expect(datasetAt(NOW)(USER, 'card').at(0)['shop_id_list']).toEqual(['1', '2']);
  });

  it('an empty cell of CSV for a field that is left out, and one in quotes for an empty text', async () => {
    const { datasetAt } = await read('a.csv', `${HEADER}${USER},card,1,,\n${USER},card,2,"",used\n`);
    expect([0, 1].map(i => datasetAt(NOW)(USER, 'card').at(i))).toEqual([
      { pass_id: '1', status: 'can_use' },
      { pass_id: '2', logo_text: '', status: 'used' },
    ]);
  });
});

describe('readDataset names the line of', () => {
  it.each([
    ['a row on one line', 'a.json', `[${row('1')},\n${row('2', BAD)}]`, [`2: ${BAD_SAYS}`]],
    [
      'a field of a row over lines',
      'a.json',
      `[\n  ${row('1')},\n  {\n    "user_id": "${USER}",\n    "group_type": "card",\n    "pass_id": "2",\n    "status": "new"\n  }\n]`,
      [`7: ${BAD_SAYS}`],
    ],
    ['a row in passes', 'a.json', `{\n"passes": [\n\n${row('1', BAD)}]}`, [`4: ${BAD_SAYS}`]],
    [
      'a missing field: its row',
      'a.json',
      `[\n{\n}\n]`,
      ['user_id', 'group_type', 'pass_id'].map(it => `2: ${it} is missing`),
    ],
    [
      'an unknown field',
      'a.json',
      `[${row('1', ',\n"merchant_name":"x"')}]`,
      ['2: there is no field "merchant_name"'],
    ],
    [
      'a field that stands twice',
      'a.json',
      `[${row('1', ',\n"status":"used"\n,"status":"used"')}]`,
      ['3: field "status" stands there twice'],
    ],
    ['what is no row', 'a.json', `[${row('1')},\n\n7]`, ['3: is no row']],
    ['a missing comma', 'a.json', `[${row('1')}\n${row('2')}]`, ['2: lacks a comma']],
    ['a comma too many', 'a.json', `[${row('1')},\n]`, ['2: lacks a value']],
    ['a comma too many in a row', 'a.json', `[${row('1', ',\n')}]`, ['2: lacks a field name']],
    ['a comment', 'a.json', `[\n\n// cards\n${row('1')}]`, ['3: has a comment']],
    ['a line break in a text', 'a.json', `[\n${row('1\n2')}]`, ['2: has a text without an end']],
    ['an array that is not closed', 'a.json', `[\n${row('1')}\n`, ['3: lacks a closing bracket']],
    ['a second array', 'a.json', `[]\n[]`, ['2: goes on after its end']],
    ['no list', 'a.json', `{"rows":[]}`, ['1: is no list of passes']],
    ['more than the list', 'a.json', `{"passes":[],"meta":{}}`, ['1: is no list of passes']],
    ['an empty file', 'a.json', '', ['1: is empty']],
    ['nesting that is too deep', 'a.json', '['.repeat(200_000), ['1: is no JSON']],
    ['a row of NDJSON', 'a.ndjson', `${row('1')}\n\n${row('2', BAD)}\n`, [`3: ${BAD_SAYS}`]],
    [
      'a line that is no JSON',
      'a.ndjson',
      `${row('1')}\n{"user_id"}\n7\n`,
      ['2: lacks a colon', '3: is no row'],
    ],
    ['a row of CSV', 'a.csv', `${HEADER}${USER},card,1,,\n${USER},card,2,,new\n`, [`3: ${BAD_SAYS}`]],
    ['a row after an empty line', 'a.csv', `${HEADER}\n\n${USER},card,2,,new\n`, [`4: ${BAD_SAYS}`]],
    [
      'a row after a quoted line break',
      'a.csv',
      `${HEADER}${USER},card,1,"a\nb\nc",used\n${USER},card,2,,new\n`,
      [`5: ${BAD_SAYS}`],
    ],
    [
      'a row with CRLF after a quoted line break, itself with one: where it begins',
      'a.csv',
      `${HEADER}${USER},card,1,"a\nb",used\n${USER},card,2,"a\nb",new\n`.replaceAll('\n', '\r\n'),
      [`4: ${BAD_SAYS}`],
    ],
    ['a row with too few cells', 'a.csv', `${HEADER}${USER},card\n${USER},card,1,,\n`, ['2: has 2 cells']],
    ['a row with too many', 'a.csv', `${HEADER}${USER},card,1,a,b,used\n`, ['2: has 6 cells']],
    [
      'a quote that is not closed',
      'a.csv',
      `${HEADER}${USER},card,1,,\n${USER},card,2,"a,\n\n\n`,
      ['3: begins a row with a quote that is not closed'],
    ],
    [
      'a quote that is not doubled',
      'a.csv',
      `${HEADER}${USER},card,2,"a"b",\n`,
      ['2: begins a row with text behind a closing quote'],
    ],
    [
      'a quote in bare text',
      'a.csv',
      `${HEADER}${USER},card,2,a"b,\n`,
      ['2: begins a row with a quote inside a bare text'],
    ],
    [
      'a header with a typo',
      'a.csv',
      `user_id,group,pass_id\n${USER},card,1\n`,
      ['1: there is no field "group"', '1: the header lacks group_type'],
    ],
    [
      'a header with a name twice',
      'a.csv',
      `user_id,group_type,pass_id,pass_id\n`,
      ['1: field "pass_id" stands in the header twice'],
    ],
    ['no header', 'a.csv', '\n', ['1: is empty']],
    [
      'bytes that are not UTF-8',
      'a.csv',
      Buffer.concat([Buffer.from(HEADER), Buffer.from([0xc4, 0xe3, 0x0a])]),
      ['2: is not UTF-8'],
    ],
  ])('%s (%s)', async (_, name, content, faults) => {
    expect(await faultsOf(name, content)).toEqual(faults);
  });

  it.each([
    ['a.json', `[\n${row('1')},\n${row('2')},\n${row('1')}]`, 2, 4],
    ['a.ndjson', `${row('1')}\n${row('2')}\n${row('1')}`, 1, 3],
    ['a.csv', `${HEADER}${USER},card,1,"a\nb",\n${USER},card,1,,`, 2, 4],
  ])('a pass that is there already, and of the first (%s)', async (name, content, first, second) => {
    expect(await faultsOf(name, content)).toEqual([`${second}: pass_id "1" stands in line ${first} already`]);
  });
});

describe('readDataset', () => {
  it('lets a pass id stand once for each user and group', async () => {
    const rows = [row('1'), row('1').replace('card', 'cert'), row('1').replace(USER, '2088000000000000')];
    const { datasetAt, users, passes } = await read('a.ndjson', rows.join('\n'));
    expect([users, passes]).toEqual([2, 3]);
    expect(datasetAt(NOW)(USER, 'cert').indexOf('1')).toBe(0);
    expect(datasetAt(NOW)(USER, 'ticket').indexOf('1')).toBe(-1);
    expect(datasetAt(NOW)('2088000000000001', 'card').length).toBe(0);
  });

  it('tells of ten faults at most, in one error', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => row(String(i), BAD));
    const path = fileOf('a.ndjson', rows.join('\n'));
    const error = await rejection(readDataset(path));
    expect(error.message).toBe(`${path} has 10 faults or more, so nothing of it is used`);
    expect(error.details).toHaveLength(10);
  });

  it.each([
    [2, '2 faults'],
    [1, '1 fault'],
  ])('says how many faults there are when they are %i', async (count, words) => {
    const path = fileOf(
      'a.ndjson',
      `${row('ok')}\n${row('a', BAD)}\n`.concat(count === 2 ? row('b', BAD) : ''),
    );
    const error = await rejection(readDataset(path));
    expect(error.message).toBe(`${path} has ${words}, so nothing of it is used`);
  });

  it.each([
    ['a file that is not there', 'nothing.json', 'there is no such file'],
    ['a directory', '.', 'it is a directory'],
  ])('refuses %s', async (_, name, reason) => {
    const path = join(temporaryDirectory(), name);
    expect(await rejection(readDataset(path))).toMatchObject({
      kind: 'usage',
      code: 'input.unreadable',
      message: `${path} can’t be read: ${reason}`,
    });
  });

  it('puts usable passes that ended already first, then those that never end, then by their end, then the others', async () => {
    const ends: readonly (readonly [string, string])[] = [
      ['used', ',"status":"used","end_date":"2025-01-01 00:00:00"'],
      ['soon', ',"end_date":"2024-06-16 00:00:00"'],
      ['over', ',"end_date":"2024-06-15 11:59:59"'],
      ['late', ',"end_date":"2025-01-01 00:00:00"'],
      ['late too', ',"end_date":"2025-01-01 00:00:00"'],
      ['closed', ',"status":"closed"'],
      ['endless', ''],
      ['now', ',"end_date":"2024-06-15 12:00:00"'],
    ];
    const { datasetAt } = await read('a.ndjson', ends.map(([id, more]) => row(id, more)).join('\n'));
    const holding = datasetAt(NOW)(USER, 'card');
    const ids = ['over', 'endless', 'late', 'late too', 'soon', 'now', 'used', 'closed'];
    expect(idsOf(holding)).toEqual(ids);
    expect(holding.usable).toBe(6);
    expect(ids.map(id => holding.indexOf(id))).toEqual(ids.map((_, i) => i));
    expect(holding.indexOf('other')).toBe(-1);
  });

  it('reads lines that are longer than a chunk, and characters that a chunk cuts', async () => {
    const rows = [row('1', `,"data_info":"${'鲜'.repeat(10_000)}"`), row('2')];
    const { datasetAt } = await read(
      'a.ndjson',
      Array(4).fill('').join('\n') + rows.join('\n'.repeat(70_000)),
    );
    expect(datasetAt(NOW)(USER, 'card').at(0)['data_info']).toBe('鲜'.repeat(10_000));
    expect(datasetAt(NOW)(USER, 'card').indexOf('2')).toBe(1);
  });

  it('takes 200,000 rows and refuses the next, naming its line', async () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => `${USER},card,${i}\n`).join('');
    const header = 'user_id,group_type,pass_id\n';
    expect(await faultsOf('a.csv', `${header}${rows}${USER},card,one\n`)).toEqual([
      '200002: is one row too many',
    ]);
  }, 60_000);
});
