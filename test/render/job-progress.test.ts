import { describe, expect, it } from 'vitest';
import { formatJobProgress, type JobCounts } from '../../src/render/job-progress';
import { displayWidth } from '../../src/render/width';
import { ENGLISH } from '../../src/render/words';
import { CHINESE } from '../../src/render/words-zh';

const COUNTS: JobCounts = {
  users: 40_000,
  before: 0,
  done: 19_980,
  failed: 20,
  rows: 123_456,
  pages: 40_000,
  elapsedMs: 1_000_000,
};

describe('formatJobProgress', () => {
  it.each([
    [
      'all there is to tell',
      Infinity,
      /^█{10}░{10} 50% · 19,980 of 40,000 users · 123,456 passes · 40 calls\/s · 20 failed · /,
    ],
    ['a shorter bar', 100, /^█{5}░{5} 50% · .* calls\/s · /],
    ['no rate', 85, /^█{5}░{5} 50% · 19,980 of 40,000 users · 123,456 passes · 20 failed · 16m 40s left$/],
    ['no passes', 75, /^█{5}░{5} 50% · 19,980 of 40,000 users · 20 failed · 16m 40s left$/],
    ['no bar', 60, /^50% · 19,980 of 40,000 users · 20 failed · 16m 40s left$/],
    ['no less than that', 10, /^50% · 19,980 of 40,000 users · 20 failed · 16m 40s left$/],
  ])('tells %s in %d columns', (_what, width, line) => {
    expect(formatJobProgress(COUNTS, ENGLISH, true, width)).toMatch(line);
  });

  it.each([
    ['English', ENGLISH],
    ['Chinese', CHINESE],
  ])('fits in a terminal in %s', (_language, words) => {
    for (let width = 60; width <= 120; width++) {
      expect(displayWidth(formatJobProgress(COUNTS, words, true, width))).toBeLessThanOrEqual(width);
    }
  });

  it('draws with what every locale has', () => {
    expect(formatJobProgress(COUNTS, ENGLISH, false)).toMatch(/^#{10}\.{10} 50%/);
  });
});
