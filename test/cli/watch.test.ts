import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AlipassError } from '../../src/errors';
import { type Answer, ANSWERED_ENV, answering } from '../helpers/answers';
import { alipass, type Outcome, type World } from '../helpers/context';
import { temporaryDirectory } from '../helpers/directory';

const QUERY = ['watch', '--user', '2088888888888888', '--group', 'voucher', '--page', '1'];
const one = { pass_id: '1', status: 'can_use', end_date: '2026-12-01 00:00:00' };
const two = { pass_id: '2', status: 'can_use' };
const named = { ...two, mechant_name: '盒马', logo_text: '满99减20' };
const used = { ...one, status: 'used' };

function watch(flags: readonly string[], answers: Answer[], world: World = {}): Promise<Outcome> {
  const env = { PATH: process.env['PATH'] ?? '', ...ANSWERED_ENV, ...world.env };
  return alipass([...QUERY, ...flags], { ...world, env, transport: answering(answers) });
}

const MINUTE = ['--deadline', '1m'];

describe('watch', () => {
  it('tells each change with its time, and nothing of the first listing', async () => {
    const { code, stdout, stderr } = await watch(MINUTE, [[one], [used, two], [two]]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Watching 1 pass.\n' });
    expect(stdout).toBe(
      [
        '2026-11-23 12:00:30  changed  1  status can_use → used',
        '2026-11-23 12:00:30  added    2  can_use',
        '2026-11-23 12:01:00  removed  1  used, 2026-12-01',
        '',
      ].join('\n'),
    );
  });

  it('tells the merchant and the title of what comes and goes', async () => {
    const { stdout } = await watch(MINUTE, [[one], [one, named], [{ ...named, logo_text: 'new' }]]);
    expect(stdout).toBe(
      [
        '2026-11-23 12:00:30  added    2  can_use, 盒马, 满99减20',
        '2026-11-23 12:01:00  removed  1  can_use, 2026-12-01',
        '',
      ].join('\n'),
    );
  });

  it('speaks Chinese in columns, and to programs as ever', async () => {
    const answers: Answer[] = [[one], [used, named], [named]];
    const { stdout, stderr } = await watch([...MINUTE, '--lang', 'zh'], answers);
    expect(stderr).toBe('正在监视 1 张卡券。\n');
    expect(stdout).toBe(
      [
        '2026-11-23 12:00:30  变更  1  状态 可使用 → 已使用',
        '2026-11-23 12:00:30  新增  2  可使用, 盒马, 满99减20',
        '2026-11-23 12:01:00  移除  1  已使用, 2026-12-01',
        '',
      ].join('\n'),
    );
    const [zh, en] = await Promise.all(
      ['zh', 'en'].map(lang => watch([...MINUTE, '-o', 'ndjson', '--lang', lang], answers)),
    );
    expect(zh!.stdout).toBe(en!.stdout);
  });

  it('tells an object for each change under -o ndjson', async () => {
    const { stdout } = await watch([...MINUTE, '-o', 'ndjson'], [[one], [used]]);
    expect(
      stdout
        .trim()
        .split('\n')
        .map(line => JSON.parse(line)),
    ).toEqual([
      {
        schema: 'alipass.change/1',
        at: '2026-11-23 12:00:30',
        change: 'changed',
        pass_id: '1',
        fields: { status: { before: 'can_use', after: 'used' } },
      },
    ]);
  });

  it.each([
    ['a title is not told', { ...one, logo_text: 'new' }, ''],
    [
      'an end is told',
      { ...one, end_date: '2027-01-01 00:00:00' },
      '2026-11-23 12:00:30  changed  1  end_date 2026-12-01 → 2027-01-01\n',
    ],
    [
      'an end on the same day is told to the second',
      { ...one, end_date: '2026-12-01 23:59:59' },
      '2026-11-23 12:00:30  changed  1  end_date 2026-12-01 00:00:00 → 2026-12-01 23:59:59\n',
    ],
  ])('%s', async (_what, changed, told) => {
    expect((await watch(MINUTE, [[one], [changed]])).stdout).toBe(told);
  });

  it('goes on when the gateway is not available, and says so', async () => {
    const { code, stdout, stderr } = await watch(
      [...MINUTE, '--interval', '10s'],
      [503, [one], 503, [one, two]],
    );
    expect(code).toBe(0);
    expect(stderr.match(/warning .*12:00:00 {2}The gateway answered HTTP 503/g)).toHaveLength(1);
    expect(stderr.match(/HTTP 503/g)).toHaveLength(2);
    expect(stdout).toMatch(/^2026-11-23 12:00:30 {2}added {4}2 {2}can_use\n$/);
  });

  it.each([
    ['isv.invalid-app-id', 4],
    ['isv.invalid-signature', 4],
  ])('ends at once when the gateway says %s', async (code, exit) => {
    const slept: number[] = [];
    expect((await watch([], [code], { onSleep: ms => slept.push(ms) })).code).toBe(exit);
    expect(slept).toEqual([]);
  });

  it.each<[string[], Answer[], number]>([
    [['--until', 'pass 1 is used', ...MINUTE], [[one], [used]], 0],
    [['--until', 'pass 1 is used', ...MINUTE], [[used]], 0],
    [['--until', 'pass 1 is used', ...MINUTE], [[one]], 8],
    [['--until', 'count>=1', 'count==0', ...MINUTE], [[one]], 8],
    [['--until', 'count>=0', ...MINUTE], [503], 8],
    [MINUTE, [[one]], 0],
  ])('%j ends with its own code', async (flags, answers, exit) => {
    expect((await watch(flags, answers)).code).toBe(exit);
  });

  it('ends with 130 at Ctrl-C', async () => {
    const controller = new AbortController();
    const onSleep = (): void =>
      controller.abort(new AlipassError('interrupted', 'interrupted', 'Interrupted'));
    expect((await watch([], [[one]], { signal: controller.signal, onSleep })).code).toBe(130);
  });

  it.each<[string[], RegExp]>([
    [['--until', 'x'], /--until "x" must be an expectation/],
    [['--interval', '0s'], /--interval "0s" must be a time/],
    [['--replay', 'x'], /unknown option '--replay'/i],
    [['-o', 'csv'], /--format "csv" must be one of table, ndjson/],
  ])('refuses %j', async (flags, words) => {
    const { code, stderr } = await watch(flags, [[one]]);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });
});

describe('watch --on-change', () => {
  it('runs a command for each change, which learns of it by stdin and variables', async () => {
    const path = join(temporaryDirectory(), 'log');
    const command = `{ cat; echo "$ALIPASS_CHANGE $ALIPASS_PASS_ID $ALIPASS_STATUS_BEFORE>$ALIPASS_STATUS"; } >> '${path}'`;
    await watch([...MINUTE, '--on-change', command], [[one], [used, two], [used]]);
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    expect(lines.filter((_, i) => i % 2 === 1)).toEqual([
      'changed 1 can_use>used',
      'added 2 >can_use',
      'removed 2 can_use>',
    ]);
    expect(JSON.parse(lines[0]!)).toMatchObject({ change: 'changed', pass_id: '1' });
  });

  it('gives no text of the gateway to the shell', async () => {
    const directory = temporaryDirectory();
    const evil = { pass_id: `$(touch '${directory}/x');\u0000'"`, status: 'can_use' };
    const path = join(directory, 'log');
    await watch([...MINUTE, '--on-change', `printf %s "$ALIPASS_PASS_ID" > '${path}'`], [[], [evil]]);
    expect(readFileSync(path, 'utf8')).toBe(evil.pass_id.replace('\u0000', ''));
  });

  it('says when the command fails, and goes on', async () => {
    const { code, stdout, stderr } = await watch(
      [...MINUTE, '--on-change', 'echo no >&2; exit 3'],
      [[one], [used], [one]],
    );
    expect(code).toBe(0);
    expect(stderr.match(/--on-change ended with 3: no/g)).toHaveLength(2);
    expect(stdout.split('\n')).toHaveLength(3);
  });
});

describe('watch on a terminal', () => {
  const live = (columns: number): Promise<Outcome> =>
    watch(['--until', 'pass 1 is used', ...MINUTE], [[one], 503, [used]], { columns });

  it('draws each frame in one write over the last, and restores cursor and screen', async () => {
    const { stdout } = await live(100);
    expect(stdout.startsWith('\u001b[?1049h\u001b[?25l')).toBe(true);
    const [screen, after] = stdout.split('\u001b[?25h\u001b[?1049l') as [string, string];
    expect(screen.split('\u001b[H').length).toBeGreaterThan(60);
    expect(screen).not.toContain('\u001b[2J');
    // What a longer line of the last frame left behind goes.
    expect(screen).toContain('\u001b[K\r\n');
    expect(screen).toContain('next look in 30 s');
    expect(screen).toContain('next look in 29 s');
    expect(stripVTControlCharacters(after)).toMatch(
      /trouble {2}The gateway.*\n.*changed {2}1 {2}status can_use → used\n$/,
    );
  });

  it('speaks Chinese, each kind in as many columns', async () => {
    const flags = ['--until', 'pass 1 is used', ...MINUTE, '--lang', 'zh'];
    const { stdout } = await watch(flags, [[one], 503, [used]], { columns: 100 });
    const [screen = '', after = ''] = stdout.split('\u001b[?25h\u001b[?1049l').map(stripVTControlCharacters);
    expect(screen).toContain('用户 2088888888888888 的券分组（当前）');
    expect(screen).toMatch(/30 秒后再次查询 {2}· {2}1 张卡券 {2}· {2}已查询 1 次/);
    expect(after).toMatch(/故障 {2}网关返回.*\n.*变更 {2}1 {2}状态 可使用 → 已使用\n$/);
  });

  it('tells the time of day alone, until the day is another', async () => {
    const now = Date.parse('2026-11-23T23:58:50+08:00');
    const answers: Answer[] = [[one], [one, two], [two]];
    const { stdout } = await watch(MINUTE, answers, { columns: 100, now });
    expect(stripVTControlCharacters(stdout)).toContain('\n23:59:20  added    2  can_use');
    const late = await watch(MINUTE, answers, { columns: 100, now: now + 20_000 });
    const screen = stripVTControlCharacters(late.stdout);
    expect(screen).toContain('\n2026-11-24 00:00:10  removed  1  can_use, 2026-12-01');
    expect(screen).toContain('\n2026-11-23 23:59:40  added    2  can_use');
  });

  it('cuts each line to the terminal', async () => {
    const { stdout } = await live(40);
    const screen = stripVTControlCharacters(stdout.split('\u001b[?25h')[0]!.replaceAll('\u001b[H', '\n'));
    const widths = screen.split(/[\r\n]+/).map(line => line.length);
    expect(Math.max(...widths)).toBe(40);
  });

  it.each([
    ['CI', { CI: 'true' }],
    ['TERM=dumb', { TERM: 'dumb' }],
  ])('tells a line for each change under %s', async (_what, env) => {
    const { stdout } = await watch(MINUTE, [[one], [used]], {
      columns: 80,
      env: env as Record<string, string>,
    });
    expect(stdout).toMatch(/^2026-11-23 12:00:30 {2}changed {2}1 {2}status can_use → used\n$/);
  });
});
