import { describe, expect, it } from 'vitest';
import { alipass } from '../helpers/context';

const VERBS = [['list'], ['sandbox', 'serve'], ['verify']];

/** The help’s words, without how they are laid out. */
const wordsOf = (help: string): string[] => help.split(/\s+/);
const optionsOf = (help: string): string => help.slice(0, help.indexOf('Examples:'));

describe('help', () => {
  it.each(VERBS.flatMap(verb => [44, 60, 80].map(columns => [verb.join(' '), columns] as const)))(
    'of %s wraps its options at words on a terminal of %d columns',
    async (verb, columns) => {
      const line = [...verb.split(' '), '--help'];
      const { code, stdout } = await alipass(line, { columns });
      const help = optionsOf(stdout);
      const wide = help.split('\n').filter(it => it.length > columns);
      expect({ code, wide }).toEqual({ code: 0, wide: [] });
      expect(wordsOf(help)).toEqual(wordsOf(optionsOf((await alipass(line)).stdout)));
    },
  );
});
