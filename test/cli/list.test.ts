import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SignedRequest } from '../../src/gateway/request';
import responses from '../fixtures/responses.json';
import { alipass, type World } from '../helpers/context';
import { TEST_KEYS } from '../helpers/keys';
import { temporaryDirectory } from '../helpers/directory';

const USER = ['--user', '2088102122458832'];
const QUERY = ['list', ...USER, '--group', 'voucher'];
const CALLER = {
  ALIPASS_APP_ID: '2014072300007148',
  ALIPASS_PRIVATE_KEY: TEST_KEYS.appPrivate,
  ALIPASS_ALIPAY_PUBLIC_KEY: TEST_KEYS.alipayPublic,
};

/** A network that always answers with one of the recorded answers, and remembers what it was asked. */
function recorded(name: string): { transport: NonNullable<World['transport']>; requests: SignedRequest[] } {
  const answer = responses.cases.find(it => it.name === name)!;
  const requests: SignedRequest[] = [];
  return {
    requests,
    transport: async request => {
      requests.push(request);
      const headers = { 'content-type': answer.contentType };
      return { status: 200, headers, bytes: Buffer.from(answer.bodyBase64, 'base64') };
    },
  };
}

describe('list refuses before any call', () => {
  it.each([
    [
      'a user of 15 digits',
      ['--user', '208810212245883', '--group', 'card'],
      /--user "208810212245883" must be .*\(this has 15\)/,
    ],
    ['a user of another kind', ['--user', '1088102122458832', '--group', 'card'], /begins with 2088/],
    ['nothing', [], /--user and --group are required/],
    ['no user', ['--group', 'card'], /--user is required/],
    [
      'the sandbox and a profile',
      [...USER, '--group', 'card', '--sandbox', '--profile', 'x'],
      /--sandbox and --profile name two/,
    ],
    [
      'the sandbox and a gateway',
      [...USER, '--group', 'card', '--sandbox', '--gateway', 'http://h/'],
      /--sandbox and --gateway name two/,
    ],
    ['no group', USER, /--group is required: one of card, voucher, ticket, cert/],
    [
      'an unknown group',
      [...USER, '--group', 'coupon'],
      /--group "coupon" must be one of card, voucher, ticket, cert/,
    ],
    ['an unknown time', [...USER, '--group', 'card', '--time', 'future'], /must be one of current, past/],
    ['--shops without --city', [...USER, '--group', 'card', '--shops'], /--city is required: --shops needs/],
    [
      'a city of five digits',
      [...USER, '--group', 'card', '--city', '32010'],
      /--city "32010" must be the six digits/,
    ],
    [
      'a page size of 0',
      [...USER, '--group', 'card', '--page-size', '0'],
      /--page-size "0" must be a whole number from 1/,
    ],
    ['a page of -1', [...USER, '--group', 'card', '--page', '-1'], /--page "-1" must be/],
    ['a limit of 1.5', [...USER, '--group', 'card', '--limit', '1.5'], /--limit "1.5" must be/],
    [
      'an unknown format',
      [...USER, '--group', 'card', '-o', 'xml'],
      /--format "xml" must be one of table, json/,
    ],
    [
      'an unknown flag',
      [...USER, '--grup', 'card'],
      /Unknown option '--grup'\n {2}try {2}Did you mean --group\?/,
    ],
    ['a word too many', [...USER, '--group', 'card', 'more'], /too many arguments/i],
  ])('%s', async (_what, args, words) => {
    const { code, stdout, stderr } = await alipass(['list', ...args], { env: CALLER });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(words);
  });

  it.each([
    ['nothing', {}, /needs the app id .*; the app’s private key .*; Alipay’s public key/],
    ['no Alipay key', { ALIPASS_ALIPAY_PUBLIC_KEY: '' }, /needs Alipay’s public key/],
    [
      'the app’s own public key as Alipay’s',
      { ALIPASS_ALIPAY_PUBLIC_KEY: TEST_KEYS.appPublic },
      /own public key where Alipay’s belongs/,
    ],
    [
      'a public key as the private one',
      { ALIPASS_PRIVATE_KEY: TEST_KEYS.appPublic },
      /ALIPASS_PRIVATE_KEY holds a public key/,
    ],
    [
      'a key that is none',
      { ALIPASS_PRIVATE_KEY: 'hello' },
      /ALIPASS_PRIVATE_KEY is not a readable private key/,
    ],
    ['a bad variable', { ALIPASS_TIMEOUT: '15' }, /ALIPASS_TIMEOUT "15" must be a time such as/],
    ['an unknown profile', { ALIPASS_PROFILE: 'nowhere' }, /no profile "nowhere"/],
    ['two private keys', { ALIPASS_PRIVATE_KEY_FILE: '/x' }, /both give the same setting/],
  ])('when the environment has %s', async (what, env, words) => {
    const { code, stderr } = await alipass(QUERY, { env: what === 'nothing' ? {} : { ...CALLER, ...env } });
    expect(code).toBe(3);
    expect(stderr).toMatch(words);
    expect(stderr).not.toContain(TEST_KEYS.appPrivate.slice(0, 40));
  });
});

