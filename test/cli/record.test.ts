import { generateKeyPairSync, sign } from 'node:crypto';
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { alipass, type Outcome, type World } from '../helpers/context';
import { temporaryDirectory } from '../helpers/directory';
import { newPrivateKey } from '../helpers/openssl';
import { linesOf, mend } from '../helpers/recording';
import { TEST_KEYS } from '../helpers/keys';

/** One sandbox for all tests: its keys are made but once. */
const configDirectory = temporaryDirectory();
const sandboxFile = (name: string): string => join(configDirectory, 'sandbox', 'keys', name);
const QUERY = ['--user', '2088000000000250', '--group', 'voucher'];

beforeAll(() => alipass(['list', '--sandbox', ...QUERY], { configDirectory }));

/** Records a listing of the sandbox into a new file. */
async function record(
  flags: readonly string[] = [],
  query = QUERY,
): Promise<{ path: string; outcome: Outcome }> {
  const path = join(temporaryDirectory(), 'session.ndjson');
  const outcome = await alipass(['list', '--sandbox', ...query, '--record', path, ...flags], {
    configDirectory,
  });
  return { path, outcome };
}

/** Replays where there is no network, no account and no sandbox. */
function replay(path: string, flags: readonly string[] = [], world: World = {}): Promise<Outcome> {
  return alipass(['list', ...QUERY, '--replay', path, ...flags], world);
}

/** The body of an exchange's line, as it is spelled there. */
function bodyOf(line: Record<string, unknown>): string {
  return JSON.stringify((line as { response: { body: string } }).response.body);
}

/** Every pass expired, signed anew by a key that stands in the place of the recorded one. */
function forge(recording: Buffer): Buffer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const lines = linesOf(recording);
  return mend(recording, (line, n) => {
    if (n === 1) return line.replace(/(public_key":")[^"]+/, `$1${key}`);
    const [, name, node] = /^\{"(\w+)":(.*),"sign":"[^"]*"\}$/.exec(
      JSON.parse(bodyOf(lines[n - 1]!)) as string,
    )!;
    const words = node!.replaceAll('can_use', 'expired');
    const signature = sign('sha256', Buffer.from(words), privateKey).toString('base64');
    const body = JSON.stringify(`{"${name}":${words},"sign":"${signature}"}`);
    return line.replace(bodyOf(lines[n - 1]!), () => body);
  });
}

/** The same recording with other bytes. */
function altered(bytes: Buffer): string {
  const path = join(temporaryDirectory(), 'altered.ndjson');
  writeFileSync(path, bytes);
  return path;
}

/** What a replay says that was given a proof of one’s own. */
const PROVEN: unknown = expect.stringMatching(
  /^Replaying .*a proof of your own\. That proves who wrote the answers, not what was asked, nor when\.\n$/,
);

