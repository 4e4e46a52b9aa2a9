import { createPrivateKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { AlipassError } from '../../src/errors';
import { createHttpTransport } from '../../src/gateway/transport';
import { alipass, type World } from '../helpers/context';
import { temporaryDirectory } from '../helpers/directory';
import { pageNode, startGateway, type IndependentGateway } from '../helpers/independent-gateway';
import { TEST_KEYS } from '../helpers/keys';
import { openssl } from '../helpers/openssl';
import { issueCertificate, RSA_KEY } from '../helpers/pki';
import { callerEnv } from '../helpers/run';

interface Finding {
  readonly check: string;
  readonly status: string;
  readonly says: string;
  readonly remedy?: string;
}

async function doctor(
  flags: string[],
  world: World,
): Promise<{ code: number; of: (check: string) => Finding | undefined }> {
  const { code, stdout } = await alipass(['doctor', '-o', 'json', ...flags], world);
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  return { code, of: check => findings.find(it => it.check === check) };
}

const CALLER = callerEnv('http://127.0.0.1:9/gateway.do');
const pemOf = (bare: string): string => `-----BEGIN PRIVATE KEY-----\n${bare}\n-----END PRIVATE KEY-----\n`;
const MISLABELLED = pemOf(TEST_KEYS.appPrivatePkcs1);

describe('doctor --offline', () => {
  it('finds nothing wrong with a whole set of settings, and calls nobody', async () => {
    const { code, of } = await doctor(['--offline'], { env: CALLER });
    expect(code).toBe(0);
    expect(of('signed call')).toBeUndefined();
    expect(of('settings')?.says).toContain('app_id (ALIPASS_APP_ID)');
  });

  it.each([
    [
      'no settings',
      {},
      'settings',
      'fail',
      /Missing: --app-id, --private-key-file, --alipay-public-key-file/,
    ],
    [
      'the app’s key as Alipay’s',
      { ...CALLER, ALIPASS_ALIPAY_PUBLIC_KEY: TEST_KEYS.appPublic },
      'alipay key',
      'fail',
      /app’s own public key/,
    ],
    [
      'a public key as the private one',
      { ...CALLER, ALIPASS_PRIVATE_KEY: TEST_KEYS.appPublic },
      'private key',
      'fail',
      /holds a public key/,
    ],
    [
      'PKCS#1 labelled PKCS#8',
      { ...CALLER, ALIPASS_PRIVATE_KEY: MISLABELLED },
      'private key',
      'warn',
      /PKCS#1/,
    ],
    [
      'the retired sandbox host',
      { ...CALLER, ALIPASS_GATEWAY: 'https://openapi.alipaydev.com/gateway.do' },
      'gateway',
      'fail',
      /retired/,
    ],
    [
      'plain http to a host of the world',
      { ...CALLER, ALIPASS_GATEWAY: 'http://openapi.alipay.com/gateway.do' },
      'gateway',
      'warn',
      /not encrypted/,
    ],
    [
      'an AES key of the wrong length',
      { ...CALLER, ALIPASS_ENCRYPT_KEY: 'AAAA' },
      'encryption',
      'fail',
      /not a content encryption key/,
    ],
  ])('finds %s', async (_what, env, check, status, words) => {
    const { code, of } = await doctor(['--offline'], { env: env as Record<string, string> });
    expect(code).toBe(status === 'fail' ? 8 : 0);
    expect(of(check)).toMatchObject({ status, remedy: expect.stringMatching(/./) as string });
    expect(of(check)?.says).toMatch(words);
  });

  it('asks for a passphrase once', async () => {
    const pem = createPrivateKey({
      key: Buffer.from(TEST_KEYS.appPrivate, 'base64'),
      format: 'der',
      type: 'pkcs8',
    }).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'open sesame',
    }) as string;
    const { code, of } = await doctor(['--offline'], {
      env: { ...CALLER, ALIPASS_PRIVATE_KEY: pem },
      secrets: ['open sesame'],
    });
    expect({ code, key: of('private key')?.status, alipay: of('alipay key')?.status }).toEqual({
      code: 0,
      key: 'pass',
      alipay: 'pass',
    });
  });

  it('tells a setting that stops every check once', async () => {
    const { stdout } = await alipass(['doctor', '-o', 'json'], {
      env: { ...CALLER, ALIPASS_TIMEOUT: 'abc' },
    });
    const { findings } = JSON.parse(stdout) as { findings: Finding[] };
    const failed = findings.filter(({ status }) => status === 'fail');
    expect(failed).toMatchObject([{ check: 'settings', says: expect.stringMatching(/abc/) as string }]);
  });

  it('names the dates of an expired certificate', async () => {
    const root = issueCertificate({ subject: '/CN=root', ca: true, key: RSA_KEY });
    const app = issueCertificate({ subject: '/CN=app', issuer: root, key: RSA_KEY, days: 10 });
    const env = {
      ALIPASS_APP_ID: '1',
      ALIPASS_PRIVATE_KEY_FILE: app.keyFile,
      ALIPASS_APP_CERT_FILE: app.certificateFile,
      ALIPASS_ALIPAY_ROOT_CERT_FILE: root.certificateFile,
    };
    const day = 24 * 60 * 60 * 1000;
    const now = Date.now();
    expect((await doctor(['--offline'], { env, now })).of('certificates')).toMatchObject({ status: 'warn' });
    const late = await doctor(['--offline'], { env, now: now + 11 * day });
    expect(late.code).toBe(8);
    expect(late.of('certificates')?.says).toMatch(/valid 20\d\d-.* to 20\d\d-.*: expired/);
  });
});

