// A gateway with ready-signed answers: costs as little as a gateway can, so that clients are what is measured.
// Prints its URL; ends with its parent.
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const fixtures = new URL('../test/fixtures/', import.meta.url);
const { platformPrivateKeyPkcs8 } = JSON.parse(readFileSync(new URL('responses.json', fixtures), 'utf8'));
const key = createPrivateKey({
  key: Buffer.from(platformPrivateKeyPkcs8, 'base64'),
  format: 'der',
  type: 'pkcs8',
});

function answer(count) {
  const passes = Array.from({ length: count }, (_, i) => ({
    pass_id: String(7000790003 + i),
    mechant_name: '商家名称',
  }));
  const node = JSON.stringify({ msg: 'Success', code: '10000', pass_info_list: passes });
  const signature = sign('sha256', Buffer.from(node), key).toString('base64');
  return Buffer.from(`{"alipay_user_pass_grouplist_query_response":${node},"sign":"${signature}"}`);
}

const pages = { first: answer(20), later: answer(0) };

const server = createServer((request, response) => {
  let body = '';
  request.on('data', chunk => (body += chunk));
  request.on('end', () => {
    response.setHeader('content-type', 'text/html;charset=utf-8');
    response.end(/page_num%22%3A1(?!\d)/.test(body) ? pages.first : pages.later);
  });
});
server.listen(0, '127.0.0.1', () => process.send(`http://127.0.0.1:${server.address().port}/gateway.do`));
process.once('disconnect', () => process.exit());