describe('list --replay prints what was printed when it was recorded', () => {
  it.each(['table', 'json', 'ndjson', 'csv'])('as %s', async format => {
    const { path, outcome } = await record(['-o', format]);
    expect(outcome.code).toBe(0);
    expect(outcome.stdout.length).toBeGreaterThan(10_000);
    expect(await replay(path, ['-o', format, '--quiet'])).toEqual({ ...outcome, stderr: '' });
  });

  it.each([
    ['in GBK with RSA', ['--charset', 'GBK', '--sign-type', 'RSA']],
    ['of one page', ['--page', '2', '--page-size', '7']],
    ['with a limit', ['--limit', '120']],
    ['for a merchant', ['--app-auth-token', 'token-of-a-merchant']],
  ])('%s', async (_what, flags) => {
    const { path, outcome } = await record(['-o', 'json', ...flags]);
    const asked = flags.filter((_, i) => !/charset|sign-type/.test(`${flags[i]} ${flags[i - 1]}`));
    expect(await replay(path, ['-o', 'json', ...asked])).toMatchObject({ code: 0, stdout: outcome.stdout });
  });

  it('whatever a year later the environment, the profile and the clock say', async () => {
    const { path, outcome } = await record(['-o', 'json']);
    const world = {
      now: Date.parse('2036-01-01T00:00:00Z'),
      env: {
        ALIPASS_CHARSET: 'GBK',
        ALIPASS_SIGN_TYPE: 'RSA',
        ALIPASS_RETRIES: '0',
        ALIPASS_APP_ID: '1',
        ALIPASS_PROFILE: 'nowhere',
        ALIPASS_PRIVATE_KEY: 'no key',
        ALIPASS_ALIPAY_PUBLIC_KEY: TEST_KEYS.alipayPublic,
        ALIPASS_ENCRYPT_KEY: 'no key',
      },
    };
    expect(await replay(path, ['-o', 'json'], world)).toMatchObject({ code: 0, stdout: outcome.stdout });
  });

  it('from stdin, and leaves nothing in the config directory', async () => {
    const { path, outcome } = await record();
    const world = { stdin: readFileSync(path, 'utf8'), configDirectory: temporaryDirectory() };
    expect(await replay('-', [], world)).toMatchObject({ code: 0, stdout: outcome.stdout });
    expect(readdirSync(world.configDirectory)).toEqual([]);
  });
});

