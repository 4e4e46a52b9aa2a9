import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Answer, type Call, pageNode, startGateway } from '../helpers/independent-gateway';
import { temporaryDirectory } from '../helpers/directory';
import { callerEnv, cleanEnv, finish, run, start } from '../helpers/run';

const QUERY = ['list', '--user', '2088102122458832', '--group', 'voucher'];
const SANDBOX = ['list', '--sandbox', '--user', '2088888888888888', '--group', 'voucher'];

describe('the program as a process', () => {
  it('lists the pass of the API page from the sandbox, with nothing configured', async () => {
    const { code, stdout, stderr } = await run(SANDBOX);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/│ 7000790003 +│ 商家名称 /);
    expect(stdout).toMatch(/┘\n$/);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends with %s in %i while it waits for the gateway', async (signal, exit) => {
    let arrived: () => void = () => {};
    const waiting = new Promise<void>(resolve => (arrived = resolve));
    const gateway = await startGateway(() => () => arrived());
    const child = start(QUERY, callerEnv(gateway.url));
    const end = finish(child);
    await waiting;
    child.kill(signal);
    expect(await end).toMatchObject({ code: exit, stdout: '' });
    await gateway.close();
  });

  it('exports for more users at once than Node thinks listen without a leak', async () => {
    const users = join(temporaryDirectory(), 'users.txt');
    writeFileSync(users, Array.from({ length: 24 }, (_, i) => `20880000000000${i + 10}\n`).join(''));
    const flags = ['--group', 'voucher', '-o', 'ndjson', '--quiet', '--concurrency', '16'];
    const output = join(temporaryDirectory(), 'passes.ndjson');
    const outcome = await run(['export', '--sandbox', '--users', users, ...flags, '--output', output]);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
  });

  it('ends quietly with 0 when the reader goes away', async () => {
    const endless = (call: Call): Answer => ({ node: pageNode(call, 1_000_000) });
    const gateway = await startGateway(endless);
    const child = start([...QUERY, '-o', 'ndjson'], callerEnv(gateway.url));
    child.stdout!.once('data', () => child.stdout!.destroy());
    const { code, stderr } = await finish(child);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await gateway.close();
  });

  it.each([
    ['CI', { CI: 'true' }],
    ['NO_COLOR', { NO_COLOR: '1' }],
    ['a pipe', {}],
  ])('writes no escape sequences under %s', async (_what, env) => {
    const { stdout, stderr } = await run(SANDBOX, env as Record<string, string>);
    expect(stdout + stderr).not.toContain('\u001b');
  });

  it('colours with --color always', async () => {
    const { stdout } = await run([...SANDBOX, '--color', 'always']);
    expect(stdout).toContain('\u001b[32mcan_use\u001b[39m');
  });

  it('names a damaged config file, and leaves it as it is', async () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'config.json');
    mkdirSync(directory, { recursive: true });
    writeFileSync(path, '{"profiles":');
    const { code, stderr } = await run(QUERY, { ALIPASS_CONFIG_DIR: directory });
    expect(code).toBe(3);
    expect(stderr).toContain(path);
    expect(
      (await run(['profile', 'add', 'x', '--app-id', '1'], { ALIPASS_CONFIG_DIR: directory })).code,
    ).toBe(3);
  });

  it('needs no settings of the machine for help and version', async () => {
    expect(await finish(start(['--version'], cleanEnv()))).toMatchObject({ code: 0, stderr: '' });
    expect((await run(['--help'])).stdout).toMatch(/list the passes of a user/);
  });
});
