// The call that `alipass list --page 1 -o json` makes, as a script with the vendor's client.
import { AlipaySdk } from 'alipay-sdk';

const client = new AlipaySdk({
  appId: process.env.ALIPASS_APP_ID,
  gateway: process.env.ALIPASS_GATEWAY,
  privateKey: process.env.ALIPASS_PRIVATE_KEY,
  alipayPublicKey: process.env.ALIPASS_ALIPAY_PUBLIC_KEY,
  keyType: 'PKCS8',
});
const bizContent = {
  user_id: '2088000000000020',
  group_type: 'voucher',
  time_status: 'CURRENT',
  page_size: 100,
  page_num: 1,
};
const result = await client.exec('alipay.user.pass.grouplist.query', { bizContent }, { validateSign: true });
if (result.code !== '10000') throw new Error(JSON.stringify(result));
console.log(JSON.stringify(result));
