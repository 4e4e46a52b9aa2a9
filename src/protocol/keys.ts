import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  type PrivateKeyInput,
  X509Certificate,
} from 'node:crypto';
import { AlipassError, systemCode } from '../errors';

export type Half = 'private' | 'public';

/** The forms that a key comes in, each as PEM or as bare base64 (the legacy encryption of PKCS#1 as PEM only). */
export type KeyForm =
  'pkcs8' | 'pkcs1' | 'encrypted-pkcs8' | 'encrypted-pkcs1' | 'spki' | 'pkcs1-public' | 'x509';

/** A key, and how it was written down. */
export interface WrittenKey {
  readonly key: KeyObject;
  /** What the body is, whatever the PEM label says. */
  readonly form: KeyForm;
  /** Undefined for bare base64. */
  readonly pemLabel: string | undefined;
}

/**
 * Reads an RSA private key: PEM or bare base64 (what Alipay's key tool saves), PKCS#1 or PKCS#8; BOM, CRLF
 * and stray white space are forgiven. `where` names the key's source in errors; a key without encryption
 * leaves the passphrase unused.
 * @throws config `key.wrong_half`, `key.encrypted`, `key.passphrase`, `key.unreadable`, `key.not_rsa`
 */
export function parsePrivateKey(text: string, where: string, passphrase?: string): KeyObject {
  return parseKey(text, where, 'private', passphrase);
}

/** Reads an RSA public key: SPKI, PKCS#1 or an X.509 certificate, PEM or bare. Errors as {@link parsePrivateKey}. */
export function parsePublicKey(text: string, where: string): KeyObject {
  return parseKey(text, where, 'public', undefined);
}

/**
 * Reads a key of either half, any form and any algorithm. Of several PEM blocks the first counts.
 * @throws config `key.encrypted`, `key.passphrase`, `key.unreadable`
 */
export function parseAnyKey(text: string, where: string, passphrase?: string): WrittenKey {
  const written = readKey(text, where, passphrase);
  if (written) return written;
  const allowed = `${ALLOWED.private}, or ${ALLOWED.public}`;
  throw unreadable(where, 'key', allowed);
}

/** Refuses a key that the gateway could not use. @throws config `key.not_rsa` */
export function requireRsa(key: KeyObject, where: string): KeyObject {
  if (key.asymmetricKeyType === 'rsa') return key;
  const type = key.asymmetricKeyType ?? 'unknown';
  throw new AlipassError('config', 'key.not_rsa', `${where} is a key of type ${type}`, {
    hint: 'The gateway signs with RSA only.',
  });
}

/** Whether the two keys, of either half, belong to one pair: same modulus, same public exponent. */
export function isSamePair(a: KeyObject, b: KeyObject): boolean {
  return publicHalf(a).equals(publicHalf(b));
}

/** The public key of a pair of which either half is at hand. */
export function publicHalf(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key;
}

/** What each half may be, in words. */
const ALLOWED: Readonly<Record<Half, string>> = {
  private: 'an RSA private key as PEM or one base64 line, PKCS#1 or PKCS#8',
  public: 'an RSA public key as PEM or one base64 line, SPKI or PKCS#1, or an X.509 certificate',
};

interface Reader {
  readonly form: KeyForm;
  readonly read: (der: Buffer) => KeyObject;
}

const SPKI: Reader = { form: 'spki', read: key => createPublicKey({ key, format: 'der', type: 'spki' }) };

/**
 * DER readers, tried in turn, as a bare key does not say its form. The order matters: the reader of PKCS#1 also
 * takes PKCS#8, and that of a PKCS#1 public key a private key too, which would hide that mistake.
 */
const READERS: readonly Reader[] = [
  { form: 'pkcs8', read: key => createPrivateKey({ key, format: 'der', type: 'pkcs8' }) },
  { form: 'pkcs1', read: key => createPrivateKey({ key, format: 'der', type: 'pkcs1' }) },
  SPKI,
  { form: 'pkcs1-public', read: key => createPublicKey({ key, format: 'der', type: 'pkcs1' }) },
  { form: 'x509', read: der => new X509Certificate(der).publicKey },
];

