import { isUtf8 } from 'node:buffer';
import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  sign,
  verify,
  X509Certificate,
} from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { RETURN_CODES, SUB_CODES } from '../../src/protocol/codes';
import { createSampleDataset } from '../../src/sandbox/dataset';
import { createFaultPlan, parseFault } from '../../src/sandbox/faults';
import { makeTexts, type SandboxTexts } from '../../src/sandbox/files';
import { createSandboxGateway, type SandboxAnswer, type SandboxGateway } from '../../src/sandbox/gateway';
import { parseIdentity, SANDBOX_APP_ID, type SandboxIdentity } from '../../src/sandbox/identity';
import { createSandboxState, newSnapshot } from '../../src/sandbox/state';

// What faults make of answers, seen by a client that has node:crypto and nothing else of the program.

const NOW = Date.parse('2026-11-23T12:00:00+08:00');
const QUERY = 'alipay.user.pass.grouplist.query';
const DOWNLOAD = 'alipay.open.app.alipaycert.download';
const NODE = 'alipay_user_pass_grouplist_query_response';

let texts: SandboxTexts;
let identity: SandboxIdentity;
beforeAll(async () => {
  texts = await makeTexts(NOW);
  identity = parseIdentity(texts, name => name);
});

interface Ask {
  readonly method?: string;
  readonly biz?: Readonly<Record<string, unknown>>;
  readonly params?: Readonly<Record<string, string>>;
}

const BIZ = {
  user_id: '2088000000000120',
  group_type: 'voucher',
  time_status: 'CURRENT',
  page_size: 100,
  page_num: 1,
};

function gatewayWith(faults: readonly string[]): SandboxGateway {
  const world = { datasetAt: createSampleDataset, now: () => NOW };
  return createSandboxGateway({
    identity,
    state: createSandboxState(newSnapshot(NOW), world),
    now: () => NOW,
    random: () => 0.5,
    faults: createFaultPlan(
      faults.map(text => parseFault(text, '--fault')),
      { seed: 1, now: () => NOW },
    ),
  });
}

/** Asks a gateway with these faults, call by call; the last answer counts. */
async function answer(faults: readonly string[], ...asks: Ask[]): Promise<SandboxAnswer> {
  const gateway = gatewayWith(faults);
  let last: SandboxAnswer | undefined;
  for (const ask of asks.length > 0 ? asks : [{}]) last = await gateway(requestOf(ask));
  return last!;
}

function requestOf({ method = QUERY, biz = {}, params = {} }: Ask): { query: string; body: string } {
  const all: Record<string, string> = {
    method,
    app_id: SANDBOX_APP_ID,
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: '2026-11-23 12:00:00',
    version: '1.0',
    biz_content: JSON.stringify(method === QUERY ? { ...BIZ, ...biz } : biz),
    ...params,
  };
  const signedText = Object.keys(all)
    .sort()
    .map(name => `${name}=${all[name]}`)
    .join('&');
  const digest = all['sign_type'] === 'RSA' ? 'RSA-SHA1' : 'RSA-SHA256';
  const { biz_content: content, ...query } = all;
  return {
    query: new URLSearchParams({
      ...query,
      sign: sign(digest, Buffer.from(signedText), texts.appPrivateKey).toString('base64'),
    }).toString(),
    body: new URLSearchParams({ biz_content: content! }).toString(),
  };
}

/** The bytes between `"name":` and what follows the node: `,"` of the next member, or the last brace. */
function nodeBytes({ bytes }: SandboxAnswer, name = NODE): Buffer {
  const start = bytes.indexOf(`"${name}":`) + name.length + 3;
  const rest = bytes.toString('latin1', start);
  const end = /,"(?:alipay_cert_sn|sign|alipay_\w+_response)":"?|\}$/.exec(rest)!.index;
  return bytes.subarray(start, start + end);
}

const signOf = ({ bytes }: SandboxAnswer): string | undefined =>
  /"sign":"([^"]*)"/.exec(bytes.toString())?.[1];
const certSnOf = ({ bytes }: SandboxAnswer): string | undefined =>
  /"alipay_cert_sn":"([^"]*)"/.exec(bytes.toString())?.[1];

