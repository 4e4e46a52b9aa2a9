import { spawn } from 'node:child_process';
import { existsSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../helpers/directory';
import {
  changes,
  readProgress,
  rowsOf,
  serveSandbox,
  type ServedSandbox,
  smallUsers,
  userFile,
  userWith,
} from '../helpers/export';
import { pageNode, startGateway } from '../helpers/independent-gateway';
import { callerEnv, cleanEnv, finish, PROGRAM, run, start } from '../helpers/run';

/** The most memory that a process has held, in MB; Linux alone tells. */
function peakMb(pid: number): number {
  return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}

describe('export to stdout', { timeout: 60_000 }, () => {
  it('ends quietly with 0 when its reader has enough', async () => {
    const gateway = await startGateway(call => ({ node: pageNode(call, 2_000) }));
    const command = ['export', '--users', userFile(smallUsers(50)), '--group', 'card'];
    const child = start(command, callerEnv(gateway.url));
    child.stdout!.once('data', () => child.stdout!.destroy());
    expect(await finish(child)).toMatchObject({ code: 0, stderr: '' });
    await gateway.close();
  });

  it.skipIf(!existsSync('/proc/self/status'))(
    'waits for a slow reader, in the memory that it has',
    async () => {
      const [users, passes] = [1_000, 100];
      let arrived = 0;
      const gateway = await startGateway(call => {
        arrived++;
        return { node: pageNode(call, passes) };
      });
      const child = start(
        ['export', '--users', userFile(smallUsers(users)), '--group', 'card'],
        callerEnv(gateway.url),
      );
      // Nobody reads: calls come until all workers wait for the pipe, and then none.
      const comeInAWhile = async (): Promise<number> => {
        const before = arrived;
        await new Promise(resolve => setTimeout(resolve, 700));
        return arrived - before;
      };
      while ((await comeInAWhile()) > 0 || gateway.calls.length === 0);
      const [calls, mb] = [arrived, peakMb(child.pid!)];
      expect(calls).toBeLessThan(users / 4);
      expect(mb).toBeLessThan(220);
      let rows = 0;
      let peak = 0;
      child.stdout!.on('data', (bytes: Buffer) => {
        rows += bytes.toString('latin1').split('\n').length - 1;
        if (child.exitCode === null && existsSync(`/proc/${child.pid}/status`))
          peak = peakMb(child.pid!) || peak;
      });
      const code = await new Promise(resolve => child.once('close', resolve));
      await gateway.close();
      expect(code).toBe(0);
      expect(rows).toBe(users * passes);
      expect(peak).toBeLessThan(220);
    },
  );
});

describe('export --output', { timeout: 60_000 }, () => {
  let sandbox: ServedSandbox;
  beforeAll(async () => void (sandbox = await serveSandbox()));
  afterAll(() => sandbox.kill());

  it('lets one run at a time write a file, be they started together', async () => {
    const held: (() => void)[] = [];
    let release = false;
    const gateway = await startGateway(call => (request, response) => {
      const answer = (): void => void response.writeHead(503).end();
      if (release) answer();
      else held.push(answer);
      void [call, request];
    });
    const output = join(temporaryDirectory(), 'out.ndjson');
    const command = ['export', ...smallUsers(1), '--group', 'card', '--output', output, '--retries', '0'];
    const runs = Array.from({ length: 5 }, () => finish(start(command, callerEnv(gateway.url))));
    const refused = [];
    for (let i = 0; i < 4; i++) {
      // Whoever has the lock waits for the gateway.
      const next = await Promise.race(runs.map(async (it, n) => ({ n, ended: await it })));
      runs.splice(next.n, 1);
      refused.push(next.ended);
    }
    for (const { code, stderr } of refused) {
      expect({ code, stderr }).toMatchObject({ code: 3 });
      expect(stderr).toMatch(/Another export writes there: process \d+ on/);
    }
    release = true;
    held.forEach(it => it());
    expect((await runs[0])!.code).toBe(6);
    expect(existsSync(`${output}.lock`)).toBe(false);
    await gateway.close();
  });

  it('refuses to go on with what was changed, and says what; --restart begins anew', async () => {
    const directory = temporaryDirectory();
    const output = join(directory, 'out.ndjson');
    const list = [...smallUsers(40), userWith(1_500)];
    const users = userFile(list, directory);
    const command = ['export', '--users', users, '--group', 'card', '--output', output];
    const child = start(command, sandbox.env);
    const end = finish(child);
    await changes(directory, 6, child);
    child.kill('SIGINT');
    expect((await end).code).toBe(130);

    const other = await run(command.with(4, 'voucher'), sandbox.env);
    expect(other.code).toBe(3);
    expect(other.stderr).toContain('--group was card, and is voucher now');
    userFile([...list, userWith(7)], directory);
    const longer = await run(command, sandbox.env);
    expect(longer.code).toBe(3);
    expect(longer.stderr).toMatch(/users was a list of SHA-256 \w+…, and is a list of SHA-256 \w+… now/);
    expect(existsSync(output)).toBe(false);
    const anew = await run([...command, '--restart'], sandbox.env);
    expect(anew).toMatchObject({ code: 0 });
    expect(new Set(rowsOf(output)).size).toBe(rowsOf(output).length);
    expect(rowsOf(output).filter(it => it.includes(userWith(7)))).toHaveLength(7);
  });

  it('takes users from a GBK file, and from stdin, also when it goes on', async () => {
    const directory = temporaryDirectory();
    const list = [...smallUsers(30), userWith(1_200)];
    // 会员号,姓名 in GBK.
    const header = Buffer.from('bbe1d4b1bac52cd0d5c3fb', 'hex').toString('latin1');
    const csv = join(directory, 'members.csv');
    writeFileSync(csv, [header, ...list.map(it => `${it},\xd5\xc5`), ''].join('\r\n'), 'latin1');
    const of = (output: string, ...more: string[]): string[] => [
      'export',
      '--group=card',
      '--format=csv',
      '--columns=pass_id',
      '--output',
      join(directory, output),
      ...more,
    ];
    const plain = await run(of('plain.csv', '--users', userFile(list)), sandbox.env);
    expect(plain).toMatchObject({ code: 0 });
    const rows = rowsOf(join(directory, 'plain.csv'));

    const gbk = ['--users', csv, '--users-column', '会员号'];
    const wrong = await run(of('gbk.csv', ...gbk), sandbox.env);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('--users-encoding gbk');
    const right = await run(of('gbk.csv', ...gbk, '--users-encoding', 'gbk'), sandbox.env);
    expect(right).toMatchObject({ code: 0 });
    expect(rowsOf(join(directory, 'gbk.csv'))).toEqual(rows);

    const words = [PROGRAM, ...of('stdin.csv', '--users', '-')];
    const fromStdin = async (isStopped: boolean): Promise<number | null> => {
      const child = spawn(process.execPath, words, { env: sandbox.env, stdio: ['pipe', 'ignore', 'pipe'] });
      const end = finish(child);
      child.stdin.end(list.join('\n'));
      if (isStopped) {
        await changes(directory, 6, child);
        child.kill('SIGTERM');
      }
      return (await end).code;
    };
    expect(await fromStdin(true)).toBe(143);
    expect(await fromStdin(false)).toBe(0);
    expect(rowsOf(join(directory, 'stdin.csv'))).toEqual(rows);
  });

  it('ends at Ctrl-C while it still waits for users on stdin', async () => {
    const child = spawn(
      process.execPath,
      [PROGRAM, 'export', '--users', '-', '--group', 'card', '--sandbox'],
      {
        env: cleanEnv({ ALIPASS_DEBUG: '1' }),
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    );
    const end = finish(child);
    // More than a pipe holds: once it is taken, the program reads.
    await new Promise(resolve => child.stdin.write('2088000100000001\n'.repeat(20_000), resolve));
    child.kill('SIGINT');
    expect((await end).code).toBe(130);
  });

  it('has JSON in --progress-file at all times', async () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'progress.json');
    const list = [...smallUsers(300), userWith(2_000)];
    const output = join(temporaryDirectory(), 'out.ndjson');
    const command = [
      'export',
      '--users',
      userFile(list),
      '--group',
      'card',
      '--output',
      output,
      '--qps',
      '200',
    ];
    const seen: Record<string, unknown>[] = [];
    const watcher = watch(directory, () => {
      const progress = readProgress(path);
      if (progress) seen.push(progress);
    });
    const { code } = await run([...command, '--progress-file', path], sandbox.env);
    watcher.close();
    expect(code).toBe(0);
    expect(seen.length).toBeGreaterThan(2);
    expect(seen[0]).toMatchObject({ schema: 'alipass.progress/1', state: 'running' });
    expect(readProgress(path)).toMatchObject({
      state: 'finished',
      users: { total: 301, done: 301, failed: 0 },
      seconds_left: null,
    });
    expect(dirname(path)).toBe(directory);
  });
});
