import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type Expectation,
  openResponse,
  type RawResponse,
  type ResultNode,
} from '../../src/gateway/response';
import { trustKey } from '../../src/gateway/trust';
import { answerBody, NODE_NAME, platformPublicKey, platformSign } from '../helpers/platform';
import { rejection } from '../helpers/refusal';
import { requestVectors, responseVectors } from '../helpers/vectors';

const EXPECTED: Expectation = {
  method: 'alipay.user.pass.grouplist.query',
  charset: 'utf-8',
  signType: 'RSA2',
  trust: trustKey(platformPublicKey),
  download: () => Promise.reject(new Error('no certificate is to be fetched here')),
};
const appPublicKey = createPublicKey({
  key: Buffer.from(requestVectors.appPublicKey, 'base64'),
  format: 'der',
  type: 'spki',
});

function raw(body: string | Buffer, more: Partial<RawResponse> = {}): RawResponse {
  const headers = { 'content-type': 'text/html;charset=utf-8' };
  return { status: 200, headers, bytes: Buffer.from(body as string), ...more };
}

const gbk = { headers: { 'content-type': 'text/html;charset=GBK' } };
const open = (body: string | Buffer, more?: Partial<RawResponse>): Promise<ResultNode> =>
  openResponse(raw(body, more), EXPECTED);
const SUCCESS = '{"code":"10000","msg":"Success"}';
const unsigned = (node: string): string => `{"${NODE_NAME}":${node}}`;
const withSign = (node: string, sign: string): string => `{"${NODE_NAME}":${node},"sign":${sign}}`;

const rawOf = ({ contentType, bodyBase64 }: (typeof responseVectors.cases)[number]): RawResponse =>
  raw(Buffer.from(bodyBase64, 'base64'), { headers: { 'content-type': contentType } });

describe('openResponse against the vectors', () => {
  const verified = responseVectors.cases.filter(it => it.expect === 'verified');
  const refused = responseVectors.cases.filter(it => it.expect !== 'verified');

  it.each(verified)('openResponse opens $name', async vector => {
    const { value } = await openResponse(rawOf(vector), EXPECTED);
    const [pass] = value['pass_info_list'] as Record<string, unknown>[];
    expect(pass).toMatchObject({
      pass_id: '7000790003',
      mechant_name: '商家名称',
      logo_text: '30份吮指鸡块',
      data_info: '{"logoText":"2元","sign":"}{","url":"https://a.cn/b"}',
      shop_id_list: ['2015092700077000000004491925'],
    });
  });

  it.each(verified)('openResponse refuses $name under another key', async vector => {
    const error = await rejection(
      openResponse(rawOf(vector), { ...EXPECTED, trust: trustKey(appPublicKey) }),
    );
    expect(error).toMatchObject({ kind: 'untrusted', code: 'answer.bad_signature', retryable: false });
  });

  it.each(verified)('openResponse refuses $name with one byte of its node changed', async vector => {
    const { bytes, ...rest } = rawOf(vector);
    bytes[bytes.indexOf('7000790003')] = 0x38;
    expect((await rejection(openResponse({ bytes, ...rest }, EXPECTED))).code).toBe('answer.bad_signature');
  });

  it.each(refused)('openResponse refuses $name as $expect', async vector => {
    expect((await rejection(openResponse(rawOf(vector), EXPECTED))).kind).toBe(vector.expect);
  });

  it.each(responseVectors.cases)('openResponse refuses every cut of $name', async vector => {
    const { bytes, ...rest } = rawOf(vector);
    const cuts = Array.from({ length: bytes.length }, (_, length) => bytes.subarray(0, length));
    const failures = await Promise.all(
      cuts.map(cut => rejection(openResponse({ ...rest, bytes: cut }, EXPECTED))),
    );
    const kinds = failures.map(failure => failure.kind);
    // What is cut after a forged second node is a forgery; every other cut is a transport failure.
    const allowed = vector.name === 'duplicate-node' ? ['unavailable', 'untrusted'] : ['unavailable'];
    expect([...new Set(kinds)]).toEqual(allowed);
  });
});

