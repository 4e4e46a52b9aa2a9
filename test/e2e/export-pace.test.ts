import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../helpers/directory';
import { rowsOf, serveSandbox, smallUsers, userFile } from '../helpers/export';
import { pageNode, startGateway } from '../helpers/independent-gateway';
import { callerEnv, run } from '../helpers/run';

/** The proof takes more calls: ALIPASS_TEST_CALLS=2000. */
const CALLS = Number(process.env['ALIPASS_TEST_CALLS'] ?? 120);

/** The most events in any second, the ends of it included. */
function mostInASecond(times: readonly number[]): number {
  let [most, first] = [0, 0];
  times.forEach((time, last) => {
    while (times[first]! < time - 1000) first++;
    most = Math.max(most, last - first + 1);
  });
  return most;
}

describe('mostInASecond', () => {
  it.each([
    [[], 0],
    [[0, 1000], 2],
    [[0, 1001], 1],
    [[0, 500, 900, 1400, 1501], 3],
  ])('%j: %i', (times, most) => expect(mostInASecond(times)).toBe(most));
});

describe('export --qps 50', { timeout: 60_000 + CALLS * 100 }, () => {
  it.each([1, 8, 64, 256])('is never exceeded as the gateway sees it, by %i workers', async workers => {
    const times: number[] = [];
    const gateway = await startGateway(call => {
      times.push(performance.now());
      return { node: pageNode(call, 1) };
    });
    const output = join(temporaryDirectory(), 'out.ndjson');
    const users = userFile(smallUsers(CALLS / 2));
    const command = ['export', '--users', users, '--group', 'card', '--output', output, '--qps', '50'];
    const { code, stderr } = await run([...command, '--concurrency', `${workers}`], callerEnv(gateway.url));
    await gateway.close();
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(rowsOf(output)).toHaveLength(CALLS / 2);
    expect(times).toHaveLength(CALLS);
    expect(mostInASecond(times)).toBeLessThanOrEqual(50);
  });
});

describe('export under a gateway’s limit of 20 calls a second', { timeout: 60_000 + CALLS * 200 }, () => {
  it.each([
    ['no rate of its own', []],
    ['--qps 50', ['--qps', '50']],
    ['64 workers', ['--concurrency', '64']],
  ])('backs off and gets all rows, with %s', async (_what, more) => {
    const log = join(temporaryDirectory(), 'calls.ndjson');
    const sandbox = await serveSandbox('--fault', 'rate=20', '--log', log);
    const output = join(temporaryDirectory(), 'out.ndjson');
    const users = userFile(smallUsers(CALLS / 2));
    const command = ['export', '--users', users, '--group', 'card', '--output', output];
    const { code, stderr } = await run([...command, ...more], sandbox.env);
    await sandbox.kill('SIGTERM');
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(new Set(rowsOf(output).map(row => (JSON.parse(row) as { user_id: string }).user_id)).size).toBe(
      CALLS / 2,
    );
    const calls = readFileSync(log, 'utf8').trim().split('\n');
    const refused = calls.filter(it => it.includes('isv.app-call-limited')).length;
    if (CALLS > 500) console.log({ calls: calls.length, refused });
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(64 + calls.length / 10);
  });
});
