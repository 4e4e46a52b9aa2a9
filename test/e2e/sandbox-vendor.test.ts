import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AlipaySdk, type AlipaySdkConfig } from 'alipay-sdk';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { finish } from '../helpers/run';
import { startTestSandbox, type SandboxWorld, type TestSandbox } from '../helpers/sandbox';

// The vendor's own client, its check of signatures on.

const METHOD = 'alipay.user.pass.grouplist.query';
const INVALID = 'KP.AE_ALIPASS_PARAMS_VALUE_INVAILD';
const BIZ = {
  user_id: '2088000000000120',
  group_type: 'voucher',
  time_status: 'CURRENT',
  page_size: 50,
  page_num: 1,
};

let sandbox: TestSandbox;
let other: TestSandbox | undefined;
beforeAll(async () => {
  sandbox = await startTestSandbox({ now: Date.now });
});
afterAll(() => sandbox.close());
afterEach(async () => {
  await other?.close();
  other = undefined;
});

async function startOther(world: SandboxWorld): Promise<TestSandbox> {
  other = await startTestSandbox({ now: Date.now, ...world });
  return other;
}

const read = (name: keyof TestSandbox['files'], of = sandbox): string => readFileSync(of.files[name], 'utf8');

function clientOf(of: TestSandbox, config: Partial<AlipaySdkConfig> = {}): AlipaySdk {
  return new AlipaySdk({
    appId: '2014072300007148',
    gateway: of.url,
    privateKey: read('appPrivateKey', of),
    alipayPublicKey: read('alipayPublicKey', of),
    keyType: 'PKCS8',
    ...config,
  });
}

interface Result {
  readonly code: string;
  readonly subCode?: string;
  readonly passInfoList?: { readonly passId: string; readonly mechantName: string }[];
}

async function exec(client: AlipaySdk, biz: object = {}, more: object = {}): Promise<Result> {
  const params = { bizContent: { ...BIZ, ...biz }, ...more };
  return (await client.exec(METHOD, params, { validateSign: true })) as unknown as Result;
}

/** Without the public key: a certificate brings its own. */
function certificateConfig(of = sandbox): Partial<AlipaySdkConfig> {
  return {
    alipayPublicKey: undefined as never,
    appCertContent: read('appCert', of),
    alipayPublicCertContent: read('alipayCert', of),
    alipayRootCertContent: read('alipayRootCert', of),
  };
}

