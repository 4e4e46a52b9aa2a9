import { spawnSync } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { REQUEST_FORM_NAMES } from '../../src/render/request-form';
import { alipass, type Outcome } from '../helpers/context';
import { TEST_KEYS } from '../helpers/keys';
import { temporaryDirectory } from '../helpers/directory';

const CALLER = {
  ALIPASS_APP_ID: '2014072300007148',
  ALIPASS_PRIVATE_KEY: TEST_KEYS.appPrivate,
  ALIPASS_ALIPAY_PUBLIC_KEY: TEST_KEYS.alipayPublic,
};
const QUERY = ['--user', '2088102122458832', '--group', 'voucher'];
const STAMPED = [...QUERY, '--timestamp', '2014-07-24 03:07:50'];
const BIZ_CONTENT =
  '{"user_id":"2088102122458832","group_type":"voucher","time_status":"CURRENT","page_size":100,"page_num":1}';
const ENCRYPT_KEY_FILE = join(temporaryDirectory(), 'aes.txt');
writeFileSync(ENCRYPT_KEY_FILE, Buffer.alloc(16, 7).toString('base64'), { mode: 0o600 });
const TOKEN = '201511BBaaa8ac64da9b4a8ba0ad9e9cbf9a9X35';

/** A request as `--as json` shows it. */
interface Shown {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly params: Readonly<Record<string, string>>;
  readonly signed_text: string;
  readonly sign: string;
}

function request(args: readonly string[], env: Readonly<Record<string, string>> = CALLER): Promise<Outcome> {
  return alipass(['request', ...args], { env });
}