describe('openResponse gives', () => {
  it('openResponse gives the node’s raw bytes and the trace id', async () => {
    const headers = { 'content-type': 'text/html;charset=utf-8', trace_id: '0b2f' };
    const node = await open(answerBody(SUCCESS), { headers });
    expect(node.rawBytes.toString()).toBe(SUCCESS);
    expect(node.traceId).toBe('0b2f');
  });

  it('openResponse gives no trace id where none came', async () => {
    expect((await open(answerBody(SUCCESS))).traceId).toBeUndefined();
  });

  it.each([
    ['code as text', SUCCESS],
    ['code as number', '{"code":10000}'],
    ['white space inside the node', '{ "code" :\n"10000" }'],
    ['code last', '{"msg":"Success","code":"10000"}'],
    ['a sub_code beside success', '{"code":"10000","sub_code":"x"}'],
  ])('openResponse opens a success with %s', async (_, node) => {
    expect((await open(answerBody(node))).rawBytes.toString()).toBe(node);
  });

  it.each([
    ['sign first', `{"sign":"${platformSign(SUCCESS)}","${NODE_NAME}":${SUCCESS}}`],
    ['white space around', `\n { "${NODE_NAME}" : ${SUCCESS} , "sign" : "${platformSign(SUCCESS)}" }\n`],
    ['a BOM', `\ufeff${answerBody(SUCCESS).toString()}`],
    ['other members', answerBody(SUCCESS).toString().replace('{', '{"alipay_cert_sn":"1","x":[{}],')],
    ['sign with escaped slashes', answerBody(SUCCESS).toString().replaceAll('/', '\\/')],
  ])('openResponse opens an answer with %s', async (_, body) => {
    expect((await open(body)).value).toMatchObject({ code: '10000' });
  });

  it('openResponse verifies SHA-1 where sign_type is RSA, and nothing else there', async () => {
    const expected = { ...EXPECTED, signType: 'RSA' } as const;
    expect((await openResponse(raw(answerBody(SUCCESS, SUCCESS, 'sha1')), expected)).value['code']).toBe(
      '10000',
    );
    expect((await rejection(openResponse(raw(answerBody(SUCCESS)), expected))).kind).toBe('untrusted');
  });
});

describe('openResponse keeps long integers as text', () => {
  it.each([
    ['16 digits', '{"code":"10000","x":1234567890123456}', '1234567890123456'],
    ['28 digits', '{"code":"10000","x":2015092700077000000004491925}', '2015092700077000000004491925'],
    ['a minus', '{"code":"10000","x":-1234567890123456789}', '-1234567890123456789'],
    ['space before it', '{"code":"10000","x": \n1234567890123456 }', '1234567890123456'],
    ['a list', '{"code":"10000","x":[1,2015092700077000000]}', [1, '2015092700077000000']],
    ['15 digits', '{"code":"10000","x":123456789012345}', 123456789012345],
    ['a fraction', '{"code":"10000","x":1234567890123456.5}', 1234567890123456.5],
    ['a long fraction', '{"code":"10000","x":1.5000000000000000}', 1.5],
    ['an exponent', '{"code":"10000","x":1e20}', 1e20],
    ['a string', '{"code":"10000","x":"a: 1234567890123456"}', 'a: 1234567890123456'],
    [
      'a string with escaped quotes, beside a long integer',
      String.raw`{"code":"10000","y":1234567890123456,"x":"{\"id\":1234567890123456,\"n\":[9999999999999999]}"}`,
      '{"id":1234567890123456,"n":[9999999999999999]}',
    ],
    [
      'a string that ends in a backslash, beside a long integer',
      String.raw`{"code":"10000","x":"\\","y":1234567890123456}`,
      '\\',
    ],
  ])('openResponse keeps long integers as text: %s', async (_, node, x) => {
    expect((await open(answerBody(node))).value['x']).toEqual(x);
  });
});

