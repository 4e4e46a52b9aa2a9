import type { Context } from '../context';
import { AlipassError } from '../errors';
import type { KeyReader } from '../profile/key-source';
import { PASSPHRASE_VARIABLE } from '../protocol/keys';
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
