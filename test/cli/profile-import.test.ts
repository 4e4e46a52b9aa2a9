import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GATEWAYS } from '../../src/protocol/api';
import { alipass, type Outcome } from '../helpers/context';
import { TEST_KEYS } from '../helpers/keys';
import { bareOf, newPrivateKey, openssl } from '../helpers/openssl';
import { temporaryDirectory } from '../helpers/directory';

const APP_ID = '9021000122671234';
const { appPrivate, appPrivatePkcs1, appPublic, alipayPublic } = TEST_KEYS;
const OTHER_PRIVATE = newPrivateKey();
const OTHER_PUBLIC = bareOf(openssl(['pkey', '-pubout'], OTHER_PRIVATE).toString());

/** Pieces of the private key that must not be seen anywhere but in its file. */
const MARKS = [appPrivate, appPrivatePkcs1].flatMap(key => [key.slice(100, 140), key.slice(800, 840)]);

/** Writes files below a new directory and returns the path of the directory, or of its only file. */
function written(files: Readonly<Record<string, string>>, only = false): string {
  const directory = join(temporaryDirectory(), 'RSA签名');
  mkdirSync(directory);
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(directory, name), text, { mode: 0o600 });
  return only ? join(directory, Object.keys(files)[0]!) : directory;
}

const SANDBOX_JSON = {
  appId: APP_ID,
  appPrivateKey: appPrivate,
  appPrivatePkcsKey: appPrivatePkcs1,
  alipayPublicKey: alipayPublic,
};
const sandboxFile = (changes: Record<string, unknown> = {}): string =>
  written({ '.alipay-sandbox.json': JSON.stringify({ ...SANDBOX_JSON, ...changes }, null, 2) }, true);
const properties = (...lines: string[]): string => written({ 'alipay.properties': lines.join('\n') }, true);
const FOLDER = {
  '应用私钥RSA2048.txt': appPrivate,
  '应用公钥RSA2048.txt': appPublic,
  '支付宝公钥.txt': alipayPublic,
};

interface Imported extends Outcome {
  readonly directory: string;
  /** The profiles in the config file; none when there is no file. */
  readonly profiles: Readonly<Record<string, Record<string, string>>>;
}

async function imported(
  path: string,
  flags: string[] = [],
  directory = temporaryDirectory(),
): Promise<Imported> {
  const outcome = await alipass(['profile', 'import', path, ...flags], { configDirectory: directory });
  const config = join(directory, 'config.json');
  const text = existsSync(config) ? readFileSync(config, 'utf8') : '{"profiles":{}}';
  for (const mark of MARKS) expect(outcome.stdout + outcome.stderr + text).not.toContain(mark);
  const { profiles } = JSON.parse(text) as { profiles: Record<string, Record<string, string>> };
  return { ...outcome, directory, profiles };
}

/** The private key that a profile points at, as openssl reads it, in one base64 line of PKCS#8. */
function keyOf(profile: Readonly<Record<string, string>>): string {
  const text = readFileSync(profile['private_key_file']!);
  return bareOf(openssl(['pkcs8', '-topk8', '-nocrypt'], text).toString());
}

