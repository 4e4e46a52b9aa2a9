import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedSandbox, startSandbox } from '../../src/start-sandbox';
import { type Env, finish, printed, start } from '../helpers/run';

const USER = '2088888888888888';
const QUERY = ['--user', USER, '--group', 'voucher'];

let sandbox: StartedSandbox;
let env: Env;

beforeAll(async () => {
  sandbox = await startSandbox();
  env = {
    ALIPASS_GATEWAY: sandbox.url,
    ALIPASS_APP_ID: sandbox.appId,
    ALIPASS_PRIVATE_KEY: sandbox.appPrivateKey,
    ALIPASS_ALIPAY_PUBLIC_KEY: sandbox.alipayPublicKey,
  };
});
afterAll(() => sandbox.close());

describe('watch over a port', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('tells a change, and ends with %s in %i', async (signal, exit) => {
    await sandbox.change({ do: 'reset' });
    const child = start(['watch', ...QUERY, '--interval', '20ms'], env);
    const end = finish(child);
    await new Promise<void>(resolve => child.stderr!.once('data', () => resolve()));
    const told = printed(child, /removed {2}7000790003/);
    await sandbox.change({ do: 'status', user: USER, pass_id: '7000790003', status: 'used' });
    await told;
    child.kill(signal);
    const { code, stderr } = await end;
    expect(code).toBe(exit);
    expect(stderr).toMatch(/^Watching 7 passes\.\n/);
  });

  it('ends with 0 when what it waits for has happened', async () => {
    await sandbox.change({ do: 'reset' });
    const child = start(
      ['watch', ...QUERY, '--interval', '20ms', '--until', 'count==6', '-o', 'ndjson'],
      env,
    );
    const end = finish(child);
    await new Promise<void>(resolve => child.stderr!.once('data', () => resolve()));
    await sandbox.change({ do: 'remove', user: USER, pass_id: '7000790003' });
    const { code, stdout } = await end;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ change: 'removed', pass_id: '7000790003' });
  });

  it('ends quietly with 0 when the reader goes away', async () => {
    await sandbox.change({ do: 'reset' });
    const child = start(['watch', ...QUERY, '--interval', '20ms', '--quiet'], env);
    const end = finish(child);
    child.stdout!.destroy();
    const put = (passId: string): Promise<void> =>
      sandbox.change({ do: 'put', user: USER, group: 'voucher', pass: { pass_id: passId } });
    for (let i = 0; child.exitCode === null; i++) {
      await put(`N${i}`);
      await Promise.race([end, new Promise(resolve => setImmediate(resolve))]);
    }
    expect(await end).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('check over a port', () => {
  it('waits until a pass is there, whatever the gateway does meanwhile', async () => {
    await sandbox.change({ do: 'reset' });
    sandbox.inject('http=503@call=1-2');
    const flags = ['--expect', 'count>=7', '--until', '--interval', '20ms', '--retries', '0', '-o', 'json'];
    const { code, stdout } = await finish(start(['check', ...QUERY, ...flags], env));
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'ok', looks: 3 });
  });

  it('holds the whole of a sandbox to the API page', async () => {
    sandbox.inject();
    const { code } = await finish(
      start(['check', '--user', '2088000000000250', '--group', 'card', '--strict-schema'], env),
    );
    expect(code).toBe(0);
  });
});
