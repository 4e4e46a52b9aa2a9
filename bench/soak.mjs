// 64 clients at once against `alipass sandbox serve`, for 20 seconds (SECONDS=n, CLIENTS=n): pages of many users, while
// other users' passes are changed and faults strike some. Every answer is verified with node:crypto and compared with
// what it has to hold. Then a user with a million passes is listed whole. Prints what it cost, and ends with 1 when an
// answer was wrong, memory grew without end, or the sandbox did not end cleanly.
import { execFileSync, spawn } from 'node:child_process';
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SECONDS = Number(process.env.SECONDS ?? 20);
const CLIENTS = Number(process.env.CLIENTS ?? 64);
const NODE = 'alipay_user_pass_grouplist_query_response';
const FAULTY = { refused: '2088000000000011', broken: '2088000000000012', reset: '2088000000000013' };
const MILLION = '2088000001000000';

const directory = mkdtempSync(join(tmpdir(), 'alipass-soak-'));
const readyFile = join(directory, 'ready.json');
const program = new URL('../bin/alipass.js', import.meta.url).pathname;
const files = [
  '--ready-file',
  readyFile,
  '--state',
  join(directory, 'state.json'),
  '--log',
  join(directory, 'log'),
];
const server = spawn(process.execPath, [program, 'sandbox', 'serve', '--port', '0', '--quiet', ...files], {
  env: { PATH: process.env.PATH, ALIPASS_CONFIG_DIR: directory },
  stdio: ['ignore', 'pipe', 'inherit'],
});
await once(server.stdout, 'data');
const { url, control_url: controlUrl, settings } = JSON.parse(readFileSync(readyFile, 'utf8'));
const appKey = createPrivateKey(readFileSync(settings.ALIPASS_PRIVATE_KEY_FILE));
const alipayKey = createPublicKey(readFileSync(settings.ALIPASS_ALIPAY_PUBLIC_KEY_FILE));
const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });

function send(to, method, body = '') {
  return new Promise((resolve, reject) => {
    const outgoing = request(to, { method, agent }, response => {
      const chunks = [];
      response.on('data', chunk => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => resolve({ status: response.statusCode, bytes: Buffer.concat(chunks) }));
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** Calls, verifies, and returns the node; an answer without a right signature is no answer. */
async function call(user_id, group_type, time_status, page_size, page_num) {
  const params = {
    app_id: settings.ALIPASS_APP_ID,
    biz_content: JSON.stringify({ user_id, group_type, time_status, page_size, page_num }),
    charset: 'utf-8',
    method: 'alipay.user.pass.grouplist.query',
    sign_type: 'RSA2',
    timestamp: '2026-11-23 12:00:00',
    version: '1.0',
  };
  const text = Object.entries(params)
    .map(it => it.join('='))
    .join('&');
  const signature = sign('sha256', Buffer.from(text), appKey).toString('base64');
  const query = new URLSearchParams({ ...params, sign: signature });
  query.delete('biz_content');
  const body = `biz_content=${encodeURIComponent(params.biz_content)}`;
  const { status, bytes } = await send(`${url}?${query}`, 'POST', body);
  if (status !== 200) return { status };
  const answer = bytes.toString('latin1');
  const node = Buffer.from(answer.slice(`{"${NODE}":`.length, answer.lastIndexOf(',"sign":"')), 'latin1');
  const signed = Buffer.from(/"sign":"([^"]+)"\}$/.exec(answer)[1], 'base64');
  if (!verify('sha256', node, alipayKey, signed)) throw new Error(`not signed: ${answer.slice(0, 200)}`);
  return JSON.parse(node.toString());
}

async function change(...changes) {
  const { status, bytes } = await send(`${controlUrl}/changes`, 'POST', JSON.stringify(changes));
  if (status !== 200) throw new Error(`${status} ${bytes}`);
}

const rss = () => {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]) / 1024;
  } catch {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(server.pid)])) / 1024;
  }
};
const roll = end => Math.floor(Math.random() * end);
const counts = { calls: 0, changes: 0, faults: 0, wrong: 0 };
function check(is, wanted, what) {
  counts.calls++;
  if (JSON.stringify(is) === JSON.stringify(wanted)) return;
  if (++counts.wrong <= 5) console.error(`wrong: ${what}: ${JSON.stringify(is)?.slice(0, 300)}`);
}

/** What users hold: listed once, at another page size, and counted. */
const holdings = [];
for (const count of [0, 1, 9, 50, 120, 333]) {
  for (const group of ['card', 'voucher', 'ticket', 'cert']) {
    for (const time of ['CURRENT', 'PAST']) {
      const user = `20880000${String(count).padStart(8, '0')}`;
      const passes = [];
      for (let page = 1; page <= Math.ceil(count / 17) + 1; page++) {
        passes.push(...(await call(user, group, time, 17, page)).pass_info_list);
      }
      check([passes.length, new Set(passes.map(it => it.pass_id)).size], [count, count], `${user} ${group}`);
      holdings.push({ user, group, time, passes });
    }
  }
}

