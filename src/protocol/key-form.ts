import { createHash, type KeyObject } from 'node:crypto';
import { AlipassError } from '../errors';
import { type Half, type KeyForm, publicHalf, type WrittenKey } from './keys';

/** What a form is called, and the PEM labels that stand for it (RFC 7468; RFC 1421 for the encrypted PKCS#1). */
interface FormFacts {
  readonly title: string;
  readonly pemLabels: readonly string[];
}

export const KEY_FORMS: Readonly<Record<KeyForm, FormFacts>> = {
  pkcs8: { title: 'PKCS#8', pemLabels: ['PRIVATE KEY'] },
  pkcs1: { title: 'PKCS#1', pemLabels: ['RSA PRIVATE KEY'] },
  'encrypted-pkcs8': { title: 'encrypted PKCS#8', pemLabels: ['ENCRYPTED PRIVATE KEY'] },
  'encrypted-pkcs1': { title: 'encrypted PKCS#1', pemLabels: ['RSA PRIVATE KEY'] },
  spki: { title: 'SPKI', pemLabels: ['PUBLIC KEY'] },
  'pkcs1-public': { title: 'PKCS#1 public', pemLabels: ['RSA PUBLIC KEY'] },
  x509: {
    title: 'X.509 certificate',
    pemLabels: ['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'],
  },
};

/** The forms that a key can be written in, and Node's name of each. */
const ENCODINGS = {
  pkcs1: { half: 'private', type: 'pkcs1' },
  pkcs8: { half: 'private', type: 'pkcs8' },
  spki: { half: 'public', type: 'spki' },
  'pkcs1-public': { half: 'public', type: 'pkcs1' },
} as const satisfies Partial<Record<KeyForm, { half: Half; type: string }>>;

export type EncodedForm = keyof typeof ENCODINGS;
export const ENCODED_FORMS = Object.keys(ENCODINGS) as EncodedForm[];

export function halfOfForm(form: EncodedForm): Half {
  return ENCODINGS[form].half;
}

/**
 * Writes an RSA key down, as PEM or as one base64 line; both end with a line feed, and PEM is byte for byte what
 * openssl writes. A public form takes the public half of a private key.
 * @throws config `key.wrong_half` for a private form of a public key
 */
export function encodeKey(key: KeyObject, form: EncodedForm, bare = false): string {
  const { half, type } = ENCODINGS[form];
  if (half === 'private' && key.type === 'public') throw noPrivateHalf(form);
  const encoded = half === 'public' ? publicHalf(key) : key;
  if (!bare) return encoded.export({ format: 'pem', type }) as string;
  return `${encoded.export({ format: 'der', type }).toString('base64')}\n`;
}

/** SHA-256 of the public half's SPKI DER in lowercase hex: the same for both halves of a pair. */
export function fingerprintOf(key: KeyObject): string {
  return createHash('sha256')
    .update(publicHalf(key).export({ format: 'der', type: 'spki' }))
    .digest('hex');
}

/** What is wrong with the PEM label, when it is not one of the body's form: stricter readers, Java's for one, fail. */
export function labelWarning({ form, pemLabel }: WrittenKey): string | undefined {
  const { title, pemLabels } = KEY_FORMS[form];
  if (pemLabel === undefined || pemLabels.includes(pemLabel)) return undefined;
  return `The label says BEGIN ${pemLabel}, but the body is ${title}, which goes with BEGIN ${pemLabels[0]}`;
}

function noPrivateHalf(form: EncodedForm): AlipassError {
  const message = `A public key can’t be written as ${KEY_FORMS[form].title}, a form of private keys`;
  return new AlipassError('config', 'key.wrong_half', message, {
    hint: 'Nothing leads from a public key to its private one: start from the private key.',
  });
}
