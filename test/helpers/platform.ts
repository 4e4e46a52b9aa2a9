import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { responseVectors } from './vectors';

const der = (base64: string): Buffer => Buffer.from(base64, 'base64');

/** The platform's key pair of the response vectors: signs answers as the gateway would. */
export const platformPrivateKey = createPrivateKey({
  key: der(responseVectors.platformPrivateKeyPkcs8),
  format: 'der',
  type: 'pkcs8',
});
export const platformPublicKey = createPublicKey({
  key: der(responseVectors.platformPublicKey),
  format: 'der',
  type: 'spki',
});

/** A signature of the platform, made by node:crypto alone. */
export function platformSign(bytes: string | Buffer, digest: 'sha256' | 'sha1' = 'sha256'): string {
  return sign(digest, Buffer.from(bytes as string), platformPrivateKey).toString('base64');
}

export const NODE_NAME = 'alipay_user_pass_grouplist_query_response';

/** An answer's body: `node` as sent, with a signature over `signedNode` unless that is undefined. */
export function answerBody(
  node: string | Buffer,
  signedNode: string | Buffer | undefined = node,
  digest: 'sha256' | 'sha1' = 'sha256',
): Buffer {
  return Buffer.concat([
    Buffer.from(`{"${NODE_NAME}":`),
    Buffer.from(node as string),
    Buffer.from(`,"sign":"${platformSign(signedNode, digest)}"}`),
  ]);
}