async function shown(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Shown> {
  const { code, stdout } = await request([...args, '--as', 'json'], env);
  expect(code).toBe(0);
  return JSON.parse(stdout) as Shown;
}

const signedText = (charset: string, signType: string): string =>
  `app_id=2014072300007148&biz_content=${BIZ_CONTENT}&charset=${charset}&format=JSON&method=alipay.user.pass.grouplist.query&sign_type=${signType}&timestamp=2014-07-24 03:07:50&version=1.0`;

/** Signatures of {@link signedText}, made with `openssl dgst -sign`. */
const SIGNATURES = {
  'utf-8 RSA2':
    'YJWCRp8qAt8uwWJ6U+ne22hdedEXAq2gZ8SJsroI8wRl8ZcXKV+KqlRtIxOFnrxOLDwh1UcgHibnjNcI4NA4Oa5EXoT6ZkLdDmG6quDviQ6Nlv3DPZr13uKDoHIm4zZUBSi+gFRh+hRfe+VpvHINoIFu66TcAd7eehTCOSPM9Ot21w2jvXiOoCH3FjS4xoZwVA5QiKNHAUL/tUD2PSq3k9TNqcScq5doOUysYZWINNLmg8AF+EojiWCE1XpFysQihID6iWIJ3xb3V1j405yzCVNPaRQhHboqwe6rrVFLQOl3QpiWAGs21iksJse8aN/Se8LywxTqejBO8VZatZeMaw==',
  'GBK RSA2':
    'VPEwm728DQPSrtzdeN4XPI4hf0toPqDV7HaTRqAZWKQINkyI/enOkaTdebEI9Lf3hJqDN/HMo0nX+AB3+Kj+ii4N9a9jr6iua9PFtSHUP1Vbo7Kb26XMafP3FJvnJx4jzSWBlMhXRLkQvmilcNCaPonH3aInwBBCGZ+XNUJaaT+n2Aqj542h4/vJJD89ZrLq+AKLr47V1f6REdyroRi+WpGtYAePJYSXW3fRl2wnqp0Id1WygQ4YyT9ib+8JEp9FI1BVmN0N0Enl6y6PYzVID/8ml+9JB4iui1V5LI0KJHt67Q5uqWd4m+TsrvR8Q/yjddU9DNbyQHaNtdl2pgDzFQ==',
  'gb2312 RSA':
    '0yuc0aimgMJmmfSnnaMuF7augw8wibT890i7tI2uO1upHY5sZ+zorFzlM7tc0RigdfTm+lw8EP84RnG+xAtGi3A4VMQkF6BxBQM7226pO6osmojefXO9JZ84ONQRKlyA4K9VYzLZAFXPjvp9l/7sdC+qIQmIf7EIpoFjxSa/MWYifsAcJAuAkatEhQGbFstdYCMq0zdC2K1NJcyLCz1MU+ezNCO+n6ex8oJfhDzp51pMTWjBeZsUHFzmpMvMr1rNuFoKttlTDd4l4IDInGDO/DqNidJHQVWwKbuK8/ZBv1FBabUF3w55+SRmBnRi/aYqnG+1bnuntdwjZRgkq2h/kw==',
} as const;

describe('request signs', () => {
  it.each(Object.entries(SIGNATURES))('in %s as openssl does', async (name, sign) => {
    const [charset, signType] = name.split(' ') as [string, string];
    const it = await shown([...STAMPED, '--charset', charset, '--sign-type', signType]);
    expect(it.signed_text).toBe(signedText(charset, signType));
    expect(it.sign).toBe(sign);
    expect(it.headers).toEqual({
      'Content-Type': `application/x-www-form-urlencoded;charset=${charset}`,
    });
  });

  it('what the key’s public half verifies, an app auth token included', async () => {
    const it = await shown(STAMPED, { ...CALLER, ALIPASS_APP_AUTH_TOKEN: TOKEN });
    const key = createPublicKey({
      key: Buffer.from(TEST_KEYS.appPublic, 'base64'),
      format: 'der',
      type: 'spki',
    });
    expect(it.signed_text).toBe(`app_auth_token=${TOKEN}&${signedText('utf-8', 'RSA2')}`);
    expect(verify('sha256', Buffer.from(it.signed_text), key, Buffer.from(it.sign, 'base64'))).toBe(true);
  });

  it.each(REQUEST_FORM_NAMES)('%s the same each time with --timestamp', async form => {
    const [first, second] = await Promise.all([1, 2].map(() => request([...STAMPED, '--as', form])));
    expect(first).toEqual(second);
    expect(first).toMatchObject({ code: 0, stderr: '' });
  });

  it('for now, in Beijing time, without --timestamp', async () => {
    const now = Date.parse('2026-12-31T16:00:00Z');
    const { stdout } = await alipass(['request', ...QUERY, '--as', 'json'], { env: CALLER, now });
    expect((JSON.parse(stdout) as Shown).params['timestamp']).toBe('2027-01-01 00:00:00');
  });

  it.each([
    [[], { page_num: 1, page_size: 100 }],
    [
      ['--page', '3', '--page-size', '7', '--time', 'past'],
      { page_num: 3, page_size: 7, time_status: 'PAST' },
    ],
    [['--shops', '--city', '320100'], { need_shopinfo: true, city_code: '320100' }],
  ])('the query of %j', async (flags, expected) => {
    const { params } = await shown([...STAMPED, ...flags]);
    expect(JSON.parse(params['biz_content']!)).toMatchObject(expected);
  });

  it('under no charset’s name with white space around it', async () => {
    expect((await request([...STAMPED, '--charset', ' GBK\n', '--as', 'http'])).code).toBe(2);
  });

  it('without Alipay’s key', async () => {
    expect((await request(STAMPED, { ...CALLER, ALIPASS_ALIPAY_PUBLIC_KEY: '' })).code).toBe(0);
  });
});

describe('request --as json', () => {
  it('holds in URL and body exactly the parameters that it lists', async () => {
    const it = await shown(STAMPED, { ...CALLER, ALIPASS_APP_AUTH_TOKEN: TOKEN });
    const query = Object.fromEntries(new URL(it.url).searchParams);
    const body = Object.fromEntries(new URLSearchParams(it.body));
    expect({ ...query, ...body }).toEqual(it.params);
    expect(Object.keys(body).sort()).toEqual(['app_auth_token', 'biz_content']);
    expect(it).toMatchObject({ schema: 'alipass.request/1', method: 'POST', sign: it.params['sign'] });
  });

  it('gives errors as JSON too', async () => {
    const { stderr } = await request(['--user', '1', '--as', 'json']);
    expect(JSON.parse(stderr)).toMatchObject({ error: { kind: 'usage', exit: 2 } });
  });
});

describe('request --as http', () => {
  it('is one HTTP/1.1 request, its length that of the body', async () => {
    const { stdout } = await request([...STAMPED, '--as', 'http', '--gateway', 'http://localhost:8788/g']);
    const [head, body, ...rest] = stdout.split('\r\n\r\n');
    const [line, ...headers] = head!.split('\r\n');
    expect(rest).toEqual([]);
    expect(line).toMatch(/^POST \/g\?app_id=2014072300007148&[!-~]+&sign=[!-~]+ HTTP\/1\.1$/);
    expect(headers).toEqual([
      'Host: localhost:8788',
      'Content-Type: application/x-www-form-urlencoded;charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body!)}`,
      'Connection: close',
    ]);
    expect(body).toBe(`biz_content=${encodeURIComponent(BIZ_CONTENT)}`);
  });
});

describe('request --as curl', () => {
  /** Runs a script with a curl on the PATH that prints its arguments, a line each, and its stdin. */
  function runWithFakeCurl(script: string): string[] {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'curl'), '#!/bin/sh\nprintf "%s\\n" "$@"\ncat\n');
    chmodSync(join(directory, 'curl'), 0o755);
    const { stdout } = spawnSync('sh', {
      input: script,
      env: { PATH: `${directory}:${process.env['PATH']}` },
      encoding: 'utf8',
    });
    return stdout.trimEnd().split('\n');
  }

  it.each([
    'https://openapi.alipay.com/gateway.do',
    "http://localhost:8788/it's/$HOME/`id`/$(id)/ab/盒马;&|<>/gateway.do?a=1&b='",
    'https://openapi.alipay.com',
  ])('is a command that a shell runs as it is: %s', async gateway => {
    const args = [...STAMPED, '--gateway', gateway];
    const [{ url, body }, { stdout }] = await Promise.all([shown(args), request([...args, '--as', 'curl'])]);
    expect(runWithFakeCurl(stdout)).toEqual([
      '--silent',
      '--show-error',
      '--url',
      url,
      '--header',
      'Content-Type: application/x-www-form-urlencoded;charset=utf-8',
      '--data',
      '@-',
      body,
    ]);
  });
});