describe('list --replay verifies', () => {
  const SMALL = ['--user', '2088000000000001', '--group', 'voucher', '--page-size', '1'];
  const replaySmall = (bytes: Buffer): Promise<Outcome> =>
    alipass(['list', ...SMALL, '-o', 'csv', '--replay', altered(bytes)]);

  it('and refuses with 7 every seventh byte changed', async () => {
    const whole = readFileSync((await record([], SMALL)).path);
    for (let at = 0; at < whole.length; at += 7) {
      const bytes = Buffer.from(whole);
      bytes[at]! ^= 1;
      const { code, stdout } = await replaySmall(bytes);
      expect({ at, code, stdout }).toEqual({ at, code: 7, stdout: '' });
    }
    expect((await replaySmall(whole)).code).toBe(0);
  });

  it('and never takes a part for the whole', async () => {
    const whole = readFileSync((await record([], SMALL)).path);
    const lineEnds = [...whole.keys()].filter(at => whole[at] === 0x0a).map(at => at + 1);
    for (let end = 0; end < whole.length; end += 7) {
      const { code, stdout } = await replaySmall(whole.subarray(0, end));
      expect({ end, stdout }).toEqual({ end, stdout: '' });
      expect(end < 30 ? [3, 7] : [7]).toContain(code);
    }
    for (const end of lineEnds.slice(0, -1)) expect((await replaySmall(whole.subarray(0, end))).code).toBe(3);
  });

  it.each([
    ['a body', (line: string) => line.replace('can_use', 'expired'), /does not verify/],
    [
      'a code',
      (line: string) => line.replace(String.raw`\"code\":\"10000\"`, String.raw`\"code\":\"40004\"`),
      /verify/,
    ],
    ['a signature', (line: string) => line.replace(/(sign\\":\\")../, '$1AA'), /does not verify/],
    [
      'the key',
      (line: string) => line.replace(/(public_key":")[^"]+/, `$1${TEST_KEYS.alipayPublic}`),
      /not verify/,
    ],
  ])('%s that was changed with the digests mended: 7', async (_what, change, words) => {
    const mended = mend(readFileSync((await record([], SMALL)).path), change);
    const { code, stdout, stderr } = await replaySmall(mended);
    expect({ code, stdout }).toEqual({ code: 7, stdout: '' });
    expect(stderr).toMatch(words);
  });

  it('with the recording’s own key, and says so once', async () => {
    const { path } = await record();
    const { stderr } = await replay(path);
    expect(
      stderr.match(/Replaying .*, recorded at 2026-11-23 12:00:00 .*with the key \(SHA-256 [0-9a-f]{64}\)/g),
    ).toHaveLength(1);
    expect((await replay(path, ['--quiet'])).stderr).toBe('');
  });

  it('with a key of one’s own where a flag or a named profile gives one', async () => {
    const { path } = await record();
    const right = ['--alipay-public-key-file', sandboxFile('alipay-public-key.pem')];
    const other = join(temporaryDirectory(), 'other.pem');
    writeFileSync(other, TEST_KEYS.alipayPublic);
    expect(await replay(path, right)).toMatchObject({ code: 0, stderr: PROVEN });
    expect((await replay(path, ['--alipay-public-key-file', other])).code).toBe(7);

    const world = { configDirectory: temporaryDirectory() };
    await alipass(['profile', 'add', 'right', ...right, '--app-id', '1', '--charset', 'GBK'], world);
    await alipass(['profile', 'add', 'wrong', '--alipay-public-key-file', other, '--use'], world);
    expect(await replay(path, ['--profile', 'right'], world)).toMatchObject({ code: 0, stderr: PROVEN });
    expect((await replay(path, ['--profile', 'wrong'], world)).code).toBe(7);
    expect((await replay(path, ['--profile', 'wrong', ...right], world)).code).toBe(0);
    expect((await replay(path, [], world)).code).toBe(0);
    expect((await replay(path, ['--profile', 'none'], world)).code).toBe(3);
  });

  it('who wrote the answers, not what was asked: answers moved with the digests mended are printed', async () => {
    const two = ['--user', '2088000000000002', '--group', 'voucher', '--page-size', '1', '-o', 'csv'];
    const { path, outcome } = await record([], two);
    const bodies = linesOf(readFileSync(path)).slice(1, 3).map(bodyOf);
    const moved = mend(readFileSync(path), (line, n) =>
      n === 2 || n === 3 ? line.replace(bodies[n - 2]!, () => bodies[3 - n]!) : line,
    );
    const right = ['--alipay-public-key-file', sandboxFile('alipay-public-key.pem')];
    const again = await alipass(['list', ...two, '--replay', altered(moved), ...right]);
    const [head, first, second] = outcome.stdout.split('\n');
    expect(again).toEqual({ code: 0, stdout: [head, second, first, ''].join('\n'), stderr: PROVEN });
  });

  it('with the recording’s own key, and warns even when quiet where one is configured that is another', async () => {
    const { path } = await record();
    const forged = forge(readFileSync(path));
    const mine = readFileSync(sandboxFile('alipay-public-key.pem'), 'utf8');
    const world = { configDirectory: temporaryDirectory() };
    const right = ['--alipay-public-key-file', sandboxFile('alipay-public-key.pem')];
    await alipass(['profile', 'add', 'right', ...right, '--use'], world);
    const warning = expect.stringMatching(
      /^warning {2}Replaying .*SHA-256 [0-9a-f]{64}\) that it keeps.*another/,
    );
    for (const settings of [world, { env: { ALIPASS_ALIPAY_PUBLIC_KEY: mine } }]) {
      const { code, stdout, stderr } = await replay(altered(forged), ['--quiet', '--limit', '100'], settings);
      expect({ code, forged: stdout.includes('expired'), stderr }).toEqual({
        code: 0,
        forged: true,
        stderr: warning,
      });
      expect(await replay(path, ['--quiet'], settings)).toMatchObject({ code: 0, stderr: '' });
    }
    expect((await replay(altered(forged), ['--quiet', '--limit', '100'])).stderr).toBe('');
    expect((await replay(altered(forged), right)).code).toBe(7);
  });

  it.each([
    ['no key', { ALIPASS_ALIPAY_PUBLIC_KEY: 'no key' }],
    ['a file that is not there', { ALIPASS_ALIPAY_PUBLIC_KEY_FILE: '/nowhere/x.pem' }],
    ['stdin', { ALIPASS_ALIPAY_PUBLIC_KEY_FILE: '-' }],
    ['a profile that is not there', { ALIPASS_PROFILE: 'nowhere' }],
  ])('and warns of nothing where what is configured is %s', async (_what, env) => {
    expect(await replay((await record()).path, ['--quiet'], { env })).toMatchObject({ code: 0, stderr: '' });
  });

  it('nothing where that is asked for, but the digests all the same', async () => {
    const { path } = await record();
    const { code, stdout, stderr } = await replay(path, ['--insecure-skip-verify', '-o', 'json']);
    expect({ code, verified: stdout.includes('"verified":false') }).toEqual({ code: 0, verified: true });
    expect(stderr).toMatch(/^warning {2}Answers are not verified/);
    const bytes = readFileSync(path);
    bytes[bytes.length - 200]! ^= 1;
    expect((await replay(altered(bytes), ['--insecure-skip-verify'])).code).toBe(7);
  });
});

describe('list --replay has no answer', () => {
  it.each([
    [
      'to another user',
      ['--user', '2088000000000251'],
      /user_id "2088000000000251" \(recorded: "2088000000000250"\)/,
    ],
    ['to another group', ['--group', 'card'], /group_type "card" \(recorded: "voucher"\)/],
    ['in another charset', ['--charset', 'GBK'], /charset gbk \(recorded: utf-8\)/],
    ['to another app', ['--app-id', '1'], /app_id 1 \(recorded: 2014072300007148\)/],
  ])('%s than was recorded: 3', async (_what, flags, words) => {
    const { path } = await record();
    const { code, stdout, stderr } = await replay(path, flags);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(words);
  });

  it('to a page that was not recorded: 3, with the pages that were', async () => {
    const { path } = await record(['--limit', '100']);
    const { code, stdout, stderr } = await replay(path, ['-o', 'json']);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ meta: { complete: false, stopped_because: 'error' } });
    expect(stderr).toMatch(/page_num \d \(recorded: 1/);
  });
});

