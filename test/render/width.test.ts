import { describe, expect, it } from 'vitest';
import { cutToWidth, displayWidth, padToWidth } from '../../src/render/width';

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['盒马', 4],
    ['a盒', 3],
    ['e\u0301', 1],
    ['…', 1],
    ['，', 2],
    ['😀', 2],
  ])('displayWidth of %j is %i', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('cutToWidth', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['盒马', 4, '盒马'],
    ['盒马鲜', 4, '盒…'],
    ['盒马鲜', 5, '盒马…'],
    ['a盒马', 3, 'a…'],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
    ['😀😀', 3, '😀…'],
    ['ab', 1, '…'],
    ['', 1, ''],
  ])('cutToWidth of %j to %i is %j', (text, width, cut) => {
    expect(cutToWidth(text, width)).toBe(cut);
    expect(displayWidth(cut)).toBeLessThanOrEqual(width);
  });
});

describe('padToWidth', () => {
  it.each([
    ['ab', 4, 'ab  '],
    ['盒', 4, '盒  '],
    ['abcd', 4, 'abcd'],
    ['abcde', 4, 'abcde'],
  ])('padToWidth of %j to %i is %j', (text, width, padded) => {
    expect(padToWidth(text, width)).toBe(padded);
  });
});