async function readPage() {
  const { user, group, time, passes } = holdings[roll(holdings.length)];
  const size = 1 + roll(120);
  const page = 1 + roll(Math.ceil(passes.length / size) + 1);
  const { pass_info_list } = await call(user, group, time, size, page);
  check(
    pass_info_list,
    passes.slice((page - 1) * size, page * size),
    `${user} ${group} ${time} ${size} ${page}`,
  );
}

/** Each client has a user of its own, whose passes it changes and reads again. */
async function changeAndRead(client) {
  const user = `2088100000000${String(client).padStart(3, '0')}`;
  const pass = { pass_id: `S${client}`, logo_text: '票', status: 'can_use', end_date: '2099-01-01 00:00:00' };
  const idsOf = async time => (await call(user, 'card', time, 100, 1)).pass_info_list.map(it => it.pass_id);
  await change({ do: 'put', user, group: 'card', pass });
  check((await idsOf('CURRENT'))[0], pass.pass_id, 'put');
  await change({ do: 'status', user, pass_id: pass.pass_id, status: 'used' });
  check((await idsOf('CURRENT')).includes(pass.pass_id), false, 'used, current');
  check((await idsOf('PAST'))[0], pass.pass_id, 'used, past');
  await change({ do: 'remove', user, pass_id: pass.pass_id });
  check((await idsOf('PAST')).includes(pass.pass_id), false, 'removed');
  counts.changes += 3;
}

async function strike() {
  const [what, user] = Object.entries(FAULTY)[roll(3)];
  const outcome = await call(user, 'card', 'CURRENT', 10, 1).catch(error => ({ reset: error.code }));
  check(outcome.sub_code ?? outcome.status ?? outcome.reset, FAULT_RESULTS[what], what);
  counts.faults++;
}
const FAULT_RESULTS = { refused: 'SYSTEM_ERROR', broken: 503, reset: 'ECONNRESET' };
const faults = [
  `code=SYSTEM_ERROR@user=${FAULTY.refused}`,
  `http=503@user=${FAULTY.broken}`,
  `reset@user=${FAULTY.reset}`,
];
await send(`${controlUrl}/faults`, 'PUT', JSON.stringify(faults));

const memory = { start: rss(), middle: 0, end: 0 };
const began = performance.now();
const since = () => (performance.now() - began) / 1000;
async function client(number) {
  while (since() < SECONDS) {
    const dice = roll(100);
    if (dice < 90) await readPage();
    else if (dice < 95) await changeAndRead(number);
    else await strike();
    if (memory.middle === 0 && since() > SECONDS / 2) memory.middle = rss();
  }
}
await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
memory.end = rss();
const perSecond = Math.round(counts.calls / since());

console.log(`${CLIENTS} clients for ${SECONDS} s: ${counts.calls} answers checked, ${perSecond} a second`);
console.log(`  ${counts.changes} changes, ${counts.faults} faults; wrong answers: ${counts.wrong}`);
const mib = value => `${value.toFixed(0)} MiB`;
console.log(
  `  memory: ${mib(memory.start)} at the start, ${mib(memory.middle)} half-way, ${mib(memory.end)} at the end`,
);

const seen = new Set();
const big = { early: 0, end: 0 };
for (let page = 1; ; page++) {
  const { pass_info_list } = await call(MILLION, 'voucher', 'CURRENT', 1000, page);
  for (const { pass_id } of pass_info_list) seen.add(pass_id);
  if (page === 100) big.early = rss();
  if (pass_info_list.length === 0) break;
}
big.end = rss();
check(seen.size, 1_000_000, 'a million passes');
const times = { first: [], last: [] };
for (let i = 0; i < 200; i++) {
  for (const [which, page] of [
    ['first', 1],
    ['last', 10_000],
  ]) {
    const from = performance.now();
    await call(MILLION, 'voucher', 'CURRENT', 100, page);
    times[which].push(performance.now() - from);
  }
}
const median = list => list.toSorted((a, b) => a - b)[list.length >> 1];
const [first, last] = [median(times.first), median(times.last)];
console.log(
  `a million passes, 1000 a page: memory ${mib(big.early)} at page 100, ${mib(big.end)} at page 1000`,
);
console.log(
  `  100 a page: page 1 ${first.toFixed(2)} ms, page 10000 ${last.toFixed(2)} ms, ratio ${(last / first).toFixed(2)}`,
);

const asked = performance.now();
server.kill('SIGTERM');
const [code, signal] = await once(server, 'exit');
console.log(`SIGTERM: exit ${code ?? signal} after ${(performance.now() - asked).toFixed(0)} ms`);
agent.destroy();
rmSync(directory, { recursive: true });
const SLACK_MIB = 48;
const isFlat = memory.end < memory.middle + SLACK_MIB && big.end < big.early + SLACK_MIB;
process.exitCode = counts.wrong === 0 && code === 0 && isFlat ? 0 : 1;