/** The digests with which an answer verifies under a key. */
function verifiesWith(it: SandboxAnswer, key: string | Buffer = texts.alipayPublicKey): string[] {
  const signature = Buffer.from(signOf(it)!, 'base64');
  return ['RSA-SHA256', 'RSA-SHA1'].filter(digest =>
    verify(digest, nodeBytes(it), createPublicKey(key), signature),
  );
}

interface ListNode {
  readonly code: string;
  readonly sub_code?: string;
  readonly pass_info_list: readonly { readonly pass_id: string; readonly mechant_name: string }[];
}
const nodeOf = (it: SandboxAnswer): ListNode => JSON.parse(nodeBytes(it).toString()) as ListNode;
const idsOf = (it: SandboxAnswer): string[] => nodeOf(it).pass_info_list.map(pass => pass.pass_id);

const certificateMode = (): Ask => ({
  params: { app_cert_sn: identity.appCertSn, alipay_root_cert_sn: identity.alipayRootCertSn },
});

describe('the signature', () => {
  it.each([
    ['no fault', [], {}, ['RSA-SHA256']],
    ['no fault', [], { sign_type: 'RSA' }, ['RSA-SHA1']],
    ['bad-sign', ['bad-sign'], {}, []],
    ['sha1-sign', ['sha1-sign'], {}, ['RSA-SHA1']],
    ['sha1-sign at another call', ['sha1-sign@call=2'], {}, ['RSA-SHA256']],
  ])('%s %j: an answer to %j verifies with %j', async (_what, faults, params, digests) => {
    const it = await answer(faults, { params });
    expect(nodeOf(it).code).toBe('10000');
    expect(verifiesWith(it)).toEqual(digests);
  });

  it('no-sign leaves it out of a success, and the rest as it is', async () => {
    const [with_, without] = [await answer([]), await answer(['no-sign'])];
    expect(signOf(without)).toBeUndefined();
    expect(nodeBytes(without)).toEqual(nodeBytes(with_));
    expect(JSON.parse(without.bytes.toString())).toHaveProperty(NODE);
  });
});

describe('duplicate-node', () => {
  it.each([
    ['duplicate-node', 'genuine,forged'],
    ['duplicate-node=behind', 'genuine,forged'],
    ['duplicate-node=before', 'forged,genuine'],
  ])('%s: the members are %s', async (fault, order) => {
    const genuine = nodeBytes(await answer([]));
    const it = await answer([fault]);
    const parts = it.bytes.toString().split(`"${NODE}":`);
    expect(parts).toHaveLength(3);
    const which = parts.slice(1).map(part => (part.startsWith(genuine.toString()) ? 'genuine' : 'forged'));
    expect(which.join()).toBe(order);
    expect(verify('RSA-SHA256', genuine, texts.alipayPublicKey, Buffer.from(signOf(it)!, 'base64'))).toBe(
      true,
    );
    // A parser that takes the last member, as JSON.parse does, takes the forged one of these two.
    const last = JSON.parse(it.bytes.toString()) as Record<string, ListNode>;
    expect(last[NODE]!.pass_info_list.length === 1).toBe(order.endsWith('forged'));
  });
});

describe('gbk-as-utf8', () => {
  it('is GBK by its bytes, utf-8 by its label, and signed as it stands', async () => {
    const it = await answer(['gbk-as-utf8'], { biz: { user_id: '2088888888888888' } });
    expect(it.headers['content-type']).toBe('text/html;charset=utf-8');
    expect(isUtf8(it.bytes)).toBe(false);
    expect(it.bytes.includes(Buffer.from([0xc9, 0xcc, 0xbc, 0xd2, 0xc3, 0xfb, 0xb3, 0xc6]))).toBe(true);
    expect(new TextDecoder('gbk', { fatal: true }).decode(it.bytes)).toContain('商家名称');
    expect(verifiesWith(it)).toEqual(['RSA-SHA256']);
  });

  it('is GBK within the cipher, too', async () => {
    const iv = Buffer.alloc(16);
    const key = Buffer.from(texts.encryptKey, 'base64');
    const cipher = createCipheriv('aes-128-cbc', key, iv);
    const biz = JSON.stringify({ ...BIZ, user_id: '2088888888888888' });
    const content = cipher.update(biz, 'utf8', 'base64') + cipher.final('base64');
    const params = { encrypt_type: 'AES', biz_content: content };
    const decipher = createDecipheriv('aes-128-cbc', key, iv);
    const sent = JSON.parse(nodeBytes(await answer(['gbk-as-utf8'], { params })).toString()) as string;
    const plain = Buffer.concat([decipher.update(sent, 'base64'), decipher.final()]);
    expect(new TextDecoder('gbk', { fatal: true }).decode(plain)).toContain('商家名称');
  });

  it('changes nothing for a client that asks in GBK', async () => {
    const asks = { params: { charset: 'GBK' } };
    expect((await answer(['gbk-as-utf8'], asks)).bytes).toEqual((await answer([], asks)).bytes);
  });
});

