import { createSign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import vectors from '../fixtures/request-signatures.json';
import responses from '../fixtures/responses.json';
import { alipass, type Outcome } from '../helpers/context';
import { temporaryDirectory } from '../helpers/directory';
import { TEST_KEYS } from '../helpers/keys';

const directory = temporaryDirectory();
let files = 0;

/** A file with that content, and its path. */
function fileOf(content: string | Buffer): string {
  const path = join(directory, `file-${files++}`);
  writeFileSync(path, content, { mode: 0o600 });
  return path;
}

const CALLER = {
  ALIPASS_APP_ID: '2014072300007148',
  ALIPASS_PRIVATE_KEY: TEST_KEYS.appPrivate,
  ALIPASS_ALIPAY_PUBLIC_KEY: TEST_KEYS.alipayPublic,
};

async function verify(
  content: string | Buffer,
  flags: string[] = [],
  env: Record<string, string> = CALLER,
): Promise<Outcome & { verdict: string }> {
  const outcome = await alipass(['verify', fileOf(content), '-o', 'json', ...flags], { env });
  const verdict = outcome.stdout ? (JSON.parse(outcome.stdout) as { code: string }).code : '';
  return { ...outcome, verdict };
}

const PARAMS = {
  app_id: '2014072300007148',
  biz_content: '{"user_id":"2088102122458832","memo":"a+b c 盒马"}',
  charset: 'utf-8',
  method: 'alipay.user.pass.grouplist.query',
  sign_type: 'RSA2',
  timestamp: '2026-11-23 12:00:00',
  version: '1.0',
};
type Params = Record<string, string>;

const PEM = `-----BEGIN PRIVATE KEY-----\n${TEST_KEYS.appPrivate.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`;
const OTHER_PEM = `-----BEGIN PRIVATE KEY-----\n${TEST_KEYS.alipayPrivate.replace(/.{64}/g, '$&\n')}\n-----END PRIVATE KEY-----\n`;

const sortedText = (params: Params): string =>
  Object.keys(params)
    .sort()
    .map(name => `${name}=${params[name]}`)
    .join('&');
const signed = (text: string | Buffer, digest = 'RSA-SHA256', pem = PEM): string =>
  createSign(digest).update(text).sign(pem, 'base64');
const url = (params: Params): string =>
  `https://openapi.alipay.com/gateway.do?${Object.entries(params)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')}`;
/** The request's URL, its signature made over `text`. */
const requestWith = (text: string | Buffer, sent: Params = PARAMS): string =>
  url({ ...sent, sign: signed(text) });

describe('verify names what broke a request’s signature', () => {
  const { sign_type: _, ...withoutType } = PARAMS;
  const { biz_content: __, ...withoutBody } = PARAMS;
  const encoded = Object.fromEntries(
    Object.entries(PARAMS).map(([name, value]) => [name, encodeURIComponent(value)]),
  );
  const local = { ...PARAMS, timestamp: '2026-11-22 23:00:00' };
  const changed = { ...PARAMS, biz_content: '{"user_id":"2088102122458833"}' };
  const gbk = Buffer.concat([
    Buffer.from(sortedText(PARAMS).split('盒马')[0]!),
    Buffer.of(0xba, 0xd0, 0xc2, 0xed),
    Buffer.from(sortedText(PARAMS).split('盒马')[1]!),
  ]);

  it.each([
    ['nothing', requestWith(sortedText(PARAMS)), 'verifies'],
    [
      'another private key',
      url({ ...PARAMS, sign: signed(sortedText(PARAMS), 'RSA-SHA256', OTHER_PEM) }),
      'wrong_key',
    ],
    ['a timestamp moved to a local zone', requestWith(sortedText(local)), 'local_time'],
    ['another charset', requestWith(gbk), 'other_charset'],
    ['sign_type left out', requestWith(sortedText(withoutType)), 'sign_type_unsigned'],
    [
      'unsorted parameters',
      requestWith(sortedText(PARAMS), Object.fromEntries(Object.entries(PARAMS).toReversed())),
      'verifies',
    ],
    [
      'the order they are sent in',
      requestWith(
        Object.entries(PARAMS)
          .toReversed()
          .map(it => it.join('='))
          .join('&'),
      ),
      'sorted_wrongly',
    ],
    ['url-encoded values', requestWith(sortedText(encoded)), 'values_url_encoded'],
    [
      'an empty value kept',
      requestWith(sortedText({ ...PARAMS, app_auth_token: '' }), { ...PARAMS, app_auth_token: '' }),
      'empty_values_kept',
    ],
    ['SHA-1 for RSA2', url({ ...PARAMS, sign: signed(sortedText(PARAMS), 'RSA-SHA1') }), 'wrong_digest'],
    ['+ for space', requestWith(sortedText(PARAMS).replaceAll(' ', '+')), 'plus_for_space'],
    ['space for +', requestWith(sortedText(PARAMS).replaceAll('+', ' ')), 'space_for_plus'],
    ['a changed body', requestWith(sortedText(changed)), 'changed_text'],
    ['a cut signature', url({ ...PARAMS, sign: signed(sortedText(PARAMS)).slice(0, 100) }), 'sign_length'],
    [
      'a signature in hex',
      url({ ...PARAMS, sign: Buffer.from(signed(sortedText(PARAMS)), 'base64').toString('hex') }),
      'sign_hex',
    ],
    [
      'a signature url-encoded twice',
      url({ ...PARAMS, sign: encodeURIComponent(signed(sortedText(PARAMS))) }),
      'sign_not_base64',
    ],
    ['a line feed signed', requestWith(`${sortedText(PARAMS)}\n`), 'line_feed_signed'],
    ['two line feeds signed', requestWith(`${sortedText(PARAMS)}\n\n`), 'changed_text'],
    ...(
      [
        ['12:00:01', 'clock_read_twice'],
        ['11:59:59', 'clock_read_twice'],
        ['12:59:59', 'clock_read_twice'],
        ['13:00:01', 'changed_text'],
      ] as const
    ).map(
      ([at, expected]) =>
        [
          `${at} signed`,
          requestWith(sortedText({ ...PARAMS, timestamp: `2026-11-23 ${at}` })),
          expected,
        ] as const,
    ),
    ['biz_content not signed', requestWith(sortedText(withoutBody)), 'body_unsigned'],
    [
      'JSON signed with spaces',
      requestWith(sortedText({ ...PARAMS, biz_content: PARAMS.biz_content.replaceAll(/([:,])"/g, '$1 "') })),
      'json_rewritten',
    ],
    [
      'JSON sent with spaces and a line end',
      requestWith(sortedText(PARAMS), {
        ...PARAMS,
        biz_content: `${PARAMS.biz_content.replaceAll(/([:,])"/g, '$1 "')}\n`,
      }),
      'json_rewritten',
    ],
    [
      'JSON signed in ASCII',
      requestWith(
        sortedText({ ...PARAMS, biz_content: PARAMS.biz_content.replace('盒马', '\\u76d2\\u9a6c') }),
      ),
      'json_rewritten',
    ],
    [
      'JSON signed with a space in a text',
      requestWith(sortedText({ ...PARAMS, biz_content: PARAMS.biz_content.replace('b c', 'b  c') })),
      'changed_text',
    ],
  ] as [string, string, string][])('%s', async (_what, request, expected) => {
    const { code, verdict } = await verify(request);
    expect({ code, verdict }).toEqual({ code: expected === 'verifies' ? 0 : 8, verdict: expected });
  });

  it('a + of the signature that was not url-encoded', async () => {
    const sign = signed(sortedText(PARAMS));
    const { verdict } = await verify(`${url(PARAMS)}&sign=${sign.replaceAll('=', '%3D')}`);
    expect(verdict).toBe(sign.includes('+') ? 'space_for_plus' : 'verifies');
  });

  it.each(vectors.cases)('and finds the vector $name to verify', async ({ params, sign, signedBytesHex }) => {
    const bytes = Buffer.from(signedBytesHex, 'hex').toString('latin1');
    const form = [...bytes.matchAll(/(\w+)=(.*?)(?=&\w+=|$)/gs)]
      .map(
        ([, name, value]) =>
          `${name}=${value!.replace(/[^\w-]/g, it => `%${it.charCodeAt(0).toString(16).padStart(2, '0')}`)}`,
      )
      .join('&');
    const { verdict } = await verify(`${form}&sign=${encodeURIComponent(sign)}`);
    expect({ verdict, charset: params.charset }).toEqual({ verdict: 'verifies', charset: params.charset });
  });

  it('reads a URL with its form body on the next line', async () => {
    const { biz_content: body, ...query } = { ...PARAMS, sign: signed(sortedText(PARAMS)) };
    expect((await verify(`${url(query)}\nbiz_content=${encodeURIComponent(body)}\n`)).verdict).toBe(
      'verifies',
    );
  });
});

describe('verify reads what request writes', () => {
  const QUERY = ['--user', '2088102122458832', '--group', 'card', '--timestamp', '2026-11-23 12:00:00'];
  const write = async (form: string, flags: string[] = []): Promise<string> =>
    (await alipass(['request', ...QUERY, '--as', form, ...flags], { env: CALLER })).stdout;

  it.each(['http', 'curl', 'json'])('--as %s', async form => {
    const request = await write(form);
    expect(await verify(request)).toMatchObject({ code: 0, verdict: 'verifies' });
    expect(await verify(`${request}\r\n`)).toMatchObject({ code: 0, verdict: 'verifies' });
    expect(await verify(request.replaceAll('2088102122458832', '2088102122458833'))).toMatchObject({
      code: 8,
      verdict: 'changed_text',
    });
  });

  it.each(['http', 'curl', 'json'])('--as %s in GBK, to a gateway with a query of its own', async form => {
    const flags = ['--charset', 'GBK', '--gateway', 'https://example.com/gateway.do?sign_type=RSA2'];
    expect((await verify(await write(form, flags))).verdict).toBe('verifies');
  });

  it('and shows the signed text without the app auth token', async () => {
    const env = { ...CALLER, ALIPASS_APP_AUTH_TOKEN: 'a-secret-token' };
    const { stdout } = await alipass(['request', ...QUERY, '--as', 'json'], { env });
    const path = fileOf(stdout);
    const json = await alipass(['verify', path, '-o', 'json'], { env });
    const table = await alipass(['verify', path], { env });
    const { signed_text: whole } = JSON.parse(stdout) as { signed_text: string };
    const masked = whole.replace('a-secret-token', '(set, not shown)');
    expect(JSON.parse(json.stdout)).toMatchObject({ verifies: true, signed_text: masked });
    expect(table.stdout).toContain(masked);
    expect(json.stdout + table.stdout).not.toContain('a-secret-token');
  });
});

describe('verify knows where parameters belong', () => {
  const { biz_content: body, charset, ...rest } = PARAMS;
  const form = (params: Params): string => url(params).split('?')[1]!;
  const sign = signed(sortedText(PARAMS));
  const text = (names: string[]): string =>
    names.map(name => `${name}=${(PARAMS as Params)[name]!}`).join('&');

  it.each([
    ['charset in the URL', url({ ...rest, charset, sign }), { biz_content: body }, 'verifies'],
    ['charset in both', url({ ...rest, charset, sign }), { biz_content: body, charset }, 'verifies'],
    ['charset in the body', url({ ...rest, sign }), { biz_content: body, charset }, 'charset_misplaced'],
    [
      'charset spelled otherwise in the body',
      url({ ...rest, charset, sign }),
      { biz_content: body, charset: 'UTF-8' },
      'charset_misplaced',
    ],
    ['all in the body', 'https://openapi.alipay.com/gateway.do', { ...PARAMS, sign }, 'charset_misplaced'],
    ['a name in both, the query’s right', url({ ...PARAMS, sign }), { version: '2.0' }, 'verifies'],
    [
      'a name in both, the body’s right',
      url({ ...PARAMS, version: '2.0', sign }),
      { version: '1.0' },
      'changed_text',
    ],
    ['no body', url({ ...rest, charset, sign }), {}, 'no_body'],
    [
      'no body, and none signed',
      url({ ...rest, charset, sign: signed(sortedText({ ...rest, charset })) }),
      {},
      'verifies',
    ],
    [
      'the order of query and body signed',
      url({
        ...rest,
        charset,
        sign: signed(text([...Object.keys(rest), 'charset', 'biz_content'])),
      }),
      { biz_content: body },
      'sorted_wrongly',
    ],
    [
      'two neighbours exchanged',
      url({
        ...rest,
        charset,
        sign: signed(
          text(['app_id', 'biz_content', 'charset', 'method', 'timestamp', 'sign_type', 'version']),
        ),
      }),
      { biz_content: body },
      'sorted_wrongly',
    ],
  ])('%s', async (_what, first, second, expected) => {
    const { code, verdict } = await verify(`${first}\n${form(second)}\n`);
    expect({ code, verdict }).toEqual({ code: expected === 'verifies' ? 0 : 8, verdict: expected });
  });

  it('and takes a form alone for what was sent', async () => {
    expect((await verify(form({ ...PARAMS, sign }))).verdict).toBe('verifies');
  });
});

describe('verify judges a saved answer', () => {
  const bodyOf = (name: string): Buffer =>
    Buffer.from(responses.cases.find(it => it.name === name)!.bodyBase64, 'base64');

  it.each([
    ['compact', 'verifies'],
    ['sign-first', 'verifies'],
    ['gbk', 'verifies'],
    ['slash-escaped-after-signing', 'escaped_slashes'],
    ['signed-error', 'verifies'],
    ['tampered', 'changed_text'],
    ['success-without-sign', 'unsigned'],
  ])('%s: %s', async (name, expected) => {
    expect(await verify(bodyOf(name))).toMatchObject({
      code: ['verifies', 'escaped_slashes'].includes(expected) ? 0 : 8,
      verdict: expected,
    });
  });

  it('one that a JSON tool wrote anew', async () => {
    const pretty = JSON.stringify(JSON.parse(bodyOf('compact').toString()), null, 2);
    expect((await verify(pretty)).verdict).toBe('reformatted');
  });

  it('with the app’s own public key in place of Alipay’s', async () => {
    const { code, verdict } = await verify(bodyOf('compact'), [
      '--public-key-file',
      fileOf(TEST_KEYS.appPublic),
    ]);
    expect({ code, verdict }).toEqual({ code: 8, verdict: 'wrong_key' });
  });

  it.each([
    ['one node twice', bodyOf('duplicate-node').toString()],
    [
      'a forged node after the signed one',
      withNode('"alipay_trade_query_response":{"code":"10000"},"sign":'),
    ],
    ['a forged error after the signed one', withNode('"error_response":{"code":"10000"},"sign":')],
  ])('refuses %s', async (_what, answer) => {
    const { code, stdout, stderr } = await verify(answer);
    expect({ code, stdout }).toEqual({ code: 7, stdout: '' });
    expect(stderr).toMatch(/forged/);
  });

  /** The compact answer with another member before its signature. */
  function withNode(members: string): string {
    return bodyOf('compact').toString().replace('"sign":', members);
  }

  it('names the node that was judged', async () => {
    const node = 'alipay_user_pass_grouplist_query_response';
    const { stdout } = await verify(bodyOf('compact'));
    expect(JSON.parse(stdout)).toMatchObject({ verifies: true, node });
    const table = await alipass(['verify', fileOf(bodyOf('compact'))], { env: CALLER });
    expect(table.stdout).toContain(node);
  });

  it.each([
    ['another key', bodyOf('compact'), TEST_KEYS.appPublic, /支付宝公钥/],
    ['a changed text', bodyOf('tampered'), TEST_KEYS.alipayPublic, /byte for byte/],
  ])('and for %s gives the hint of one who is answered', async (_what, answer, key, hint) => {
    const { stdout } = await verify(answer, ['--public-key-file', fileOf(key)]);
    const verdict = JSON.parse(stdout) as { hint: string };
    expect(verdict.hint).toMatch(hint);
    expect(verdict.hint).not.toMatch(/keys match|alipass sign/);
  });

  it.each([
    ['a sign that is not JSON', '{"a_response":{"code":"1"},"sign":tru}', 6, /member sign is not JSON/],
    ['an answer that is cut', '{"a_response":{"code":"1"},"sign":"', 6, /not one whole JSON object/],
    ['an answer without a node', '{"sign":"x"}', 2, /no member that ends in _response/],
  ])('refuses %s', async (_what, answer, expected, words) => {
    const { code, stderr } = await verify(answer);
    expect(code).toBe(expected);
    expect(stderr).toMatch(words);
  });
});

describe('verify judges a text and its signature', () => {
  const key = fileOf(TEST_KEYS.appPublic);
  const text = 'a=1&b=盒马';
  const GBK_TEXT = Buffer.concat([Buffer.from('a=1&b='), Buffer.of(0xba, 0xd0, 0xc2, 0xed)]);

  it.each([
    ['as signed', text, signed(text), 'verifies'],
    ['with a line end more', `${text}\n`, signed(text), 'line_end'],
    ['in GBK', GBK_TEXT, signed(GBK_TEXT), 'verifies'],
    [
      'in GBK with a line end more',
      Buffer.concat([GBK_TEXT, Buffer.from('\r\n')]),
      signed(GBK_TEXT),
      'line_end',
    ],
    ['in GBK, signed in UTF-8', GBK_TEXT, signed(text), 'other_charset'],
    ['that ends in the byte A0, with a line end more', 'à\n', signed('à'), 'line_end'],
    ['changed', `${text}!`, signed(text), 'changed_text'],
    ['signed by another', text, signed(text, 'RSA-SHA256', OTHER_PEM), 'wrong_key'],
  ])('%s', async (_what, content, signature, expected) => {
    const { verdict } = await verify(content, ['--signature', signature, '--public-key-file', key], {});
    expect(verdict).toBe(expected);
  });

  it.each([
    ['neither answer nor request', 'hello', /neither a JSON answer nor a request/],
    ['a missing file', undefined, /there is no such file/],
  ])('refuses %s', async (_what, content, words) => {
    const path = content === undefined ? join(directory, 'none') : fileOf(content);
    const { code, stderr } = await alipass(['verify', path], { env: CALLER });
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });

  it('says without keys that a request needs the public one', async () => {
    const { code, stderr } = await verify(requestWith(sortedText(PARAMS)), [], {});
    expect(code).toBe(3);
    expect(stderr).toMatch(/needs the app’s public key[^]*--public-key-file/);
  });

  it.each(['--public-key-file', '--private-key-file'])('reads stdin once: not for %s as well', async flag => {
    const { code, stderr } = await alipass(['verify', '-', flag, '-'], { stdin: 'a=1&sign=x' });
    expect(code).toBe(2);
    expect(stderr).toContain(`${flag} - both read stdin`);
  });
});
