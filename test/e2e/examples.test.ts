import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCatalog, withDescendants } from '../../src/commands/catalog';
import { temporaryDirectory } from '../helpers/directory';
import { PROGRAM, printed } from '../helpers/run';
import { createDesk, isInstalled } from '../helpers/shells';

// The help's examples, typed into a shell as they stand: a sandbox is what they call, and the files they name are there.

const { directory, env } = createDesk();
const examples = withDescendants(await readCatalog()).flatMap(({ examples }) =>
  examples.map(({ line }) => line),
);

let sandbox: ChildProcess | undefined;
let settings: Readonly<Record<string, string>> = {};

beforeAll(async () => {
  const ready = join(directory, 'ready.json');
  sandbox = spawn(process.execPath, [PROGRAM, 'sandbox', 'serve', '--port', '0', '--ready-file', ready], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await printed(sandbox, /ALIPASS_GATEWAY/);
  ({ settings } = JSON.parse(readFileSync(ready, 'utf8')) as { settings: Record<string, string> });
  layOutFiles();
});
afterAll(() => void sandbox?.kill());

const FILES: ReadonlySet<string> = new Set([
  'app-private-key.pem',
  'app-public-key.pem',
  'app-private-key.txt',
  'app.pem',
  'alipay.pem',
  'params.json',
  'pass.json',
]);
const HOME_DIRECTORIES = ['.local/share/bash-completion/completions', '.zfunc', '.config/fish/completions'];

/** The files that examples read, and the directories of the home directory that they write to. */
function layOutFiles(): void {
  const at = (name: string): string => join(directory, name);
  execFileSync(process.execPath, [PROGRAM, 'keys', 'generate', '--quiet'], { cwd: directory, env });
  copyFileSync(at('app-private-key.pem'), at('app-private-key.txt'));
  copyFileSync(settings['ALIPASS_PRIVATE_KEY_FILE']!, at('app.pem'));
  copyFileSync(settings['ALIPASS_ALIPAY_PUBLIC_KEY_FILE']!, at('alipay.pem'));
  writeFileSync(at('params.json'), '{"app_id":"2014072300007148","charset":"utf-8","sign_type":"RSA2"}');
  writeFileSync(at('pass.json'), '{"pass_id":"1","logo_text":"满99减20"}');
  for (const name of HOME_DIRECTORIES) mkdirSync(at(name), { recursive: true });
}

/** The files that a line reads; what it writes is left out. */
function filesOf(line: string): string[] {
  const reads = line.replace(/(> ?|--(output|out|record) )\S+/g, '');
  return reads.match(/[\w./~-]+\.(pem|txt|json|ndjson|crt|csv)\b|~\/\S+/g) ?? [];
}

/** Why a line is not run here; undefined when it is. */
function reasonToSkip(line: string): string | undefined {
  if (/^\. |sandbox serve/.test(line)) return 'serves until it is stopped';
  if (/alipass watch /.test(line)) return 'watches until it is stopped';
  if (/\| sh\b/.test(line)) return 'sends with curl';
  if (line.includes('…')) return 'leaves something out';
  if (/\| jq\b/.test(line) && !isInstalled('jq')) return 'there is no jq here';
  const missing = filesOf(line).find(name => !FILES.has(name));
  return missing === undefined ? undefined : `names a file of the reader’s own: ${missing}`;
}

/** Makes a directory with nothing but the files that the line reads. */
function deskFor(line: string): string {
  const desk = temporaryDirectory();
  for (const name of filesOf(line)) copyFileSync(join(directory, name), join(desk, name));
  return desk;
}

describe('an example of the help runs as it stands', () => {
  const told = examples.map(line => ({ line, reason: reasonToSkip(line) }));

  it.for(told)('$line', { timeout: 20_000 }, ({ line, reason }, { skip }) => {
    skip(reason !== undefined, reason);
    const ownEnv = line.includes('--sandbox') ? env : { ...env, ...settings };
    const options = { cwd: deskFor(line), env: ownEnv, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', line], options);
    expect({ stdout, stderr, code: status }).toEqual({ stdout, stderr, code: 0 });
  });

  it('most of them do', () => {
    expect(told.filter(({ reason }) => reason === undefined).length).toBeGreaterThan(told.length / 2);
  });
});
