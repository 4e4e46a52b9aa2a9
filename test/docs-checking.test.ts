import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check } from '../src/commands/check';
import { EXPECT_FLAGS } from '../src/commands/expect-flags';
import { watch } from '../src/commands/watch';
import { EXPECTATION_FORMS } from '../src/passes/expectations';
import { type StartedSandbox, startSandbox } from '../src/start-sandbox';
import { alipass } from './helpers/context';
import { temporaryDirectory } from './helpers/directory';
import { cleanEnv, finish, PROGRAM, type Run } from './helpers/run';

const ROOT = join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(join(ROOT, name), 'utf8');
const CHECKING = read('docs/checking.md');
const CI = read('docs/ci.md');
const ACTION = read('action.yml');

describe('docs/checking.md', () => {
  const directory = temporaryDirectory();
  // Making the keys of a sandbox takes a while, so one is shared.
  const configDirectory = temporaryDirectory();
  const examples = [...CHECKING.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block]) =>
    block!.trim().split('\n'),
  );

  /** The words of a command line as a shell reads them, with files in a directory of their own. */
  function wordsOf(line: string): string[] {
    const script = `alipass() { printf '%s\\0' "$@"; }; ${line}`;
    const { stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
    const words = stdout.split('\0').slice(0, -1);
    return words.map(word => (/^\w+\.(json|csv)$/.test(word) ? join(directory, word) : word));
  }

  it('has examples of each verb', () => {
    const verbs = new Set(examples.map(line => line.split(' ')[1]));
    expect([...verbs].toSorted()).toEqual(['check', 'diff', 'list', 'watch']);
  });

  it('shows examples that end as it says, in its order', async () => {
    for (const line of examples) {
      const [, command, file, exit = '0'] = /^(.*?)(?: > (\S+))?(?: # (\d+))?$/.exec(line)!;
      const { code, stdout } = await alipass(wordsOf(command!), { configDirectory });
      expect({ line, code }).toEqual({ line, code: Number(exit) });
      if (file) writeFileSync(join(directory, file), stdout);
    }
  });

  it.each(EXPECTATION_FORMS)('has the expectation %s', form => {
    expect(CHECKING).toMatch(new RegExp(`^\\| \`${form.replace(/[()]/g, '\\$&')}\` `, 'm'));
  });

  it.each([...EXPECT_FLAGS, ...check.flags.filter(it => it.heading === 'Expectations')])(
    'names $syntax of check',
    ({ syntax }) => {
      expect(CHECKING).toContain(syntax.split(' ')[0]);
    },
  );

  it.each(watch.flags.filter(it => it.heading === 'Watching'))('names $syntax of watch', ({ syntax }) => {
    expect(CHECKING).toContain(syntax.split(/[, ]/)[0]);
  });
});

describe('in CI, against a gateway on a port', () => {
  let sandbox: StartedSandbox;
  beforeAll(async () => void (sandbox = await startSandbox()));
  afterAll(() => sandbox.close());

  /** Runs a script as a CI system does, with `alipass` on the path and the secrets in the environment. */
  async function runScript(
    script: string,
    directory: string,
    env: Record<string, string> = {},
  ): Promise<Run> {
    const shim = join(directory, 'alipass');
    writeFileSync(shim, `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`);
    chmodSync(shim, 0o755);
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      cwd: directory,
      env: cleanEnv({
        PATH: `${directory}:${process.env['PATH']}`,
        ALIPASS_GATEWAY: sandbox.url,
        ALIPASS_APP_ID: sandbox.appId,
        ALIPASS_PRIVATE_KEY: sandbox.appPrivateKey,
        ALIPASS_ALIPAY_PUBLIC_KEY: sandbox.alipayPublicKey,
        ALIPASS_USER: '2088888888888888',
        ...env,
      }),
    });
    return finish(child);
  }

  const scripts = [...CI.matchAll(/^ +(?:- )?(alipass .*)$/gm)].map(([, script]) => script!);

  it('docs/ci.md has a script for each of its examples', () => {
    expect(scripts).toHaveLength(CI.match(/```yaml/g)!.length - 1);
  });

  it.each(scripts)('docs/ci.md: %s', async script => {
    const directory = temporaryDirectory();
    const { code, stderr } = await runScript(script, directory);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const [, file] of script.matchAll(/(?:junit|json)=(\S+)/g)) {
      expect(existsSync(join(directory, file!))).toBe(true);
    }
  });

  const inputs = [...ACTION.slice(0, ACTION.indexOf('\nruns:')).matchAll(/^ {2}(\w+):$/gm)].map(
    ([, it]) => it!,
  );
  const script = ACTION.slice(ACTION.lastIndexOf('run: |') + 'run: |'.length).replaceAll(/^ {8}/gm, '');

  it('action.yml gives each input to its script, and pastes none into it', () => {
    const given = [...ACTION.matchAll(/INPUT_(\w+): \$\{\{ inputs\.(\w+) \}\}/g)];
    expect(given.map(([, , name]) => name)).toEqual(inputs);
    for (const [, variable, name] of given) {
      expect(variable).toBe(name!.toUpperCase());
      expect(script).toContain(`"$INPUT_${variable}"`.slice(1, -1));
    }
    expect(script).not.toContain('${{');
  });

  it('action.yml uses flags that there are', () => {
    const known = new Set(check.flags.map(({ syntax }) => syntax.split(' ')[0]!));
    const used = [...script.matchAll(/--[a-z-]+/g)].map(([flag]) => flag);
    expect(used.length).toBeGreaterThan(4);
    expect(used.filter(flag => !known.has(flag))).toEqual([]);
  });

  it('docs/ci.md uses inputs that action.yml has, and all that it requires', () => {
    const [, block] = / {8}with:\n((?: {10}.*\n)+)/.exec(CI)!;
    const used = [...block!.matchAll(/^ {10}(\w+):/gm)].map(([, name]) => name!);
    const required = [...ACTION.matchAll(/^ {2}(\w+):\n.*\n {4}required: true/gm)].map(([, name]) => name!);
    expect(used.filter(name => !inputs.includes(name))).toEqual([]);
    expect(required.filter(name => !used.includes(name))).toEqual([]);
    expect(required).toHaveLength(3);
  });

  it.each([
    ['count>=1\nall can_use', '', 0, 'ok'],
    ['count>=100', '1s', 8, 'failed'],
    ['count>=1; touch pasted', '', 2, undefined],
    ['$(touch pasted)', '', 2, undefined],
  ])('action.yml runs: %j', async (expectations, deadline, exit, outcome) => {
    const directory = temporaryDirectory();
    const summary = join(directory, 'summary.md');
    const { code } = await runScript(script, directory, {
      GITHUB_ACTIONS: 'true',
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_ACTION_PATH: ROOT,
      INPUT_USER: '2088888888888888',
      INPUT_GROUP: 'voucher',
      INPUT_TIME: 'current',
      INPUT_EXPECTATIONS: expectations,
      INPUT_DEADLINE: deadline,
      INPUT_JUNIT: 'out.xml',
    });
    expect(code).toBe(exit);
    expect(existsSync(join(directory, 'pasted'))).toBe(false);
    expect(existsSync(join(directory, 'out.xml'))).toBe(outcome !== undefined);
    const said = existsSync(summary) ? readFileSync(summary, 'utf8') : undefined;
    expect(/### alipass check: (\w+)/.exec(said ?? '')?.[1]).toBe(outcome);
  });
});
