// What `alipass export` does, as a script with the vendor's client as it comes. Arguments: users file, output, concurrency.
import { createWriteStream, readFileSync } from 'node:fs';
import { AlipaySdk } from 'alipay-sdk';

const [usersFile, output, concurrency] = process.argv.slice(2);
const PAGE_SIZE = 100;
const client = new AlipaySdk({
  appId: process.env.ALIPASS_APP_ID,
  gateway: process.env.ALIPASS_GATEWAY,
  privateKey: readFileSync(process.env.ALIPASS_PRIVATE_KEY_FILE, 'utf8'),
  alipayPublicKey: readFileSync(process.env.ALIPASS_ALIPAY_PUBLIC_KEY_FILE, 'utf8'),
  keyType: 'PKCS8',
  // Rows have the gateway's own names.
  camelcase: false,
});
const file = createWriteStream(output);

async function fetchPage(user, page) {
  const bizContent = {
    user_id: user,
    group_type: 'voucher',
    time_status: 'CURRENT',
    page_size: PAGE_SIZE,
    page_num: page,
  };
  const method = 'alipay.user.pass.grouplist.query';
  const result = await client.exec(method, { bizContent }, { validateSign: true });
  if (result.code !== '10000') throw new Error(JSON.stringify(result));
  return result.pass_info_list;
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
