import { createPrivateKey, createPublicKey, type KeyObject, publicDecrypt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { requestSignedText } from '../../src/protocol/canonical';
import { encodeText, parseCharset } from '../../src/protocol/charset';
import {
  createVerifier,
  SIGN_TYPES,
  signBytes,
  type SignType,
  verifyBytes,
} from '../../src/protocol/signature';
import { requestVectors, responseVectors, type RequestVector } from '../helpers/vectors';

const der = (base64: string): Buffer => Buffer.from(base64, 'base64');
const PRIVATE_KEYS: readonly [form: 'pkcs1' | 'pkcs8', key: KeyObject][] = [
  ['pkcs1', createPrivateKey({ key: der(requestVectors.appPrivateKeyPkcs1), format: 'der', type: 'pkcs1' })],
  ['pkcs8', createPrivateKey({ key: der(requestVectors.appPrivateKeyPkcs8), format: 'der', type: 'pkcs8' })],
];
const publicKey = createPublicKey({ key: der(requestVectors.appPublicKey), format: 'der', type: 'spki' });
const otherKey = createPublicKey({
  key: der(responseVectors.platformPublicKey),
  format: 'der',
  type: 'spki',
});

const signTypeOf = ({ params }: RequestVector): SignType => params['sign_type'] as SignType;
const bytesOf = ({ params }: RequestVector): Buffer =>
  encodeText(requestSignedText(params), parseCharset(params['charset']!)!);
const signed = PRIVATE_KEYS.flatMap(([form, key]) =>
  requestVectors.cases.map(vector => ({ name: vector.name, form, key, vector })),
);

describe('signed bytes', () => {
  it.each(requestVectors.cases)('encodeText gives the signed bytes of vector $name', vector => {
    expect(bytesOf(vector).toString('hex')).toBe(vector.signedBytesHex);
  });

  it.each(requestVectors.cases.filter(({ name }) => name.startsWith('chinese')))(
    'encodeText gives other bytes in the other charset: $name',
    vector => {
      const other = vector.params['charset'] === 'GBK' ? 'utf-8' : 'GBK';
      expect(encodeText(vector.signedText, other, '?').toString('hex')).not.toBe(vector.signedBytesHex);
    },
  );
});

describe('signBytes', () => {
  it.each(signed)('signBytes signs as openssl did: $name, key as $form', async ({ key, vector }) => {
    const bytes = Buffer.from(vector.signedBytesHex, 'hex');
    expect(await signBytes(bytes, key, signTypeOf(vector))).toBe(vector.sign);
  });

  it.each([
    ['RSA2', '3031300d060960864801650304020105000420'],
    ['RSA', '3021300906052b0e03021a05000414'],
  ] as const)('signBytes signs %s with the digest of RFC 8017’s DigestInfo %s', async (signType, prefix) => {
    const signature = await signBytes(Buffer.from('a'), PRIVATE_KEYS[0]![1], signType);
    expect(publicDecrypt(publicKey, der(signature)).toString('hex').slice(0, prefix.length)).toBe(prefix);
  });

  it('SIGN_TYPES names the two sign types and no other', () => {
    expect(SIGN_TYPES).toEqual({ RSA2: 'sha256', RSA: 'sha1' });
  });
});

/** One that has verified the first vector, and so remembers it. */
const verifier = createVerifier();
const [first] = requestVectors.cases;
verifier(Buffer.from(first!.signedBytesHex, 'hex'), first!.sign, publicKey, signTypeOf(first!));

describe.each<[name: string, verify: typeof verifyBytes]>([
  ['verifyBytes', verifyBytes],
  ['createVerifier, of what it remembers and of what it does not,', verifier],
])('%s', (_, verify) => {
  it.each(requestVectors.cases)('accepts vector $name', vector => {
    const bytes = Buffer.from(vector.signedBytesHex, 'hex');
    expect(verify(bytes, vector.sign, publicKey, signTypeOf(vector))).toBe(true);
  });

  it.each(requestVectors.cases)('refuses one changed byte of vector $name', vector => {
    const bytes = Buffer.from(vector.signedBytesHex, 'hex');
    bytes[bytes.length - 1]! ^= 1;
    expect(verify(bytes, vector.sign, publicKey, signTypeOf(vector))).toBe(false);
  });

  it.each([
    { what: 'another key', signature: first!.sign, key: otherKey, signType: 'RSA2' },
    { what: 'the other digest', signature: first!.sign, key: publicKey, signType: 'RSA' },
    { what: 'a cut signature', signature: first!.sign.slice(0, 40), key: publicKey, signType: 'RSA2' },
    { what: 'an empty signature', signature: '', key: publicKey, signType: 'RSA2' },
    { what: 'what is no base64', signature: '签名', key: publicKey, signType: 'RSA2' },
  ] as const)('refuses $what without throwing', ({ signature, key, signType }) => {
    expect(verify(Buffer.from(first!.signedBytesHex, 'hex'), signature, key, signType)).toBe(false);
  });
});