describe('doctor with a gateway', () => {
  let gateway: IndependentGateway | undefined;
  let server: Server | undefined;
  afterEach(async () => {
    await gateway?.close();
    server?.close();
    gateway = undefined;
  });
  const network = createHttpTransport({ timeoutMs: 5_000, userAgent: 'test/1' });

  it('passes when all is well, the clock too', async () => {
    gateway = await startGateway(call => ({ node: pageNode(call, 0) }));
    const { code, of } = await doctor([], {
      env: callerEnv(gateway.url),
      transport: network,
      now: Date.now(),
    });
    expect(code).toBe(0);
    expect(of('clock')).toMatchObject({ status: 'pass' });
    expect(of('signed call')).toMatchObject({ status: 'pass' });
    expect(of('dns')).toMatchObject({ status: 'pass' });
  });

  it.each([
    ['two minutes off', 120_000, 'warn', 0],
    ['an hour off', 3_600_000, 'fail', 8],
  ])('finds a clock that is %s', async (_what, offMs, status, exit) => {
    gateway = await startGateway(call => ({ node: pageNode(call, 0) }));
    const world = { env: callerEnv(gateway.url), transport: network, now: Date.now() + offMs };
    const { code, of } = await doctor([], world);
    expect({ code, status: of('clock')?.status }).toEqual({ code: exit, status });
  });

  it('says why the signature is refused', async () => {
    gateway = await startGateway(call => ({
      node: JSON.stringify({
        code: '40002',
        msg: 'Invalid Arguments',
        sub_code: 'isv.invalid-signature',
        sub_msg: `验签出错，网关生成的验签字符串为：app_id=${call.params['app_id']}&x=1`,
      }),
    }));
    const { code, of } = await doctor([], {
      env: callerEnv(gateway.url),
      transport: network,
      now: Date.now(),
    });
    expect(code).toBe(8);
    expect(of('signed call')).toMatchObject({ status: 'fail' });
    expect(of('signed call')?.remedy).toMatch(/They part in biz_content/);
  });

  it('asks for a passphrase once, and warns of readers once', async () => {
    gateway = await startGateway(call => ({ node: pageNode(call, 0) }));
    const { ALIPASS_PRIVATE_KEY: key, ...env } = callerEnv(gateway.url);
    const file = join(temporaryDirectory(), 'key.pem');
    const encrypted = openssl(['pkcs8', '-topk8', '-passout', 'pass:open sesame'], pemOf(key!));
    writeFileSync(file, encrypted, { mode: 0o644 });
    const { code, stderr } = await alipass(['doctor'], {
      env: { ...env, ALIPASS_PRIVATE_KEY_FILE: file },
      secrets: ['open sesame'],
      columns: 100,
      transport: network,
      now: Date.now(),
    });
    expect(code).toBe(0);
    expect(stderr.match(/Passphrase of/g)).toHaveLength(1);
    expect(stderr.match(/Others can read/g)).toHaveLength(1);
  });

  it('reads a key on stdin for all checks', async () => {
    gateway = await startGateway(call => ({ node: pageNode(call, 0) }));
    const { ALIPASS_PRIVATE_KEY: key, ...env } = callerEnv(gateway.url);
    const { code, of } = await doctor(['--private-key-file', '-'], {
      env,
      stdin: key!,
      transport: network,
      now: Date.now(),
    });
    expect(of('signed call')).toMatchObject({ status: 'pass' });
    expect(code).toBe(0);
  });

  it('takes a business refusal for proof that the caller is right', async () => {
    const node = '{"code":"40004","msg":"Business Failed","sub_code":"KP.AE_ALIPASS_NOTEXIST","sub_msg":"x"}';
    gateway = await startGateway(() => ({ node }));
    const { code } = await doctor([], { env: callerEnv(gateway.url), transport: network, now: Date.now() });
    expect(code).toBe(0);
  });

  it('trusts no business refusal that is unsigned', async () => {
    const node = '{"code":"40004","msg":"Business Failed","sub_code":"X","sub_msg":"x"}';
    gateway = await startGateway(() => ({ node, unsigned: true }));
    const { code, of } = await doctor([], {
      env: callerEnv(gateway.url),
      transport: network,
      now: Date.now(),
    });
    expect(code).toBe(8);
    expect(of('signed call')?.says).toMatch(/nothing proves/);
  });

  it.each(['10.0.0.1:3128', 'http://10.0.0.1:3128'])('names the proxy %s of the environment', async proxy => {
    const env = { ...callerEnv('http://openapi.alipay.com/gateway.do'), HTTP_PROXY: proxy };
    const refused = new AlipassError('unavailable', 'network', 'refused');
    const { of } = await doctor([], { env, transport: () => Promise.reject(refused) });
    expect(of('proxy')).toMatchObject({ status: 'pass', says: 'Calls go through 10.0.0.1:3128' });
    expect(of('dns')).toMatchObject({ status: 'skip' });
  });

  it('says once that the proxy is no HTTP proxy, and goes no further', async () => {
    const env = { ...callerEnv('https://openapi.alipay.com/gateway.do'), HTTPS_PROXY: 'socks5://10.0.0.1' };
    const { code, of } = await doctor([], { env });
    expect(code).toBe(8);
    expect(of('proxy')).toMatchObject({ status: 'fail' });
    for (const check of ['dns', 'tls', 'signed call']) expect(of(check)).toMatchObject({ status: 'skip' });
  });

  it.each([
    ['interrupted', 130],
    ['terminated', 143],
  ] as const)('%s, it ends without findings', async (kind, exit) => {
    gateway = await startGateway(call => ({ node: pageNode(call, 0) }));
    const stop = new AbortController();
    stop.abort(new AlipassError(kind, kind, 'Stop'));
    const outcome = await alipass(['doctor'], {
      env: callerEnv(gateway.url),
      transport: network,
      signal: stop.signal,
    });
    expect(outcome).toMatchObject({ code: exit, stdout: '' });
  });

  const addresses = new Set(Object.values(networkInterfaces()).flatMap(them => them!.map(it => it.address)));
  const hosts = [
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '[::1]'],
  ].filter(([address]) => addresses.has(address!));

  it.each(hosts)('finds a TLS port of %s that speaks no TLS', async (address, host) => {
    const http = createServer();
    server = http;
    await new Promise<void>(resolve => http.listen(0, address, resolve));
    const { port } = http.address() as AddressInfo;
    const env = callerEnv(`https://${host}:${port}/gateway.do`);
    const { code, of } = await doctor([], { env, now: Date.now() });
    expect(code).toBe(8);
    expect(of('dns')).toMatchObject({ status: 'pass' });
    // It got as far as a handshake.
    expect(of('tls')?.says).toMatch(/SSL|EPROTO/);
    expect(of('signed call')).toMatchObject({ status: 'skip' });
  });
});