describe('what contradicts a recording is refused before anything is done', () => {
  const FILE = join(temporaryDirectory(), 'x.ndjson');

  it.each([
    ['--replay with --record', ['--replay', 'x', '--record', FILE], /--replay does not go with --record/],
    ['--replay with --sandbox', ['--replay', 'x', '--sandbox'], /--replay does not go with --sandbox/],
    ['--replay with --gateway', ['--replay', 'x', '--gateway', 'http://h/'], /does not go with --gateway/],
    ['two readers of stdin', ['--replay', '-', '--encrypt-key-file', '-'], /both read stdin/],
    ['a recording that is not there', ['--replay', FILE], /can’t be read: there is no such file/],
    ['no proof to keep', ['--record', FILE, '--insecure-skip-verify', '--sandbox'], /there is none/],
    ['stdout as the file', ['--record', '-', '--sandbox'], /--record "-" must be the path of a new file/],
    ['no path', ['--record', '', '--sandbox'], /--record "" must be the path/],
    ['a file that is there', ['--record', import.meta.filename, '--sandbox'], /There is a file .* already/],
    ['a directory', ['--record', configDirectory, '--sandbox'], /There is a file .* already/],
  ])('%s', async (_what, flags, words) => {
    const { code, stdout, stderr } = await alipass(['list', ...QUERY, ...flags], { configDirectory });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(words);
    expect(existsSync(FILE)).toBe(false);
  });

  it('--mask without --record, where it masks nothing else', async () => {
    const { code, stderr } = await alipass(['doctor', '--sandbox', '--mask'], { configDirectory });
    expect(code).toBe(2);
    expect(stderr).toMatch(/--mask says how to record: it needs --record/);
  });

  it.each([
    ['no such directory', '/nowhere/x.ndjson', /can’t be written: there is no such directory/],
    [
      'a file for a directory',
      `${import.meta.filename}/x`,
      /can’t be written: a part of the path is no directory/,
    ],
  ])('%s: 3', async (_what, path, words) => {
    const { code, stderr } = await alipass(['list', '--sandbox', ...QUERY, '--record', path], {
      configDirectory,
    });
    expect(code).toBe(3);
    expect(stderr).toMatch(words);
  });

  it('and so is what is no recording: 3', async () => {
    const { code, stderr } = await replay(import.meta.filename);
    expect(code).toBe(3);
    expect(stderr).toMatch(/is not a recording: its first line is not JSON/);
  });
});

