import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openInput, readInput, readInputBytes } from '../../src/commands/input';
import { AlipassError } from '../../src/errors';
import { temporaryDirectory } from '../helpers/directory';
import { rejection } from '../helpers/refusal';

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

  it('reads as many bytes as it may, of a file and of stdin, and refuses one more', async () => {
    const path = join(temporaryDirectory(), 'four');
    writeFileSync(path, 'four');
    const context = { stdin: () => Readable.from(['fo', 'ur']), signal: new AbortController().signal };
    for (const from of [path, '-']) {
      expect((await readInputBytes(context, from, 4)).toString()).toBe('four');
      expect(await rejection(readInputBytes(context, from, 3))).toMatchObject({
        kind: 'usage',
        code: 'input.too_large',
        message: `${from} is larger than 3 bytes, which is as much as can be read of it`,
      });
    }
    const without = {
      stdin: () =>
        Readable.from(
          (function* () {
            for (;;) yield 'more';
          })(),
        ),
      signal: context.signal,
    };
    expect(await rejection(readInputBytes(without, '-', 1e6))).toMatchObject({ code: 'input.too_large' });
  });

  it('passes on what else goes wrong', async () => {
    const failure = new Error('EIO');
    const stdin = (): Readable => new Readable({ read: () => {} }).destroy(failure);
    await expect(readInput({ stdin, signal: new AbortController().signal }, '-')).rejects.toBe(failure);
  });
});

describe('openInput', () => {
  it('reads a file as often as one likes, until a signal comes', async () => {
    const path = join(temporaryDirectory(), 'some');
    writeFileSync(path, 'x'.repeat(1_000_000));
    const controller = new AbortController();
    const read = await openInput({ stdin: endless, signal: controller.signal }, path, Infinity);
    for (let time = 0; time < 2; time++) {
      let bytes = 0;
      for await (const piece of read()) bytes += piece.length;
      expect(bytes).toBe(1_000_000);
    }
    controller.abort(interrupted);
    await expect(read()[Symbol.asyncIterator]().next()).rejects.toBe(interrupted);
  });
});
