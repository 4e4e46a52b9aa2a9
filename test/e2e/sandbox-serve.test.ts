import { type ChildProcess, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { AlipaySdk, type AlipaySdkConfig } from 'alipay-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanEnv, finish, printed, run, start, PROGRAM } from '../helpers/run';

const METHOD = 'alipay.user.pass.grouplist.query';
const BIZ_CONTENT = {
  user_id: '2088888888888888',
  group_type: 'voucher',
  time_status: 'CURRENT',
  page_size: 100,
  page_num: 1,
};

let server: ChildProcess;
let settings: Record<string, string>;
let exportsText: string;

beforeAll(async () => {
  server = start(['sandbox', 'serve', '--port', '0'], cleanEnv());
  const text = await printed(server, /ALIPAY_PUBLIC_KEY_FILE=.*\n/);
  exportsText = text;
  settings = Object.fromEntries(
    [...text.matchAll(/export (\w+)=(.*)/g)].map(([, name, value]) => [name!, value!]),
  );
});

afterAll(() => server.kill());

/** The vendor's client, its own signature check on. */
function vendorClient(config: Partial<AlipaySdkConfig> = {}): AlipaySdk {
  return new AlipaySdk({
    appId: settings['ALIPASS_APP_ID']!,
    gateway: settings['ALIPASS_GATEWAY']!,
    privateKey: readFileSync(settings['ALIPASS_PRIVATE_KEY_FILE']!, 'utf8'),
    alipayPublicKey: readFileSync(settings['ALIPASS_ALIPAY_PUBLIC_KEY_FILE']!, 'utf8'),
    keyType: 'PKCS8',
    ...config,
  });
}

describe('sandbox serve', () => {
  it.each(['RSA2', 'RSA'] as const)(
    'answers the vendor’s client, which checks the signature, in %s',
    async signType => {
      const result = await vendorClient({ signType }).exec(
        METHOD,
        { bizContent: BIZ_CONTENT },
        { validateSign: true },
      );
      expect(result['code']).toBe('10000');
      expect(result['passInfoList'][0]).toMatchObject({ passId: '7000790003', mechantName: '商家名称' });
    },
  );

  it('refuses the vendor’s client with another app key', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const wrong = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const result = await vendorClient({ privateKey: wrong }).exec(METHOD, { bizContent: BIZ_CONTENT });
    expect(result).toMatchObject({ code: '40002', subCode: 'isv.invalid-signature' });
  });

  it.each(['utf-8', 'GBK', 'gb2312'])('serves our own client over the port in %s', async charset => {
    const args = [
      'list',
      '--user',
      '2088888888888888',
      '--group',
      'voucher',
      '--charset',
      charset,
      '-o',
      'json',
    ];
    const { code, stdout } = await run(args, settings);
    expect(code).toBe(0);
    const [first] = (JSON.parse(stdout) as { passes: unknown[] }).passes;
    expect(first).toMatchObject({ pass_id: '7000790003', logo_text: '30份吮指鸡块' });
  });

  it('prints settings that leave no others in the way', async () => {
    const script =
      'eval "$SETTINGS"; exec "$NODE" "$PROGRAM" list --user 2088888888888888 --group card -o json';
    const env = {
      ...cleanEnv({ ALIPASS_ALIPAY_PUBLIC_KEY: 'other', ALIPASS_APP_CERT_FILE: '/x' }),
      SETTINGS: exportsText,
      NODE: process.execPath,
      PROGRAM,
    };
    const { status, stderr } = spawnSync('sh', ['-c', script], { env, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('keeps the private keys from others', () => {
    expect(statSync(settings['ALIPASS_PRIVATE_KEY_FILE']!).mode & 0o777).toBe(0o600);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('takes %s as its normal end', async signal => {
    const another = start(['sandbox', 'serve', '--port', '0', '--quiet'], cleanEnv());
    const end = finish(another);
    await printed(another, /ALIPAY_PUBLIC_KEY_FILE=/);
    another.kill(signal);
    expect(await end).toMatchObject({ code: 0, stderr: '' });
  });

  it('says so when the port is taken', async () => {
    const port = new URL(settings['ALIPASS_GATEWAY']!).port;
    const { code, stderr } = await run(['sandbox', 'serve', '--port', port]);
    expect(code).toBe(3);
    expect(stderr).toMatch(/it is in use/);
  });
});