describe('list --record', () => {
  it('makes a file for its owner alone', async () => {
    expect(statSync((await record()).path).mode & 0o777).toBe(0o600);
  });

  it('masks user ids on demand, and a replay what it is asked', async () => {
    const partner = ['--partner', '2088102122458831'];
    const { path, outcome } = await record(['--mask', ...partner]);
    const text = readFileSync(path, 'utf8');
    expect(text).toMatch(/"user_id\\":\\"2088\*{8}0250\\",\\"partner_id\\":\\"2088\*{8}8831\\"/);
    expect(text).not.toMatch(/2088000000000250|2088102122458831/);
    expect(await replay(path, partner)).toMatchObject({ code: 0, stdout: outcome.stdout });
    expect((await replay(path, ['--partner', '2088102122458832'])).code).toBe(3);
    expect(readFileSync((await record()).path, 'utf8')).toContain('2088000000000250');
  });

  it('keeps what came before a failure, and the failure', async () => {
    const { path } = await record();
    const answers = linesOf(readFileSync(path)).slice(1) as { response: { body: string } }[];
    const bodies = [answers[0]!.response.body, '<html>502</html>'];
    const transport: NonNullable<World['transport']> = async () => {
      const body = bodies.length > 1 ? bodies.shift()! : bodies[0]!;
      const status = body.startsWith('{') ? 200 : 502;
      return { status, headers: { 'content-type': 'text/html;charset=utf-8' }, bytes: Buffer.from(body) };
    };
    const again = join(temporaryDirectory(), 'failed.ndjson');
    const env = {
      ALIPASS_APP_ID: '2014072300007148',
      ALIPASS_PRIVATE_KEY: TEST_KEYS.appPrivate,
      ALIPASS_ALIPAY_PUBLIC_KEY_FILE: sandboxFile('alipay-public-key.pem'),
    };
    const line = ['list', ...QUERY, '-o', 'json'];
    const live = await alipass([...line, '--record', again], { env, transport });
    expect(live.code).toBe(6);
    expect(linesOf(readFileSync(again))).toHaveLength(1 + 1 + 3);
    expect(await alipass([...line, '--replay', again, '--quiet'])).toEqual(live);
  });

  it('stays with its file, whatever takes the path', async () => {
    const answers = linesOf(readFileSync((await record()).path)).slice(1) as { response: { body: string } }[];
    const path = join(temporaryDirectory(), 'moving.ndjson');
    const bodies = answers.map(({ response }) => response.body);
    const transport: NonNullable<World['transport']> = async () => {
      if (existsSync(path)) renameSync(path, `${path}.moved`);
      const headers = { 'content-type': 'text/html;charset=utf-8' };
      return { status: 200, headers, bytes: Buffer.from(bodies.shift()!) };
    };
    const env = {
      ALIPASS_APP_ID: '2014072300007148',
      ALIPASS_PRIVATE_KEY: TEST_KEYS.appPrivate,
      ALIPASS_ALIPAY_PUBLIC_KEY_FILE: sandboxFile('alipay-public-key.pem'),
    };
    expect((await alipass(['list', ...QUERY, '--record', path], { env, transport })).code).toBe(0);
    expect([existsSync(path), linesOf(readFileSync(`${path}.moved`)).length]).toEqual([
      false,
      1 + answers.length,
    ]);
  });

  it('is refused by a replay when it is larger than a text can be', async () => {
    const path = join(temporaryDirectory(), 'large.ndjson');
    writeFileSync(path, '');
    truncateSync(path, 500_000_001);
    const { code, stderr } = await replay(path);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('is larger than 500000000 bytes'),
    });
  });

  it('keeps nothing of a call without an answer, but the header', async () => {
    const path = join(temporaryDirectory(), 'x.ndjson');
    const env = {
      ALIPASS_APP_ID: '2014072300007148',
      ALIPASS_PRIVATE_KEY: TEST_KEYS.appPrivate,
      ALIPASS_ALIPAY_PUBLIC_KEY: TEST_KEYS.alipayPublic,
      ALIPASS_GATEWAY: 'http://gateway.example/gateway.do?key=of-a-mock',
    };
    await alipass(['list', ...QUERY, '--record', path], { env });
    expect(linesOf(readFileSync(path))).toMatchObject([
      {
        schema: 'alipass.recording/1',
        recorded_at: '2026-11-23 12:00:00',
        gateway: 'http://gateway.example/gateway.do',
        alipay_public_key: TEST_KEYS.alipayPublic,
      },
    ]);
    const { code, stderr } = await replay(path);
    expect(code).toBe(3);
    expect(stderr).toMatch(/It holds no answer at all/);
  });

  it('replays a refused signature with its diagnosis, and without the token that the gateway gave back', async () => {
    const other = join(temporaryDirectory(), 'other.pem');
    writeFileSync(other, newPrivateKey(), { mode: 0o600 });
    const key = ['--private-key-file', other];
    const plain = await record(key);
    expect(plain.outcome.code).toBe(4);
    expect(await replay(plain.path, ['--quiet'])).toEqual(plain.outcome);

    const { path, outcome } = await record([...key, '--app-auth-token', 'token-of-a-merchant']);
    expect(outcome.code).toBe(4);
    expect(readFileSync(path, 'utf8')).not.toContain('token-of-a-merchant');
    const { code, stderr } = await replay(path, ['--quiet']);
    expect(code).toBe(4);
    expect(stderr).toMatch(/The gateway signed the same text as we did[^]*unverified/);
  });
});

