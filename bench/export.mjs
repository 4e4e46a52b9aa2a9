// `alipass export` of 2,000 users beside a bare loop of node:http and node:crypto, and beside the vendor's client; then
// what a listing of 10,000 passes and of 1,000,000 takes. Whole processes, start-up included, which take turns, as only
// pairs on the same machine in the same minute can be compared. Says whether each target is met; always ends with 0.
// Usage: node bench/export.mjs [rounds] [rounds of listings]
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const rounds = Number(process.argv[2] ?? 7);
const listingRounds = Number(process.argv[3] ?? 3);
const USERS = 2000;
const PASSES_OF_A_USER = 5;
const CONCURRENCY = 16;
/** A short first page is confirmed by one more call. */
const CALLS = USERS * 2;

const here = name => fileURLToPath(new URL(name, import.meta.url));
const fixture = name => JSON.parse(readFileSync(here(`../test/fixtures/${name}`), 'utf8'));
const median = values => values.toSorted((a, b) => a - b)[values.length >> 1];

const directory = mkdtempSync(join(tmpdir(), 'alipass-bench-'));
const inDirectory = name => join(directory, name);
const keyFile = (name, key) => {
  writeFileSync(inDirectory(name), key, { mode: 0o600 });
  return inDirectory(name);
};
const der = text => ({ key: Buffer.from(text, 'base64'), format: 'der' });
const appKey = createPrivateKey({
  ...der(fixture('request-signatures.json').appPrivateKeyPkcs8),
  type: 'pkcs8',
});
const alipayKey = createPublicKey({ ...der(fixture('responses.json').platformPublicKey), type: 'spki' });

const users = inDirectory('users.txt');
const userOf = (number, held) => `2088${String(number).padStart(4, '0')}${String(held).padStart(8, '0')}`;
writeFileSync(users, Array.from({ length: USERS }, (_, i) => `${userOf(i, PASSES_OF_A_USER)}\n`).join(''));

const gateway = fork(here('gateway.mjs'));
const [url] = await once(gateway, 'message');
const env = {
  PATH: process.env.PATH,
  // The vendor's client sends local time.
  TZ: 'Asia/Shanghai',
  NODE_OPTIONS: `--require ${JSON.stringify(here('usage.cjs'))}`,
  USAGE_FILE: inDirectory('usage.json'),
  ALIPASS_CONFIG_DIR: directory,
  ALIPASS_GATEWAY: url,
  ALIPASS_APP_ID: '2014072300007148',
  ALIPASS_PRIVATE_KEY_FILE: keyFile('app.pem', appKey.export({ type: 'pkcs8', format: 'pem' })),
  ALIPASS_ALIPAY_PUBLIC_KEY_FILE: keyFile('alipay.pem', alipayKey.export({ type: 'spki', format: 'pem' })),
};

const output = inDirectory('out.ndjson');

