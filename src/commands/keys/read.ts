import type { Context } from '../../context';
import { readKeyFile, warnOfReaders } from '../../profile/key-source';
import { parseAnyKey, type WrittenKey } from '../../protocol/keys';
import type { Conversation } from '../../terminal/conversation';
import { keyReader, unlock } from '../private-key';

/** A key that a command line names. */
export interface KeyFile {
  readonly written: WrittenKey;
  readonly text: string;
  /** How it is called in errors: its path, or stdin. */
  readonly where: string;
}

/**
 * Reads the key at a path, of any form; `-` reads stdin. Warns of a private one that others can read.
 * @throws config `key.file`, and as {@link parseAnyKey}
 */
export async function readKey(context: Context, conversation: Conversation, path: string): Promise<KeyFile> {
  const reader = keyReader(context, conversation);
  const { text, where } = await readKeyFile(path, 'the command line', reader);
  const written = await unlock(context, where, passphrase => parseAnyKey(text, where, passphrase));
  if (written.key.type === 'private') warnOfReaders(path, reader);
  return { written, text, where };
}
