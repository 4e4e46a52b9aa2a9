import { describe, expect, it } from 'vitest';
import { PASS_STATUS } from '../../src/protocol/api';
import { ENGLISH, loadWords } from '../../src/render/words';

const CHINESE = await loadWords('zh');

describe('loadWords', () => {
  it('is English when nothing is said', async () => {
    expect(await loadWords()).toBe(ENGLISH);
  });

  it('names statuses in Chinese as the API page does', () => {
    expect(CHINESE.statuses).toEqual(PASS_STATUS);
  });
});

/** Every text of a catalogue with its place; functions are called with numbers that count one and many. */
function textsOf(value: unknown, place = ''): [place: string, text: string][] {
  if (typeof value === 'string') return [[place, value]];
  if (typeof value === 'function') {
    const call = value as (...args: unknown[]) => string;
    return [1, 7].map(count => [`${place}(${count})`, call(count, count, [count], [count], count)]);
  }
  return Object.entries(value as object).flatMap(([name, inner]) => textsOf(inner, `${place}.${name}`));
}

describe('the Chinese catalogue', () => {
  const texts = textsOf(CHINESE);

  it('has as many texts as the English one', () => {
    expect(texts.map(([place]) => place)).toEqual(textsOf(ENGLISH).map(([place]) => place));
  });

  it.each(texts)('%s is in Chinese: %s', (_place, text) => {
    expect(text).toMatch(/\p{Script=Han}/u);
    expect(text.replace('Ctrl-C', '')).not.toMatch(/undefined|[a-z]{3}/);
  });
});
