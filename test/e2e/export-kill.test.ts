import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../helpers/directory';
import {
  besides,
  changes,
  createDice,
  rowsOf,
  serveSandbox,
  type ServedSandbox,
  smallUsers,
  userFile,
  userWith,
} from '../helpers/export';
import { finish, run, start } from '../helpers/run';

/** How often an export is killed: ALIPASS_TEST_KILLS=100 for a proof, fewer for every day. */
const KILLS = Number(process.env['ALIPASS_TEST_KILLS'] ?? 8);
const roll = createDice(Number(process.env['ALIPASS_TEST_SEED'] ?? 1));

const SIGNALS = ['SIGKILL', 'SIGKILL', 'SIGKILL', 'SIGINT', 'SIGTERM'] as const;
const EXITS = { SIGKILL: null, SIGINT: 130, SIGTERM: 143 } as const;

/** Users with few passes; every so often one with so many that they wait in a file. */
function mixedUsers(count: number): string[] {
  return smallUsers(count).flatMap((user, i) => (i % 60 === 20 ? [user, userWith(3_000 + i)] : [user]));
}

describe('export, killed', { timeout: 30_000 }, () => {
  let sandbox: ServedSandbox;
  beforeAll(async () => void (sandbox = await serveSandbox()));
  afterAll(() => sandbox.kill());

  it(
    `has the rows of an undisturbed run, ${KILLS} kills later`,
    { timeout: 60_000 + KILLS * 5_000 },
    async () => {
      const users = userFile(mixedUsers(60 + KILLS * 12));
      const command = (output: string): string[] => [
        'export',
        '--users',
        users,
        '--group',
        'voucher',
        '--output',
        output,
        '--quiet',
      ];
      const undisturbed = join(temporaryDirectory(), 'out.ndjson');
      expect(await run(command(undisturbed), sandbox.env)).toMatchObject({ code: 0, stderr: '' });
      const rows = rowsOf(undisturbed);

      let output = join(temporaryDirectory(), 'out.ndjson');
      const counts = { kills: 0, exports: 1, SIGKILL: 0, SIGINT: 0, SIGTERM: 0, spills: 0 };
      while (counts.kills < KILLS) {
        const child = start(command(output), sandbox.env);
        const end = finish(child);
        const signal = SIGNALS[roll(SIGNALS.length)]!;
        await changes(dirname(output), roll(roll(4) === 0 ? 160 : 50), child);
        const sent = child.kill(signal);
        const { code } = await end;
        counts.spills += besides(output).filter(it => it.startsWith('.spill')).length;
        if (sent && code === EXITS[signal]) {
          counts.kills++;
          counts[signal]++;
          continue;
        }
        // It was done before, or before the program could listen for the signal.
        expect([0, null]).toContain(code);
        if (code === null) continue;
        expect(rowsOf(output)).toEqual(rows);
        output = join(temporaryDirectory(), 'out.ndjson');
        counts.exports++;
      }
      expect(await run(command(output), sandbox.env)).toMatchObject({ code: 0 });
      expect(rowsOf(output)).toEqual(rows);
      expect(besides(output)).toEqual(['.journal']);
      if (KILLS >= 100) console.log(counts, rows.length);
    },
  );

  it('goes on when the journal’s last line was cut off, as by a machine that lost power', async () => {
    const output = join(temporaryDirectory(), 'out.ndjson');
    const users = userFile(smallUsers(30));
    const command = ['export', '--users', users, '--group', 'card', '--output', output, '--quiet'];
    expect((await run(command, sandbox.env)).code).toBe(0);
    const rows = rowsOf(output);
    // As it was before the last users were done, with more of both on the disk than counts.
    const lines = readFileSync(`${output}.journal`, 'utf8').split('\n');
    writeFileSync(`${output}.journal`, `${lines.slice(0, 11).join('\n')}\n${lines[11]!.slice(0, 20)}`);
    renameSync(output, `${output}.partial`);
    appendFileSync(`${output}.partial`, '{"half a row');
    expect(await run(command, sandbox.env)).toMatchObject({ code: 0, stderr: '' });
    expect(rowsOf(output)).toEqual(rows);
  });

  it.each([
    ['the same command puts a file in its place that was all but there', [], 0],
    ['another command does not', ['--status', 'can_use'], 3],
  ])('%s', async (_what, more, code) => {
    const output = join(temporaryDirectory(), 'out.ndjson');
    const users = userFile(smallUsers(5));
    const command = ['export', '--users', users, '--group', 'card', '--output', output, '--quiet'];
    expect((await run(command, sandbox.env)).code).toBe(0);
    const rows = rowsOf(output);
    renameSync(output, `${output}.partial`);
    expect((await run([...command, ...more], sandbox.env)).code).toBe(code);
    expect(existsSync(output) ? rowsOf(output) : []).toEqual(code === 0 ? rows : []);
  });

  it('a second signal ends it at once, and the same command goes on', async () => {
    const output = join(temporaryDirectory(), 'out.ndjson');
    const users = userFile(mixedUsers(50));
    const command = ['export', '--users', users, '--group', 'card', '--output', output, '--quiet'];
    const child = start(command, sandbox.env);
    const end = finish(child);
    await changes(dirname(output), 10, child);
    child.kill('SIGINT');
    child.kill('SIGTERM');
    child.kill('SIGINT');
    const { code } = await end;
    // Both signals may be dealt with as one where they come together.
    expect([null, 130, 143]).toContain(code);
    expect((await run(command, sandbox.env)).code).toBe(0);
    const once = join(temporaryDirectory(), 'out.ndjson');
    expect((await run(command.with(6, once), sandbox.env)).code).toBe(0);
    expect(rowsOf(output)).toEqual(rowsOf(once));
  });
});
