import { describe, expect, it } from 'vitest';
import { didYouMean, nearWords } from '../src/nearness';

describe('nearWords', () => {
  const words = ['reset', 'repeat-page', 'rate', 'page-cap', '店铺'];

  it.each([
    ['rest', ['reset']],
    ['rseet', ['reset']],
    ['raet', ['rate']],
    ['REPEATPAGE', ['repeat-page']],
    ['page', ['page-cap', 'repeat-page']],
    ['reset', ['reset']],
    ['店铺', ['店铺']],
    ['商家', []],
    ['xyz', []],
    ['ra', []],
    ['', []],
  ])('%j may mean %j', (text, near) => {
    expect(nearWords(text, words)).toEqual(near);
  });
});

describe('didYouMean', () => {
  it.each([
    ['vouchr', 'Did you mean voucher?'],
    ['crad', 'Did you mean card?'],
    ['passport', undefined],
  ])('%s: %s', (text, hint) => {
    expect(didYouMean(text, ['card', 'voucher', 'ticket', 'cert'])).toBe(hint);
  });
});
