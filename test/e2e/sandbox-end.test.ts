import { spawn, type StdioOptions } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../helpers/directory';
import { cleanEnv, finish, printed, PROGRAM, run, type Run, start } from '../helpers/run';
import { type Caller, createCaller, send } from '../helpers/sandbox-caller';

interface Line {
  readonly call: number;
  readonly arguments: { readonly page_num?: number };
}

interface Served {
  readonly url: string;
  readonly caller: Caller;
  readonly readyFile: string;
  /** What the log holds: a call a line. */
  readonly log: () => Line[];
  /** Sends a signal, and waits for the end. */
  readonly end: (signal?: NodeJS.Signals) => Promise<Run>;
}

/** One for all, as its keys take a while to make. */
const env = cleanEnv();

async function serve(...flags: readonly string[]): Promise<Served> {
  const directory = temporaryDirectory();
  const [readyFile, logFile] = [join(directory, 'ready.json'), join(directory, 'log.ndjson')];
  const args = ['--port', '0', '--quiet', '--ready-file', readyFile, '--log', logFile, ...flags];
  const child = start(['sandbox', 'serve', ...args], env);
  const ended = finish(child);
  await printed(child, /ALIPAY_PUBLIC_KEY_FILE=.*\n/);
  const { url, settings } = JSON.parse(readFileSync(readyFile, 'utf8')) as {
    url: string;
    settings: Record<string, string>;
  };
  const key = (name: string): string => readFileSync(settings[`ALIPASS_${name}_FILE`]!, 'utf8');
  return {
    url,
    caller: createCaller(url, {
      appPrivateKey: key('PRIVATE_KEY'),
      alipayPublicKey: key('ALIPAY_PUBLIC_KEY'),
    }),
    readyFile,
    log: () => {
      const text = readFileSync(logFile, 'utf8');
      expect(text === '' || text.endsWith('\n')).toBe(true);
      return text
        .split('\n')
        .slice(0, -1)
        .map(line => JSON.parse(line) as Line);
    },
    end: signal => {
      child.kill(signal ?? 'SIGTERM');
      return ended;
    },
  };
}

const WELL = { code: 0, stderr: '' };