describe('request --as text', () => {
  it('tells people what is sent, where, and what is signed', async () => {
    const { stdout } = await request(STAMPED);
    expect(stdout).toBe(`Gateway
POST https://openapi.alipay.com/gateway.do
Content-Type: application/x-www-form-urlencoded;charset=utf-8

Parameters, sorted, each with its place
query  app_id       2014072300007148
body   biz_content  ${BIZ_CONTENT}
query  charset      utf-8
query  format       JSON
query  method       alipay.user.pass.grouplist.query
query  sign_type    RSA2
query  timestamp    2014-07-24 03:07:50
query  version      1.0

Signed text
${signedText('utf-8', 'RSA2')}

Signature (RSA2), in the query as sign
${SIGNATURES['utf-8 RSA2']}
`);
  });

  it('colours with --color always, and not on a pipe', async () => {
    expect((await request([...STAMPED, '--color', 'always'])).stdout).toContain('\u001b[1mGateway');
    expect((await request(STAMPED)).stdout).not.toContain('\u001b');
  });
});

describe('request and secrets', () => {
  const env = { ...CALLER, ALIPASS_APP_AUTH_TOKEN: TOKEN };
  const VERBATIM = ['curl', 'http', 'json'];

  it.each(VERBATIM)('%s holds the app auth token, as it must, and says so', async form => {
    const { stdout, stderr } = await request([...STAMPED, '--as', form], env);
    expect(stdout).toContain(TOKEN);
    expect(stderr).toMatch(/warning {2}The output holds the app auth token/);
    expect(stderr).not.toContain(TOKEN);
  });

  it.each(REQUEST_FORM_NAMES.filter(form => !VERBATIM.includes(form)))(
    '%s does not hold it, nor a warning',
    async form => {
      const { stdout, stderr } = await request([...STAMPED, '--as', form], env);
      expect(stdout).not.toContain(TOKEN);
      expect(stdout).toMatch(/app_auth_token|ALIPASS_APP_AUTH_TOKEN/);
      expect(stderr).toBe('');
    },
  );

  it.each(REQUEST_FORM_NAMES)('%s never holds the private key', async form => {
    const { stdout } = await request([...STAMPED, '--as', form], env);
    expect(stdout).not.toContain(TEST_KEYS.appPrivate.slice(60, 100));
  });

  it.each(['java', 'dotnet', 'php', 'node'])('%s names the key’s file, not a variable', async form => {
    const file = join(temporaryDirectory(), 'app.pem');
    writeFileSync(file, TEST_KEYS.appPrivatePkcs1, { mode: 0o600 });
    const { ALIPASS_PRIVATE_KEY: _, ALIPASS_ALIPAY_PUBLIC_KEY: __, ...others } = CALLER;
    const { stdout } = await request([...STAMPED, '--as', form, '--private-key-file', file], others);
    expect(stdout).toContain(file);
    expect(stdout).not.toContain('ALIPASS_PRIVATE_KEY');
    expect(stdout).toContain('ALIPASS_ALIPAY_PUBLIC_KEY');
  });

  it('code asks the environment for a key that came from stdin', async () => {
    const { ALIPASS_PRIVATE_KEY: stdin, ...others } = CALLER;
    const args = ['request', ...STAMPED, '--as', 'node', '--private-key-file', '-'];
    const { stdout } = await alipass(args, { env: others, stdin });
    expect(stdout).toContain('fromEnvironment("ALIPASS_PRIVATE_KEY")');
  });
});

