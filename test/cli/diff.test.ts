import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alipass, type Outcome } from '../helpers/context';
import { temporaryDirectory } from '../helpers/directory';

const directory = temporaryDirectory();
const LIST = ['list', '--sandbox', '--user', '2088888888888888', '--group', 'voucher'];

async function saved(name: string, ...flags: string[]): Promise<string> {
  return file(name, (await alipass([...LIST, ...flags], { configDirectory: directory })).stdout);
}

function file(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

const diff = (args: readonly string[], stdin?: string): Promise<Outcome> =>
  alipass(['diff', ...args], stdin === undefined ? {} : { stdin });

const FORMATS = ['json', 'ndjson', 'csv'];

describe('diff', () => {
  it.each(FORMATS.flatMap(a => FORMATS.map(b => [a, b])))('finds no change from %s to %s', async (a, b) => {
    const [before, after] = [await saved('a', '-o', a!), await saved('b', '-o', b!, '--expand')];
    expect(await diff([before, after])).toEqual({
      code: 0,
      stdout: '0 added, 0 removed, 0 changed, 7 the same\n',
      stderr: '',
    });
  });

  it.each(FORMATS)('tells what changed in %s', async format => {
    const before = await saved('a', '-o', format);
    const text = (await alipass([...LIST, '-o', format])).stdout;
    const { code, stdout } = await diff([before, '-'], text.replace('can_use', 'used'));
    expect(code).toBe(8);
    expect(stdout).toMatch(
      /^changed {2}7000790003 {2}status can_use → used\n0 added, 0 removed, 1 changed, 6 the same\n$/,
    );
  });

  it('speaks Chinese to people, and to programs as ever', async () => {
    const [a, b] = [
      file('was.ndjson', '{"pass_id":"1","status":"can_use","data_info":"{\\"a\\":1}"}\n{"pass_id":"2"}\n'),
      file('is.ndjson', '{"pass_id":"1","status":"used"}\n{"pass_id":"3","mechant_name":"盒马"}\n'),
    ];
    expect((await diff([a, b, '--lang', 'zh'])).stdout).toBe(
      [
        '移除  2',
        '变更  1  状态 可使用 → 已使用, data_info.a 1 → （无）',
        '新增  3  盒马',
        '新增 1 张，移除 1 张，变更 1 张，未变 0 张',
        '',
      ].join('\n'),
    );
    const [zh, en] = await Promise.all(['zh', 'en'].map(lang => diff([a, b, '-o', 'json', '--lang', lang])));
    expect(zh!.stdout).toBe(en!.stdout);
  });

  it('tells programs', async () => {
    const [a, b] = [
      file('a.ndjson', '{"pass_id":"1"}\n{"pass_id":"2"}\n'),
      file('b.ndjson', '{"pass_id":"2"}\n'),
    ];
    const { code, stdout } = await diff([a, b, '-o', 'json']);
    expect(code).toBe(8);
    expect(JSON.parse(stdout)).toEqual({
      schema: 'alipass.diff/1',
      same: false,
      added: 0,
      removed: 1,
      changed: 0,
      unchanged: 1,
      changes: [{ change: 'removed', pass_id: '1', before: { pass_id: '1' } }],
    });
  });

  it('compares the columns that CSV has', async () => {
    const few = await saved('few.csv', '-o', 'csv', '--columns', 'pass_id,data_info.logoText');
    const all = await saved('all.json', '-o', 'json');
    expect((await diff([few, all])).code).toBe(0);
    const changed = (await alipass([...LIST, '-o', 'json'])).stdout.replace(
      'logoText\\":\\"2元',
      'logoText\\":\\"3元',
    );
    const { code, stdout } = await diff([few, '-'], changed);
    expect(code).toBe(8);
    expect(stdout).toContain('data_info.logoText 2元 → 3元');
  });

  it.each<[string, string, string, RegExp]>([
    ['another user', '"user_id":"2088888888888888"', '"user_id":"2088000000000001"', /differ in user_id/],
    ['another group', '"group_type":"voucher"', '"group_type":"card"', /differ in group_type: voucher in/],
    ['another time', '"time_status":"CURRENT"', '"time_status":"PAST"', /differ in time_status/],
    ['a listing that broke off', '"complete":true', '"complete":false', /is not whole/],
  ])('refuses %s unless --force', async (_what, from, to, words) => {
    const [before, text] = [
      await saved('a.json', '-o', 'json'),
      (await alipass([...LIST, '-o', 'json'])).stdout,
    ];
    const other = text.replace(from, to);
    expect(other).not.toBe(text);
    const refused = await diff([before, '-'], other);
    expect({ ...refused, stderr: '' }).toEqual({ code: 2, stdout: '', stderr: '' });
    expect(refused.stderr).toMatch(words);
    const forced = await diff([before, '-', '--force'], other);
    expect(forced.code).toBe(0);
    expect(forced.stderr).toMatch(/^warning/);
  });

  it.each<[string, string, RegExp]>([
    ['no listing', 'hello', /is not a saved listing: "hello" is no field of a pass/],
    ['another schema', '{"schema":"alipass.diff/1"}', /its schema is "alipass.diff\/1", not alipass.list\/1/],
    ['JSON that is cut', '{"schema":"alipass.list/1","passes":[', /it is no JSON/],
    ['a line that is cut', '{"pass_id":"1"}\n{"pass_id"', /stdin:2 is not a saved listing: it is no JSON/],
    ['a pass without an id', '{"pass_id":"1"}\n{"status":"used"}', /stdin:2 .* there is no pass_id/],
    ['CSV without ids', 'status\nused\n', /pass 1 .* there is no pass_id/],
    [
      'a pass that is there twice',
      '{"pass_id":"1"}\n{"pass_id":"1"}',
      /stdin:2 .* pass "1" is there already/,
    ],
  ])('refuses %s', async (_what, text, words) => {
    const { code, stderr } = await diff([file('one.ndjson', '{"pass_id":"1"}\n'), '-'], text);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });

  it('refuses stdin for both, and says when a file has nothing', async () => {
    expect((await diff(['-', '-'])).stderr).toMatch(/stdin can’t be read twice/);
    const { code, stderr } = await diff([file('none', ''), file('nothing', '')]);
    expect(code).toBe(0);
    expect(stderr.match(/has no passes/g)).toHaveLength(2);
  });
});