describe('list asks for what the flags say', () => {
  it.each([
    [
      [],
      {
        user_id: '2088102122458832',
        group_type: 'voucher',
        time_status: 'CURRENT',
        page_size: 100,
        page_num: 1,
      },
    ],
    [
      ['--time', 'past', '--page-size', '7', '--page', '3'],
      { time_status: 'PAST', page_size: 7, page_num: 3 },
    ],
    [['--shops', '--city', '320100'], { city_code: '320100', need_shopinfo: true }],
    [['--partner', '2088888888888888'], { partner_id: '2088888888888888' }],
  ])('%j', async (flags, expected) => {
    const { transport, requests } = recorded('compact');
    await alipass([...QUERY, ...flags], { env: CALLER, transport });
    expect(JSON.parse(requests[0]!.params['biz_content']!)).toMatchObject(expected);
  });

  it('sends the app auth token in the body and signs it', async () => {
    const { transport, requests } = recorded('compact');
    const env = { ...CALLER, ALIPASS_APP_AUTH_TOKEN: 'TOKEN-1' };
    await alipass([...QUERY, '--page', '1', '--verbose'], { env, transport });
    expect(requests[0]!.body).toContain('app_auth_token=TOKEN-1');
    expect(requests[0]!.url).not.toContain('TOKEN-1');
    expect(requests[0]!.signedText).toMatch(/^app_auth_token=TOKEN-1&/);
  });

  it('stamps the clock’s instant in Beijing time', async () => {
    const { transport, requests } = recorded('compact');
    const now = Date.parse('2026-12-31T16:00:00Z');
    await alipass([...QUERY, '--page', '1'], { env: CALLER, transport, now });
    expect(requests[0]!.params['timestamp']).toBe('2027-01-01 00:00:00');
  });
});

describe('list makes of each recorded answer what it is worth', () => {
  const named = (worth: string): string[] =>
    responses.cases.filter(it => it.expect === worth).map(it => it.name);
  const FIRST_PAGE = [...QUERY, '--page', '1', '-o', 'ndjson'];

  it.each(named('verified'))('%s: verified, its pass is listed', async name => {
    const { code, stdout } = await alipass(FIRST_PAGE, { env: CALLER, transport: recorded(name).transport });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ pass_id: '7000790003', mechant_name: '商家名称' });
  });

  it.each(
    Object.entries({ untrusted: 7, rejected: 4, unavailable: 6 }).flatMap(([worth, exit]) =>
      named(worth).map(name => [name, worth, exit] as const),
    ),
  )('%s: %s, exit %i, nothing listed', async (name, worth, exit) => {
    const { transport } = recorded(name);
    const { code, stdout, stderr } = await alipass(FIRST_PAGE, { env: CALLER, transport });
    expect({ code, stdout }).toEqual({ code: exit, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject({ error: { kind: worth, exit } });
  });

  it('marks an unsigned error as unverified, and a signed one not', async () => {
    const unsigned = await alipass(QUERY, { env: CALLER, transport: recorded('unsigned-error').transport });
    const signed = await alipass(QUERY, { env: CALLER, transport: recorded('signed-error').transport });
    expect(unsigned.stderr).toMatch(/unverified/);
    expect(signed.stderr).not.toMatch(/unverified/);
  });
});