describe('the end of sandbox serve', () => {
  it('is 0, the ready file gone and the log whole', async () => {
    const { caller, readyFile, log, end } = await serve();
    await Promise.all(Array.from({ length: 20 }, () => caller.call()));
    expect(log().map(({ call }) => call)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(await end()).toMatchObject(WELL);
    expect(existsSync(readyFile)).toBe(false);
    expect(log()).toHaveLength(20);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'comes at %s while nothing moves on kept connections',
    async signal => {
      const { url, end } = await serve();
      const agent = new Agent({ keepAlive: true });
      await new Promise<void>((resolve, reject) => {
        get(url, { agent }, response => response.resume().once('end', resolve)).once('error', reject);
      });
      const silent = connect(Number(new URL(url).port), '127.0.0.1');
      await new Promise<void>(resolve => silent.once('connect', resolve));
      silent.on('error', () => {});
      expect(await end(signal)).toMatchObject(WELL);
      agent.destroy();
    },
  );

  it.each(['timeout', 'latency=1h', 'slow=1'])('does not wait for calls under %s', async fault => {
    const { caller, log, readyFile, end, url } = await serve('--fault', `${fault}@page=1`);
    const hanging = Array.from({ length: 4 }, () => caller.call().catch((error: unknown) => error));
    // Calls are recorded before they are answered: once this one is, the others are under way.
    const { node } = await caller.call({ biz: { page_num: 2 } });
    expect(node['code']).toBe('10000');
    expect(existsSync(readyFile)).toBe(true);
    const run = end();
    const outcomes = await Promise.all(hanging);
    expect(outcomes.every(it => it instanceof Error)).toBe(true);
    expect(await run).toMatchObject(WELL);
    expect(existsSync(readyFile)).toBe(false);
    expect(log().map(({ call }) => call)).toEqual(log().map((_, i) => i + 1));
    await expect(send(url)).rejects.toThrow(/ECONNREFUSED/);
  });

  it('lets calls end that are under way', async () => {
    const { caller, log, end } = await serve('--fault', 'latency=300ms@page=1');
    const under = Array.from({ length: 4 }, () => caller.call({ biz: { page_num: 1 } }));
    const arrived = (): number => log().filter(it => it.arguments.page_num === 1).length;
    while (arrived() < 4) await caller.call({ biz: { page_num: 2 } });
    const run = end();
    const answers = await Promise.all(under);
    expect(answers.map(({ genuine }) => genuine)).toEqual([true, true, true, true]);
    expect(await run).toMatchObject(WELL);
  });

  it('ends whole the log of calls that come by the hundred', async () => {
    const { caller, log, end } = await serve();
    let answered = 0;
    let run: Promise<Run> | undefined;
    const call = async (): Promise<void> => {
      for (;;) {
        const answer = await caller.call({ biz: { page_size: 1 } }).catch(() => undefined);
        if (!answer) return;
        if (++answered === 50) run = end();
      }
    };
    await Promise.all(Array.from({ length: 8 }, call));
    expect(await run).toMatchObject(WELL);
    expect(log().length).toBeGreaterThanOrEqual(answered);
    expect(log().map(({ call }) => call)).toEqual(log().map((_, i) => i + 1));
  });

  it('is not what a full disk brings: the log is warned of once, and calls go on', async () => {
    if (!existsSync('/dev/full')) return;
    const { caller, end } = await serve('--log', '/dev/full');
    for (let i = 0; i < 3; i++) expect((await caller.call()).node['code']).toBe('10000');
    const { code, stderr } = await end();
    expect(code).toBe(0);
    expect(stderr).toBe('warning  The file /dev/full can’t be written: the disk is full\n');
  });
});

describe('the ready file of sandbox serve', () => {
  const stale = (): string => {
    const path = join(temporaryDirectory(), 'ready.json');
    writeFileSync(path, '{"url":"http://127.0.0.1:1/gateway.do"}');
    return path;
  };
  const serveArgs = (port: string, path: string): string[] => [
    'sandbox',
    'serve',
    '--port',
    port,
    '--ready-file',
    path,
  ];

  it('is gone when stdout fails', async () => {
    if (!existsSync('/dev/full')) return;
    const path = stale();
    const full = openSync('/dev/full', 'w');
    const stdio: StdioOptions = ['ignore', full, 'pipe'];
    const child = spawn(process.execPath, [PROGRAM, ...serveArgs('0', path)], { env, stdio });
    const { code } = await finish(child);
    closeSync(full);
    expect({ code, left: existsSync(path) }).toEqual({ code: 6, left: false });
  });

  it('is gone when the sandbox can’t start, whoever left it', async () => {
    const { url, end } = await serve();
    const path = stale();
    expect((await run(serveArgs(new URL(url).port, path), env)).code).toBe(3);
    expect(existsSync(path)).toBe(false);
    await end();
  });

  it('is refused where no file can be', async () => {
    expect(await run(serveArgs('0', temporaryDirectory()), env)).toMatchObject({ code: 3 });
  });
});

describe('sandbox serve --verbose', () => {
  it('says each call in a line, whatever was asked', async () => {
    const { caller, end } = await serve('--verbose');
    await caller.call({ biz: { user_id: { toString: 1 }, group_type: 'a\u001b[31m' } });
    await caller.call();
    const { code, stderr } = await end();
    expect(code).toBe(0);
    const [odd, right] = stderr.split('\n');
    expect(odd).toMatch(
      /^1 .*\{"toString":1\} a.*KP\.AE_ALIPASS_PARAMS_VALUE_INVAILD: user_id \{"toString":1\} must be .*; passed: app_id, method,/,
    );
    expect(right).toMatch(
      /^2 {2}alipay\.user\.pass\.grouplist\.query {2}2088000000000003 voucher page 1 {2}10000$/,
    );
    expect(stderr).not.toContain('\u001b');
  });
});