describe('profile import', () => {
  it('makes a profile for Alipay’s sandbox of .alipay-sandbox.json', async () => {
    const { code, stderr, profiles, directory } = await imported(sandboxFile());
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(
        /^Added profile "alipay-sandbox", now the current one\. alipass doctor checks it\. The private key was copied to .*\.\n$/,
      ) as string,
    });
    const profile = profiles['alipay-sandbox']!;
    expect(profile).toEqual({
      app_id: APP_ID,
      gateway: GATEWAYS.alipaySandbox,
      alipay_public_key: alipayPublic,
      private_key_file: join(directory, 'keys', 'alipay-sandbox-private-key.pem'),
    });
    expect(statSync(profile['private_key_file']!).mode & 0o777).toBe(0o600);
    expect(keyOf(profile)).toBe(appPrivate);
  });

  /** The file as it really is, less what is not the app's. */
  const nested = (...apps: unknown[]): string =>
    written(
      { 'sandbox.json': JSON.stringify({ appIds: apps, isClaimed: false, sandboxAccounts: {} }) },
      true,
    );

  it('reads the app in appIds, and checks its 应用公钥 too', async () => {
    const app = { ...SANDBOX_JSON, appPublicKey: appPublic, pid: '2088721100529696', uid: null };
    const { code, profiles } = await imported(nested(app));
    expect(code).toBe(0);
    expect(profiles['sandbox']).toMatchObject({ app_id: APP_ID, gateway: GATEWAYS.alipaySandbox });
    const mixedUp = await imported(nested({ ...app, appPublicKey: OTHER_PUBLIC }));
    expect(mixedUp).toMatchObject({ code: 3, profiles: {} });
    expect(mixedUp.stderr).toMatch(/not of one key pair/);
  });

  it.each([
    [
      'two apps, rather than choosing one',
      [SANDBOX_JSON, { appPrivateKey: bareOf(OTHER_PRIVATE) }],
      /app 2 of/,
    ],
    ['no apps', [], /holds no private key/],
    ['apps that are none', [null, 'x', 1], /holds no private key/],
  ])('refuses appIds with %s', async (_what, apps, words) => {
    const { code, stderr } = await imported(nested(...apps));
    expect(code).toBe(3);
    expect(stderr).toMatch(words);
  });

  it('makes a profile that list signs with', async () => {
    const { directory } = await imported(sandboxFile());
    const list = ['list', '--user', '2088102122458832', '--group', 'card', '-o', 'json'];
    const urls: string[] = [];
    await alipass(list, {
      configDirectory: directory,
      transport: async request => {
        urls.push(request.url);
        return { status: 404, headers: {}, bytes: Buffer.from('') };
      },
    });
    expect(urls[0]).toMatch(
      /^https:\/\/openapi-sandbox\.dl\.alipaydev\.com\/gateway\.do\?.*app_id=9021000122671234/,
    );
  });

  it('points at the key tool’s folder, and copies nothing', async () => {
    const folder = written(FOLDER);
    const { code, profiles, directory } = await imported(folder, ['--app-id', APP_ID]);
    expect(code).toBe(0);
    expect(profiles['RSA签名']).toEqual({
      app_id: APP_ID,
      private_key_file: join(folder, '应用私钥RSA2048.txt'),
      alipay_public_key_file: join(folder, '支付宝公钥.txt'),
    });
    expect(existsSync(join(directory, 'keys'))).toBe(false);
  });

  it('takes the gateway that a folder can’t name', async () => {
    const { profiles } = await imported(written(FOLDER), [
      '--app-id',
      APP_ID,
      '--gateway',
      'http://127.0.0.1:1/',
    ]);
    expect(profiles['RSA签名']).toMatchObject({ app_id: APP_ID, gateway: 'http://127.0.0.1:1/' });
  });

  it('says what a call will still need', async () => {
    const folder = written({ '应用私钥.txt': appPrivate });
    const { code, stderr } = await imported(folder, ['--name', 'shop']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/A call will still need the app’s id .* and Alipay’s public key, 支付宝公钥/);
  });

  it.each([
    ['appId=', 'privateKey=', 'alipayPublicKey='],
    ['app_id = ', 'merchantPrivateKey = ', 'alipay_public_key = '],
    ['APP_ID=', 'APP_PRIVATE_KEY=', 'ALIPAY_PUBLIC_KEY='],
    ['alipay.app-id: ', 'alipay.private-key: ', 'alipay.public.key: '],
    ['alipay.appId:', '  merchant_private_key:', 'alipay.alipayPublicKey:'],
    ['appid=', 'rsa_private_key=', 'alipay-public-key='],
  ])('reads a properties file that says %s… %s… %s…', async (appId, privateKey, alipayKey) => {
    const path = properties(
      '\ufeff# appId=1',
      '! privateKey=none',
      '',
      `${appId}${APP_ID}\r`,
      `${privateKey}${appPrivatePkcs1}`,
      `${alipayKey}${alipayPublic}`,
      'notify_url=https\\://example.com/notify?a=b',
    );
    const { code, profiles } = await imported(path);
    expect(code).toBe(0);
    const { private_key_file: _, ...others } = profiles['alipay']!;
    expect(others).toEqual({ app_id: APP_ID, alipay_public_key: alipayPublic });
    expect(keyOf(profiles['alipay']!)).toBe(appPrivate);
  });

  it('takes gateway, charset and sign type along, which decide whether calls succeed', async () => {
    const path = properties(
      `appId="${APP_ID}"`,
      `privateKey='${appPrivate}'`,
      String.raw`gatewayUrl=https\://openapi-sandbox.dl.alipaydev.com/gateway.do`,
      'charset=GBK',
      'sign_type=RSA2',
    );
    expect((await imported(path)).profiles['alipay']).toMatchObject({
      app_id: APP_ID,
      gateway: GATEWAYS.alipaySandbox,
      charset: 'GBK',
      sign_type: 'RSA2',
    });
  });

  it.each([
    ['shop/1', 'shop%2f1-private-key.pem'],
    ['盒马 南京', '盒马%20南京-private-key.pem'],
    ['..', '..-private-key.pem'],
    [String.raw`a\b:c`, 'a%5cb%3ac-private-key.pem'],
  ])('keeps the key of a profile named %s in keys/%s', async (name, fileName) => {
    const { profiles, directory } = await imported(sandboxFile(), ['--name', name]);
    const path = profiles[name]!['private_key_file']!;
    expect([dirname(path), basename(path)]).toEqual([join(directory, 'keys'), fileName]);
    expect(readdirSync(join(directory, 'keys'))).toEqual([fileName]);
  });

  it('makes it the current one with --use only, when there is one already', async () => {
    const directory = temporaryDirectory();
    await imported(sandboxFile(), ['--name', 'a'], directory);
    expect((await imported(sandboxFile(), ['--name', 'b'], directory)).stderr).toContain(
      'the current one is still "a"',
    );
    expect((await imported(sandboxFile(), ['--name', 'c', '--use'], directory)).stderr).toMatch(/current/);
  });
});

