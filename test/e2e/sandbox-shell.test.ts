import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../helpers/directory';
import { newPrivateKey } from '../helpers/openssl';
import { cleanEnv, finish, PROGRAM, type Run } from '../helpers/run';
import { startTestSandbox, type TestSandbox } from '../helpers/sandbox';

const ROOT = join(import.meta.dirname, '../..');
const SCRIPT = join(ROOT, 'docs/call-the-gateway.sh');
const GUIDE = readFileSync(join(ROOT, 'docs/sandbox.md'), 'utf8');
const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined;
const hasTools = has('curl') && spawnSync('openssl', ['version']).error === undefined;

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox({ now: Date.now, strict: true });
});
afterAll(() => sandbox.close());

/** Runs a shell in a zone far from Beijing, in a directory of its own. */
function shell(
  args: readonly string[],
  env: Record<string, string> = {},
  cwd = temporaryDirectory(),
): Promise<Run> {
  const whole = { ...cleanEnv(), TZ: 'America/New_York', TMPDIR: temporaryDirectory(), ...env };
  return finish(spawn('sh', args, { cwd, env: whole, stdio: ['ignore', 'pipe', 'pipe'] }));
}

describe.skipIf(!hasTools)('docs/call-the-gateway.sh', () => {
  const settings = (): Record<string, string> => ({
    ALIPASS_GATEWAY: sandbox.url,
    ALIPASS_APP_ID: '2014072300007148',
    ALIPASS_PRIVATE_KEY_FILE: sandbox.files.appPrivateKey,
    ALIPASS_ALIPAY_PUBLIC_KEY_FILE: sandbox.files.alipayPublicKey,
  });

  it('signs, calls and verifies without a line of our code, and leaves nothing behind', async () => {
    const TMPDIR = mkdtempSync(join(temporaryDirectory(), 'tmp-'));
    const { code, stdout, stderr } = await shell([SCRIPT], { ...settings(), TMPDIR });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { code: answer, pass_info_list } = JSON.parse(stdout) as { code: string; pass_info_list: object[] };
    expect(answer).toBe('10000');
    expect(pass_info_list[0]).toMatchObject({ pass_id: '7000790003', mechant_name: '商家名称' });
    expect(spawnSync('ls', ['-A', TMPDIR], { encoding: 'utf8' }).stdout).toBe('');
  });

  it('takes a user and a group', async () => {
    const { stdout } = await shell([SCRIPT, '2088000000000002', 'card'], settings());
    expect((JSON.parse(stdout) as { pass_info_list: object[] }).pass_info_list).toHaveLength(2);
  });

  it('shows a refusal that is signed', async () => {
    const ALIPASS_PRIVATE_KEY_FILE = join(temporaryDirectory(), 'other.pem');
    writeFileSync(ALIPASS_PRIVATE_KEY_FILE, newPrivateKey());
    const { code, stdout } = await shell([SCRIPT], { ...settings(), ALIPASS_PRIVATE_KEY_FILE });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ code: '40002', sub_code: 'isv.invalid-signature' });
  });

  it.each([
    [
      'the app’s key stands for Alipay’s',
      () => ({ ALIPASS_ALIPAY_PUBLIC_KEY_FILE: sandbox.files.appPublicKey }),
    ],
    ['nothing is signed', () => ({ ALIPASS_APP_ID: '2021000000000000' })],
  ])('ends with 1 when %s', async (_what, change) => {
    const { code, stdout, stderr } = await shell([SCRIPT], { ...settings(), ...change() });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^The signature of the answer does not verify:\n\{/);
  });

  it('asks for its settings', async () => {
    const { code, stderr } = await shell([SCRIPT], { ...settings(), ALIPASS_APP_ID: '' });
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/ALIPASS_APP_ID/);
  });
});

/** The blocks of docs/sandbox.md, "From any language", by the language of each. */
function examples(language: string): string[] {
  const section = /^## From any language\n(.*?)(?=^## )/ms.exec(`${GUIDE}\n## `)![1]!;
  return [...section.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(
    ([, text]) => text!,
  );
}

describe.skipIf(!hasTools)('docs/sandbox.md, "From any language"', () => {
  /** A directory where `alipass` is the built program, beside the repository's docs. */
  function workplace(): { cwd: string; env: Record<string, string> } {
    const cwd = temporaryDirectory();
    writeFileSync(join(cwd, 'alipass'), `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`, {
      mode: 0o755,
    });
    spawnSync('ln', ['-s', join(ROOT, 'docs'), join(cwd, 'docs')]);
    return { cwd, env: { PATH: `${cwd}:${process.env['PATH'] ?? ''}` } };
  }

  it('shows a shell that starts a sandbox, waits, calls and ends it', async () => {
    const { cwd, env } = workplace();
    const { code, stdout, stderr } = await shell(['-euc', examples('sh').at(-1)!], env, cwd);
    expect({ code, stderr: stderr.replace(/^The sandbox gateway listens .*\n/, '') }).toEqual({
      code: 0,
      stderr: '',
    });
    expect(stdout).toMatch(/"code":"10000"/);
    expect(existsSync(join(cwd, 'ready.json'))).toBe(false);
  });

  it.skipIf(!has('python3'))('shows Python that does the same', async () => {
    const { cwd, env } = workplace();
    writeFileSync(join(cwd, 'example.py'), examples('python')[0]!);
    const { code, stdout, stderr } = await shell(['-c', 'python3 example.py'], env, cwd);
    expect({ code, stderr: stderr.replace(/^The sandbox gateway listens .*\n/, '') }).toEqual({
      code: 0,
      stderr: '',
    });
    expect(stdout).toMatch(/"?isv\.missing-method|200/);
    expect(existsSync(join(cwd, 'ready.json'))).toBe(false);
  });
});
