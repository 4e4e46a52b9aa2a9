import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createProgress } from '../../src/terminal/progress';

const { spinners } = vi.hoisted(() => ({
  spinners: [] as { text: string; color: unknown; shown: boolean }[],
}));
vi.mock('ora', () => ({
  default: ({ text, color }: { text: string; color: unknown }) => {
    const spinner = { text, color, shown: false, start, stop: () => (spinner.shown = false) };
    function start(): unknown {
      spinner.shown = true;
      return spinner;
    }
    spinners.push(spinner);
    return spinner;
  },
}));

const output = (isTTY: boolean) => ({ isTTY, columns: 80, rows: 24, write: async () => {} });
const wait = (ms: number): Promise<unknown> =>
  vi.advanceTimersByTimeAsync(ms).then(() => vi.dynamicImportSettled());

describe('createProgress', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    spinners.length = 0;
  });

  it.each([
    [true, 'cyan'],
    [false, false],
  ])('createProgress where colour is %s asks ora for %s', async (color, asked) => {
    const progress = createProgress(output(true), true, color);
    progress.update('Asking…');
    await wait(250);
    expect(spinners).toMatchObject([{ text: 'Asking…', color: asked, shown: true }]);
    progress.update('Still asking…');
    progress.stop();
    expect(spinners).toMatchObject([{ text: 'Still asking…', shown: false }]);
  });

  it.each([
    ['off a terminal', false, true],
    ['when it is not wanted', true, false],
  ])('createProgress shows nothing %s', async (_, isTTY, enabled) => {
    createProgress(output(isTTY), enabled, true).update('Asking…');
    await wait(250);
    expect(spinners).toEqual([]);
  });

  it('createProgress shows nothing of a quick call', async () => {
    const progress = createProgress(output(true), true, true);
    progress.update('Asking…');
    await wait(100);
    progress.stop();
    await wait(250);
    expect(spinners).toEqual([]);
  });
});
