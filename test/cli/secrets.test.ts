import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { VERBS } from '../../src/program';
import { alipass } from '../helpers/context';
import { temporaryDirectory } from '../helpers/directory';

// Every command runs with marked secrets; none of them may come out anywhere.

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const TOKEN = 'MARKED-APP-AUTH-TOKEN-7f3a';
const PASSPHRASE = 'MARKED-PASSPHRASE-91bc';
const AES_KEY = Buffer.from('MARKED-AES-KEY16').toString('base64');
/** Pieces of the private key's own lines: wherever it leaks, one of them shows. */
const KEY_PIECES = privateKey
  .split('\n')
  .slice(1, -2)
  .map(line => line.slice(8, 40));
const SECRETS = [...KEY_PIECES, PASSPHRASE, AES_KEY, 'MARKED-AES-KEY16'];

const directory = temporaryDirectory();
const KEY_FILE = join(directory, 'app.pem');
writeFileSync(KEY_FILE, privateKey, { mode: 0o600 });

const ENV = {
  ALIPASS_APP_ID: '2014072300007148',
  ALIPASS_PRIVATE_KEY: privateKey,
  ALIPASS_ALIPAY_PUBLIC_KEY: 'not a key',
  ALIPASS_APP_AUTH_TOKEN: TOKEN,
  ALIPASS_ENCRYPT_KEY: AES_KEY,
  ALIPASS_PRIVATE_KEY_PASSPHRASE: PASSPHRASE,
};
const QUERY = ['--user', '2088888888888888', '--group', 'voucher'];

const LINES: readonly (readonly string[])[] = [
  ['list', ...QUERY, '--verbose'],
  ['list', ...QUERY, '--verbose', '-o', 'json'],
  ['list', ...QUERY, '--sandbox', '--verbose', '--private-key-file', KEY_FILE],
  ['list', ...QUERY, '--insecure-skip-verify', '--verbose', '--retries', '0'],
  ['show', '7000790003', ...QUERY, '--verbose'],
  ['show', '7000790003', ...QUERY, '--sandbox', '--verbose'],
  ['summary', ...QUERY, '--verbose', '-o', 'json'],
  ['summary', ...QUERY, '--sandbox', '--verbose'],
  ['check', ...QUERY, '--expect', 'count>=1', '--verbose', '-o', 'json'],
  ['check', ...QUERY, '--expect', 'count>=1', '--sandbox', '--private-key-file', KEY_FILE],
  ['watch', ...QUERY, '--deadline', '1s', '--verbose'],
  ['watch', ...QUERY, '--deadline', '1s', '--sandbox', '--verbose', '--private-key-file', KEY_FILE],
  ['diff', KEY_FILE, '-'],
  ['export', '2088888888888888', '--group', 'card', '--verbose', '--output', join(directory, 'a.ndjson')],
  ['export', '2088888888888888', '--group', 'card', '--sandbox', '--verbose', '--private-key-file', KEY_FILE],
  ['request', ...QUERY],
  ...['java', 'dotnet', 'php', 'node', 'text'].map(form => ['request', ...QUERY, '--as', form]),
  ['sign', '-', '-o', 'json'],
  ['verify', '-', '--kind', 'request'],
  ['keys', 'inspect', KEY_FILE],
  ['keys', 'inspect', KEY_FILE, '-o', 'json'],
  ['keys', 'match', KEY_FILE, KEY_FILE],
  ['keys', 'convert', KEY_FILE, '--to', 'spki'],
  ['keys', 'generate', '--out', join(directory, 'new')],
  ['explain', 'isv.invalid-signature'],
  ['doctor', '--offline'],
  ['doctor', '--offline', '-o', 'json'],
  ['doctor', '--retries', '0'],
  ['profile', 'add', 'p', '--private-key-file', KEY_FILE, '--app-auth-token', TOKEN],
  ['profile', 'show', '--resolved'],
  ['profile', 'show', '--resolved', '-o', 'json'],
  ['profile', 'list'],
  ['sandbox', 'serve', '--port', '70000'],
  ['completion', 'bash'],
];

describe('no secret comes out', () => {
  it('of any verb there is', () => {
    expect(VERBS.map(({ name }) => name).filter(name => !LINES.some(([verb]) => verb === name))).toEqual([]);
  });

  it.each(LINES.map(line => [line.map(word => word.replace(directory, '')).join(' '), line] as const))(
    'of alipass %s',
    async (_name, line) => {
      const configDirectory = temporaryDirectory();
      const { stdout, stderr } = await alipass(line, {
        env: ENV,
        configDirectory,
        stdin: '{"biz_content":"{}"}',
      });
      const config = readdirSync(configDirectory)
        .filter(name => name.endsWith('.json'))
        .map(name => readFileSync(join(configDirectory, name), 'utf8'));
      const printed = [stdout, stderr];
      const found = SECRETS.filter(secret => [...printed, ...config].some(text => text.includes(secret)));
      expect(found).toEqual([]);
      expect(printed.filter(text => text.includes(TOKEN))).toEqual([]);
    },
  );
});

