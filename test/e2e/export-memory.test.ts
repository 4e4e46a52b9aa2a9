import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../helpers/directory';
import { smallUsers, userFile } from '../helpers/export';
import { type Call, pageNode, startGateway } from '../helpers/independent-gateway';
import { callerEnv, run } from '../helpers/run';

/** How much is exported: ALIPASS_TEST_USERS=40000 for a proof, fewer for every day. */
const USERS = Number(process.env['ALIPASS_TEST_USERS'] ?? 2_000);
const FEW = Math.min(USERS, 2_000) / 2;
/** What V8 leaves uncollected where answers are large is some 30 MB; what grows with the rows is 16 to 32 bytes a pass. */
const MOST_APART_MB = 60;

/** The most memory that an export has held, in MB, and the rows that it wrote. */
async function exported(
  users: readonly string[],
  passes: number,
  more: readonly string[],
): Promise<{ mb: number; rows: number }> {
  const directory = temporaryDirectory();
  const [hook, told, output] = ['hook.cjs', 'told', 'out.ndjson'].map(it => join(directory, it)) as [
    string,
    string,
    string,
  ];
  const tell =
    "process.on('exit', () => require('fs').writeFileSync(process.env.TOLD, `${process.resourceUsage().maxRSS}`));";
  writeFileSync(hook, tell);
  const gateway = await startGateway((call: Call) => {
    call.params['biz_content'] = '';
    const answer = { node: pageNode(call, passes) };
    gateway.calls.length = 0;
    return answer;
  });
  const env = { ...callerEnv(gateway.url), NODE_OPTIONS: `--require=${hook}`, TOLD: told };
  const command = ['export', '--users', userFile(users), '--group', 'card', '--output', output, ...more];
  const { code, stderr } = await run([...command, '--quiet'], env);
  await gateway.close();
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const journal = readFileSync(`${output}.journal`, 'utf8').trim().split('\n');
  const rows = journal.map(it => (JSON.parse(it) as { rows?: number }).rows ?? 0);
  return { mb: Number(readFileSync(told, 'utf8')) / 1024, rows: rows.reduce((a, b) => a + b) };
}

describe('export', { timeout: 60_000 + USERS * 20 }, () => {
  it(`holds as much memory for ${USERS} users, and for one with many passes, as for few users`, async () => {
    const few = await exported(smallUsers(FEW), 3, []);
    const many = await exported(smallUsers(USERS), 3, []);
    const one = await exported(smallUsers(1), USERS * 12.5, ['--max-pages', '100000']);
    expect([few.rows, many.rows, one.rows]).toEqual([FEW * 3, USERS * 3, USERS * 12.5]);
    const all = [few.mb, many.mb, one.mb];
    if (USERS >= 40_000) console.log(all);
    expect(Math.max(...all) - Math.min(...all)).toBeLessThan(MOST_APART_MB);
  });
});
