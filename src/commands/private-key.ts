import type { KeyObject } from 'node:crypto';
import type { Context } from '../context';
import { AlipassError } from '../errors';
import type { KeyReader } from '../profile/key-source';
import { isSamePair, PASSPHRASE_VARIABLE } from '../protocol/keys';
import type { Conversation } from '../terminal/conversation';

/** What reading a key's text needs of the world. */
export function keyReader(context: Context, conversation: Conversation): KeyReader {
  return { ...context, warn: message => conversation.warn(message) };
}

/**
 * Parses a key that may be encrypted: with the environment's passphrase when there is one, else with one that is
 * asked for when it turns out to be needed. `where` names the key in the question.
 * @throws as `parse` does; `key.encrypted` when nobody can be asked
 */
export async function unlock<T>(
  { env, askSecret }: Context,
  where: string,
  parse: (passphrase?: string) => T,
): Promise<T> {
  try {
    return parse(env[PASSPHRASE_VARIABLE] || undefined);
  } catch (error) {
    if (!(error instanceof AlipassError) || error.code !== 'key.encrypted') throw error;
    const passphrase = await askSecret(`Passphrase of ${where}: `);
    if (passphrase === undefined) throw error;
    return parse(passphrase);
  }
}

/** Refuses the most frequent mistake of all: the app's own public key in place of Alipay's. @throws config */
export function refuseOwnKey(alipayPublicKey: KeyObject, privateKey: KeyObject, where: string): void {
  if (!isSamePair(privateKey, alipayPublicKey)) return;
  const message = `${where} is your app’s own public key where Alipay’s belongs`;
  throw new AlipassError('config', 'key.app_key_as_alipay', message, {
    hint: 'On open.alipay.com, under the app’s signing settings, copy 支付宝公钥 (Alipay’s key), not 应用公钥 (the app’s).',
  });
}
