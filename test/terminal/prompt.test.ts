import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { AlipassError } from '../../src/errors';
import { askSecret } from '../../src/terminal/prompt';
import type { Output } from '../../src/terminal/terminal';

/** A terminal that is typed at when the question has been written. */
function terminal(typed: string): {
  input: PassThrough;
  output: Output;
  shown: () => string;
  raw: boolean[];
} {
  const raw: boolean[] = [];
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (on: boolean) => raw.push(on) });
  let shown = '';
  const output: Output = {
    isTTY: true,
    columns: 80,
    rows: 24,
    write: async text => {
      if (shown === '') input.write(typed);
      shown += text;
    },
  };
  return { input, output, raw, shown: () => shown };
}

const ask = (world: ReturnType<typeof terminal>, signal = new AbortController().signal): Promise<string> =>
  askSecret('Passphrase of k: ', world.input, world.output, signal);

describe('askSecret', () => {
  it.each([
    ['a passphrase', 'open sesame\r', 'open sesame'],
    ['one with a correction', 'opem\u007fn\r', 'open'],
    ['one of other letters', '芝麻开门\r', '芝麻开门'],
    ['an empty one', '\r', ''],
  ])('takes %s and shows none of it', async (_what, typed, expected) => {
    const world = terminal(typed);
    expect(await ask(world)).toBe(expected);
    expect(world.shown()).toBe('Passphrase of k: \n');
    expect(world.raw).toEqual([true, false]);
  });

  it.each([
    ['Ctrl-C', 'abc\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('ends with %s, and turns the echo on again', async (_what, typed) => {
    const world = terminal(typed);
    await expect(ask(world)).rejects.toMatchObject({ kind: 'interrupted' });
    expect(world.raw).toEqual([true, false]);
  });

  it('ends with the signal, before and after the question', async () => {
    const reason = new AlipassError('terminated', 'terminated', 'Terminated');
    const controller = new AbortController();
    const world = terminal('');
    const asked = ask(world, controller.signal);
    controller.abort(reason);
    await expect(asked).rejects.toBe(reason);
    expect(world.raw).toEqual([true, false]);
    await expect(ask(terminal('late\r'), controller.signal)).rejects.toBe(reason);
  });

  it('shows nothing of a question that could act on the terminal', async () => {
    const world = terminal('\r');
    await askSecret('of \u001b[2J: ', world.input, world.output, new AbortController().signal);
    expect(world.shown()).toBe('of \\u{1b}[2J: \n');
  });
});
