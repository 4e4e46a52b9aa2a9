import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { FAULT_FLAGS, readFaults } from '../../src/commands/sandbox/fault-flags';
import type { Input } from '../../src/commands/command';
import { temporaryDirectory } from '../helpers/directory';
import { rejection } from '../helpers/refusal';

const scenario = (text: string): string => {
  const path = join(temporaryDirectory(), 'scenario.txt');
  writeFileSync(path, text);
  return path;
};

/** The flags as Commander reads them. */
function flagsOf(...argv: string[]): Input['flags'] {
  const command = new Command();
  for (const { syntax, help } of FAULT_FLAGS) command.option(syntax, help);
  command
    .option('--port <n>')
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  return command.parse(argv, { from: 'user' }).opts();
}

async function texts(argv: readonly string[], stdin = ''): Promise<string[]> {
  const context = { stdin: () => Readable.from([stdin]), signal: new AbortController().signal };
  return (await readFaults(context, flagsOf(...argv))).map(({ text }) => text);
}

describe('readFaults', () => {
  it.each([
    ['none', [], []],
    ['one', ['--fault', 'reset'], ['reset']],
    [
      'a flag that is repeated',
      ['--fault', 'reset', '--port', '1', '--fault', 'timeout'],
      ['reset', 'timeout'],
    ],
    ['several words', ['--fault', 'reset@call=1', 'timeout', '--port', '1'], ['reset@call=1', 'timeout']],
  ])('takes %s', async (_what, argv, faults) => {
    expect(await texts(argv)).toEqual(faults);
  });

  it('takes a scenario, behind the faults of the command line', async () => {
    const path = scenario('# slow start\nlatency=5ms@call=1\n');
    expect(await texts(['--faults', path, '--fault', 'reset'])).toEqual(['reset', 'latency=5ms@call=1']);
  });

  it('takes a scenario from stdin', async () => {
    expect(await texts(['--faults', '-'], 'reset\n')).toEqual(['reset']);
  });

  it.each([
    ['a fault that there is not', ['--fault', 'rest'], /^--fault "rest" must be .*did you mean reset\?/],
    [
      'a file that there is not',
      ['--faults', '/nowhere/x'],
      /\/nowhere\/x can’t be read: there is no such file/,
    ],
    ['a scenario that is wrong', ['--faults', scenario('\nrest\n')], /scenario\.txt:2 "rest"/],
  ])('refuses %s', async (_what, argv, words) => {
    const error = await rejection(texts(argv));
    expect(error.kind).toBe('usage');
    expect(error.message).toMatch(words);
  });

  it('refuses --fault without a text', () => {
    expect(() => flagsOf('--fault')).toThrow(/argument missing/);
  });
});