describe('list takes the private key from', () => {
  const { ALIPASS_PRIVATE_KEY: _, ...others } = CALLER;
  const directory = temporaryDirectory();
  const file = join(directory, 'app key.txt');
  writeFileSync(file, `\ufeff${TEST_KEYS.appPrivatePkcs1}\r\n`, { mode: 0o600 });
  const open = join(directory, 'open.pem');
  writeFileSync(open, TEST_KEYS.appPrivate, { mode: 0o644 });
  chmodSync(open, 0o644);

  it.each([
    ['a file', ['--private-key-file', file], ''],
    ['stdin', ['--private-key-file', '-'], TEST_KEYS.appPrivate],
    ['a command', ['--private-key-command', `cat '${file}'`], ''],
  ])('%s', async (_what, flags, stdin) => {
    const { transport } = recorded('compact');
    const outcome = await alipass([...QUERY, '--page', '1', ...flags], { env: others, transport, stdin });
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
  });

  it('a file that others can read, with a warning', async () => {
    const { transport } = recorded('compact');
    const flags = ['--page', '1', '--private-key-file', open];
    const { code, stderr } = await alipass([...QUERY, ...flags], { env: others, transport });
    expect(code).toBe(0);
    expect(stderr).toMatch(/warning {2}Others can read the private key/);
  });

  it.each([
    [
      'a missing file',
      ['--private-key-file', join(directory, 'none.pem')],
      /can’t be read: there is no such file/,
    ],
    ['a directory', ['--private-key-file', directory], /it is a directory/],
    [
      'a command that fails',
      ['--private-key-command', 'echo vault sealed >&2; exit 3'],
      /ended with 3: vault sealed/,
    ],
  ])('not from %s', async (_what, flags, words) => {
    const { code, stderr } = await alipass([...QUERY, ...flags], { env: others });
    expect(code).toBe(3);
    expect(stderr).toMatch(words);
  });
});