function parseKey(text: string, where: string, half: Half, passphrase: string | undefined): KeyObject {
  // A public key is almost always SPKI; to fail at the private forms first would cost each start a millisecond.
  const readers = half === 'public' ? [SPKI, ...READERS] : READERS;
  const written = readKey(text, where, passphrase, readers);
  if (!written) throw unreadable(where, `${half} key`, ALLOWED[half]);
  if (written.key.type !== half) throw wrongHalf(where, `${half} key`, `${written.key.type} key`);
  return requireRsa(written.key, where);
}

/** Undefined when the text is no key at all. @throws config `key.encrypted`, `key.passphrase` */
function readKey(
  text: string,
  where: string,
  passphrase: string | undefined,
  readers = READERS,
): WrittenKey | undefined {
  const { pem, label: pemLabel, body } = pemBlock(text);
  if (LEGACY_ENCRYPTION.test(body)) {
    const key = decrypt({ key: pem, format: 'pem' }, where, passphrase);
    return { key, form: 'encrypted-pkcs1', pemLabel };
  }
  const der = decodeBase64(body);
  if (!der) return undefined;
  for (const { form, read } of readers) {
    try {
      return { key: read(der), form, pemLabel };
    } catch (error) {
      if (systemCode(error) !== 'ERR_MISSING_PASSPHRASE') continue;
      const key = decrypt({ key: der, format: 'der', type: 'pkcs8' }, where, passphrase);
      return { key, form: 'encrypted-pkcs8', pemLabel };
    }
  }
  return undefined;
}

/** How OpenSSL encrypted PEM before PKCS#8 (RFC 1421, section 4.6.1.1). */
const LEGACY_ENCRYPTION = /^Proc-Type: ?4, ?ENCRYPTED/m;

function decrypt(input: PrivateKeyInput, where: string, passphrase: string | undefined): KeyObject {
  if (passphrase === undefined) throw encryptedKey(where);
  try {
    return createPrivateKey({ ...input, passphrase });
  } catch {
    // Not its cause: how decryption failed is nobody's business.
    throw new AlipassError('config', 'key.passphrase', `The passphrase does not open ${where}`, {
      hint: `${PASSPHRASE_VARIABLE}, where it is set, is used without asking: check it, or unset it to be asked.`,
    });
  }
}

/** The first PEM block; a bare key is its own body. CI variables often hold `\\n` for a new line. */
function pemBlock(text: string): { pem: string; label: string | undefined; body: string } {
  const lines = text.replaceAll(String.raw`\n`, '\n');
  const [pem, label, body] = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/.exec(lines) ?? [];
  return pem === undefined ? { pem: lines, label, body: lines } : { pem, label, body: body! };
}

function decodeBase64(body: string): Buffer | undefined {
  const compact = body.replace(/[\s\ufeff]/g, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(compact) ? Buffer.from(compact, 'base64') : undefined;
}

function unreadable(where: string, what: string, allowed: string): AlipassError {
  return new AlipassError('config', 'key.unreadable', `${where} is not a readable ${what}`, {
    hint: `It must be ${allowed}.`,
  });
}

function wrongHalf(where: string, wanted: string, found: string): AlipassError {
  const message = `${where} holds a ${found} where the ${wanted} belongs`;
  return new AlipassError('config', 'key.wrong_half', message, {
    hint: 'The private key setting takes your app’s private key; the Alipay public key setting takes Alipay’s.',
  });
}

/** Where a passphrase is taken from when nobody can be asked. */
export const PASSPHRASE_VARIABLE = 'ALIPASS_PRIVATE_KEY_PASSPHRASE';

function encryptedKey(where: string): AlipassError {
  return new AlipassError('config', 'key.encrypted', `${where} is protected by a passphrase`, {
    hint: `${PASSPHRASE_VARIABLE} may hold it; on a terminal it is asked for.`,
  });
}