describe('the vendor’s client', () => {
  it.each(['RSA2', 'RSA'] as const)('lists passes and trusts them, in %s', async signType => {
    const { code, passInfoList } = await exec(clientOf(sandbox, { signType }));
    expect(code).toBe('10000');
    expect(passInfoList).toHaveLength(50);
    expect(passInfoList![0]).toMatchObject({ passId: expect.stringMatching(/^\d+$/) as string });
  });

  it('reads page after page of the counted users, each pass once', async () => {
    for (const [count, size] of [
      [0, 50],
      [49, 50],
      [50, 50],
      [51, 50],
      [120, 50],
    ] as const) {
      const user_id = `20880000${String(count).padStart(8, '0')}`;
      const ids: string[] = [];
      for (let page_num = 1; ; page_num++) {
        const { passInfoList } = await exec(clientOf(sandbox), { user_id, page_size: size, page_num });
        ids.push(...passInfoList!.map(({ passId }) => passId));
        if (passInfoList!.length < size) break;
      }
      expect(ids).toHaveLength(count);
      expect(new Set(ids).size).toBe(count);
    }
  });

  it('trusts an error of the business', async () => {
    const result = await exec(clientOf(sandbox), { page_num: 0 });
    expect(result).toMatchObject({ code: '40004', subCode: INVALID, subMsg: '无效的参数传值' });
  });

  it.each([
    [`code=${INVALID}`, '40004', INVALID],
    ['code=SYSTEM_ERROR', '40004', 'SYSTEM_ERROR'],
    ['code=isv.app-call-limited', '40005', 'isv.app-call-limited'],
    ['code=aop.unknow-error', '20000', 'aop.unknow-error'],
  ])('trusts an error of %s', async (fault, code, subCode) => {
    expect(await exec(clientOf(await startOther({ faults: [fault] })))).toMatchObject({ code, subCode });
  });

  it.each(['bad-sign', 'no-sign', 'sha1-sign', 'rotated-cert', 'gbk-as-utf8'])(
    'trusts no answer with %s',
    async fault => {
      const client = clientOf(await startOther({ faults: [fault] }));
      await expect(exec(client)).rejects.toThrow(/验签失败|"signature" argument/);
    },
  );

  it('is refused with another app key, and trusts that', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const wrong = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    expect(await exec(clientOf(sandbox, { privateKey: wrong }))).toMatchObject({
      code: '40002',
      subCode: 'isv.invalid-signature',
    });
  });

  it('does not trust the answer with the app’s key in place of Alipay’s', async () => {
    const client = clientOf(sandbox, { alipayPublicKey: read('appPublicKey') });
    await expect(exec(client)).rejects.toThrow(/验签失败/);
  });

  it('works in certificate mode', async () => {
    const { code, passInfoList } = await exec(clientOf(sandbox, certificateConfig()));
    expect({ code, count: passInfoList?.length }).toEqual({ code: '10000', count: 50 });
    expect(sandbox.records.at(-1)!.params).toMatchObject({
      app_cert_sn: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      alipay_root_cert_sn: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    });
    const wrong = { ...certificateConfig(), appCertContent: read('alipayCert') };
    expect(await exec(clientOf(sandbox, wrong))).toMatchObject({ subCode: 'isv.app-cert-not-exist' });
  });

  it('encrypts what it asks, and opens what it is answered', async () => {
    const encryptKey = read('encryptKey').trim();
    const client = clientOf(sandbox, { encryptKey });
    // Its check of a signature can’t find a node that is a string: it looks for braces.
    const params = { bizContent: BIZ, needEncrypt: true };
    const result = (await client.exec(METHOD, params)) as unknown as Result;
    expect(result.code).toBe('10000');
    expect(result.passInfoList).toHaveLength(50);
    await expect(client.exec(METHOD, params, { validateSign: true })).rejects.toThrow(/验签失败/);
    expect(sandbox.records.at(-1)).toMatchObject({ arguments: BIZ, params: { encrypt_type: 'AES' } });
    const wrong = clientOf(sandbox, { encryptKey: Buffer.alloc(16, 1).toString('base64') });
    const refused = (await wrong.exec(METHOD, params)) as unknown as Result;
    expect(refused.subCode).toMatch(/^isv\.(invalid-encrypt|illegal-json)$/);
  });
});

describe('the vendor’s client in another time zone', () => {
  /** A process of its own, as a zone is taken at the start. */
  async function callIn(zone: string, of: TestSandbox): Promise<Result> {
    const script = `
      const { AlipaySdk } = require('alipay-sdk');
      new AlipaySdk(JSON.parse(process.env.CONFIG))
        .exec('${METHOD}', { bizContent: JSON.parse(process.env.BIZ) }, { validateSign: true })
        .then(result => console.log(JSON.stringify(result)));`;
    const config = {
      appId: '2014072300007148',
      gateway: of.url,
      privateKey: read('appPrivateKey', of),
      alipayPublicKey: read('alipayPublicKey', of),
      keyType: 'PKCS8',
    };
    const child = spawn(process.execPath, ['-e', script], {
      env: { PATH: process.env['PATH'], TZ: zone, CONFIG: JSON.stringify(config), BIZ: JSON.stringify(BIZ) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return JSON.parse((await finish(child)).stdout) as Result;
  }

  it('is eight hours off in UTC: the log shows it, and --strict refuses it', async () => {
    const strict = await startOther({ strict: true });
    const [inUtc, inBeijing, lenient] = await Promise.all([
      callIn('UTC', strict),
      callIn('Asia/Shanghai', strict),
      callIn('UTC', sandbox),
    ]);
    expect(inUtc).toMatchObject({ code: '40002', subCode: 'isv.invalid-timestamp' });
    expect(inBeijing).toMatchObject({ code: '10000' });
    expect(lenient).toMatchObject({ code: '10000' });
    const { at, params } = sandbox.records.at(-1)!;
    const hours = (Date.parse(at) - Date.parse(params['timestamp']!)) / 3_600_000;
    expect(Math.round(hours)).toBe(8);
  });
});
