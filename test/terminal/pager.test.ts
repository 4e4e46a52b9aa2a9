import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Pager, startPager } from '../../src/terminal/pager';
import { ClosedPipe } from '../../src/terminal/terminal';
import { temporaryDirectory } from '../helpers/directory';
import { rejection } from '../helpers/refusal';

const TERMINAL = { isTTY: true, columns: 77, write: async () => {} };
const ENV = { PATH: process.env['PATH'] };
const start = (command: string): Promise<Pager | undefined> => startPager(command, TERMINAL, ENV);

describe('startPager', () => {
  it('startPager gives a program all of the text, in the shell’s words', async () => {
    const path = join(temporaryDirectory(), 'shown');
    const pager = (await start(`cat > '${path}'; echo "$LESS $LESSCHARSET" >> '${path}'`))!;
    expect(pager).toMatchObject({ isTTY: true, columns: 77 });
    await pager.write('盒马\n');
    await pager.close();
    expect(readFileSync(path, 'utf8')).toBe('盒马\nFRSX utf-8\n');
  });

  it('startPager knows when there is no such program', async () => {
    expect(await start('no-such-pager-anywhere -R')).toBeUndefined();
  });

  it('startPager tells when the shell can’t run it', async () => {
    const pager = (await start("'no-such-pager-anywhere'"))!;
    expect(await rejection(pager.close())).toMatchObject({ kind: 'config', code: 'pager.failed' });
  });

  it('writing ends with ClosedPipe once the reader has left', async () => {
    const pager = (await start('true'))!;
    const writeOn = async (): Promise<void> => {
      for (;;) await pager.write('x'.repeat(100_000));
    };
    await expect(writeOn()).rejects.toBeInstanceOf(ClosedPipe);
    await pager.close();
  });
});