describe('profile import keeps what is there', () => {
  const other = (): string =>
    sandboxFile({ appId: '1', appPrivateKey: bareOf(OTHER_PRIVATE), appPrivatePkcsKey: undefined });

  it('refuses a name that is taken, and changes nothing', async () => {
    const directory = temporaryDirectory();
    const before = await imported(sandboxFile(), [], directory);
    const after = await imported(other(), [], directory);
    expect(after.code).toBe(2);
    expect(after.stderr).toMatch(/--replace takes its place/);
    expect(after.profiles).toEqual(before.profiles);
    expect(keyOf(after.profiles['alipay-sandbox']!)).toBe(appPrivate);
  });

  it('replaces profile and key with --replace', async () => {
    const directory = temporaryDirectory();
    await imported(sandboxFile(), [], directory);
    const { code, profiles } = await imported(other(), ['--replace'], directory);
    expect(code).toBe(0);
    expect(profiles['alipay-sandbox']).toMatchObject({ app_id: '1' });
    expect(keyOf(profiles['alipay-sandbox']!)).toBe(bareOf(OTHER_PRIVATE));
    expect(readdirSync(join(directory, 'keys'))).toEqual(['alipay-sandbox-private-key.pem']);
  });

  it('refuses a key file that is left of a removed profile, until --replace', async () => {
    const directory = temporaryDirectory();
    await imported(sandboxFile(), [], directory);
    await alipass(['profile', 'remove', 'alipay-sandbox'], { configDirectory: directory });
    const refused = await imported(other(), [], directory);
    expect(refused.code).toBe(2);
    expect(refused.profiles).toEqual({});
    expect((await imported(other(), ['--replace'], directory)).code).toBe(0);
  });

  it('never takes the key file of another profile, not even with --replace', async () => {
    const directory = temporaryDirectory();
    await imported(sandboxFile(), ['--name', 'shop'], directory);
    await alipass(['profile', 'rename', 'shop', 'market'], { configDirectory: directory });
    const { code, profiles } = await imported(other(), ['--name', 'shop', '--replace'], directory);
    expect(code).toBe(2);
    expect(keyOf(profiles['market']!)).toBe(appPrivate);
  });

  it('leaves no key behind when the config file is damaged', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'config.json'), '{"profiles":');
    const outcome = await alipass(['profile', 'import', sandboxFile()], { configDirectory: directory });
    expect(outcome.code).toBe(3);
    expect(existsSync(join(directory, 'keys'))).toBe(false);
  });
});