describe('openResponse and long texts', () => {
  it('openResponse opens a text of 10,000,000 characters beside a long integer', async () => {
    const x = 'a'.repeat(10_000_000);
    const node = await open(answerBody(`{"code":"10000","y":1234567890123456,"x":"${x}"}`));
    expect(node.value['y']).toBe('1234567890123456');
    expect(node.value['x'] === x).toBe(true);
  });
});

describe('openResponse and charsets', () => {
  const name = Buffer.from('bad0c2ed', 'hex');
  const gbkNode = Buffer.concat([Buffer.from('{"code":"10000","x":"'), name, Buffer.from('"}')]);

  it.each([
    ['GBK', 'text/html;charset=GBK'],
    ['gbk in quotes', 'text/html; charset="gbk"'],
    ['gb2312', 'text/html;charset=gb2312'],
    ['utf-8, wrongly', 'text/html;charset=utf-8'],
    ['nothing', undefined],
  ])('openResponse reads GBK bytes in an answer labelled %s', async (_, contentType) => {
    expect((await open(answerBody(gbkNode), { headers: { 'content-type': contentType } })).value['x']).toBe(
      '盒马',
    );
  });

  it('openResponse takes the request’s charset where none is declared or known', async () => {
    const expected = { ...EXPECTED, charset: 'GBK' } as const;
    const unknown = { headers: { 'content-type': 'text/html;charset=big5' } };
    expect((await openResponse(raw(answerBody(gbkNode), unknown), expected)).value['x']).toBe('盒马');
    expect((await openResponse(raw(answerBody(gbkNode), { headers: {} }), expected)).value['x']).toBe('盒马');
  });

  it('openResponse prefers the declared charset to the request’s', async () => {
    const node = '{"code":"10000","x":"盒马"}';
    expect((await openResponse(raw(answerBody(node)), { ...EXPECTED, charset: 'GBK' })).value['x']).toBe(
      '盒马',
    );
  });

  it.each([0x5c, 0x7b, 0x7d])('openResponse opens GBK text with the trail byte %i', async trail => {
    const node = Buffer.concat([
      Buffer.from('{"code":"10000","x":"'),
      Buffer.of(0x81, trail),
      Buffer.from('"}'),
    ]);
    expect((await open(answerBody(node), gbk)).value['x']).toBe(
      new TextDecoder('gbk').decode(Uint8Array.of(0x81, trail)),
    );
  });
});

/** 乗 is 81 5C in GBK: with the slash after it, its last byte looks like the escape. */
const withCharacter = (slash: string): Buffer =>
  Buffer.concat([Buffer.from('{"code":"10000","x":"'), Buffer.of(0x81, 0x5c), Buffer.from(`/ a${slash}b"}`)]);

describe('openResponse and \\/', () => {
  const escaped = String.raw`{"code":"10000","x":"https:\/\/a.cn\/b"}`;
  const plain = '{"code":"10000","x":"https://a.cn/b"}';

  it.each([
    ['as sent', escaped, escaped],
    ['over plain slashes', escaped, plain],
    ['of plain slashes', plain, plain],
  ])('openResponse verifies \\/ signed %s', async (_, node, signedNode) => {
    expect((await open(answerBody(node, signedNode))).value['x']).toBe('https://a.cn/b');
  });

  it.each([
    ['plain slashes signed as \\/', plain, escaped],
    [
      'another escape signed as its character',
      String.raw`{"code":"10000","x":"\u002f"}`,
      '{"code":"10000","x":"/"}',
    ],
    ['one of two \\/ signed plain', escaped, escaped.replace('\\/', '/')],
  ])('openResponse refuses %s', async (_, node, signedNode) => {
    expect((await rejection(open(answerBody(node, signedNode)))).code).toBe('answer.bad_signature');
  });

  it('openResponse falls back in GBK without breaking a character that ends in 5C', async () => {
    const node = await open(answerBody(withCharacter('\\/'), withCharacter('/')), gbk);
    expect(node.value['x']).toBe('乗/ a/b');
  });

  it('openResponse refuses GBK text signed as if such a character were an escape', async () => {
    const cut = Buffer.from(withCharacter('/').toString('latin1').replace('\\/', '/'), 'latin1');
    expect((await rejection(open(answerBody(withCharacter('\\/'), cut), gbk))).kind).toBe('untrusted');
  });
});

