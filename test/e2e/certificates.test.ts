import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  type KeyObject,
  X509Certificate,
} from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../helpers/directory';
import {
  type Answer,
  type Call,
  type IndependentGateway,
  pageNode,
  startGateway,
} from '../helpers/independent-gateway';
import { TEST_KEYS } from '../helpers/keys';
import { issueCertificate, type Issued, openssl, RSA_KEY } from '../helpers/pki';
import { callerEnv, finish, printed, run, type Run, start } from '../helpers/run';

// A PKI of the test's own, made with openssl; SNs are computed here from what openssl prints.

interface Pki {
  readonly root: Issued;
  readonly alipay: Issued;
  readonly rotated: Issued;
  readonly foreign: Issued;
  readonly expired: Issued;
  readonly merchant: Issued;
  readonly bundle: string;
  readonly chained: string;
  readonly appCert: string;
}

let pki: Pki;
const directory = temporaryDirectory();
const file = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
};

/** MD5 of issuer and serial number in decimal, both as openssl prints them. */
function snOf({ certificateFile }: Issued): string {
  const issuer = openssl(
    'x509',
    '-in',
    certificateFile,
    '-noout',
    '-issuer',
    '-nameopt',
    'RFC2253,-esc_msb,utf8',
  );
  const serial = openssl('x509', '-in', certificateFile, '-noout', '-serial').trim().split('=')[1]!;
  const name = issuer.trim().replace(/^issuer=/, '');
  return createHash('md5')
    .update(`${name}${BigInt(`0x${serial}`)}`)
    .digest('hex');
}

const keyOf = ({ keyFile }: Issued): KeyObject => createPrivateKey(readFileSync(keyFile));

beforeAll(() => {
  const root = issueCertificate({ subject: '/C=CN/O=Test/CN=Root R1', ca: true, key: RSA_KEY });
  const ecRoot = issueCertificate({ subject: '/C=CN/O=Test/CN=Root E1', ca: true });
  const between = issueCertificate({
    subject: '/C=CN/O=Test/CN=Class 2 R1',
    ca: true,
    key: RSA_KEY,
    issuer: root,
  });
  const stranger = issueCertificate({ subject: '/C=CN/O=Test/CN=Root R1', ca: true, key: RSA_KEY });
  const leaf = (subject: string, issuer: Issued, days = 30): Issued =>
    issueCertificate({ subject, issuer, key: RSA_KEY, days });
  const appKey = file(
    'app-key.pem',
    `-----BEGIN PRIVATE KEY-----\n${TEST_KEYS.appPrivate.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`,
  );
  const request = join(directory, 'app.csr');
  const appCert = join(directory, 'app.crt');
  openssl('req', '-new', '-key', appKey, '-subj', '/CN=app', '-out', request);
  openssl(
    'x509',
    '-req',
    '-in',
    request,
    '-CA',
    between.certificateFile,
    '-CAkey',
    between.keyFile,
    '-set_serial',
    '77',
    '-days',
    '30',
    '-out',
    appCert,
  );
  const rotated = leaf('/CN=alipay 2', between);
  pki = {
    root,
    alipay: leaf('/CN=alipay', between),
    rotated,
    foreign: leaf('/CN=alipay 3', stranger),
    expired: leaf('/CN=alipay 4', between, 0),
    merchant: leaf('/O=Merchant/CN=alipay', between),
    bundle: file('roots.pem', `${root.pem}${ecRoot.pem}`),
    chained: `${rotated.pem}${between.pem}`,
    appCert,
  };
  file('between.pem', between.pem);
}, 60_000);

let gateway: IndependentGateway | undefined;
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

/** Lists in certificate mode, with the certificate of `alipay` configured. */
async function list(answer: (call: Call) => Answer, env: Record<string, string> = {}): Promise<Run> {
  gateway = await startGateway(answer);
  const { ALIPASS_ALIPAY_PUBLIC_KEY: _, ...caller } = callerEnv(gateway.url);
  return run(['list', '--user', '2088102122458832', '--group', 'voucher', '-o', 'ndjson'], {
    ...caller,
    ALIPASS_APP_CERT_FILE: pki.appCert,
    ALIPASS_ALIPAY_CERT_FILE: pki.alipay.certificateFile,
    ALIPASS_ALIPAY_ROOT_CERT_FILE: pki.bundle,
    ...env,
  });
}

/** Answers pages signed with that certificate's key, and downloads of `pem`. */
function signedBy(issued: Issued, pem = issued.pem): (call: Call) => Answer {
  const certSn = snOf(issued);
  return call => {
    if (call.params['method'] !== 'alipay.open.app.alipaycert.download') {
      return { node: pageNode(call, 1), certSn, key: keyOf(issued) };
    }
    const content = Buffer.from(pem).toString('base64');
    return {
      node: JSON.stringify({ code: '10000', msg: 'Success', alipay_cert_content: content }),
      unsigned: true,
    };
  };
}

