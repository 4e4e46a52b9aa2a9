import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../helpers/directory';
import { rowsOf, serveSandbox, type ServedSandbox, smallUsers, userFile, userWith } from '../helpers/export';
import { errorNode, pageNode, startGateway } from '../helpers/independent-gateway';
import { callerEnv, finish, PROGRAM, run } from '../helpers/run';

/** GNU parallel; another program of that name (moreutils) has no --version. */
const { stdout: version } = spawnSync('parallel', ['--version'], { encoding: 'utf8' });
const hasParallel = version?.startsWith('GNU parallel') ?? false;

describe('export --shard', { timeout: 60_000 }, () => {
  let sandbox: ServedSandbox;
  beforeAll(async () => void (sandbox = await serveSandbox()));
  afterAll(() => sandbox.kill());

  it.skipIf(!hasParallel)('run four times by GNU parallel and merged, it equals one run', async () => {
    const directory = temporaryDirectory();
    const users = userFile([...smallUsers(100), userWith(1_700), userWith(350)], directory);
    const command = ['export', '--users', users, '--group', 'card,voucher', '-o', 'csv'];
    const whole = join(directory, 'whole.csv');
    expect((await run([...command, '--output', whole], sandbox.env)).code).toBe(0);

    const words = [process.execPath, PROGRAM, ...command, '--shard', '{}/4', '--output', 'part-{}.csv'];
    const shards = spawn('parallel', ['--will-cite', ...words, ':::', '1', '2', '3', '4'], {
      cwd: directory,
      env: { ...sandbox.env, HOME: directory },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(await finish(shards)).toMatchObject({ code: 0 });
    const parts = ['1', '2', '3', '4'].map(it => join(directory, `part-${it}.csv`));
    const all = join(directory, 'all.csv');
    const merged = await run(['export', 'merge', ...parts.toReversed(), '--output', all]);
    expect(merged).toMatchObject({ code: 0 });
    expect(rowsOf(all)).toEqual(rowsOf(whole));
    expect(readFileSync(all, 'utf8').split('\n')[0]).toMatch(/^user_id,group_type,time_status,/);

    const without = await run([
      'export',
      'merge',
      ...parts.slice(1),
      '--output',
      join(directory, 'some.csv'),
    ]);
    expect(without.code).toBe(9);
    expect(without.stderr).toContain('no part is shard 1/4');
  });
});

/** A tenth of them fails: ALIPASS_TEST_USERS=10000 for a proof, fewer for every day. */
const USERS = Number(process.env['ALIPASS_TEST_USERS'] ?? 1_000);
const FAILING = USERS / 10;
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

describe(`export of ${USERS} users of whom ${FAILING} fail`, { timeout: 60_000 + USERS * 20 }, () => {
  it.each([
    ['here and there', (i: number) => i % 10 === 3],
    ['one behind the other', (i: number) => i >= USERS / 2 && i < USERS / 2 + FAILING],
  ])('%s: does the rest, lists those, and the two outputs are the whole', async (_where, fails) => {
    const list = smallUsers(USERS);
    const failing = new Set(list.filter((_, i) => fails(i)));
    let isMended = false;
    const gateway = await startGateway(call =>
      failing.has(call.biz['user_id'] as string) && !isMended
        ? { node: errorNode('40004', 'Business Failed', 'KP.AE_ALIPASS_NOTEXIST', '卡券不存在') }
        : { node: pageNode(call, call.biz['page_num'] === 1 ? 1 : 0) },
    );
    const env = callerEnv(gateway.url);
    const directory = temporaryDirectory();
    const [out, rest, all] = ['out', 'rest', 'all'].map(it => join(directory, `${it}.ndjson`)) as [
      string,
      string,
      string,
    ];
    const command = ['export', '--group', 'voucher', '--concurrency', '16'];

    const first = await run([...command, '--users', userFile(list), '--output', out], env);
    expect(first).toMatchObject({ code: 9 });
    expect(first.stderr).toContain(`${grouped(FAILING)} × KP.AE_ALIPASS_NOTEXIST`);
    const failures = readFileSync(`${out}.failures.csv`, 'utf8').trim().split('\n');
    expect(failures[0]).toBe('user_id,code,message');
    expect(
      failures
        .slice(1)
        .map(it => it.split(',')[0])
        .toSorted(),
    ).toEqual([...failing].toSorted());
    const merge = ['export', 'merge', out, rest, '--output', all];
    const tooEarly = await run(['export', 'merge', out, '--output', all]);
    expect(tooEarly.code).toBe(9);
    expect(tooEarly.stderr).toContain(`done in no part: ${grouped(FAILING)}`);

    isMended = true;
    expect((await run([...command, '--users', `${out}.failures.csv`, '--output', rest], env)).code).toBe(0);
    const merged = await run(merge);
    expect(merged).toMatchObject({ code: 0 });
    const users = rowsOf(all).map(it => (JSON.parse(it) as { user_id: string }).user_id);
    expect(users.toSorted()).toEqual(list);
    await gateway.close();
  });

  it('ends with the first one that fails under --on-error stop', async () => {
    const gateway = await startGateway(call =>
      call.biz['user_id'] === smallUsers(8)[7]
        ? { node: errorNode('40004', 'Business Failed', 'KP.AE_ALIPASS_NOTEXIST', '卡券不存在') }
        : { node: pageNode(call, 0) },
    );
    const output = join(temporaryDirectory(), 'out.ndjson');
    const users = userFile(smallUsers(1_000));
    writeFileSync(`${output}.failures.csv`, 'of an earlier run');
    const command = ['export', '--users', users, '--group', 'card', '--output', output, '--on-error', 'stop'];
    const { code, stderr } = await run(command, callerEnv(gateway.url));
    await gateway.close();
    expect({ code, stderr }).toMatchObject({ code: 5 });
    expect(readFileSync(`${output}.failures.csv`, 'utf8').split('\n')[1]).toContain(smallUsers(8)[7]);
    expect(gateway.calls.length).toBeLessThan(500);
  });
});