describe('certificates', () => {
  const download = (sn: string): Ask => ({
    ...certificateMode(),
    method: DOWNLOAD,
    biz: { alipay_cert_sn: sn },
  });

  /** The certificate that the gateway offers under an SN. */
  async function fetched(sn: string): Promise<X509Certificate> {
    const it = await answer(['rotated-cert'], download(sn));
    const node = JSON.parse(
      nodeBytes(it, 'alipay_open_app_alipaycert_download_response').toString(),
    ) as Record<string, string>;
    return new X509Certificate(Buffer.from(node['alipay_cert_content']!, 'base64'));
  }

  it.each([
    ['[]', [], 'alipayCert', true],
    ['rotated-cert', ['rotated-cert'], 'rotatedCert', true],
    ['expired-cert', ['expired-cert'], 'expiredCert', false],
  ] as const)(
    '%s names a certificate that can be fetched, proves the answer, and whose root is ours',
    async (_what, faults, file, inTime) => {
      const it = await answer(faults, certificateMode());
      const certificate = await fetched(certSnOf(it)!);
      expect(certificate.raw).toEqual(new X509Certificate(texts[file]).raw);
      expect(
        verify('RSA-SHA256', nodeBytes(it), certificate.publicKey, Buffer.from(signOf(it)!, 'base64')),
      ).toBe(true);
      const root = new X509Certificate(texts.alipayRootCert);
      expect(certificate.checkIssued(root) && certificate.verify(root.publicKey)).toBe(true);
      expect(Date.parse(certificate.validFrom) <= NOW && Date.parse(certificate.validTo) >= NOW).toBe(inTime);
    },
  );

  it('the rotated one has another key, and another SN, than the one that clients are told', async () => {
    const it = await answer(['rotated-cert'], certificateMode());
    expect(certSnOf(it)).not.toBe(certSnOf(await answer([], certificateMode())));
    expect(verifiesWith(it)).toEqual([]);
  });

  it('outside of certificate mode none is named', async () => {
    expect(certSnOf(await answer(['rotated-cert']))).toBeUndefined();
  });
});

describe('pages', () => {
  const page = (number: number): Ask => ({ biz: { page_num: number } });

  it('page-cap holds page_size down, and leaves out nothing', async () => {
    const pages = await Promise.all([1, 2, 3, 4].map(number => answer(['page-cap=50'], page(number))));
    expect(pages.map(it => idsOf(it).length)).toEqual([50, 50, 20, 0]);
    expect(new Set(pages.flatMap(idsOf)).size).toBe(120);
  });

  it('repeat-page sends the page before from the second on', async () => {
    const pages = await Promise.all([1, 2, 3].map(number => answer(['repeat-page'], page(number))));
    const honest = await Promise.all([1, 2].map(number => answer([], page(number))));
    expect(pages.map(idsOf)).toEqual([0, 0, 1].map(i => idsOf(honest[i]!)));
  });
});

