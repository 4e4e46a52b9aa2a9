// What `alipass export` does, as a loop of nothing but node:http and node:crypto: no checks, no retries. It is the limit
// that the program is compared with, so it is made as fast as its like can be. Arguments: users file, output, concurrency.
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { createWriteStream, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

const [usersFile, output, concurrency] = process.argv.slice(2);
const { ALIPASS_GATEWAY, ALIPASS_APP_ID, ALIPASS_PRIVATE_KEY_FILE, ALIPASS_ALIPAY_PUBLIC_KEY_FILE } =
  process.env;
const PAGE_SIZE = 100;
const BEIJING_OFFSET_MS = 8 * 60 * 60 * 1000;

const appKey = createPrivateKey(readFileSync(ALIPASS_PRIVATE_KEY_FILE));
const alipayKey = createPublicKey(readFileSync(ALIPASS_ALIPAY_PUBLIC_KEY_FILE));
const agent = new Agent({ keepAlive: true, maxSockets: Number(concurrency) });
const { hostname, port, pathname } = new URL(ALIPASS_GATEWAY);
const file = createWriteStream(output);

const OPENING = Buffer.from('{"alipay_user_pass_grouplist_query_response":');
const MIDDLE = Buffer.from(',"sign":"');
const ENDING = Buffer.from('"}');

const signText = text =>
  new Promise((resolve, reject) =>
    sign('sha256', Buffer.from(text), appKey, (error, bytes) =>
      error ? reject(error) : resolve(bytes.toString('base64')),
    ),
  );

const post = (query, body) =>
  new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
      'content-length': body.length,
    };
    const path = `${pathname}?${query}`;
    const call = request({ hostname, port, path, method: 'POST', agent, headers }, message => {
      const chunks = [];
      message.on('data', chunk => chunks.push(chunk));
      message.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
      message.on('error', reject);
    });
    call.on('error', reject);
    call.end(body);
  });

async function fetchPage(user, page) {
  const content = `{"user_id":"${user}","group_type":"voucher","time_status":"CURRENT","page_size":${PAGE_SIZE},"page_num":${page}}`;
  const timestamp = new Date(Date.now() + BEIJING_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
  const constant = 'charset=utf-8&format=JSON&method=alipay.user.pass.grouplist.query&sign_type=RSA2';
  const signature = await signText(
    `app_id=${ALIPASS_APP_ID}&biz_content=${content}&${constant}&timestamp=${timestamp}&version=1.0`,
  );
  const bytes = await post(
    `app_id=${ALIPASS_APP_ID}&${constant}&timestamp=${encodeURIComponent(timestamp)}&version=1.0&sign=${encodeURIComponent(signature)}`,
    `biz_content=${encodeURIComponent(content)}`,
  );
  const nodeEnd = bytes.lastIndexOf(MIDDLE);
  const node = bytes.subarray(OPENING.length, nodeEnd);
  const answered = bytes.toString('latin1', nodeEnd + MIDDLE.length, bytes.length - ENDING.length);
  if (!verify('sha256', node, alipayKey, Buffer.from(answered, 'base64'))) throw new Error('not signed');
  return JSON.parse(node.toString()).pass_info_list;
}

async function exportUser(user) {
  let rows = '';
  for (let page = 1, sawFull = false; ; page++) {
    const passes = await fetchPage(user, page);
    for (const pass of passes) {
      rows += `${JSON.stringify({ user_id: user, group_type: 'voucher', time_status: 'CURRENT', ...pass })}\n`;
    }
    if (passes.length === 0 || (passes.length < PAGE_SIZE && sawFull)) break;
    sawFull ||= passes.length === PAGE_SIZE;
  }
  if (!file.write(rows)) await new Promise(resolve => file.once('drain', resolve));
}

const users = readFileSync(usersFile, 'utf8').trimEnd().split('\n').values();
await Promise.all(
  Array.from({ length: Number(concurrency) }, async () => {
    for (const user of users) await exportUser(user);
  }),
);
file.end();
agent.destroy();