describe('a recording under content encryption', () => {
  it('holds the plain request but no AES key, which a replay must be given', async () => {
    const key = ['--encrypt-key-file', sandboxFile('encrypt-key.txt')];
    const { path, outcome } = await record([...key, '-o', 'csv', '--charset', 'GBK']);
    expect(outcome.code).toBe(0);
    const aesKey = readFileSync(key[1]!, 'utf8').trim();
    expect(readFileSync(path, 'utf8')).toContain(String.raw`{\"user_id\":\"2088000000000250\"`);
    expect(readFileSync(path, 'utf8')).not.toContain(aesKey);

    const without = await replay(path, ['-o', 'csv']);
    expect(without.code).toBe(3);
    expect(without.stderr).toMatch(/holds no AES key[^]*--encrypt-key-file/);
    expect(await replay(path, ['-o', 'csv', ...key])).toMatchObject({ code: 0, stdout: outcome.stdout });
    const env = { ALIPASS_ENCRYPT_KEY: aesKey };
    expect(await replay(path, ['-o', 'csv'], { env })).toMatchObject({ code: 0, stdout: outcome.stdout });
    const wrong = { ALIPASS_ENCRYPT_KEY: Buffer.alloc(16).toString('base64') };
    expect((await replay(path, ['-o', 'csv'], { env: wrong })).code).toBe(3);
  });
});

