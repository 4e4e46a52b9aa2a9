import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StartedSandbox, startSandbox } from '../src/start-sandbox';
import { temporaryDirectory } from './helpers/directory';
import { cleanEnv, type Env, PROGRAM } from './helpers/run';
import { isInstalled } from './helpers/shells';

// What docs/bulk.md and its manifest tell to type is typed into a shell, against a sandbox.

const DOCS = join(import.meta.dirname, '../docs');
const PAGE = readFileSync(join(DOCS, 'bulk.md'), 'utf8');
const MANIFEST = readFileSync(join(DOCS, 'kubernetes-job.yaml'), 'utf8');
const USERS = Array.from({ length: 12 }, (_, i) => `2088${String(i).padStart(4, '0')}0000000${i % 4}`);
/** `会员ID`, in GBK. */
const MEMBER_ID = Buffer.from([0xbb, 0xe1, 0xd4, 0xb1, 0x49, 0x44]);

let sandbox: StartedSandbox;
let env: Env;

beforeAll(async () => {
  sandbox = await startSandbox();
  env = cleanEnv({
    ALIPASS_GATEWAY: sandbox.url,
    ALIPASS_APP_ID: sandbox.appId,
    ALIPASS_PRIVATE_KEY: sandbox.appPrivateKey,
    ALIPASS_ALIPAY_PUBLIC_KEY: sandbox.alipayPublicKey,
    SLURM_ARRAY_TASK_ID: '2',
    SLURM_ARRAY_TASK_COUNT: '8',
  });
});
afterAll(() => sandbox.close());

/** A directory with lists of users, and an `alipass` on its path. */
function desk() {
  const directory = temporaryDirectory();
  const put = (name: string, content: string | Buffer, mode = 0o644): void =>
    writeFileSync(join(directory, name), content, { mode });
  put('members.txt', USERS.join('\n'));
  put('members.csv', Buffer.concat([MEMBER_ID, Buffer.from(`\n${USERS.join('\n')}\n`)]));
  put('alipass', `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`, 0o755);
  const type = async (script: string, more: Env = {}): Promise<{ stderr: string; code: unknown }> => {
    const path = `${directory}:${env['PATH']}`;
    const child = spawn('bash', ['-eo', 'pipefail', '-c', script], {
      cwd: directory,
      env: { ...env, ...more, PATH: path },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', piece => (stderr += String(piece)));
    const code = await new Promise(resolve => child.once('close', resolve));
    return { stderr, code };
  };
  return { directory, put, type };
}

describe('docs/bulk.md', () => {
  const blocks = [...PAGE.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) => block!);

  it.for(blocks)('%s', { timeout: 60_000 }, async (block, { skip }) => {
    skip(block.startsWith('parallel ') && !isInstalled('parallel'), 'there is no GNU parallel here');
    const { put, type } = desk();
    if (block.includes('failures.csv')) {
      // What was exported before, and somebody who failed then.
      await type(blocks[0]!);
      put('expiring.ndjson.failures.csv', `user_id,code,message\n${USERS[0]},SYSTEM_ERROR,\n`);
    }
    expect(await type(block)).toMatchObject({ code: 0 });
  });

  it('names every file that is left beside the output', () => {
    for (const name of ['partial', 'journal', 'failures.csv', 'invalid.csv', 'lock']) {
      expect(PAGE).toContain(`| \`out.ndjson.${name}\``);
    }
  });
});

describe('docs/kubernetes-job.yaml', () => {
  const numberOf = (name: string): string => new RegExp(`${name}: '?(\\d+)'?`).exec(MANIFEST)![1]!;
  const script = /args:\n\s+- \|\n(.*?)\n\s+env:/s.exec(MANIFEST)![1]!;

  it('counts the shards as Kubernetes counts the pods', () => {
    expect(/JOB_COMPLETIONS\n\s+value: '(\d+)'/.exec(MANIFEST)![1]).toBe(numberOf('completions'));
    expect(numberOf('parallelism')).toBe(numberOf('completions'));
  });

  it('runs a command that does a shard, in its place', async () => {
    const { directory, type } = desk();
    const { code } = await type(script.replaceAll('/data/', `${directory}/`), {
      JOB_COMPLETION_INDEX: '3',
      JOB_COMPLETIONS: numberOf('completions'),
    });
    expect({ code, there: existsSync(join(directory, 'part-3.ndjson')) }).toEqual({ code: 0, there: true });
    expect(readFileSync(join(directory, 'part-3.ndjson.journal'), 'utf8')).toContain('"--shard":"4/10"');
  });

  it.runIf(isInstalled('python3') && hasYaml())('is YAML', () => {
    const program = 'import sys, yaml; print(yaml.safe_load(sys.stdin)["kind"])';
    const { stdout } = spawnSync('python3', ['-c', program], { input: MANIFEST, encoding: 'utf8' });
    expect(stdout.trim()).toBe('Job');
  });
});

function hasYaml(): boolean {
  return spawnSync('python3', ['-c', 'import yaml']).status === 0;
}
