import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isSamePair, parsePrivateKey, parsePublicKey } from '../../src/protocol/keys';
import { temporaryDirectory } from '../helpers/directory';
import { refusal } from '../helpers/refusal';
import { requestVectors, responseVectors } from '../helpers/vectors';

const PKCS1 = requestVectors.appPrivateKeyPkcs1;
const PKCS8 = requestVectors.appPrivateKeyPkcs8;
const SPKI = requestVectors.appPublicKey;
const privateKey = createPrivateKey({ key: Buffer.from(PKCS8, 'base64'), format: 'der', type: 'pkcs8' });
const publicKey = createPublicKey(privateKey);
const PKCS1_PUBLIC = publicKey.export({ format: 'der', type: 'pkcs1' }).toString('base64');

const wrap = (base64: string, newline = '\n'): string => base64.replace(/.{64}/g, `$&${newline}`);
const pem = (label: string, base64: string, newline = '\n'): string =>
  [`-----BEGIN ${label}-----`, wrap(base64, newline), `-----END ${label}-----`, ''].join(newline);

/** One key in every outer form that tools and editors leave it in. */
function outerForms(label: string, base64: string): [form: string, text: string][] {
  return [
    ['PEM', pem(label, base64)],
    ['PEM with CRLF', pem(label, base64, '\r\n')],
    ['PEM with BOM', `\ufeff${pem(label, base64)}`],
    ['PEM without last newline', pem(label, base64).trimEnd()],
    ['PEM with spaces around', `  \n${pem(label, base64)}\n  `],
    ['PEM with one line', `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----`],
    ['PEM with words before it', `Bag Attributes\n    friendlyName: a\n${pem(label, base64)}`],
    ['bare', base64],
    ['bare with newline', `${base64}\n`],
    ['bare with CRLF', `${base64}\r\n`],
    ['bare with BOM', `\ufeff${base64}`],
    ['bare with spaces around', `  ${base64}  `],
    ['bare and wrapped', wrap(base64)],
    ['bare and wrapped with CRLF', wrap(base64, '\r\n')],
  ];
}

function openssl(...args: string[]): string {
  return execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}

/** A self-signed certificate of the app key, made by openssl. */
function certificate(): string {
  const directory = temporaryDirectory();
  const key = join(directory, 'key.pem');
  const out = join(directory, 'cert.pem');
  writeFileSync(key, pem('PRIVATE KEY', PKCS8), { mode: 0o600 });
  openssl('req', '-x509', '-key', key, '-days', '1', '-subj', '/CN=alipass test', '-out', out);
  return readFileSync(out, 'utf8');
}

const pemBody = (text: string): string => text.replace(/-----[^-]+-----/g, '').replace(/\s/g, '');

describe('parsePrivateKey', () => {
  const forms = [
    ...outerForms('RSA PRIVATE KEY', PKCS1).map(([form, text]) => [`PKCS#1 ${form}`, text] as const),
    ...outerForms('PRIVATE KEY', PKCS8).map(([form, text]) => [`PKCS#8 ${form}`, text] as const),
  ];
  it.each(forms)('parsePrivateKey reads %s', (_, text) => {
    expect(parsePrivateKey(text, 'key.pem').equals(privateKey)).toBe(true);
  });

  it.each([
    ['SPKI', pem('PUBLIC KEY', SPKI)],
    ['bare SPKI', SPKI],
    ['PKCS#1 public', pem('RSA PUBLIC KEY', PKCS1_PUBLIC)],
    ['bare PKCS#1 public', PKCS1_PUBLIC],
  ])('parsePrivateKey refuses the wrong half: %s', (_, text) => {
    const error = refusal(() => parsePrivateKey(text, 'key.pem'));
    expect(error).toMatchObject({ kind: 'config', code: 'key.wrong_half' });
    expect(error.message).toContain('key.pem');
  });

  it('parsePrivateKey refuses a certificate as the wrong half', () => {
    expect(refusal(() => parsePrivateKey(certificate(), 'k'))).toMatchObject({ code: 'key.wrong_half' });
  });
});

