import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../helpers/directory';
import {
  besides,
  changes,
  rowsOf,
  serveSandbox,
  type ServedSandbox,
  smallUsers,
  untilDone,
  userFile,
  userWith,
} from '../helpers/export';
import { finish, run, start } from '../helpers/run';

const ROUNDS = Number(process.env['ALIPASS_TEST_KILLS'] ?? 2);

describe('export from a gateway that comes and goes', { timeout: 60_000 }, () => {
  let sandbox: ServedSandbox;
  const list = [...smallUsers(70), userWith(1_500)];
  const users = userFile(list);
  let rows: string[];

  /** Of each pass its id: a sandbox that starts anew dates them anew. */
  const command = (output: string, ...more: string[]): string[] => [
    'export',
    '--users',
    users,
    '--group=voucher',
    '--format=csv',
    '--columns=pass_id',
    '--output',
    output,
    ...more,
  ];
  const newOutput = (): string => join(temporaryDirectory(), 'out.csv');

  beforeAll(async () => {
    sandbox = await serveSandbox();
    const output = newOutput();
    await untilDone(command(output), sandbox.env, []);
    rows = rowsOf(output);
  });
  afterAll(() => sandbox.kill());

  it(
    `ends while it is gone, and goes on once it is back, ${ROUNDS} times`,
    { timeout: 30_000 + ROUNDS * 15_000 },
    async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const output = newOutput();
        // Lest it be done before the gateway is gone.
        await sandbox.inject('latency=50ms');
        const child = start(command(output), sandbox.env);
        const end = finish(child);
        await changes(dirname(output), 4 + (round % 7), child);
        await sandbox.kill();
        const { code, stderr } = await end;
        expect(stderr).toMatch(/network\.|ECONNRE|refused|connect/i);
        // 9 where a single user was left, whose failure may be its own.
        expect([6, 9]).toContain(code);
        expect(besides(output)).toContain('.failures.csv');
        await sandbox.revive();
        expect((await run(command(output), sandbox.env)).code).toBe(0);
        expect(rowsOf(output)).toEqual(rows);
        expect(besides(output)).toEqual(['.journal']);
      }
    },
  );

  it('survives a short absence by its own retries, or says who failed', async () => {
    const output = newOutput();
    const child = start(command(output), sandbox.env);
    const end = finish(child);
    await changes(dirname(output), 5, child);
    await sandbox.kill();
    await sandbox.revive();
    expect([0, 9]).toContain((await end).code);
    await untilDone(command(output), sandbox.env, []);
    expect(rowsOf(output)).toEqual(rows);
  });

  it.each([
    ['resets', 'reset@p=0.3', []],
    ['503', 'http=503@p=0.3', []],
    ['cut answers', 'cut@p=0.3', []],
    ['refusals of the moment', 'code=isp.unknow-error@p=0.3', []],
    ['timeouts', 'timeout@p=0.1', ['--timeout', '500ms', '--retries', '0']],
  ])('loses nothing to %s', async (_what, fault, more) => {
    await sandbox.inject(fault);
    const output = newOutput();
    const { code, stderr } = await run(command(output, '--retries', '1', ...more), sandbox.env);
    // 6 where the last ones had no answer.
    expect({ stderr, ended: [6, 9].includes(code!) }).toEqual({ stderr, ended: true });
    await sandbox.inject();
    expect(await run(command(output), sandbox.env)).toMatchObject({ code: 0 });
    expect(rowsOf(output)).toEqual(rows);
  });

  it.each([
    ['503', 'http=503', 6],
    ['a wrong signature', 'bad-sign', 7],
    ['a refusal of the caller', 'code=isv.invalid-app-id', 4],
  ])('stops before all users have failed when everybody gets %s', async (_what, fault, code) => {
    await sandbox.inject(fault);
    const output = newOutput();
    const ended = await run(command(output, '--retries', '0'), sandbox.env);
    expect(ended.stderr).toContain(`0 of ${list.length} users are done`);
    expect(ended.code).toBe(code);
    await sandbox.inject();
    expect((await run(command(output), sandbox.env)).code).toBe(0);
    expect(rowsOf(output)).toEqual(rows);
  });

  it('does not stop for users who have not authorised the app, however many', async () => {
    await sandbox.inject('code=isv.insufficient-user-permissions@call=1-40');
    const output = newOutput();
    expect((await run(command(output), sandbox.env)).code).toBe(9);
    await sandbox.inject();
    expect((await run(command(output), sandbox.env)).code).toBe(0);
    expect(rowsOf(output)).toEqual(rows);
  });
});
