import { sign, verify, type KeyObject } from 'node:crypto';

/** RSASSA-PKCS1-v1_5 under the names that `sign_type` uses, with the digest of each (API page). */
export const SIGN_TYPES = { RSA2: 'sha256', RSA: 'sha1' } as const;
export type SignType = keyof typeof SIGN_TYPES;

/** Signs in the thread pool, so that many signatures use every core. Returns base64. */
export function signBytes(bytes: Uint8Array, key: KeyObject, signType: SignType): Promise<string> {
  return new Promise((resolve, reject) => {
    sign(SIGN_TYPES[signType], bytes, key, (error, signature) => {
      if (error) reject(error);
      else resolve(signature.toString('base64'));
    });
  });
}

/** Whether `signature` (base64) over `bytes` was made by the private half of `key`. Never throws. */
export function verifyBytes(
  bytes: Uint8Array,
  signature: string,
  key: KeyObject,
  signType: SignType,
): boolean {
  return verify(SIGN_TYPES[signType], bytes, key, Buffer.from(signature, 'base64'));
}

/** Longer texts hardly come twice. */
const MOST_REMEMBERED_BYTES = 512;

/**
 * {@link verifyBytes} that remembers the last short text that verified. RSASSA-PKCS1-v1_5 signs the same text alike each
 * time, and every other answer to an export is the same empty page.
 */
export function createVerifier(): typeof verifyBytes {
  let last: Parameters<typeof verifyBytes> | undefined;
  return (bytes, signature, key, signType) => {
    if (bytes.length > MOST_REMEMBERED_BYTES) return verifyBytes(bytes, signature, key, signType);
    const isLast =
      last?.[1] === signature &&
      last[2] === key &&
      last[3] === signType &&
      Buffer.compare(last[0], bytes) === 0;
    if (isLast) return true;
    const verified = verifyBytes(bytes, signature, key, signType);
    // A copy: what comes is a part of a larger buffer.
    if (verified) last = [Buffer.from(bytes), signature, key, signType];
    return verified;
  };
}
