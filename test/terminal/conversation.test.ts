import { describe, expect, it } from 'vitest';
import { type Conversation, createConversation, type Layout } from '../../src/terminal/conversation';
import { loadStyle } from '../../src/terminal/style';

const PLAIN = await loadStyle(false);
type Word = keyof Conversation;

/** What is heard on stderr of `word`. */
function heard(word: Word, isTTY: boolean, quiet: boolean, verbose: boolean, text = 'x'): string {
  let written = '';
  const write = async (piece: string): Promise<void> => void (written += piece);
  createConversation({ isTTY, columns: 80, rows: 24, write }, PLAIN, { quiet, verbose })[word](text);
  return written;
}

describe('createConversation', () => {
  it.each<[Word, isTTY: boolean, quiet: boolean, verbose: boolean, text: string]>([
    ['note', true, false, false, 'x\n'],
    ['note', false, false, false, ''],
    ['note', true, true, false, ''],
    ['remark', true, false, false, 'x\n'],
    ['remark', false, false, false, 'x\n'],
    ['remark', true, true, false, ''],
    ['warn', true, false, false, 'warning  x\n'],
    ['warn', false, true, false, 'warning  x\n'],
    ['detail', true, false, false, ''],
    ['detail', true, false, true, 'x\n'],
    ['detail', false, false, true, 'x\n'],
  ])('%s on a terminal %s, quiet %s, verbose %s, says %j', (word, isTTY, quiet, verbose, text) => {
    expect(heard(word, isTTY, quiet, verbose)).toBe(text);
  });

  it.each<[Word, string]>([
    ['note', 'one two\n  three\n'],
    ['remark', 'one two\n  three\n'],
    ['warn', 'warning  one two\n         three\n'],
    ['detail', 'one two\n  three\n'],
  ])('%s is laid out for the terminal, after it was made safe', (word, text) => {
    let written = '';
    const write = async (piece: string): Promise<void> => void (written += piece);
    const wrap: Layout['wrap'] = (said, indent, width) => {
      expect(width).toBe(80);
      return said.replace(' three', `\n${' '.repeat(indent)}three`);
    };
    const measure = (said: string): number => said.length;
    const output = { isTTY: true, columns: 80, rows: 24, write };
    createConversation(output, PLAIN, { quiet: false, verbose: true }, { wrap, measure })[word](
      'one two three',
    );
    expect(written).toBe(text);
  });

  it.each<Word>(['note', 'remark', 'warn', 'detail'])('%s lets text do nothing to the terminal', word => {
    expect(heard(word, true, false, true, '\x1b[2J\n')).toContain('\\u{1b}[2J\\n');
  });

  it.each<Word>(['note', 'remark', 'warn', 'detail'])(
    '%s does not fail where stderr is closed',
    async word => {
      const closed = { isTTY: true, columns: 80, rows: 24, write: () => Promise.reject(new Error('EPIPE')) };
      const talk = createConversation(closed, PLAIN, { quiet: false, verbose: true });
      expect(() => talk[word]('x')).not.toThrow();
    },
  );
});
