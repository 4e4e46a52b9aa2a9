import { createCipheriv, createDecipheriv } from 'node:crypto';
import { AlipassError } from '../errors';

/** `encrypt_type`: the only one there is (docs/protocol.md, "Content encryption"). */
export const ENCRYPT_TYPE = 'AES';

const CIPHER = 'aes-128-cbc';
const KEY_BYTES = 16;
/** The protocol uses no other: equal texts have equal ciphers. */
const ZERO_IV = Buffer.alloc(16);

/** Reads an app's content encryption key: base64 of 16 bytes. @throws config `encrypt_key.unreadable` */
export function parseEncryptKey(text: string, where: string): Buffer {
  const compact = text.replace(/[\s\ufeff]/g, '');
  const key = Buffer.from(compact, 'base64');
  if (key.length === KEY_BYTES && /^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return key;
  throw new AlipassError('config', 'encrypt_key.unreadable', `${where} is not a content encryption key`, {
    hint: 'It is one base64 line of 24 characters: on open.alipay.com it is called 接口内容加密方式, AES密钥.',
  });
}

/** AES/CBC/PKCS7 over the bytes of a text; returns base64. */
export function encryptContent(bytes: Buffer, key: Buffer): string {
  const cipher = createCipheriv(CIPHER, key, ZERO_IV);
  return Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64');
}

/** Undoes {@link encryptContent}; undefined when the key or the text is not right. */
export function decryptContent(text: string, key: Buffer): Buffer | undefined {
  try {
    const decipher = createDecipheriv(CIPHER, key, ZERO_IV);
    return Buffer.concat([decipher.update(Buffer.from(text, 'base64')), decipher.final()]);
  } catch {
    return undefined;
  }
}
