import { AlipaySdk } from 'alipay-sdk';
import { startSandbox } from 'alipass/sandbox';
import { expect, test } from 'vitest';

test('a voucher that was used is listed no more', async () => {
  const sandbox = await startSandbox({ faults: ['latency=20ms'] });
  const { url: gateway, appId, appPrivateKey: privateKey, alipayPublicKey } = sandbox;
  const client = new AlipaySdk({ gateway, appId, privateKey, alipayPublicKey, keyType: 'PKCS8' });
  const user = '2088888888888888';
  await sandbox.change({ do: 'status', user, pass_id: '7000790003', status: 'used' });

  const bizContent = {
    user_id: user,
    group_type: 'voucher',
    time_status: 'CURRENT',
    page_size: 100,
    page_num: 1,
  };
  const { code, passInfoList } = await client.exec('alipay.user.pass.grouplist.query', { bizContent });

  expect(code).toBe('10000');
  expect(passInfoList.map(pass => pass.passId)).not.toContain('7000790003');
  expect(sandbox.calls).toHaveLength(1);
  await sandbox.close();
});
