import { describe, expect, it } from 'vitest';
import { AlipassError } from '../../src/errors';
import { isSamePair, parseAnyKey, parsePrivateKey, parsePublicKey } from '../../src/protocol/keys';
import { bareOf, newPrivateKey, openssl } from '../helpers/openssl';

const PLAIN = newPrivateKey();
const PASSPHRASE = 'open sesame 芝麻';
const encrypt = (...args: string[]): string =>
  openssl([...args, '-passout', `pass:${PASSPHRASE}`], PLAIN).toString();

const PKCS8 = encrypt('pkcs8', '-topk8');
const LEGACY = encrypt('rsa', '-traditional', '-aes256');

/** Every way that openssl writes an encrypted key, with the form it is. */
const ENCRYPTED = [
  ['PKCS#8', PKCS8, 'encrypted-pkcs8'],
  ['PKCS#8 with PBKDF2 and 3DES', encrypt('pkcs8', '-topk8', '-v2', 'des3'), 'encrypted-pkcs8'],
  ['PKCS#8 with scrypt', encrypt('pkcs8', '-topk8', '-scrypt'), 'encrypted-pkcs8'],
  ['PKCS#8 with CRLF', PKCS8.replaceAll('\n', '\r\n'), 'encrypted-pkcs8'],
  ['PKCS#8 as bare base64', bareOf(PKCS8), 'encrypted-pkcs8'],
  [
    'PKCS#8 with the label of a plain one',
    PKCS8.replaceAll('ENCRYPTED PRIVATE KEY', 'PRIVATE KEY'),
    'encrypted-pkcs8',
  ],
  ['legacy PEM', LEGACY, 'encrypted-pkcs1'],
  ['legacy PEM with 3DES', encrypt('rsa', '-traditional', '-des3'), 'encrypted-pkcs1'],
  ['legacy PEM with BOM and CRLF', `\ufeff${LEGACY.replaceAll('\n', '\r\n')}`, 'encrypted-pkcs1'],
] as const;

/** What an attempt was refused with. */
function refusalOf(attempt: () => unknown): AlipassError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof AlipassError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('parsePrivateKey opens with its passphrase', () => {
  it.each(ENCRYPTED)('%s', (_what, text, form) => {
    const written = parseAnyKey(text, 'k', PASSPHRASE);
    expect(written.form).toBe(form);
    expect(isSamePair(written.key, parsePrivateKey(PLAIN, 'plain'))).toBe(true);
    expect(parsePrivateKey(text, 'k', PASSPHRASE).equals(written.key)).toBe(true);
  });

  it('a key that needs none, whatever the passphrase', () => {
    expect(parsePrivateKey(PLAIN, 'k', 'any').type).toBe('private');
  });
});

describe('parsePrivateKey refuses', () => {
  it.each(ENCRYPTED)('%s without a passphrase, naming the variable', (_what, text) => {
    const refusal = refusalOf(() => parsePrivateKey(text, 'my.pem'));
    expect(refusal).toMatchObject({ kind: 'config', code: 'key.encrypted' });
    expect(refusal.message).toContain('my.pem');
    expect(refusal.hint).toContain('ALIPASS_PRIVATE_KEY_PASSPHRASE');
  });

  it.each(ENCRYPTED)('%s with a wrong passphrase, which it does not repeat', (_what, text) => {
    for (const passphrase of ['wrong-passphrase', '', 'x'.repeat(5000)]) {
      const refusal = refusalOf(() => parsePrivateKey(text, 'my.pem', passphrase));
      expect(refusal).toMatchObject({ kind: 'config', code: 'key.passphrase', cause: undefined });
      expect(`${refusal.message} ${refusal.hint}`).not.toMatch(/wrong-passphrase|xxxx/);
    }
  });

  it('an encrypted private key as a public one', () => {
    expect(refusalOf(() => parsePublicKey(PKCS8, 'k')).code).toBe('key.encrypted');
  });

  it('a legacy PEM that is cut off, even with its passphrase', () => {
    const cut = LEGACY.replace(/([A-Za-z0-9+/]{64}\n){20}/, '');
    expect(refusalOf(() => parsePrivateKey(cut, 'k', PASSPHRASE)).code).toBe('key.passphrase');
  });
});