describe('parsePublicKey', () => {
  const forms = [
    ...outerForms('PUBLIC KEY', SPKI).map(([form, text]) => [`SPKI ${form}`, text] as const),
    ...outerForms('RSA PUBLIC KEY', PKCS1_PUBLIC).map(
      ([form, text]) => [`PKCS#1 public ${form}`, text] as const,
    ),
  ];
  it.each(forms)('parsePublicKey reads %s', (_, text) => {
    expect(parsePublicKey(text, 'key.pem').equals(publicKey)).toBe(true);
  });

  it('parsePublicKey reads an X.509 certificate in every outer form', () => {
    const texts = outerForms('CERTIFICATE', pemBody(certificate())).map(([, text]) => text);
    expect(texts.filter(text => !parsePublicKey(text, 'cert.pem').equals(publicKey))).toEqual([]);
  });

  it.each([
    ['PKCS#1', pem('RSA PRIVATE KEY', PKCS1)],
    ['PKCS#8', pem('PRIVATE KEY', PKCS8)],
    ['bare PKCS#1', PKCS1],
    ['bare PKCS#8', PKCS8],
  ])('parsePublicKey refuses the wrong half: %s', (_, text) => {
    expect(refusal(() => parsePublicKey(text, 'key.pem'))).toMatchObject({
      kind: 'config',
      code: 'key.wrong_half',
    });
  });
});

const PARSERS = [
  ['parsePrivateKey', parsePrivateKey],
  ['parsePublicKey', parsePublicKey],
] as const;

describe.each(PARSERS)('%s', (name, parse) => {
  it.each([
    ['nothing', ''],
    ['white space', ' \n'],
    ['words', 'not a key at all'],
    ['base64 of no key', 'aGVsbG8gd29ybGQ='],
    ['a cut key', SPKI.slice(0, 100)],
    ['a cut private key', PKCS8.slice(0, 400)],
    ['a PEM without its end', pem('PRIVATE KEY', PKCS8).split('-----END')[0]!],
    ['a PEM with an empty body', pem('PUBLIC KEY', '')],
    ['an HTML page', '<html></html>'],
    ['url-safe base64', SPKI.replaceAll('/', '_').replaceAll('+', '-')],
  ])(`${name} refuses %s, naming where it was`, (_, text) => {
    const error = refusal(() => parse(text, 'the setting'));
    expect(error).toMatchObject({ kind: 'config', code: 'key.unreadable' });
    expect(error.message).toContain('the setting');
  });

  it.each([
    ['encrypted PKCS#8', { type: 'pkcs8', format: 'pem' }],
    ['encrypted PKCS#1', { type: 'pkcs1', format: 'pem' }],
  ] as const)(`${name} refuses an %s PEM`, (_, encoding) => {
    const text = privateKey.export({ ...encoding, cipher: 'aes-128-cbc', passphrase: 'p' }) as string;
    expect(refusal(() => parse(text, 'k'))).toMatchObject({ kind: 'config', code: 'key.encrypted' });
  });

  it(`${name} never shows the key`, () => {
    const damaged = PKCS8.slice(0, 200);
    const error = refusal(() => parse(damaged, 'k'));
    expect(`${error.message} ${error.hint}`).not.toContain(damaged.slice(0, 20));
  });
});

const spki = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }) as string;
const pkcs8 = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }) as string;

describe('other kinds of key', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ed = generateKeyPairSync('ed25519');
  const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 });

  it.each([
    ['EC', ec],
    ['Ed25519', ed],
    ['RSA-PSS', pss],
  ])('parsePrivateKey and parsePublicKey refuse a key of type %s', (_, pair) => {
    const notRsa = { kind: 'config', code: 'key.not_rsa' };
    expect(refusal(() => parsePrivateKey(pkcs8(pair.privateKey), 'k'))).toMatchObject(notRsa);
    expect(refusal(() => parsePublicKey(spki(pair.publicKey), 'k'))).toMatchObject(notRsa);
  });

  it('parsePrivateKey refuses an EC key in SEC1 form', () => {
    const sec1 = ec.privateKey.export({ type: 'sec1', format: 'pem' }) as string;
    expect(refusal(() => parsePrivateKey(sec1, 'k')).kind).toBe('config');
  });
});

describe('isSamePair', () => {
  const platform = parsePublicKey(responseVectors.platformPublicKey, 'platform');
  it.each([
    ['private and its public', privateKey, publicKey, true],
    ['public and its private', publicKey, privateKey, true],
    ['public and itself', publicKey, publicKey, true],
    ['private and itself', privateKey, privateKey, true],
    ['private and another public', privateKey, platform, false],
    ['public and another public', publicKey, platform, false],
  ])('isSamePair of %s', (_, a, b, same) => {
    expect(isSamePair(a, b)).toBe(same);
  });

  it('isSamePair sees the app’s public key in the place of Alipay’s, whatever form each is in', () => {
    const asAlipay = parsePublicKey(certificate(), 'alipay');
    expect(isSamePair(parsePrivateKey(PKCS1, 'app'), asAlipay)).toBe(true);
  });
});