describe('request refuses', () => {
  it.each([
    [
      'a program under content encryption',
      ['--as', 'java', '--encrypt-key-file', ENCRYPT_KEY_FILE],
      /does not know certificate mode/,
    ],
    ['an unknown form', ['--as', 'ruby'], /--as "ruby" must be one of text, curl, http, json, java/],
    ['a timestamp with a T', ['--timestamp', '2014-07-24T03:07:50'], /--timestamp .* must be a Beijing time/],
    ['a day that there is not', ['--timestamp', '2014-02-30 03:07:50'], /--timestamp .* must be/],
    ['a timestamp with a zone', ['--timestamp', '2014-07-24 03:07:50+08:00'], /--timestamp .* must be/],
    ['page 0', ['--page', '0'], /--page "0" must be/],
    ['a limit, as one page has none', ['--limit', '5'], /Unknown option '--limit'/],
    ['a bad group', ['--group', 'coupon'], /--group "coupon" must be/],
  ])('%s', async (_what, flags, words) => {
    const { code, stdout, stderr } = await request([...QUERY, ...flags]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(words);
  });

  it('to sign without a key', async () => {
    const { code, stderr } = await request(QUERY, { ALIPASS_APP_ID: '1' });
    expect(code).toBe(3);
    expect(stderr).toMatch(/needs the app’s private key/);
    expect(stderr).not.toMatch(/Alipay’s public key/);
  });

  it('nothing under --sandbox, but says that its address is none', async () => {
    const { code, stderr } = await alipass(['request', '--sandbox', ...QUERY]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/alipass sandbox serve/);
  });
});
