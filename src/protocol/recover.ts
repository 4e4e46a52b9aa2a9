import { constants, createHash, type KeyObject, publicDecrypt } from 'node:crypto';
import { SIGN_TYPES, type SignType } from './signature';

/** What a signature says to the right key: the digest that was signed, and by which algorithm. */
export interface RecoveredDigest {
  readonly signType: SignType;
  readonly digestHex: string;
}

/** DigestInfo up to the digest itself (RFC 8017, 9.2, note 1). */
const DIGEST_INFO: Readonly<Record<SignType, string>> = {
  RSA2: '3031300d060960864801650304020105000420',
  RSA: '3021300906052b0e03021a05000414',
};

/**
 * Opens a signature (base64) with a public key. The digest tells a wrong text from a wrong key: undefined means
 * that another private key made the signature, or that it is damaged.
 */
export function recoverDigest(signature: string, key: KeyObject): RecoveredDigest | undefined {
  let info: string;
  try {
    const padding = constants.RSA_PKCS1_PADDING;
    info = publicDecrypt({ key, padding }, Buffer.from(signature, 'base64')).toString('hex');
  } catch {
    return undefined;
  }
  const signType = (Object.keys(DIGEST_INFO) as SignType[]).find(type => info.startsWith(DIGEST_INFO[type]));
  return signType && { signType, digestHex: info.slice(DIGEST_INFO[signType].length) };
}

/** The digest that `signType` signs of these bytes, in hex. */
export function digestHex(bytes: Uint8Array, signType: SignType): string {
  return createHash(SIGN_TYPES[signType]).update(bytes).digest('hex');
}