describe('no secret comes into a recording', () => {
  const sandboxDirectory = temporaryDirectory();
  const inSandbox = (name: string): string => join(sandboxDirectory, 'sandbox', 'keys', name);
  const { ALIPASS_PRIVATE_KEY: _, ALIPASS_ALIPAY_PUBLIC_KEY: __, ...env } = ENV;
  const strangers = ['--private-key-file', KEY_FILE];
  const token = ['--app-auth-token', TOKEN];
  const certificates = [
    ['--app-cert-file', inSandbox('app-cert.crt')],
    ['--alipay-root-cert-file', join(directory, 'mixed.pem')],
    ['--alipay-cert-file', join(directory, 'both.pem')],
  ].flat();

  it.each([
    ['of a listing', ['list', ...QUERY, '--sandbox', ...token], 0],
    ['of a listing in GBK', ['list', ...QUERY, '--sandbox', ...token, '--charset', 'GBK'], 0],
    [
      'of an encrypted one',
      ['list', ...QUERY, '--sandbox', ...token, '--encrypt-key-file', inSandbox('encrypt-key.txt')],
      0,
    ],
    [
      'of a refusal, which gives back what was signed',
      ['list', ...QUERY, '--sandbox', ...token, ...strangers],
      4,
    ],
    ['of the same in GBK', ['list', ...QUERY, '--sandbox', ...token, ...strangers, '--charset', 'GBK'], 4],
    ['of the doctor', ['doctor', '--sandbox', ...token], 0],
    [
      'in certificate mode, with keys beside the certificates',
      ['list', ...QUERY, '--sandbox', ...token, ...certificates],
      0,
    ],
  ] as const)('%s', async (_what, line, exit) => {
    await alipass(['list', ...QUERY, '--sandbox'], { configDirectory: sandboxDirectory });
    const read = (name: string): string => readFileSync(inSandbox(name), 'utf8');
    writeFileSync(join(directory, 'mixed.pem'), `${privateKey}${read('alipay-root-cert.crt')}`);
    writeFileSync(join(directory, 'both.pem'), `${read('alipay-cert.crt')}${privateKey}`);
    const path = join(temporaryDirectory(), 'session.ndjson');
    const world = { env, configDirectory: sandboxDirectory };
    expect((await alipass([...line, '--record', path], world)).code).toBe(exit);
    const file = readFileSync(path, 'utf8');
    const decoded = [...file.matchAll(/"body_base64":"([^"]+)"/g)].map(([, base64]) =>
      Buffer.from(base64!, 'base64'),
    );
    const recording = [file, ...decoded].join('\n');
    const piecesOf = (name: string): string[] => [read(name).split('\n')[1]!.slice(8, 40)];
    const others = [TOKEN, read('encrypt-key.txt').trim(), ...piecesOf('app-private-key.pem')];
    expect([...SECRETS, ...others].filter(secret => recording.includes(secret))).toEqual([]);
    // What the app signed could be sent again; what Alipay signed is the proof.
    expect(file).not.toMatch(/"sign":/);
    expect(recording.split('\n').length).toBeGreaterThan(2);
  });
});

describe('no secret comes out of a value in the wrong place', () => {
  it.each([
    [
      'the key as a path in the environment',
      ['list', ...QUERY],
      { ...ENV, ALIPASS_PRIVATE_KEY: '', ALIPASS_PRIVATE_KEY_FILE: privateKey },
    ],
    [
      'the bare key as a path in a flag',
      ['profile', 'add', 'x', '--private-key-file', privateKey.split('\n').slice(1, -2).join('')],
      {},
    ],
    [
      'a password in a proxy',
      ['profile', 'add', 'x', '--proxy', 'socks5://bob:MARKED-PASSPHRASE-91bc@h:1'],
      {},
    ],
    [
      'a password in a gateway',
      ['list', ...QUERY, '--gateway', 'https://bob:MARKED-PASSPHRASE-91bc@h/'],
      ENV,
    ],
  ])('%s', async (_what, line, env) => {
    const configDirectory = temporaryDirectory();
    const { code, stdout, stderr } = await alipass(line, { env, configDirectory });
    expect([2, 3]).toContain(code);
    expect(SECRETS.filter(secret => (stdout + stderr).includes(secret))).toEqual([]);
    expect(readdirSync(configDirectory)).toEqual([]);
  });

  it('the app auth token, when the gateway gives our text back', async () => {
    const other = join(directory, 'other.pem');
    writeFileSync(
      other,
      generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
      { mode: 0o600 },
    );
    for (const format of ['table', 'json']) {
      const line = [
        'list',
        ...QUERY,
        '--sandbox',
        '--private-key-file',
        other,
        '--app-auth-token',
        TOKEN,
        '-o',
        format,
      ];
      const { code, stderr } = await alipass(line, {});
      expect(code).toBe(4);
      expect(stderr).not.toContain(TOKEN);
    }
  });

  it('the password of a stored proxy', async () => {
    const configDirectory = temporaryDirectory();
    await alipass(['profile', 'add', 'x', '--proxy', 'http://bob:MARKED-PASSPHRASE-91bc@h:1'], {
      configDirectory,
    });
    const { stdout } = await alipass(['profile', 'show', 'x'], { configDirectory });
    expect(stdout).toContain('//…@h:1');
    expect(stdout).not.toContain(PASSPHRASE);
  });
});
