import type { Context } from '../../context';
import { changeLine } from '../../render/changes';
import type { Words } from '../../render/words';
import type { Conversation } from '../../terminal/conversation';
import type { Style } from '../../terminal/style';
import type { Screen } from './event';

/** A line for each change on stdout, as text or as JSON; everything else goes to stderr. */
export function createLineScreen(
  { stdout, sleep, signal }: Pick<Context, 'stdout' | 'sleep' | 'signal'>,
  format: 'table' | 'ndjson',
  style: Style,
  words: Words,
  { remark, warn }: Conversation,
): Screen {
  let begun = false;
  return {
    change: event => {
      if (format === 'ndjson') return stdout.write(`${JSON.stringify(event)}\n`);
      return stdout.write(`${event.at}  ${changeLine(event, style, words)}\n`);
    },
    trouble: async (text, at) => warn(`${at}  ${text}`),
    looked: async count => {
      if (!begun && count !== undefined) remark(words.watch.watching(count));
      begun ||= count !== undefined;
    },
    pause: ms => sleep(ms, signal),
    close: async () => {},
  };
}
