import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../helpers/directory';
import { type Answer, type Call, errorNode, pageNode, startGateway } from '../helpers/independent-gateway';
import { linesOf } from '../helpers/recording';
import { callerEnv, cleanEnv, PROGRAM, run, type Run } from '../helpers/run';

const LIST = ['list', '--user', '2088102122458832', '--group', 'voucher'];

/** Records a listing of a gateway that is gone by the time this returns. */
async function record(
  answer: (call: Call) => Answer,
  flags: string[],
): Promise<Run & { readonly path: string }> {
  const path = join(temporaryDirectory(), 'session.ndjson');
  const gateway = await startGateway(answer);
  const recorded = await run([...LIST, ...flags, '--record', path], callerEnv(gateway.url));
  await gateway.close();
  return { ...recorded, path };
}

/** 250 passes, after a 503 at first and a busy gateway in between; the second page is in GBK. */
function moody(call: Call): Answer {
  if (call.number === 1) return (_request, response) => response.writeHead(503).end('busy');
  if (call.number === 3) return { node: errorNode('20000', 'Unavailable', 'isp.unknow-error', '系统繁忙') };
  return {
    node: pageNode(call, 250),
    charset: call.biz['page_num'] === 2 ? 'GBK' : 'utf-8',
    layout: 'pretty',
  };
}

describe('a session with a gateway that shares nothing with the program', () => {
  it.each(['table', 'json', 'ndjson', 'csv'])('replays without it to the same bytes of %s', async format => {
    const live = await record(moody, ['-o', format]);
    expect(live).toMatchObject({ code: 0, stderr: '' });
    expect(linesOf(readFileSync(live.path))).toHaveLength(1 + 3 + 2);
    expect(statSync(live.path).mode & 0o777).toBe(0o600);
    const { code, stdout, stderr } = await run([...LIST, '-o', format, '--replay', live.path]);
    expect({ code, same: stdout === live.stdout }).toEqual({ code: 0, same: true });
    expect(stderr).toMatch(/^Replaying .*\n$/);
  });

  it('replays a refusal as it was', async () => {
    const no = (): Answer => ({ node: errorNode('40004', 'No', 'KP.AE_ALIPASS_NOTEXIST', '不存在') });
    const { path, ...live } = await record(no, ['-o', 'json']);
    expect(live.code).toBe(5);
    expect(await run([...LIST, '-o', 'json', '--replay', path, '--quiet'])).toEqual(live);
  });

  it('is refused with 7 once a character of an answer was changed', async () => {
    const { path } = await record(moody, []);
    writeFileSync(path, readFileSync(path, 'utf8').replace('can_use', 'expired'));
    const { code, stdout, stderr } = await run([...LIST, '--replay', path]);
    expect({ code, stdout }).toEqual({ code: 7, stdout: '' });
    expect(stderr).toMatch(/Line 3 of .* was changed after it was recorded/);
  });

  it('ends in a clear error when the file can take no more', async () => {
    const gateway = await startGateway(call => ({ node: pageNode(call, 250) }));
    const path = join(temporaryDirectory(), 'x.ndjson');
    // The shell limits a file to two blocks of 512 or 1024 bytes: the header fits, an answer does not.
    const line = [process.execPath, PROGRAM, ...LIST, '--record', path].map(word => `'${word}'`).join(' ');
    const script = `ulimit -f 2; ${line} 2>&1; echo "exit $?"`;
    const child = spawn('sh', ['-c', script], {
      env: cleanEnv(callerEnv(gateway.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    await new Promise(resolve => child.once('close', resolve));
    await gateway.close();
    expect(said).toMatch(/^error {2}The file .*x\.ndjson can’t be written: EFBIG\nexit 3\n$/);
    const { code, stderr } = await run([...LIST, '--replay', path]);
    expect(code).toBe(7);
    expect(stderr).toMatch(/is cut off in line 2/);
  });
});

describe('what records and replays', () => {
  it.each([
    ['neither is loaded by a listing', [], []],
    ['the one by --record', ['--record'], ['record.js', 'recording.js']],
  ])('%s', (_what, flags, expected) => {
    const path = join(temporaryDirectory(), 'x.ndjson');
    const script = `const { createContext, main } = require(${JSON.stringify(join(PROGRAM, '../../dist/main.js'))});
      const args = ${JSON.stringify([...LIST, '--sandbox', ...flags.flatMap(flag => [flag, path])])};
      main(args, { ...createContext(process), stdout: { isTTY: false, columns: Infinity, rows: Infinity, write: async () => {} } })
        .then(() => console.log(Object.keys(require.cache).map(it => it.split('/').at(-1)).join(' ')));`;
    const loaded = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', env: cleanEnv() });
    expect(loaded).toContain('call.js');
    const parts = loaded.trim().split(' ');
    expect(parts.filter(name => /^(record|recording|replay)/.test(name)).toSorted()).toEqual(expected);
  });
});
