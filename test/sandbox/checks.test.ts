import {
  createCipheriv,
  createDecipheriv,
  createHash,
  generateKeyPairSync,
  X509Certificate,
} from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOON, startTestSandbox, type TestSandbox } from '../helpers/sandbox';
import { BIZ, type CallAnswer, type CallChange, NODE } from '../helpers/sandbox-caller';

let sandbox: TestSandbox;
let strict: TestSandbox;
let sns: { app: string; root: string; alipay: string };

/** MD5 of the issuer's name and the serial number in decimal; the sandbox's names are one common name each. */
function snOf(path: string): string {
  const { issuer, serialNumber } = new X509Certificate(readFileSync(path));
  return createHash('md5')
    .update(`${issuer}${BigInt(`0x${serialNumber}`)}`)
    .digest('hex');
}

beforeAll(async () => {
  sandbox = await startTestSandbox();
  strict = await startTestSandbox({ strict: true });
  const { appCert, alipayCert, alipayRootCert } = sandbox.files;
  sns = { app: snOf(appCert), root: snOf(alipayRootCert), alipay: snOf(alipayCert) };
});
afterAll(async () => {
  await sandbox.close();
  await strict.close();
});

const call = (change?: CallChange): Promise<CallAnswer> => sandbox.caller.call(change);
const { privateKey: otherKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const LINK = /，解决方案：https:\/\/open\.alipay\.com\/api\/errCheck\?traceId=([0-9a-f]{30})$/;

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replaceAll('.', '\\.')}$`);
}

type Says = readonly [code: string, subCode: string, says: string | RegExp, name?: string, signed?: boolean];
const MISPLACED = '验签出错，请确认charset参数放在了URL查询字符串中且各参数值使用charset参数指示的字符集编码';
const BAD_SIGNATURE =
  /^验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：app_id=2014072300007148&amp;biz_content=\{&quot;user_id&quot;/;

const APP: CallChange = { params: { app_id: '2021000000000000' } };
const SIGNATURE: CallChange = { key: otherKey };
const ARGUMENTS: CallChange = { biz: { page_num: 0 } };

/** Several faults in one request. */
function both(...changes: readonly CallChange[]): CallChange {
  const all = (field: 'params' | 'afterwards'): object =>
    Object.assign({}, ...changes.map(it => it[field])) as object;
  return Object.assign({}, ...changes, {
    params: all('params'),
    afterwards: all('afterwards'),
  }) as CallChange;
}

const without = (...names: readonly string[]): CallChange => ({
  params: Object.fromEntries(names.map(name => [name, undefined])),
});

describe('a right call', () => {
  it('is answered with a signed node, and nothing beside it', async () => {
    const { status, headers, bytes, name, node, genuine } = await call();
    expect({ status, name, genuine }).toEqual({ status: 200, name: NODE, genuine: true });
    expect(headers['content-type']).toBe('text/html;charset=utf-8');
    expect(headers['trace_id']).toMatch(/^[0-9a-f]{30}$/);
    expect(node).toMatchObject({ code: '10000', msg: 'Success' });
    expect(node['pass_info_list']).toHaveLength(3);
    expect(Object.keys(JSON.parse(bytes.toString()) as object)).toEqual([NODE, 'sign']);
    expect(bytes.toString()).not.toMatch(/\\u|\ufeff/);
  });

  it.each([
    ['without format', without('format')],
    ['with format in small letters', { params: { format: 'json' } }],
    [
      'with parameters that are empty',
      { params: { app_auth_token: '', format: ' ', encrypt_type: '', app_cert_sn: '' } },
    ],
    ['with an unknown parameter', { params: { client: 'mine' } }],
    ['with an unknown argument', { biz: { colour: 'red' } }],
    ['with numbers as text', { biz: { page_size: '10', page_num: '1' } }],
    ['with a city and shops', { biz: { need_shopinfo: 'true', city_code: '320100' } }],
    ['with no wish for shops', { biz: { need_shopinfo: 'false', city_code: 'x' } }],
    ['with the body’s parameters in the body', { inBody: ['timestamp', 'sign', 'method', 'version'] }],
    ['with a timestamp of long ago', { params: { timestamp: '2001-02-03 04:05:06' } }],
    ['with utf8 for utf-8', { params: { charset: 'UTF8' } }],
    ['signed RSA', { params: { sign_type: 'RSA' } }],
  ] as [string, CallChange][])('is answered %s', async (_what, change) => {
    const { node, genuine } = await call(change);
    expect({ code: node['code'], genuine }).toEqual({ code: '10000', genuine: true });
  });

  it.each([
    ['utf-8', 'utf-8'],
    ['gbk', 'GBK'],
    ['GB2312', 'gb2312'],
  ])('is answered in %s, labelled %s', async (charset, label) => {
    const { headers, genuine, nodeText } = await call({ params: { charset } });
    expect({ label: headers['content-type'], genuine }).toEqual({
      label: `text/html;charset=${label}`,
      genuine: true,
    });
    const text = new TextDecoder(label, { fatal: true }).decode(Buffer.from(nodeText, 'latin1'));
    expect(text).toMatch(/盒马|淘鲜达/);
  });

  it('takes values of the query, and of a name that comes twice the first', async () => {
    const change = { moreBody: '&version=9&charset=GBK&method=other', moreQuery: '&timestamp=nonsense' };
    expect((await call(change)).node['code']).toBe('10000');
  });
});

describe('the gateway’s refusals', () => {
  it.each([
    ['no method', without('method'), ['40001', 'isv.missing-method', '缺少方法名参数', 'error_response']],
    [
      'an unknown method',
      { params: { method: 'alipay.trade.query' } },
      ['40002', 'isv.invalid-method', '不存在的方法名', 'error_response'],
    ],
    [
      'a method of every object',
      { params: { method: 'constructor' } },
      ['40002', 'isv.invalid-method', '不存在的方法名', 'error_response'],
    ],
    ['no app', without('app_id'), ['40001', 'isv.missing-app-id', '缺少AppID参数', NODE, false]],
    ['a foreign app', APP, ['40002', 'isv.invalid-app-id', '无效的AppID参数', NODE, false]],
    [
      'no sign_type',
      without('sign_type'),
      ['40001', 'isv.missing-signature-type', 'isv.missing-signature-type'],
    ],
    ['no sign', { afterwards: { sign: undefined } }, ['40001', 'isv.missing-signature', '缺少签名参数']],
    ['a blank sign', { afterwards: { sign: '  ' } }, ['40001', 'isv.missing-signature', '缺少签名参数']],
    ['no timestamp', without('timestamp'), ['40001', 'isv.missing-timestamp', '缺少时间戳参数']],
    ['no version', without('version'), ['40001', 'isv.missing-version', 'isv.missing-version']],
    [
      'a charset that is none',
      { params: { charset: 'latin1' } },
      ['40002', 'isv.invalid-charset', '字符集错误'],
    ],
    [
      'another sign_type',
      { params: { sign_type: 'MD5' } },
      ['40002', 'isv.invalid-signature-type', '无效的签名类型'],
    ],
    [
      'a sign_type of every object',
      { params: { sign_type: 'toString' } },
      ['40002', 'isv.invalid-signature-type', '无效的签名类型'],
    ],
    ['another format', { params: { format: 'XML' } }, ['40002', 'isv.invalid-format', '无效的数据格式']],
    [
      'another encrypt_type',
      { params: { encrypt_type: 'DES' } },
      ['40002', 'isv.invalid-encrypt-type', 'isv.invalid-encrypt-type'],
    ],
    ['another key', SIGNATURE, ['40002', 'isv.invalid-signature', BAD_SIGNATURE]],
    ['no charset', without('charset'), ['40002', 'isv.invalid-signature', MISPLACED]],
    ['charset in the body alone', { inBody: ['charset'] }, ['40002', 'isv.invalid-signature', MISPLACED]],
    [
      'a timestamp without its date',
      { params: { timestamp: '12:00:00' } },
      ['40002', 'isv.invalid-timestamp', '非法的时间戳参数'],
    ],
    [
      'a day that does not exist',
      { params: { timestamp: '2026-02-30 12:00:00' } },
      ['40002', 'isv.invalid-timestamp', '非法的时间戳参数'],
    ],
    ['arguments that are no JSON', { biz: '{"user_id":' }, ['40002', 'isv.illegal-json', 'isv.illegal-json']],
    ['arguments in a list', { biz: '[]' }, ['40002', 'isv.illegal-json', 'isv.illegal-json']],
    ['no arguments', without('biz_content'), ['40002', 'isv.illegal-json', 'isv.illegal-json']],
    [
      'arguments that are not encrypted',
      { params: { encrypt_type: 'AES' } },
      ['40002', 'isv.invalid-encrypt', 'isv.invalid-encrypt'],
    ],
    ['wrong arguments', ARGUMENTS, ['40004', 'KP.AE_ALIPASS_PARAMS_VALUE_INVAILD', '无效的参数传值']],
  ] as [string, CallChange, Says][])('refuse %s', async (_what, change, [code, sub_code, says, ...rest]) => {
    const answer = await call(change);
    const [name = NODE, genuine = true] = rest;
    const { node } = answer as { node: Record<string, string> };
    expect(node).toMatchObject({ code, sub_code });
    expect(answer).toMatchObject({ name, genuine: genuine || undefined });
    expect(node['sub_msg']!.replace(LINK, '')).toMatch(typeof says === 'string' ? exactly(says) : says);
    expect(answer).toMatchObject({ status: 200, certSn: undefined });
  });

  it('end with a link that names the trace of the header, unless the business refuses', async () => {
    const { node, headers } = await call(SIGNATURE);
    expect(LINK.exec(String(node['sub_msg']))![1]).toBe(headers['trace_id']);
    expect((await call(ARGUMENTS)).node['sub_msg']).toBe('无效的参数传值');
  });

  it.each([
    ['the missing method', without('method'), 'the missing app', without('app_id'), 'isv.missing-method'],
    [
      'the missing app',
      without('app_id'),
      'the unknown method',
      { params: { method: 'x' } },
      'isv.missing-app-id',
    ],
    ['the foreign app', APP, 'the unknown method', { params: { method: 'x' } }, 'isv.invalid-app-id'],
    ['the missing method', { params: { method: undefined } }, 'the foreign app', APP, 'isv.missing-method'],
    ['the foreign app', APP, 'the missing sign', { afterwards: { sign: undefined } }, 'isv.invalid-app-id'],
    ['the foreign app', APP, 'the signature', SIGNATURE, 'isv.invalid-app-id'],
    ['the foreign app', APP, 'the charset’s place', { inBody: ['charset'] }, 'isv.invalid-app-id'],
    [
      'the missing sign_type',
      without('sign_type'),
      'the missing sign',
      { afterwards: { sign: undefined } },
      'isv.missing-signature-type',
    ],
    [
      'the missing sign',
      { afterwards: { sign: undefined } },
      'the missing timestamp',
      without('timestamp'),
      'isv.missing-signature',
    ],
    [
      'the missing timestamp',
      without('timestamp'),
      'the missing version',
      without('version'),
      'isv.missing-timestamp',
    ],
    ['the missing version', without('version'), 'the signature', SIGNATURE, 'isv.missing-version'],
    [
      'the charset',
      { params: { charset: 'x' } },
      'the sign_type',
      { params: { sign_type: 'x' } },
      'isv.invalid-charset',
    ],
    [
      'the sign_type',
      { params: { sign_type: 'x' } },
      'the format',
      { params: { format: 'x' } },
      'isv.invalid-signature-type',
    ],
    [
      'the format',
      { params: { format: 'x' } },
      'the encrypt_type',
      { params: { encrypt_type: 'x' } },
      'isv.invalid-format',
    ],
    [
      'the encrypt_type',
      { params: { encrypt_type: 'x' } },
      'the certificates',
      { params: { app_cert_sn: 'x' } },
      'isv.invalid-encrypt-type',
    ],
    [
      'the certificates',
      { params: { app_cert_sn: 'x' } },
      'the signature',
      SIGNATURE,
      'isv.missing-alipay-root-cert-sn',
    ],
    ['the signature', SIGNATURE, 'the timestamp', { params: { timestamp: 'x' } }, 'isv.invalid-signature'],
    ['the signature', SIGNATURE, 'the JSON', { biz: '{' }, 'isv.invalid-signature'],
    ['the signature', SIGNATURE, 'the arguments', ARGUMENTS, 'isv.invalid-signature'],
    ['the timestamp', { params: { timestamp: 'x' } }, 'the arguments', ARGUMENTS, 'isv.invalid-timestamp'],
  ] as [string, CallChange, string, CallChange, string][])(
    'name %s before %s',
    async (_first, first, _second, second, subCode) => {
      expect((await call(both(first, second))).node['sub_code']).toBe(subCode);
    },
  );

  it('escape the signed text for HTML, and hold every parameter of query and body', async () => {
    const biz = '{"a":"<b>&\'"}';
    const { node } = await call({ biz, key: otherKey, params: { app_auth_token: 'T' } });
    expect(String(node['sub_msg'])).toContain(
      "：app_auth_token=T&amp;app_id=2014072300007148&amp;biz_content={&quot;a&quot;:&quot;&lt;b&gt;&amp;'&quot;}&amp;charset=utf-8&amp;format=JSON&amp;method=alipay.user.pass.grouplist.query&amp;sign_type=RSA2&amp;timestamp=2026-11-23 12:00:00&amp;version=1.0，解决方案",
    );
  });

  it('come in the charset of the request', async () => {
    const { headers, nodeText, genuine } = await call({ params: { charset: 'GBK' }, biz: { page_size: 0 } });
    const text = new TextDecoder('gbk').decode(Buffer.from(nodeText, 'latin1'));
    expect(JSON.parse(text)).toMatchObject({ sub_msg: '无效的参数传值' });
    expect({ type: headers['content-type'], genuine }).toEqual({
      type: 'text/html;charset=GBK',
      genuine: true,
    });
  });

  it.each([
    ['sign_type left out', (text: string) => text.replace('sign_type=RSA2&', '')],
    ['values url-encoded', (text: string) => text.replace('12:00:00', '12%3A00%3A00')],
    ['sign joined', (text: string) => `${text}&sign=`],
  ])('refuse a signature over a text with %s', async (_what, signedText) => {
    expect((await call({ signedText })).node['sub_code']).toBe('isv.invalid-signature');
  });
});

describe('the arguments', () => {
  const WRONG = 'KP.AE_ALIPASS_PARAMS_VALUE_INVAILD';
  it.each([
    [
      'user_id',
      '2088000000000003',
      ['208800000000000', '20880000000000033', '1088000000000003', '2088 ', ''],
    ],
    ['user_id', 2088000000000003, [['2088000000000003'], { toString: 1 }, true, null, undefined]],
    ['group_type', 'card', ['CARD', 'cards', ['card'], 'constructor', undefined]],
    ['time_status', 'PAST', ['past', 'FUTURE', ['PAST'], undefined]],
    ['page_size', 1, [0, -1, 1.5, '1e3', '01', 1e21, '', [1], undefined]],
    ['page_num', 9_999_999_999, [10_000_000_000, 0, '0x1', ' 1', { valueOf: 1 }, null, undefined]],
  ] as [string, unknown, unknown[]][])('%s is %j, not one of %j', async (name, right, wrong) => {
    expect((await call({ biz: { [name]: right } })).node['code']).toBe('10000');
    const answers = await Promise.all(wrong.map(value => call({ biz: { [name]: value } })));
    expect(answers.map(({ node }) => node['sub_code'])).toEqual(wrong.map(() => WRONG));
  });

  it.each([[{}], [{ city_code: '3201' }], [{ city_code: ['320100'] }], [{ city_code: 'abcdef' }]])(
    'need_shopinfo asks for a city_code of six digits, not %j',
    async biz => {
      const { node } = await call({ biz: { need_shopinfo: true, ...biz } });
      expect(node['sub_code']).toBe(WRONG);
    },
  );

  it.each([
    [true, true],
    [false, false],
  ])('need_shopinfo %s: shops are listed: %s', async (need_shopinfo, listed) => {
    const { node } = await call({ biz: { need_shopinfo, city_code: '320100' } });
    const passes = node['pass_info_list'] as object[];
    expect(passes.map(pass => 'shop_id_list' in pass)).toEqual([listed, listed, listed]);
  });

  it.each([
    [2, 1, [0, 1]],
    [2, 2, [2]],
    [2, 3, []],
    [3, 1, [0, 1, 2]],
    [9_999_999_999, 1, [0, 1, 2]],
    [9_999_999_999, 9_999_999_999, []],
  ])('page_size %i and page_num %i hold the passes %j', async (page_size, page_num, indices) => {
    const ids = async (biz: object): Promise<unknown[]> => {
      const { node } = await call({ biz: { ...biz } });
      return (node['pass_info_list'] as { pass_id: string }[]).map(pass => pass.pass_id);
    };
    const all = await ids({});
    expect(await ids({ page_size, page_num })).toEqual(indices.map(i => all[i]));
  });

  it('may be thirty levels deep, not a hundred thousand', async () => {
    const biz = (levels: number): string =>
      `{"extra":${'['.repeat(levels)}${']'.repeat(levels)},${JSON.stringify(BIZ).slice(1)}`;
    expect((await call({ biz: biz(30) })).node['code']).toBe('10000');
    expect((await call({ biz: biz(100_000) })).node['sub_code']).toBe('isv.illegal-json');
  });
});

describe('certificate mode', () => {
  const mode = (change: object = {}): CallChange => ({
    params: { app_cert_sn: sns.app, alipay_root_cert_sn: sns.root, ...change },
  });

  it('names its certificate between the node and the signature', async () => {
    const answer = await call(mode());
    expect(answer).toMatchObject({ certSn: sns.alipay, genuine: true, node: { code: '10000' } });
    const names = Object.keys(JSON.parse(answer.bytes.toString()) as object);
    expect(names).toEqual([NODE, 'alipay_cert_sn', 'sign']);
  });

  it('names no certificate under an answer that it does not sign', async () => {
    const answer = await call(mode({ app_id: '2021000000000000' }));
    expect(answer).toMatchObject({ node: { sub_code: 'isv.invalid-app-id' } });
    expect([answer.certSn, answer.genuine]).toEqual([undefined, undefined]);
  });

  it.each([
    ['no app_cert_sn', { app_cert_sn: undefined }, '40001', 'isv.missing-app-cert-sn'],
    ['no root', { alipay_root_cert_sn: undefined }, '40001', 'isv.missing-alipay-root-cert-sn'],
    ['an unknown app certificate', { app_cert_sn: '0' }, '40002', 'isv.app-cert-not-exist'],
    ['an unknown root', { alipay_root_cert_sn: '0' }, '40002', 'isv.invalid-alipay-root-cert-sn'],
  ])('refuses %s', async (_what, change, code, sub_code) => {
    const answer = await call(mode(change));
    expect(answer).toMatchObject({ node: { code, sub_code }, genuine: true });
  });

  it('hands out the certificate that it names, and no other', async () => {
    const method = 'alipay.open.app.alipaycert.download';
    const download = (alipay_cert_sn: unknown): Promise<CallAnswer> =>
      call({ ...mode({ method }), biz: JSON.stringify({ alipay_cert_sn }) });
    const { name, node, genuine } = await download(sns.alipay);
    expect({ name, genuine }).toEqual({
      name: 'alipay_open_app_alipaycert_download_response',
      genuine: true,
    });
    const pem = Buffer.from(String(node['alipay_cert_content']), 'base64').toString();
    expect(pem).toBe(readFileSync(sandbox.files.alipayCert, 'utf8'));
    for (const wrong of ['0', sns.app, [sns.alipay], undefined, '__proto__']) {
      expect((await download(wrong)).node['sub_code']).toBe('isv.alipay-cert-not-exist');
    }
  });
});

describe('content encryption', () => {
  const key = (): Buffer => Buffer.from(readFileSync(sandbox.files.encryptKey, 'utf8'), 'base64');
  const encrypt = (text: string, withKey = key()): string => {
    const cipher = createCipheriv('aes-128-cbc', withKey, Buffer.alloc(16));
    return cipher.update(text, 'utf8', 'base64') + cipher.final('base64');
  };
  const encrypted = (biz: string): CallChange => ({ biz, params: { encrypt_type: 'AES' } });

  it('answers with a string, signed with its quotes', async () => {
    const { nodeText, genuine } = await call(encrypted(encrypt(JSON.stringify(BIZ))));
    expect(genuine).toBe(true);
    const decipher = createDecipheriv('aes-128-cbc', key(), Buffer.alloc(16));
    const text = decipher.update(JSON.parse(nodeText) as string, 'base64', 'utf8') + decipher.final('utf8');
    expect(JSON.parse(text)).toMatchObject({ code: '10000', pass_info_list: [{}, {}, {}] });
  });

  it.each([
    [
      'another key',
      () => encrypt(JSON.stringify(BIZ), Buffer.alloc(16, 7)),
      /^isv\.(invalid-encrypt|illegal-json)$/,
    ],
    ['half of a block', () => encrypt(JSON.stringify(BIZ)).slice(0, 20), /^isv\.invalid-encrypt$/],
    ['no base64', () => '{}', /^isv\.invalid-encrypt$/],
    ['a text that is no JSON', () => encrypt('hello'), /^isv\.illegal-json$/],
    ['wrong arguments', () => encrypt('{}'), /^KP\.AE_ALIPASS_PARAMS_VALUE_INVAILD$/],
  ])('refuses %s in plain text', async (_what, biz, subCode) => {
    const { node, genuine } = await call(encrypted(biz()));
    expect(node['sub_code']).toMatch(subCode);
    expect(genuine).toBe(true);
  });
});

describe('--strict', () => {
  const at = (offMs: number): CallChange => ({
    params: {
      timestamp: new Date(NOON + 8 * 3_600_000 + offMs).toISOString().slice(0, 19).replace('T', ' '),
    },
  });
  const MINUTES = 60_000;

  it.each([
    ['a timestamp 15 minutes old', at(-15 * MINUTES), at(-15 * MINUTES - 1000), 'isv.invalid-timestamp'],
    ['a timestamp 15 minutes ahead', at(15 * MINUTES), at(15 * MINUTES + 1000), 'isv.invalid-timestamp'],
    [
      'a parameter that the API names',
      { params: { notify_url: 'x' } },
      { params: { notify_uri: 'x' } },
      'isv.invalid-parameter',
    ],
    [
      'a parameter that says nothing',
      { afterwards: { __proto__x: '' } },
      { params: { ['__proto__']: 'x' } },
      'isv.invalid-parameter',
    ],
    [
      'an argument that the API names',
      { biz: { partner_id: '2088' } },
      { biz: { partner: '2088' } },
      'isv.invalid-parameter',
    ],
  ] as [string, CallChange, CallChange, string][])(
    'takes %s, not its neighbour',
    async (_what, accepted, refused, subCode) => {
      expect((await strict.caller.call(accepted)).node['code']).toBe('10000');
      expect((await strict.caller.call(refused)).node['sub_code']).toBe(subCode);
    },
  );

  it.each([
    ['parameter', { params: { '<x>': '1' } }],
    ['argument', { biz: { '<x>': '1' } }],
  ])('names an unknown %s, escaped', async (_what, change) => {
    const { node, genuine } = await strict.caller.call(change);
    expect(node['sub_msg']).toMatch(/^未知的参数：&lt;x&gt;，/);
    expect(genuine).toBe(true);
  });

  it('judges the signature before the parameters and the time', async () => {
    const change = both(SIGNATURE, { params: { other: 'x', timestamp: '2001-01-01 00:00:00' } });
    expect((await strict.caller.call(change)).node['sub_code']).toBe('isv.invalid-signature');
    const late = both(at(-3_600_000), { params: { ...at(-3_600_000).params, other: 'x' } });
    expect((await strict.caller.call(late)).node['sub_code']).toBe('isv.invalid-timestamp');
  });
});