describe('profile import refuses, and writes nothing,', () => {
  it.each([
    ['a path that is not there', () => join(temporaryDirectory(), 'none'), /no such file or folder/],
    ['a folder without a private key', () => written({ '应用公钥.txt': appPublic }), /holds no private key/],
    ['a file of anything', () => properties('hello'), /holds no private key/],
    ['JSON that is broken', () => written({ 'a.json': `{"appPrivateKey":"${appPrivate}` }, true), /is none/],
    [
      'JSON without a key',
      () => sandboxFile({ appPrivateKey: '', appPrivatePkcsKey: null }),
      /no private key/,
    ],
    [
      'a private key that is none',
      () => sandboxFile({ appPrivateKey: 'hello' }),
      /appPrivateKey in .* not a read/,
    ],
    ['a public key in its place', () => sandboxFile({ appPrivateKey: appPublic }), /holds a public key/],
    [
      'an Alipay key that is none',
      () => sandboxFile({ alipayPublicKey: 'hello' }),
      /alipayPublicKey in .* not a read/,
    ],
    [
      'the app’s key as Alipay’s',
      () => sandboxFile({ alipayPublicKey: appPublic }),
      /your app’s own public key/,
    ],
    ['two private keys', () => sandboxFile({ appPrivateKey: bareOf(OTHER_PRIVATE) }), /not of one key pair/],
    ['an app id that is none', () => sandboxFile({ appId: 'x' }), /app_id in .* must be the app’s id/],
    [
      'a folder whose 应用公钥 is of another pair',
      () => written({ ...FOLDER, '应用公钥RSA2048.txt': OTHER_PUBLIC }),
      /not of one key pair/,
    ],
    [
      'a folder with two private keys',
      () => written({ ...FOLDER, '应用私钥old.txt': bareOf(OTHER_PRIVATE) }),
      /not of one key pair/,
    ],
    [
      'two app ids',
      () => properties('appId=1', 'alipay.app_id=2', `privateKey=${appPrivate}`),
      /say different things/,
    ],
  ])('%s', async (_what, path, words) => {
    const { code, stdout, stderr, directory } = await imported(path());
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(words);
    expect(readdirSync(directory)).toEqual([]);
  });

  it.each([
    ['--app-id', 'abc'],
    ['--name', ' a'],
    ['--gateway', 'openapi'],
  ])('%s %j', async (flag, value) => {
    const { code, directory } = await imported(sandboxFile(), [flag, value]);
    expect(code).toBe(2);
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('profile import of an encrypted key', () => {
  const pem = openssl(
    ['pkcs8', '-topk8', '-passout', 'pass:open sesame'],
    `-----BEGIN PRIVATE KEY-----\n${appPrivate.match(/.{1,64}/g)!.join('\n')}\n-----END PRIVATE KEY-----\n`,
  ).toString();
  const env = { ALIPASS_PRIVATE_KEY_PASSPHRASE: 'open sesame' };

  it('checks it with its passphrase and keeps it encrypted', async () => {
    const configDirectory = temporaryDirectory();
    const path = properties(`appId=${APP_ID}`, `privateKey=${bareOf(pem)}`);
    const { code } = await alipass(['profile', 'import', path], { configDirectory, env });
    expect(code).toBe(0);
    const kept = readFileSync(join(configDirectory, 'keys', 'alipay-private-key.pem'), 'utf8');
    expect(kept).toContain(bareOf(pem));
  });

  it('refuses it without', async () => {
    const { code, stderr } = await imported(written({ '应用私钥.txt': pem }));
    expect(code).toBe(3);
    expect(stderr).toMatch(/protected by a passphrase/);
  });
});
