import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { forkSignal } from '../src/abort';

const reason = new Error('enough');

describe('forkSignal', () => {
  it('forkSignal makes a part that is aborted with the whole, and its reason', () => {
    const whole = new AbortController();
    const { controller } = forkSignal(whole.signal);
    expect(controller.signal.aborted).toBe(false);
    whole.abort(reason);
    expect(controller.signal.reason).toBe(reason);
  });

  it('forkSignal makes a part that was aborted before, where the whole was', () => {
    expect(forkSignal(AbortSignal.abort(reason)).controller.signal.reason).toBe(reason);
  });

  it('forkSignal leaves the whole alone when the part is aborted', () => {
    const whole = new AbortController();
    forkSignal(whole.signal).controller.abort(reason);
    expect(whole.signal.aborted).toBe(false);
  });

  it('forkSignal leaves nothing behind on the whole once the part is released', () => {
    const whole = new AbortController();
    const { controller, release } = forkSignal(whole.signal);
    release();
    whole.abort(reason);
    expect(controller.signal.aborted).toBe(false);
    expect(getEventListeners(whole.signal, 'abort')).toEqual([]);
  });
});
