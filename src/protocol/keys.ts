import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { AlipassError } from '../errors';

type Half = 'private' | 'public';

/**
 * Reads an RSA private key: PEM or bare base64 (what Alipay's key tool saves), PKCS#1 or PKCS#8; BOM, CRLF
 * and stray white space are forgiven. `where` names the key's source in errors.
 * @throws config `key.wrong_half`, `key.encrypted`, `key.unreadable`, `key.not_rsa`
 */
export function parsePrivateKey(text: string, where: string): KeyObject {
  return parseKey(text, where, 'private');
}

/** Reads an RSA public key: SPKI, PKCS#1 or an X.509 certificate, PEM or bare. Errors as {@link parsePrivateKey}. */
export function parsePublicKey(text: string, where: string): KeyObject {
  return parseKey(text, where, 'public');
}

/** Whether the two keys, of either half, belong to one pair: same modulus, same public exponent. */
export function isSamePair(a: KeyObject, b: KeyObject): boolean {
  return publicHalf(a).equals(publicHalf(b));
}

function publicHalf(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key;
}

/** What each half may be, in words and as DER readers, tried in turn: a bare key does not say its form. */
const FORMS = {
  private: {
    allowed: 'an RSA private key as PEM or one base64 line, PKCS#1 or PKCS#8',
    readers: [
      (der: Buffer) => createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
      (der: Buffer) => createPrivateKey({ key: der, format: 'der', type: 'pkcs1' }),
    ],
  },
  public: {
    allowed: 'an RSA public key as PEM or one base64 line, SPKI or PKCS#1, or an X.509 certificate',
    readers: [
      (der: Buffer) => createPublicKey({ key: der, format: 'der', type: 'spki' }),
      (der: Buffer) => createPublicKey({ key: der, format: 'der', type: 'pkcs1' }),
      (der: Buffer) => new X509Certificate(der).publicKey,
    ],
  },
} as const;

function parseKey(text: string, where: string, half: Half): KeyObject {
  if (text.includes('ENCRYPTED')) throw encryptedKey(where);
  const der = decodeBase64(pemBody(text));
  // Private forms first: createPublicKey also takes a private key, and would hide that mistake.
  const key = der && (readFirst(FORMS.private.readers, der) ?? readFirst(FORMS.public.readers, der));
  if (!key) {
    throw new AlipassError('config', 'key.unreadable', `${where} is not a readable ${half} key`, {
      hint: `It must be ${FORMS[half].allowed}.`,
    });
  }
  if (key.type !== half) throw wrongHalf(where, half, key.type);
  if (key.asymmetricKeyType !== 'rsa') throw notRsa(where, key);
  return key;
}

/** The base64 body of the first PEM block; a bare key is its own body. CI variables often hold `\\n` for a new line. */
function pemBody(text: string): string {
  const unescaped = text.replaceAll(String.raw`\n`, '\n');
  return /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/.exec(unescaped)?.[2] ?? unescaped;
}

function decodeBase64(body: string): Buffer | undefined {
  const compact = body.replace(/[\s\ufeff]/g, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(compact) ? Buffer.from(compact, 'base64') : undefined;
}

function readFirst(readers: readonly ((der: Buffer) => KeyObject)[], der: Buffer): KeyObject | undefined {
  for (const read of readers) {
    try {
      return read(der);
    } catch {
      // Not of this form: the next reader may know it.
    }
  }
  return undefined;
}

function wrongHalf(where: string, wanted: Half, found: string): AlipassError {
  const message = `${where} holds a ${found} key where the ${wanted} key belongs`;
  return new AlipassError('config', 'key.wrong_half', message, {
    hint: 'The private key setting takes your app’s private key; the Alipay public key setting takes Alipay’s.',
  });
}

function encryptedKey(where: string): AlipassError {
  return new AlipassError('config', 'key.encrypted', `${where} is protected by a passphrase`, {
    hint: 'Store it without one (openssl pkey -in KEY -out NEWKEY), or print it with --private-key-command.',
  });
}

function notRsa(where: string, key: KeyObject): AlipassError {
  const type = key.asymmetricKeyType ?? 'unknown';
  return new AlipassError('config', 'key.not_rsa', `${where} is a key of type ${type}`, {
    hint: 'The gateway signs with RSA only.',
  });
}
