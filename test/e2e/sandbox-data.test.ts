import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChildProcess } from 'node:child_process';
import { temporaryDirectory } from '../helpers/directory';
import { cleanEnv, finish, printed, run, start } from '../helpers/run';

let server: ChildProcess | undefined;
afterEach(() => server?.kill());

/** Serves with these flags and lists one user's current vouchers. */
async function listFrom(flags: readonly string[], user: string): Promise<unknown> {
  server = start(['sandbox', 'serve', '--port', '0', ...flags], cleanEnv());
  const text = await printed(server, /ALIPAY_PUBLIC_KEY_FILE=.*\n/);
  const settings = Object.fromEntries(
    [...text.matchAll(/export (\w+)=(.*)/g)].map(([, name, value]) => [name!, value!]),
  );
  const { stdout } = await run(['list', '--user', user, '--group', 'voucher', '-o', 'json'], settings);
  return (JSON.parse(stdout) as { meta: { count: number } }).meta.count;
}

describe('sandbox serve', () => {
  it.each(['json', 'ndjson', 'csv'])('serves the sample that it writes as %s', async format => {
    const { code, stdout } = await run(['sandbox', 'data', '-o', format]);
    expect(code).toBe(0);
    const path = join(temporaryDirectory(), `data.${format}`);
    writeFileSync(path, stdout);
    const rows = (await run(['sandbox', 'data', '-o', 'ndjson'])).stdout.split('\n');
    const count = rows.filter(row => /2088888888888888.*voucher.*can_use/.test(row)).length;
    expect(count).toBeGreaterThan(1);
    expect(await listFrom(['--data', path], '2088888888888888')).toBe(count);
  });

  it('serves generated passes', async () => {
    expect(await listFrom(['--users', '10', '--passes', '250'], '2088100000000009')).toBe(250);
  });

  it('refuses a file with faults, each by its line, before it listens', async () => {
    const path = join(temporaryDirectory(), 'data.ndjson');
    writeFileSync(path, '{"user_id":"2088","group_type":"voucher","pass_id":"1"}\n{"merchant_name":"x"}\n');
    const { code, stdout, stderr } = await finish(start(['sandbox', 'serve', '--port', '0', '--data', path]));
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/data\.ndjson:1: /);
    expect(stderr).toMatch(/data\.ndjson:2: .*mechant_name/);
  });
});