describe('openResponse and content encryption', () => {
  // Made with openssl enc -aes-128-cbc, key 000102…0f, an IV of zeros.
  const key = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
  const encrypt = (input: string | Buffer): string =>
    execFileSync(
      'openssl',
      ['enc', '-aes-128-cbc', '-K', key.toString('hex'), '-iv', '0'.repeat(32), '-base64', '-A'],
      { input },
    ).toString();
  const cipher = encrypt(SUCCESS);
  const encrypted = answerBody(JSON.stringify(cipher));

  it('openResponse opens a node that is a string, its quotes signed too', async () => {
    const { value } = await openResponse(raw(encrypted), { ...EXPECTED, encryptKey: key });
    expect(value).toEqual(JSON.parse(SUCCESS));
  });

  it.each([
    ['utf-8', 'e79b92e9a9ac'],
    ['utf-8', 'bad0c2ed'],
    ['GBK', 'bad0c2ed'],
  ])(
    'openResponse reads, in an answer labelled %s, what was encrypted by its bytes: %s',
    async (label, hex) => {
      const text = [Buffer.from('{"code":"10000","x":"'), Buffer.from(hex, 'hex'), Buffer.from('"}')];
      const body = answerBody(JSON.stringify(encrypt(Buffer.concat(text))));
      const headers = { 'content-type': `text/html;charset=${label}` };
      const { value } = await openResponse(raw(body, { headers }), { ...EXPECTED, encryptKey: key });
      expect(value['x']).toBe('盒马');
    },
  );

  it('openResponse takes an error in plain text under encryption', async () => {
    const plain = answerBody('{"code":"40002","msg":"No"}');
    expect(await rejection(openResponse(raw(plain), { ...EXPECTED, encryptKey: key }))).toMatchObject({
      kind: 'rejected',
    });
  });

  it.each([
    ['no key', undefined, 'encrypt_key.missing'],
    ['another key', Buffer.alloc(16), 'encrypt_key.wrong'],
  ])('openResponse with %s says so', async (_, encryptKey, code) => {
    expect(await rejection(openResponse(raw(encrypted), { ...EXPECTED, encryptKey }))).toMatchObject({
      kind: 'config',
      code,
    });
  });

  it('openResponse refuses a signature over the text without its quotes', async () => {
    const body = answerBody(JSON.stringify(cipher), cipher);
    expect((await rejection(openResponse(raw(body), { ...EXPECTED, encryptKey: key }))).kind).toBe(
      'untrusted',
    );
  });
});

