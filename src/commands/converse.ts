import type { Context } from '../context';
import { type Conversation, createConversation } from '../terminal/conversation';
import { loadStyle, wantsColor } from '../terminal/style';
import type { Talk } from './flags';

/** The command's voice on stderr. */
export async function converse({ stderr, env }: Context, talk: Talk): Promise<Conversation> {
  const style = await loadStyle(wantsColor(talk.color, env, stderr.isTTY));
  // What measures text is loaded for a terminal alone.
  const wrap = stderr.isTTY ? (await import('../render/width')).hang : undefined;
  return createConversation(stderr, style, talk, wrap);
}