describe('refusals', () => {
  it.each(Object.entries(SUB_CODES))('code=%s', async (subCode, { code, message }) => {
    const it = await answer([`code=${subCode}`]);
    const node = JSON.parse(nodeBytes(it).toString()) as Record<string, string>;
    expect(node).toMatchObject({ code, msg: RETURN_CODES[code]!.msg, sub_code: subCode });
    expect(node['sub_msg']!.startsWith(message ?? subCode)).toBe(true);
    // For a missing or unknown app the gateway does not know which key to sign with.
    const unsigned = /^isv\.(missing|invalid)-app-id$/.test(subCode);
    expect(unsigned ? signOf(it) : verifiesWith(it)).toEqual(unsigned ? undefined : ['RSA-SHA256']);
  });

  it('code=isv.invalid-signature gives the signed text back, HTML-escaped', async () => {
    const it = await answer(['code=isv.invalid-signature'], { biz: { city_code: '<1>' } });
    const { sub_msg } = JSON.parse(nodeBytes(it).toString()) as { sub_msg: string };
    expect(sub_msg).toContain('签字符串为：app_id=2014072300007148&amp;biz_content={&quot;user_id&quot;');
    expect(sub_msg).toContain('&quot;city_code&quot;:&quot;&lt;1&gt;&quot;}&amp;charset=utf-8&amp;method=');
    expect(sub_msg).toMatch(/&amp;version=1\.0，解决方案：/);
  });

  it('come after what is wrong with the request', async () => {
    const it = await answer(['code=BIZ_ERROR'], { params: { version: '' } });
    expect(nodeOf(it).sub_code).toBe('isv.missing-version');
  });

  it('rate lets exactly so many of 64 calls at once through', async () => {
    const gateway = gatewayWith(['rate=10']);
    const answers = await Promise.all(Array.from({ length: 64 }, () => gateway(requestOf({}))));
    expect(answers.filter(it => nodeOf(it).code === '10000')).toHaveLength(10);
    expect(answers.filter(it => nodeOf(it).code === '40005')).toHaveLength(54);
  });

  it('rate refuses the calls beyond', async () => {
    expect(nodeOf(await answer(['rate=2'], {}, {})).code).toBe('10000');
    expect(nodeOf(await answer(['rate=2'], {}, {}, {}))).toMatchObject({
      code: '40005',
      sub_code: 'isv.app-call-limited',
    });
  });

  it.each([
    ['clock=+15m', '10000'],
    ['clock=-15m', '10000'],
    ['clock=+901s', '40002'],
    ['clock=-3d', '40002'],
  ])('%s takes a timestamp of now with %s', async (fault, code) => {
    const it = await answer([fault]);
    expect(nodeOf(it).code).toBe(code);
    expect(nodeOf(it).sub_code).toBe(code === '10000' ? undefined : 'isv.invalid-timestamp');
  });

  it('a clock that is off takes a timestamp that is off as far', async () => {
    const params = { timestamp: '2026-11-23 14:00:00' };
    expect(nodeOf(await answer(['clock=+2h'], { params })).code).toBe('10000');
    expect(nodeOf(await answer(['clock=-2h'], { params })).sub_code).toBe('isv.invalid-timestamp');
  });
});

describe('what comes in place of an answer', () => {
  it.each([
    ['http=429', 429, /^$/],
    ['http=503', 503, /^$/],
    ['html', 502, /^<html>.*502.*<\/html>\r\n$/s],
    ['html=200', 200, /^<html>.*<\/html>\r\n$/s],
  ])('%s', async (fault, status, body) => {
    const it = await answer([fault]);
    expect(it).toMatchObject({ status, headers: { 'content-type': 'text/html' } });
    expect(it.bytes.toString()).toMatch(body);
  });
});

describe('what is left to the server', () => {
  it.each([
    ['latency=800ms', { latencyMs: 800 }],
    ['timeout', { delivery: { how: 'timeout' } }],
    ['cut=5', { delivery: { how: 'cut', bytes: 5 } }],
  ])('%s is told with the answer, which is whole', async (fault, effects) => {
    const it = await answer([fault]);
    expect(it.call.effects).toEqual(effects);
    expect(it.bytes).toEqual((await answer([])).bytes);
  });

  it('conditions see the user and the page that a call asks for', async () => {
    const faults = ['bad-sign@user=2088000000000120,page=2'];
    expect(verifiesWith(await answer(faults, { biz: { page_num: 2 } }))).toEqual([]);
    expect(verifiesWith(await answer(faults))).toEqual(['RSA-SHA256']);
  });
});