describe('list --sandbox', () => {
  const SANDBOX = ['list', '--sandbox', '--user', '2088888888888888', '--group'];

  it.each(['card', 'voucher', 'ticket', 'cert'])('has passes of group %s, current and past', async group => {
    for (const time of ['current', 'past']) {
      const { stdout } = await alipass([...SANDBOX, group, '--time', time, '-o', 'json']);
      expect((JSON.parse(stdout) as { passes: unknown[] }).passes.length).toBeGreaterThan(3);
    }
  });

  it('ignores who the environment and profile say calls', async () => {
    const env = {
      ...CALLER,
      ALIPASS_GATEWAY: 'https://openapi.alipay.com/gateway.do',
      ALIPASS_PROFILE: 'nowhere',
    };
    expect((await alipass([...SANDBOX, 'voucher'], { env })).code).toBe(0);
  });

  it('refuses a key that a flag gives, as the real gateway would', async () => {
    const file = join(temporaryDirectory(), 'other.txt');
    writeFileSync(file, TEST_KEYS.appPrivate, { mode: 0o600 });
    const { code, stderr } = await alipass([...SANDBOX, 'voucher', '--private-key-file', file]);
    expect(code).toBe(4);
    expect(stderr).toMatch(/isv\.invalid-signature/);
  });

  it('lists shops only when they are asked for', async () => {
    const plain = await alipass([...SANDBOX, 'voucher', '-o', 'json']);
    const shops = await alipass([...SANDBOX, 'voucher', '-o', 'json', '--shops', '--city', '320100']);
    expect(plain.stdout).not.toContain('shop_id_list');
    expect(shops.stdout).toContain('"shop_id_list":["2015092700077000000004491925"]');
  });

  it('says that an empty table is empty, on stderr', async () => {
    const { code, stdout, stderr } = await alipass([
      'list',
      '--sandbox',
      '--user',
      '2088000000000000',
      '--group',
      'card',
    ]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toBe('No current passes in group card of user 2088000000000000.\n');
  });

  it.each([
    [[], 80, true],
    [['--color', 'never'], 80, false],
    [['--color=never'], 80, false],
    [['--color', 'always'], undefined, true],
    [[], undefined, false],
  ])('paints its error under %j on %s columns: %s', async (flags, columns, painted) => {
    const { stderr } = await alipass(['list', '--user', '1', ...flags], columns ? { columns } : {});
    expect(stderr.startsWith('\x1b[31merror')).toBe(painted);
  });

  it('wraps what it says to the terminal', async () => {
    const args = ['list', '--sandbox', '--user', '2088000000000000', '--group', 'card', '--color', 'never'];
    const { stderr } = await alipass(args, { columns: 40, env: { CI: '1' } });
    expect(stderr).toBe('No current passes in group card of\n  user 2088000000000000.\n');
  });

  it.each([
    ['2088000000000001', [], /^1 current pass in group card of user 2088000000000001\.\n$/],
    ['2088000000000002', [], /^2 current passes in group card of user 2088000000000002\.\n$/],
    ['2088000000000002', ['--limit', '1'], /^1 current pass in .*; there may be more\.\n$/],
    ['2088000000000002', ['--page', '9'], /^No current passes in .* on page 9\.\n$/],
  ])('counts for user %s with %j', async (user, flags, words) => {
    const args = ['list', '--sandbox', '--user', user, '--group', 'card', '--color', 'never', ...flags];
    expect((await alipass(args, { columns: 120, env: { CI: '1' } })).stderr).toMatch(words);
  });

  it.each([
    ['--lang', ['--lang', 'zh'], {}],
    ['ALIPASS_LANG', [], { ALIPASS_LANG: 'zh' }],
    ['the locale', [], { LANG: 'zh_CN.UTF-8' }],
  ])('speaks Chinese by %s, in table and messages', async (_what, flags, env) => {
    const world = { columns: 120, env: { ...env, CI: '1', NO_COLOR: '1' } };
    const { stdout, stderr } = await alipass([...SANDBOX, 'voucher', ...flags], world);
    expect(stdout).toMatch(/卡券 ID.*商家.*标题.*状态.*有效期至/);
    expect(stdout).toMatch(/可使用.*天后/);
    expect(stderr).toMatch(/^用户 2088888888888888 的券分组（当前）共有 \d+ 张卡券。\n$/);
    const none = await alipass(
      ['list', '--sandbox', '--user', '2088000000000000', '--group', 'card', ...flags],
      world,
    );
    expect(none.stderr).toBe('用户 2088000000000000 的卡分组（当前）没有卡券。\n');
  });

  it.each(['json', 'ndjson', 'csv'])('writes the same %s in every language', async format => {
    const args = [...SANDBOX, 'voucher', '-o', format, '--lang'];
    expect((await alipass([...args, 'zh'])).stdout).toBe((await alipass([...args, 'en'])).stdout);
  });

  it.each([
    [['--lang', 'fr'], {}, 2, '--lang "fr" must be one of en, zh'],
    [[], { ALIPASS_LANG: 'fr' }, 3, 'ALIPASS_LANG "fr" must be one of en, zh'],
  ])('refuses %j with %j', async (flags, env, code, words) => {
    const outcome = await alipass([...SANDBOX, 'voucher', ...flags], { env });
    expect(outcome).toMatchObject({ code, stdout: '' });
    expect(outcome.stderr).toContain(words);
  });

  it('fits the terminal, Chinese counted as two columns', async () => {
    const { stdout } = await alipass([...SANDBOX, 'voucher', '--color', 'never'], { columns: 80 });
    const widths = stdout
      .split('\n')
      .slice(0, -1)
      .map(line => [...line].reduce((sum, it) => sum + (/[\u2e80-\uffee]/.test(it) ? 2 : 1), 0));
    expect(new Set(widths).size).toBe(1);
    expect(widths[0]).toBeLessThanOrEqual(80);
  });

  it('ends quietly when the reader goes away', async () => {
    const args = ['list', '--sandbox', '--user', '2088000000001000', '--group', 'card', '-o', 'ndjson'];
    expect(await alipass(args, { closeAfter: 2 })).toMatchObject({ code: 0, stderr: '' });
  });
});
