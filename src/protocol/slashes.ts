import { type Charset, isDoubleByte } from './charset';

/**
 * `\/` written as `/`: some answers are signed so (docs/protocol.md, "Answers"). Steps over double bytes, whose
 * second may be a backslash.
 */
export function withPlainSlashes(bytes: Buffer, charset: Charset): Buffer {
  const escapedSlash = isDoubleByte(charset) ? /([\x81-\xfe][^])|\\\//g : /()\\\//g;
  const plain = bytes.toString('latin1').replace(escapedSlash, (_, pair?: string) => pair || '/');
  return Buffer.from(plain, 'latin1');
}
