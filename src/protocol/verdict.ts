import { constants, createHash, type KeyObject, publicDecrypt } from 'node:crypto';
import { SIGN_TYPES, type SignType } from './signature';

/** DigestInfo up to the digest itself (RFC 8017, 9.2, note 1). */
const DIGEST_INFO: Readonly<Record<SignType, string>> = {
  RSA2: '3031300d060960864801650304020105000420',
  RSA: '3021300906052b0e03021a05000414',
};

/** What a signature says to the right key: the digest that was signed, and by which algorithm. */
export interface RecoveredDigest {
  readonly signType: SignType;
  readonly digestHex: string;
}

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

/** Why a signature verifies or does not. Codes are only ever added to. */
export interface Verdict {
  readonly code: string;
  readonly says: string;
  readonly hint: string;
  /** Whether the signature proves what it was judged for. */
  readonly accepted?: true;
  /** The bytes that were signed in place of the right ones, where a suspect gave them away. */
  readonly signed?: Buffer;
}

/** A fault that signers are known for, and the bytes that one with this fault would have signed. */
export interface Suspect extends Verdict {
  readonly texts: () => Iterable<Buffer>;
}

export const VERIFIES: Verdict = {
  code: 'verifies',
  says: 'The signature verifies',
  hint: '',
  accepted: true,
};

const WRONG_KEY: Verdict = {
  code: 'wrong_key',
  says: 'Another private key made this signature, or the signature is damaged',
  hint: '`alipass keys match` tells whether two files are of one pair; `alipass keys inspect` what each is.',
};
/** What a signature is that can't be one of the key's, whatever was signed. */
function judgeForm(signature: string, key: KeyObject): Verdict | undefined {
  const keyBytes = Math.ceil((key.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
  const text = signature.replace(/\s/g, '');
  const bytes = Buffer.from(text, 'base64').length;
  if (/^[0-9a-f]+$/i.test(text) && text.length === keyBytes * 2) return HEX;
  if (!/^[\w+/-]*={0,2}$/.test(text)) return NOT_BASE64;
  if (bytes === keyBytes) return undefined;
  return {
    code: 'sign_length',
    says: `The signature has ${bytes} bytes, where one of this key has ${keyBytes}`,
    hint: 'Give the whole of it. If it is whole, a key of another size made it.',
  };
}

const HEX: Verdict = {
  code: 'sign_hex',
  says: 'The signature is hexadecimal, not base64',
  hint: 'Encode the bytes of the signature in base64: `openssl base64 -A`.',
};
const NOT_BASE64: Verdict = {
  code: 'sign_not_base64',
  says: 'The signature is not base64',
  hint: 'It has A to Z, a to z, 0 to 9, + and /, and = at its end; a % tells that it was url-encoded twice.',
};

const WRONG_DIGEST: Verdict = {
  code: 'wrong_digest',
  says: 'The right key signed the right text, but with another digest than the sign type names',
  hint: 'RSA2 signs SHA-256, RSA signs SHA-1: change the digest or the sign type.',
};
const CHANGED: Verdict = {
  code: 'changed_text',
  says: 'The right key signed another text: something was changed, added or lost after signing',
  hint: '`alipass sign` shows the text that has to be signed.',
};

export interface Claim {
  readonly signature: string;
  readonly key: KeyObject;
  /** Undefined when nothing says which: both are then right. */
  readonly signType: SignType | undefined;
  /** The bytes that should have been signed. */
  readonly bytes: Buffer;
}

/**
 * Finds out why a signature verifies or not: it gives away its digest to the right key, so each suspect is tried
 * until one yields that digest.
 */
export function judgeSignature(
  { signature, key, signType, bytes }: Claim,
  suspects: readonly Suspect[],
): Verdict {
  const signed = recoverDigest(signature, key);
  if (!signed) return judgeForm(signature, key) ?? WRONG_KEY;
  const matches = (text: Buffer): boolean => digestHex(text, signed.signType) === signed.digestHex;
  if (matches(bytes)) return (signType ?? signed.signType) === signed.signType ? VERIFIES : WRONG_DIGEST;
  for (const { texts, ...suspect } of suspects) {
    for (const text of texts()) if (matches(text)) return { ...suspect, signed: text };
  }
  return CHANGED;
}
