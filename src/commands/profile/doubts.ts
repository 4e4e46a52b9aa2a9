import type { KeyObject } from 'node:crypto';
import type { Context } from '../../context';
import { AlipassError } from '../../errors';
import { readKeyFile } from '../../profile/key-source';
import type { Profile } from '../../profile/profile';
import { parsePrivateKey, parsePublicKey } from '../../protocol/keys';
import type { Conversation } from '../../terminal/conversation';
import { keyReader, refuseOwnKey } from '../private-key';

/** What a call would still miss. */
export function lacks(settings: Profile): string[] {
  const { private_key_file, private_key_command, alipay_public_key_file, alipay_public_key, app_cert_file } =
    settings;
  const alipayKey = alipay_public_key_file ?? alipay_public_key ?? app_cert_file;
  const missing = [
    ...(settings.app_id ? [] : ['the app’s id (--app-id)']),
    ...((private_key_file ?? private_key_command) ? [] : ['its private key (--private-key-file)']),
    ...(alipayKey ? [] : ['Alipay’s public key, 支付宝公钥 (--alipay-public-key-file)']),
  ];
  return missing.length > 0 ? [`A call will still need ${missing.join(' and ')}.`] : [];
}

/**
 * What is wrong with the key files of a new profile, in words. Doubts only: files may come later, as on a machine
 * that is being set up. Nothing is asked and no command is run.
 */
export async function doubtsOf(
  context: Context,
  settings: Profile,
  conversation: Conversation,
): Promise<string[]> {
  const read = async <T>(
    path: string | undefined,
    parse: (text: string, where: string) => T,
  ): Promise<T | undefined> => {
    if (path === undefined || path === '-') return undefined;
    const { text, where } = await readKeyFile(path, 'the profile', keyReader(context, conversation));
    return parse(text, where);
  };
  const doubts: string[] = [];
  const attempt = async <T>(run: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof AlipassError)) throw error;
      if (error.code !== 'key.encrypted') doubts.push([error.message, error.hint].filter(Boolean).join('. '));
      return undefined;
    }
  };
  const privateKey = await attempt<KeyObject | undefined>(() =>
    read(settings.private_key_file, parsePrivateKey),
  );
  const alipayKey = await attempt<KeyObject | undefined>(() =>
    read(settings.alipay_public_key_file, parsePublicKey),
  );
  if (privateKey && alipayKey) {
    await attempt(async () => refuseOwnKey(alipayKey, privateKey, settings.alipay_public_key_file!));
  }
  return doubts;
}
