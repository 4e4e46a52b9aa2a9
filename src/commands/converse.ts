import type { Context } from '../context';
import { loadPhrasebook, type Say } from '../render/phrases';
import { type Conversation, createConversation, type Layout } from '../terminal/conversation';
import { languageOf } from '../terminal/language';
import { loadStyle, wantsColor } from '../terminal/style';
import type { Talk } from './flags';

/** The command's voice on stderr. */
export async function converse(context: Context, talk: Talk): Promise<Conversation> {
  const { stderr, env } = context;
  const style = await loadStyle(wantsColor(talk.color, env, stderr.isTTY));
  // What measures text is loaded for a terminal alone.
  const layout = stderr.isTTY ? await loadLayout() : undefined;
  return createConversation(stderr, style, talk, layout, await phrasebookOf(context, talk));
}

async function loadLayout(): Promise<Layout> {
  const { displayWidth, hang } = await import('../render/width');
  return { wrap: hang, measure: displayWidth };
}

/** The phrasebook of the language that the command speaks. @throws config for an ALIPASS_LANG that is none */
export async function phrasebookOf({ env }: Context, { lang }: Talk): Promise<Say> {
  return loadPhrasebook(languageOf(lang, env));
}
