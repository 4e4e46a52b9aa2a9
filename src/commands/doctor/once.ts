import { Readable } from 'node:stream';
import type { Context } from '../../context';
import { readStdin } from '../../profile/key-source';
import type { Conversation } from '../../terminal/conversation';

/** A context for checks that each read the same keys: stdin is read once, and each question is asked once. */
export function askingOnce(context: Context): Context {
  const answers = new Map<string, Promise<string | undefined>>();
  let bytes: Promise<Buffer> | undefined;
  async function* replay(): AsyncGenerator<Buffer> {
    bytes ??= readStdin(context);
    yield await bytes;
  }
  return {
    ...context,
    stdin: () => Readable.from(replay()),
    askSecret: question => {
      const answer = answers.get(question) ?? context.askSecret(question);
      answers.set(question, answer);
      return answer;
    },
  };
}

/** A conversation in which no warning is said twice. */
export function warningOnce(conversation: Conversation): Conversation {
  const said = new Set<string>();
  return {
    ...conversation,
    warn: text => {
      if (!said.has(text)) conversation.warn(text);
      said.add(text);
    },
  };
}
