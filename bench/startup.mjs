// Whole-process times, from start to end, as ratios to bare Node: all commands take turns in one run, as only
// pairs on the same machine in the same minute can be compared. Usage: node bench/startup.mjs [rounds]
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rounds = Number(process.argv[2] ?? 25);
const here = name => fileURLToPath(new URL(name, import.meta.url));
const fixture = name => JSON.parse(readFileSync(here(`../test/fixtures/${name}`), 'utf8'));

const gateway = fork(here('gateway.mjs'));
const [url] = await once(gateway, 'message');

const env = {
  PATH: process.env.PATH,
  ALIPASS_CONFIG_DIR: mkdtempSync(join(tmpdir(), 'alipass-bench-')),
  ALIPASS_GATEWAY: url,
  ALIPASS_APP_ID: '2014072300007148',
  ALIPASS_PRIVATE_KEY: fixture('request-signatures.json').appPrivateKeyPkcs8,
  ALIPASS_ALIPAY_PUBLIC_KEY: fixture('responses.json').platformPublicKey,
};
const alipass = here('../bin/alipass.js');
const list = [alipass, 'list', '--user', '2088000000000020', '--group', 'voucher'];
const commands = {
  'node -e 0': ['-e', '0'],
  'alipass --version': [alipass, '--version'],
  'alipass list -o json (2 calls)': [...list, '-o', 'json'],
  'alipass list -o json --page 1': [...list, '-o', 'json', '--page', '1'],
  'alipass list (table, 2 calls)': list,
  'the same call with alipay-sdk': [here('alipay-sdk.mjs')],
};

const times = Object.fromEntries(Object.keys(commands).map(name => [name, []]));
for (let round = 0; round < rounds; round++) {
  for (const [name, args] of Object.entries(commands)) {
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, args, { env });
    if (status !== 0) throw new Error(`${name}: ${stderr}`);
    times[name].push(Number(process.hrtime.bigint() - start) / 1e6);
  }
}
gateway.disconnect();

const median = values => values.toSorted((a, b) => a - b)[values.length >> 1];
const bare = median(times['node -e 0']);
console.log(`medians of ${rounds} rounds, Node ${process.version}`);
for (const [name, values] of Object.entries(times)) {
  const ms = median(values);
  console.log(
    `${name.padEnd(32)} ${ms.toFixed(0).padStart(5)} ms  ${(ms / bare).toFixed(2).padStart(5)} x bare Node`,
  );
}