/** Runs a script to its end, and returns what it used: `seconds` of the clock and of the CPU, `mib` of memory at its peak. */
async function run(args) {
  // An export that is done would have nothing to do.
  for (const name of [output, `${output}.journal`]) rmSync(name, { force: true });
  const began = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', text => (said += text));
  const [code] = await once(child, 'close');
  const seconds = (performance.now() - began) / 1000;
  if (code !== 0) throw new Error(`${args.join(' ')}: ${said}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(env.USAGE_FILE, 'utf8'));
  return { seconds, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, mib: maxRSS / 1024 };
}

/** Runs each of the commands in each round, after one round that does not count. */
async function takeTurns(commands, count) {
  const samples = Object.fromEntries(Object.keys(commands).map(name => [name, []]));
  for (let round = 0; round <= count; round++) {
    for (const [name, args] of Object.entries(commands)) {
      const sample = await run(args);
      if (round > 0) samples[name].push(sample);
    }
  }
  return samples;
}

/** How many signatures a second the machine makes, in the thread pool, with nothing else to do. */
async function signatureLimit(seconds) {
  const bytes = Buffer.alloc(400, 'a');
  const until = performance.now() + seconds * 1000;
  let made = 0;
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (; performance.now() < until; made++) {
        await new Promise(resolve => sign('sha256', bytes, appKey, resolve));
      }
    }),
  );
  return made / seconds;
}

const columns = cells =>
  console.log(cells.map((cell, i) => (i ? cell.padStart(16) : cell.padEnd(30))).join(''));
const verdict = (met, target) => console.log(`${met ? 'met    ' : 'not met'}  ${target}`);
/** The median of what pairs of the same round give. */
const paired = (some, others, of) => median(some.map((sample, i) => of(sample, others[i])));

const alipass = here('../bin/alipass.js');
const like = [users, output, String(CONCURRENCY)];
const EXPORT = `export --users ${users} --group voucher --time current -o ndjson --concurrency ${CONCURRENCY} --output ${output}`;
const exports = await takeTurns(
  {
    'alipass export': [alipass, ...EXPORT.split(' ')],
    'bare node:http + node:crypto': [here('bare-export.mjs'), ...like],
    'alipay-sdk': [here('alipay-sdk-export.mjs'), ...like],
  },
  rounds,
);
const limit = await signatureLimit(2);

console.log(
  `Node ${process.version}, ${cpus().length} cores; ${limit.toFixed(0)} RSA signatures a second, no more`,
);
console.log(`\n${USERS} users, ${CALLS} calls, ${CONCURRENCY} at once; medians of ${rounds} rounds`);
columns(['', 'requests/s', 'CPU µs/request', 'peak MiB']);
for (const [name, samples] of Object.entries(exports)) {
  columns([
    name,
    (CALLS / median(samples.map(it => it.seconds))).toFixed(0),
    ((median(samples.map(it => it.cpuSeconds)) / CALLS) * 1e6).toFixed(0),
    median(samples.map(it => it.mib)).toFixed(0),
  ]);
}
const [ours, bare, vendor] = Object.values(exports);
const speed = (a, b) => b.seconds / a.seconds;
const thrift = (a, b) => b.cpuSeconds / a.cpuSeconds;
const ratio = (others, of) => paired(ours, others, of).toFixed(2);
console.log(
  `alipass : bare        requests/s ${ratio(bare, speed)}, requests per CPU second ${ratio(bare, thrift)}`,
);
console.log(
  `alipass : alipay-sdk  requests/s ${ratio(vendor, speed)}, requests per CPU second ${ratio(vendor, thrift)}`,
);
verdict(paired(ours, bare, speed) >= 0.9, 'at least 0.9 of the requests a second of the bare loop');
verdict(paired(ours, vendor, speed) >= 4, 'at least 4 times the requests a second of alipay-sdk');

const FEW = 10_000;
const MANY = 1_000_000;
for (const size of [100, 1000]) {
  const list = held => [
    alipass,
    ...`list --user ${userOf(0, held)} --group voucher -o ndjson --page-size ${size}`.split(' '),
  ];
  const { none, few, many } = await takeTurns(
    { none: list(0), few: list(FEW), many: list(MANY) },
    listingRounds,
  );
  const startUp = median(none.map(it => it.seconds));
  const startUpCpu = median(none.map(it => it.cpuSeconds));
  console.log(
    `\nlist -o ndjson, ${size} a page, start-up taken off per pass; medians of ${listingRounds} rounds`,
  );
  columns(['', 'seconds', 'µs/pass', 'CPU µs/pass', 'peak MiB']);
  columns(['0 passes', startUp.toFixed(2), '', '', median(none.map(it => it.mib)).toFixed(0)]);
  for (const [held, samples] of [
    [FEW, few],
    [MANY, many],
  ]) {
    const seconds = median(samples.map(it => it.seconds));
    const cpuSeconds = median(samples.map(it => it.cpuSeconds));
    const perPass = value => ((value / held) * 1e6).toFixed(1);
    const mib = median(samples.map(it => it.mib)).toFixed(0);
    columns([
      `${held} passes`,
      seconds.toFixed(2),
      perPass(seconds - startUp),
      perPass(cpuSeconds - startUpCpu),
      mib,
    ]);
  }
  const growth = paired(few, many, (a, b) => b.mib - a.mib);
  const slowdown = paired(few, many, (a, b) => (b.seconds - startUp) / MANY / ((a.seconds - startUp) / FEW));
  verdict(growth <= 40, `memory within 40 MiB of that of ${FEW} (${growth.toFixed(0)} MiB more)`);
  verdict(slowdown <= 1.1, `time per pass within 10 % of that of ${FEW} (${slowdown.toFixed(2)} times)`);
}
gateway.disconnect();
rmSync(directory, { recursive: true });