describe('a recording in certificate mode', () => {
  const CERTIFICATES = [
    ['--app-cert-file', sandboxFile('app-cert.crt')],
    ['--alipay-root-cert-file', sandboxFile('alipay-root-cert.crt')],
  ].flat();
  const ALIPAY_CERT = ['--alipay-cert-file', sandboxFile('alipay-cert.crt')];
  const methodsOf = (path: string): unknown[] =>
    linesOf(readFileSync(path))
      .slice(1)
      .map(({ request }) => (request as { method: string }).method.split('.').at(-1));

  it.each([
    ['fetched, also when it was kept before', [], ['query', 'download', 'query', 'query']],
    ['configured', ALIPAY_CERT, ['query', 'query', 'query']],
  ])('replays with a certificate that was %s', async (_what, flags, methods) => {
    await record([...CERTIFICATES, ...flags]);
    const { path, outcome } = await record([...CERTIFICATES, ...flags, '-o', 'json']);
    expect(outcome.code).toBe(0);
    expect(methodsOf(path).toSorted()).toEqual(methods.toSorted());
    const world = { configDirectory: temporaryDirectory(), now: Date.parse('2099-01-01T00:00:00Z') };
    const again = await replay(path, ['-o', 'json'], world);
    expect(again).toMatchObject({ code: 0, stdout: outcome.stdout });
    expect(again.stderr).toMatch(/with the root certificates \(SN [0-9a-f]{32}\)/);
    expect(readdirSync(world.configDirectory)).toEqual([]);
  });

  it.each([
    ['fetched', []],
    ['configured', ALIPAY_CERT],
  ])('can be asked for a proof of one’s own, its certificate %s', async (_what, flags) => {
    const { path } = await record([...CERTIFICATES, ...flags]);
    const roots = CERTIFICATES.slice(2);
    const key = ['--alipay-public-key-file', sandboxFile('alipay-public-key.pem')];
    for (const proof of [roots, ALIPAY_CERT, [...roots, ...ALIPAY_CERT], key]) {
      expect(await replay(path, proof)).toMatchObject({ code: 0, stderr: PROVEN });
    }
    const stranger = temporaryDirectory();
    await alipass(['list', '--sandbox', ...QUERY], { configDirectory: stranger });
    const strange = (flag: string, name: string): string[] => [flag, join(stranger, 'sandbox', 'keys', name)];
    for (const proof of [
      strange('--alipay-root-cert-file', 'alipay-root-cert.crt'),
      strange('--alipay-cert-file', 'alipay-cert.crt'),
      strange('--alipay-public-key-file', 'alipay-public-key.pem'),
    ]) {
      expect({ proof: proof[0], code: (await replay(path, proof)).code }).toEqual({
        proof: proof[0],
        code: 7,
      });
    }
  });

  it('refuses a root certificate that was put in place of the recorded one: 7', async () => {
    const { path } = await record(CERTIFICATES);
    const stranger = temporaryDirectory();
    await alipass(['list', '--sandbox', ...QUERY], { configDirectory: stranger });
    const other = JSON.stringify(
      readFileSync(join(stranger, 'sandbox', 'keys', 'alipay-root-cert.crt'), 'utf8'),
    );
    const mended = mend(readFileSync(path), line =>
      line.replace(/("alipay_root_cert":)"[^"]+"/, `$1${other}`),
    );
    expect((await replay(altered(mended))).code).toBe(7);
  });
});

describe('doctor --record', () => {
  it('keeps its one call', async () => {
    const path = join(temporaryDirectory(), 'doctor.ndjson');
    const { code } = await alipass(['doctor', '--sandbox', '--record', path, '--mask'], { configDirectory });
    expect(code).toBe(0);
    expect(linesOf(readFileSync(path))).toMatchObject([
      { masked: true },
      { request: { biz_content: expect.stringContaining('2088********8888') }, response: { status: 200 } },
    ]);
  });

  it.each([
    ['--offline', ['--offline', '--record', 'x'], /--offline calls nobody, so there is nothing to --record/],
    ['a file that is there', ['--record', import.meta.filename], /There is a file/],
    ['no proof to keep', ['--record', 'x', '--insecure-skip-verify'], /there is none/],
    ['--replay: it looks at the network', ['--replay', 'x'], /Unknown option '--replay'/],
  ])('refuses %s before it examines anything', async (_what, flags, words) => {
    const { code, stdout, stderr } = await alipass(['doctor', '--sandbox', ...flags], { configDirectory });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(words);
  });
});