const between = (): string => readFileSync(join(directory, 'between.pem'), 'utf8');
const methods = (): string[] => gateway!.calls.map(({ params }) => params['method']!.split('.').at(-1)!);

describe('list in certificate mode', () => {
  it('names the app’s certificate and the RSA roots, and takes answers of the configured certificate', async () => {
    const { code, stderr } = await list(signedBy(pki.alipay));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { app_cert_sn: appSn, alipay_root_cert_sn: rootSn } = gateway!.calls[0]!.params;
    expect(rootSn).toBe(snOf(pki.root));
    expect(appSn).toBe(createHash('md5').update(`CN=Class 2 R1,O=Test,C=CN77`).digest('hex'));
    expect(gateway!.calls.every(({ genuine }) => genuine)).toBe(true);
  });

  it('fetches a rotated certificate, checks it, uses it, and keeps it for next time', async () => {
    const ALIPASS_CONFIG_DIR = temporaryDirectory();
    const rotated = signedBy(pki.rotated, pki.chained);
    expect(await list(rotated, { ALIPASS_CONFIG_DIR })).toMatchObject({ code: 0, stderr: '' });
    expect(methods()).toEqual(['query', 'download', 'query']);
    expect(gateway!.calls[1]!.biz).toEqual({ alipay_cert_sn: snOf(pki.rotated) });
    expect(existsSync(join(ALIPASS_CONFIG_DIR, 'certificates', `${snOf(pki.rotated)}.pem`))).toBe(true);
    await gateway!.close();
    expect((await list(rotated, { ALIPASS_CONFIG_DIR })).code).toBe(0);
    expect(methods()).toEqual(['query', 'query']);
  });

  it('fetches the first one too when none is configured', async () => {
    const chained = `${pki.alipay.pem}${between()}`;
    expect((await list(signedBy(pki.alipay, chained), { ALIPASS_ALIPAY_CERT_FILE: '' })).code).toBe(0);
  });

  it.each([
    ['one from another root', () => signedBy(pki.foreign), /certificate chain/],
    ['one whose issuer is not sent', () => signedBy(pki.rotated), /certificate chain/],
    [
      'another one than was asked for',
      () => signedBy(pki.rotated, pki.alipay.pem),
      /another certificate than/,
    ],
    [
      'one that has expired',
      () => signedBy(pki.expired, `${pki.expired.pem}${between()}`),
      /has expired: it is valid from/,
    ],
    ['no certificate', () => signedBy(pki.rotated, 'hello'), /not a readable X\.509 certificate/],
  ])('refuses %s with 7, and keeps nothing', async (_what, answer, words) => {
    const ALIPASS_CONFIG_DIR = temporaryDirectory();
    const { code, stdout, stderr } = await list(answer(), { ALIPASS_CONFIG_DIR });
    expect({ code, stdout }).toEqual({ code: 7, stdout: '' });
    expect(stderr).toMatch(words);
    expect(existsSync(join(ALIPASS_CONFIG_DIR, 'certificates'))).toBe(false);
  });

  it.each([
    [
      'names no certificate',
      (call: Call): Answer => ({ node: pageNode(call, 1), key: keyOf(pki.alipay) }),
      /does not name/,
    ],
    [
      'names one and is signed by another',
      (call: Call): Answer => ({ node: pageNode(call, 1), certSn: snOf(pki.alipay) }),
      /does not verify/,
    ],
    [
      'names a path',
      (call: Call): Answer => ({ node: pageNode(call, 1), certSn: '../../x' }),
      /no certificate SN/,
    ],
  ])('refuses an answer that %s', async (_what, answer, words) => {
    const { code, stderr } = await list(answer);
    expect(code).toBe(7);
    expect(stderr).toMatch(words);
  });

  it.each([
    [
      'a certificate of another key',
      () => ({ ALIPASS_APP_CERT_FILE: pki.alipay.certificateFile }),
      /does not belong to the app’s private key/,
    ],
    ['no root bundle', () => ({ ALIPASS_ALIPAY_ROOT_CERT_FILE: '' }), /bundle of root certificates/],
    [
      'a root bundle without RSA',
      () => ({ ALIPASS_ALIPAY_ROOT_CERT_FILE: file('none.pem', 'x') }),
      /not a readable X\.509/,
    ],
  ])('refuses %s before any call', async (_what, env, words) => {
    const { code, stderr } = await list(signedBy(pki.alipay), env());
    expect(code).toBe(3);
    expect(stderr).toMatch(words);
    expect(gateway!.calls).toEqual([]);
  });

  it('knows its own certificate by the SN that openssl gives', () => {
    expect(new X509Certificate(readFileSync(pki.appCert)).serialNumber).toBe('4D');
  });
});

