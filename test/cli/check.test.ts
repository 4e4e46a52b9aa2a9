import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Answer, ANSWERED_ENV, answering } from '../helpers/answers';
import { alipass, type Outcome, type World } from '../helpers/context';
import { temporaryDirectory } from '../helpers/directory';

const QUERY = ['check', '--user', '2088888888888888', '--group', 'voucher'];
const SANDBOX = [...QUERY, '--sandbox'];
const ONE_PAGE = [...QUERY, '--page', '1'];
const usable = { pass_id: '1', status: 'can_use' };
const used = { pass_id: '1', status: 'used' };

function check(flags: readonly string[], answers: Answer[], world: World = {}): Promise<Outcome> {
  const env = { ...ANSWERED_ENV, ...world.env };
  return alipass([...ONE_PAGE, ...flags], { ...world, env, transport: answering(answers) });
}

describe('check', () => {
  it.each<[string[], number]>([
    [['--expect', 'count>=1'], 0],
    [['--expect', 'count>=100'], 8],
    [['--expect', 'count>=1', 'count==0'], 8],
    [['--expect', 'count>=1', '--expect', 'count==0'], 8],
    [['--expect-pass', '7000790003'], 0],
    [['--expect-pass', '7000790003', '1'], 8],
    [['--expect-status', 'can_use'], 0],
    [['--expect-status', '7000790003=can_use'], 0],
    [['--expect-status', '7000790003=used'], 8],
    [['--expect-merchant', '盒马'], 0],
    [['--expect-merchant', 'KFC'], 8],
    [['--max-latency', '1h'], 0],
    [['--strict-schema'], 0],
    [['--status', 'used', '--expect', 'count==0'], 0],
    [['--merchant', '商家', '--expect', 'count==1'], 0],
    [['--limit', '2', '--expect', 'count==2'], 0],
  ])('%j ends with %i', async (flags, exit) => {
    const { code, stdout, stderr } = await alipass([...SANDBOX, ...flags]);
    expect({ code, stderr }).toEqual({ code: exit, stderr: '' });
    expect(stdout).toMatch(exit === 0 ? /^ok / : /^failed /m);
  });

  it.each<[string[], RegExp]>([
    [[], /--expect is required/],
    [['--expect', 'x'], /--expect "x" must be an expectation/],
    [['--expect-status', 'gone'], /--expect-status "gone" must be one of/],
    [['--max-latency', '0s'], /--max-latency "0s" must be a time/],
    [['--expectations', 'nowhere.txt'], /nowhere\.txt can’t be read/],
    [['--deadline', '1m', '--expect', 'count>=1'], /--deadline .* needs --until/],
    [['--interval', '1s', '--expect', 'count>=1'], /--interval .* needs --until/],
    [['--until', '--deadline', 'soon', '--expect', 'count>=1'], /--deadline "soon" must be/],
    [['--until', '--replay', 'x', '--expect', 'count>=1'], /--until does not go with --replay/],
    [['--max-latency', '1s', '--replay', 'x'], /latency<=1s does not go with --replay/],
    [
      ['--report', 'xml=x', '--expect', 'count>=1'],
      /--report "xml=x" must be junit=FILE, json=FILE or github/,
    ],
    [['--report', 'junit=', '--expect', 'count>=1'], /--report "junit=" must be/],
    [['--report', 'github', '--expect', 'count>=1'], /used in GitHub Actions/],
  ])('refuses %j before any call', async (flags, words) => {
    const { code, stdout, stderr } = await alipass([...QUERY, ...flags]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(words);
  });

  it('speaks Chinese to people, and to programs as ever', async () => {
    const flags = [...SANDBOX, '--expect-pass', '1', '--expect-status', 'can_use', '--strict-schema'];
    const configDirectory = temporaryDirectory();
    const { code, stdout } = await alipass([...flags, '--lang', 'zh'], { configDirectory });
    expect(code).toBe(8);
    expect(stdout).toBe(
      [
        '不符合  pass 1       不在列表中',
        '符合    all can_use  全部 7 张',
        '符合    schema       7 张卡券均与接口文档一致',
        '',
        '3 项要求中有 1 项未符合；共 7 张卡券，2 页。',
        '',
      ].join('\n'),
    );
    const [zh, en] = await Promise.all(
      ['zh', 'en'].map(async lang => {
        const path = join(temporaryDirectory(), 'check.xml');
        const args = [...flags, '-o', 'json', '--report', `junit=${path}`, '--lang', lang];
        const told = await alipass(args, { configDirectory });
        return told.stdout + readFileSync(path, 'utf8');
      }),
    );
    expect(zh).toBe(en);
  });

  it('reads a file of expectations, and stdin', async () => {
    const path = join(temporaryDirectory(), 'smoke.txt');
    writeFileSync(path, '# smoke\ncount>=1\npass 7000790003 is can_use\n');
    expect((await alipass([...SANDBOX, '--expectations', path])).stdout.match(/^ok /gm)).toHaveLength(2);
    expect((await alipass([...SANDBOX, '--expectations', '-'], { stdin: '["count==0"]' })).code).toBe(8);
    expect((await alipass([...SANDBOX, '--expectations', '-'], { stdin: '# none\n' })).code).toBe(2);
  });

  it.each([
    ['an unknown field', { ...usable, extra: 1 }, 'pass 1: extra is no field of the API page'],
    ['a number for a text', { ...usable, logo_text: 5 }, 'pass 1: logo_text is a number, not text'],
    ['a pass without an id', { status: 'used' }, 'pass without an id: pass_id is missing'],
  ])('tells with --strict-schema of %s', async (_what, pass, says) => {
    const { code, stdout } = await check(['--strict-schema'], [[pass]]);
    expect(code).toBe(8);
    expect(stdout).toContain(says);
  });

  it('tells no deviation of passes that a filter took out', async () => {
    const flags = ['--strict-schema', '--status', 'used'];
    expect((await check(flags, [[{ ...usable, extra: 1 }]])).code).toBe(0);
    expect((await check(flags, [[{ ...used, extra: 1 }]])).code).toBe(8);
  });

  it('does not judge by a listing that can’t be read', async () => {
    const { code, stdout } = await check(['--strict-schema', '--expect', 'count>=0'], [[{ status: 'used' }]]);
    expect(code).toBe(8);
    expect(stdout).toMatch(/^unknown {2}count>=0/m);
    expect((await check(['--expect', 'count>=0'], [[{ status: 'used' }]])).code).toBe(6);
  });
});

describe('check --until', () => {
  it('looks again until all holds', async () => {
    const slept: number[] = [];
    const flags = ['--expect', 'pass 1 is used', '--until', '--interval', '7s', '-o', 'json'];
    const { code, stdout } = await check(flags, [[usable], 503, [used]], { onSleep: ms => slept.push(ms) });
    expect({ code, slept }).toEqual({ code: 0, slept: [7000, 7000] });
    expect(JSON.parse(stdout)).toMatchObject({ looks: 3, outcome: 'ok', took_ms: 14_000 });
  });

  it('ends with 8 at the deadline, at which it looks a last time', async () => {
    const slept: number[] = [];
    const flags = ['--expect', 'count==0', '--until', '--interval', '4s', '--deadline', '10s'];
    const { code } = await check(flags, [[usable]], { onSleep: ms => slept.push(ms) });
    expect({ code, slept }).toEqual({ code: 8, slept: [4000, 4000, 2000] });
  });

  it('ends with 6 when the gateway was not available to the last', async () => {
    expect((await check(['--expect', 'count==0', '--until'], [[usable], 503])).code).toBe(6);
  });

  it('ends at once when the caller is refused', async () => {
    const slept: number[] = [];
    const world = { onSleep: (ms: number) => slept.push(ms) };
    const { code } = await check(['--expect', 'count==0', '--until'], ['isv.invalid-app-id'], world);
    expect({ code, slept }).toEqual({ code: 4, slept: [] });
  });
});

describe('check --report', () => {
  it.each<[string, Answer[], number, RegExp]>([
    ['a success', [[usable]], 0, /failures="0" errors="0"/],
    ['a failure', [[]], 8, /failures="1" errors="0"/],
    ['a gateway that is not available', [503], 6, /failures="0" errors="1"/],
    ['a refusal', ['isv.invalid-app-id'], 4, /failures="0" errors="1"/],
  ])('writes every report of %s', async (_what, answers, exit, counts) => {
    const directory = temporaryDirectory();
    const [junit, json, summary] = ['j.xml', 'c.json', 's.md'].map(name => join(directory, name));
    writeFileSync(summary!, 'before\n');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary! };
    const flags = ['--expect', 'count>=1', '--report', `junit=${junit}`, `json=${json}`];
    const { code, stderr } = await check(flags, answers, { env });
    expect(code).toBe(exit);
    expect(readFileSync(junit!, 'utf8')).toMatch(counts);
    const outcome = exit === 0 ? 'ok' : exit === 8 ? 'failed' : 'error';
    expect(JSON.parse(readFileSync(json!, 'utf8')).outcome).toBe(outcome);
    expect(readFileSync(summary!, 'utf8')).toMatch(new RegExp(`^before\n### alipass check: ${outcome}\n`));
    expect(/^::error title=/m.test(stderr)).toBe(exit !== 0);
    expect(readdirSync(directory).toSorted()).toEqual(['c.json', 'j.xml', 's.md']);
  });

  it('leaves GitHub alone with --no-github, and elsewhere', async () => {
    const summary = join(temporaryDirectory(), 's.md');
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const { stderr } = await check(['--expect', 'count==5', '--no-github'], [[usable]], { env });
    expect(stderr).toBe('');
    expect(readdirSync(join(summary, '..'))).toEqual([]);
  });

  it('says when a report can’t be written, and leaves no piece of it', async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'taken'));
    const flags = ['--expect', 'count>=1', '--report', `junit=${join(directory, 'taken')}`];
    const { code, stdout, stderr } = await check(flags, [[usable]]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^ok /);
    expect(stderr).toMatch(/can’t be written/);
    expect(readdirSync(directory)).toEqual(['taken']);
    expect((await check(flags, [503])).code).toBe(6);
  });

  it('gives programs the result also when the check could not be run', async () => {
    const { code, stdout, stderr } = await check(['--expect', 'count>=1', '-o', 'json'], [503]);
    expect(code).toBe(6);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'error', error: { kind: 'unavailable', exit: 6 } });
    expect(JSON.parse(stderr)).toMatchObject({ schema: 'alipass.error/1' });
  });
});
