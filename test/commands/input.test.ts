import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readInput } from '../../src/commands/input';
import { AlipassError } from '../../src/errors';

const interrupted = new AlipassError('interrupted', 'interrupted', 'Interrupted');
/** A stdin that never ends, as a terminal's. */
const endless = (): Readable => new Readable({ read: () => {} });

describe('readInput of stdin', () => {
  it('reads to the end, without a BOM', async () => {
    const stdin = (): Readable => Readable.from([Buffer.from('\ufeffa'), 'b']);
    expect(await readInput({ stdin, signal: new AbortController().signal }, '-')).toBe('ab');
  });

  it('ends with the reason of a signal that comes while it waits', async () => {
    const controller = new AbortController();
    const reading = readInput({ stdin: endless, signal: controller.signal }, '-');
    controller.abort(interrupted);
    await expect(reading).rejects.toBe(interrupted);
  });

  it('does not begin after a signal', async () => {
    const signal = AbortSignal.abort(interrupted);
    await expect(readInput({ stdin: endless, signal }, '-')).rejects.toBe(interrupted);
  });

  it('passes on what else goes wrong', async () => {
    const failure = new Error('EIO');
    const stdin = (): Readable => new Readable({ read: () => {} }).destroy(failure);
    await expect(readInput({ stdin, signal: new AbortController().signal }, '-')).rejects.toBe(failure);
  });
});