const AES_KEY = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
const encrypt = (text: string): string => {
  const cipher = createCipheriv('aes-128-cbc', AES_KEY, Buffer.alloc(16));
  return cipher.update(text, 'utf8', 'base64') + cipher.final('base64');
};
const decrypt = (text: string): string => {
  const decipher = createDecipheriv('aes-128-cbc', AES_KEY, Buffer.alloc(16));
  return decipher.update(text, 'base64', 'utf8') + decipher.final('utf8');
};

describe('list --record in certificate mode', () => {
  it('keeps the certificate that it fetched, and replays with neither gateway nor files', async () => {
    const path = join(temporaryDirectory(), 'session.ndjson');
    const line = ['list', '--user', '2088102122458832', '--group', 'voucher', '-o', 'json'];
    gateway = await startGateway(signedBy(pki.rotated, pki.chained));
    const { ALIPASS_ALIPAY_PUBLIC_KEY: _, ...caller } = callerEnv(gateway.url);
    const live = await run([...line, '--record', path], {
      ...caller,
      ALIPASS_APP_CERT_FILE: pki.appCert,
      ALIPASS_ALIPAY_CERT_FILE: pki.alipay.certificateFile,
      ALIPASS_ALIPAY_ROOT_CERT_FILE: pki.bundle,
    });
    await gateway.close();
    expect({ code: live.code, methods: methods() }).toEqual({
      code: 0,
      methods: ['query', 'download', 'query'],
    });
    const replayed = await run([...line, '--replay', path]);
    expect({ code: replayed.code, stdout: replayed.stdout }).toEqual({ code: 0, stdout: live.stdout });
    const asked = (root: string): Promise<Run> =>
      run([...line, '--replay', path, '--alipay-root-cert-file', root]);
    expect(await asked(pki.bundle)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^Replaying .*a proof of your own/),
    });
    const stranger = issueCertificate({ subject: '/C=CN/O=Test/CN=Root R1', ca: true, key: RSA_KEY });
    const refused = await asked(stranger.certificateFile);
    expect(refused.code).toBe(7);
    expect(refused.stderr).toMatch(/certificate chain/);
  });
});

describe('list with content encryption', () => {
  const encryptedPage = (call: Call): Answer => {
    const biz = JSON.parse(decrypt(call.params['biz_content']!)) as Record<string, unknown>;
    return { node: JSON.stringify(encrypt(pageNode({ ...call, biz }, 1))) };
  };

  async function listEncrypted(answer: (call: Call) => Answer, key = AES_KEY): Promise<Run> {
    gateway = await startGateway(answer);
    const env = { ...callerEnv(gateway.url), ALIPASS_ENCRYPT_KEY: key.toString('base64') };
    return run(['list', '--user', '2088102122458832', '--group', 'voucher', '-o', 'ndjson'], env);
  }

  it('encrypts what it asks, signs the cipher, and opens the answer', async () => {
    const { code, stdout } = await listEncrypted(encryptedPage);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ mechant_name: '商家名称' });
    expect(gateway!.calls[0]).toMatchObject({ genuine: true, params: { encrypt_type: 'AES' } });
  });

  it('reports an error in plain text', async () => {
    const node = '{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.invalid-encrypt","sub_msg":"x"}';
    const { code, stderr } = await listEncrypted(() => ({ node }));
    expect(code).toBe(4);
    expect(stderr).toMatch(/isv\.invalid-encrypt/);
  });

  it.each([
    ['another key', Buffer.alloc(16, 1), /does not open the answer/],
    ['a key of 15 bytes', Buffer.alloc(15), /not a content encryption key/],
  ])('refuses %s with 3', async (_what, key, words) => {
    const node = JSON.stringify(encrypt('{"code":"10000"}'));
    const { code, stderr } = await listEncrypted(() => ({ node }), key);
    expect(code).toBe(3);
    expect(stderr).toMatch(words);
  });
});

describe('the sandbox', () => {
  it.each([
    ['certificate mode', ['--certificates']],
    ['content encryption', ['--encrypt']],
    ['both', ['--certificates', '--encrypt']],
  ])('answers in %s', async (_what, flags) => {
    const server = start(['sandbox', 'serve', '--port', '0', ...flags]);
    const end = finish(server);
    const text = await printed(server, /(ENCRYPT_KEY|ROOT_CERT)_FILE=.*\n$/);
    const settings = Object.fromEntries(
      [...text.matchAll(/export (\w+)=(.*)/g)].map(([, name, value]) => [name!, value!]),
    );
    for (const charset of ['utf-8', 'GBK']) {
      const args = [
        'list',
        '--user',
        '2088888888888888',
        '--group',
        'voucher',
        '-o',
        'json',
        '--charset',
        charset,
      ];
      const { code, stdout } = await run(args, settings);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ meta: { verified: true, complete: true } });
    }
    // Without a configured certificate, it is fetched.
    expect(
      (
        await run(['list', '--user', '2088888888888888', '--group', 'card'], {
          ...settings,
          ALIPASS_ALIPAY_CERT_FILE: '',
        })
      ).code,
    ).toBe(0);
    server.kill();
    await end;
  });
});
