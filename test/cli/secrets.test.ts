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