describe('openResponse fails closed', () => {
  const error = '{"code":"40002","msg":"Invalid Arguments","sub_code":"isv.invalid-parameter"}';

  it.each([
    ['a success without sign', unsigned(SUCCESS), 'answer.unsigned'],
    ['a success with an empty sign', withSign(SUCCESS, '""'), 'answer.unsigned'],
    ['a success whose sign is null', withSign(SUCCESS, 'null'), 'answer.unsigned'],
    ['a success whose sign is a number', withSign(SUCCESS, '1'), 'answer.bad_signature'],
    ['a success signed with SHA-1 for RSA2', answerBody(SUCCESS, SUCCESS, 'sha1'), 'answer.bad_signature'],
    ['a signature of another node', answerBody(SUCCESS, '{"code":"10000"}'), 'answer.bad_signature'],
    ['a signature that is no base64', withSign(SUCCESS, '"%%"'), 'answer.bad_signature'],
    ['an error with a wrong signature', withSign(error, '"AAAA"'), 'answer.bad_signature'],
    ['a blank sign', withSign(SUCCESS, '" "'), 'answer.bad_signature'],
    [
      'two nodes',
      answerBody(SUCCESS).toString().replace('{', `{"error_response":${error},`),
      'answer.two_nodes',
    ],
    [
      'a node twice',
      answerBody(SUCCESS).toString().replace('{', `{"${NODE_NAME}":{},`),
      'envelope.duplicate',
    ],
    ['a sign twice', answerBody(SUCCESS).toString().replace('{', '{"sign":"AAAA",'), 'envelope.duplicate'],
  ])('openResponse finds %s untrusted', async (_, body, code) => {
    expect(await rejection(open(body))).toMatchObject({ kind: 'untrusted', code, retryable: false });
  });

  it.each([
    ['no code', answerBody('{"msg":"Success"}'), 'answer.no_code'],
    ['an array', answerBody('[]'), 'answer.no_code'],
    ['null', answerBody('null'), 'answer.no_code'],
    ['broken JSON that is signed', answerBody('{"code":"10000",}'), 'answer.not_json'],
    ['brackets that do not match', answerBody('{"code":"10000","x":[}}'), 'answer.not_json'],
    ['another name', '{"alipay_other_response":{"code":"10000"}}', 'answer.no_node'],
    ['nothing', '{}', 'answer.no_node'],
  ])('openResponse finds a node of %s unavailable', async (_, body, code) => {
    expect(await rejection(open(body))).toMatchObject({ kind: 'unavailable', code });
  });

  it.each([
    ['unsigned', unsigned(error), false],
    ['signed', answerBody(error), true],
  ])('openResponse says whether an error was signed: %s', async (_, body, verified) => {
    const failure = await rejection(open(body));
    expect(failure).toMatchObject({ kind: 'rejected', code: 'isv.invalid-parameter', gateway: { verified } });
  });

  it.each(['', '10001', '010000', ' 10000', '10000 '])(
    'openResponse takes code %j for no success',
    async code => {
      const failure = await rejection(open(answerBody(JSON.stringify({ code }))));
      expect(failure).toMatchObject({ kind: 'rejected', gateway: { code } });
    },
  );

  it('openResponse takes an answer without sub_code and with another code for no success', async () => {
    expect((await rejection(open(answerBody('{"code":"40004","msg":"Business Failed"}')))).kind).toBe(
      'business',
    );
  });
});

describe('openResponse and HTTP', () => {
  const html = '<html><body>Sign in</body></html>';
  it.each([
    ['302', 302, html, 'http.redirect', false],
    ['307', 307, '', 'http.redirect', false],
    ['400', 400, html, 'http.status', false],
    ['404', 404, html, 'http.status', false],
    ['407', 407, html, 'http.status', false],
    ['429', 429, '', 'http.status', true],
    ['500', 500, html, 'http.status', true],
    ['503', 503, '', 'http.status', true],
    ['204', 204, '', 'http.status', false],
    ['200 with HTML', 200, html, 'http.not_json', true],
    ['200 with nothing', 200, '', 'http.not_json', true],
    ['200 with an array', 200, '[]', 'http.not_json', true],
    ['200 with a cut body', 200, '{"a":', 'envelope.malformed', true],
  ])('openResponse finds HTTP %s unavailable', async (_, status, body, code, retryable) => {
    const error = await rejection(open(body, { status }));
    expect(error).toMatchObject({ kind: 'unavailable', code, retryable });
    expect(error.message).not.toContain('\n');
  });

  it.each([
    [404, /Check --gateway/],
    [429, /Too many calls/],
    [503, /in trouble: try again/],
  ])('openResponse says what helps after HTTP %i', async (status, words) => {
    expect((await rejection(open('', { status }))).hint).toMatch(words);
  });

  it.each([302, 404, 500])('openResponse refuses HTTP %i even with a signed success', async status => {
    expect((await rejection(open(answerBody(SUCCESS), { status }))).message).toContain(String(status));
  });

  it('openResponse shows the first characters of what came, and not more', async () => {
    const error = await rejection(open(`<p>${'x'.repeat(5000)}`, { status: 502 }));
    expect(error.message).toContain('<p>xxx');
    expect(error.message.length).toBeLessThan(200);
  });

  it('openResponse names an empty body and the target of a redirect', async () => {
    expect((await rejection(open('', { status: 500 }))).message).toContain('an empty body');
    const headers = { location: 'https://login.example/' };
    expect((await rejection(open('', { status: 302, headers }))).message).toContain('https://login.example/');
  });
});
