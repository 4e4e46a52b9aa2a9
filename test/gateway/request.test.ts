import { createPrivateKey, createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Caller, requestParams, signRequest } from '../../src/gateway/request';
import { rejection } from '../helpers/refusal';
import { requestVectors } from '../helpers/vectors';

const privateKey = createPrivateKey({
  key: Buffer.from(requestVectors.appPrivateKeyPkcs8, 'base64'),
  format: 'der',
  type: 'pkcs8',
});
const CALLER: Caller = {
  appId: '2014072300007148',
  privateKey,
  signType: 'RSA2',
  charset: 'utf-8',
  charsetLabel: 'utf-8',
};
const REQUEST = { method: 'alipay.user.pass.grouplist.query', bizContent: '{"a":1}' };
const URL_TEXT = 'https://openapi.alipay.com/gateway.do';
const NOW = Date.parse('2014-07-24T03:07:50+08:00');

describe('requestParams', () => {
  it('requestParams names the caller, the method and the time in Beijing', () => {
    expect(requestParams(REQUEST, CALLER, NOW)).toEqual({
      app_id: '2014072300007148',
      method: 'alipay.user.pass.grouplist.query',
      format: 'JSON',
      charset: 'utf-8',
      sign_type: 'RSA2',
      timestamp: '2014-07-24 03:07:50',
      version: '1.0',
      biz_content: '{"a":1}',
    });
  });

  it.each([
    ['token', 'token'],
    [undefined, undefined],
    ['', undefined],
    ['  ', undefined],
  ])('requestParams with the app_auth_token %j sends %j', (appAuthToken, sent) => {
    expect(requestParams(REQUEST, { ...CALLER, appAuthToken }, NOW)['app_auth_token']).toBe(sent);
  });

  it('requestParams sends the charset as the user spells it', () => {
    const caller = { ...CALLER, charset: 'GBK', charsetLabel: 'gbk' } as const;
    expect(requestParams(REQUEST, caller, NOW)['charset']).toBe('gbk');
  });
});

describe('signRequest', () => {
  it.each(requestVectors.cases.filter(({ params }) => params['auth_token'] === undefined))(
    'signRequest signs and places vector $name',
    async ({ params, signedText, signedBytesHex, sign }) => {
      const charset = params['charset'] as 'utf-8' | 'GBK';
      const signType = params['sign_type'] as 'RSA2' | 'RSA';
      const caller = { ...CALLER, charset, charsetLabel: charset, signType };
      const signed = await signRequest(params, caller, URL_TEXT);
      expect(signed).toMatchObject({ signedText, params: { ...params, sign } });
      expect(signed.bytes.toString('hex')).toBe(signedBytesHex);
      expect(new URL(signed.url).searchParams.get('sign')).toBe(sign);
      expect(signed.contentType).toBe(`application/x-www-form-urlencoded;charset=${charset}`);
    },
  );

  it('signRequest puts biz_content and app_auth_token in the body, all others in the query', async () => {
    const params = requestParams(REQUEST, { ...CALLER, appAuthToken: 'token' }, NOW);
    const { url, body } = await signRequest(params, CALLER, URL_TEXT);
    expect([...new URLSearchParams(body)]).toEqual([
      ['app_auth_token', 'token'],
      ['biz_content', '{"a":1}'],
    ]);
    const query = ['app_id', 'method', 'format', 'charset', 'sign_type', 'timestamp', 'version', 'sign'];
    expect([...new URL(url).searchParams.keys()]).toEqual(query);
    expect(url).toContain('timestamp=2014-07-24%2003%3A07%3A50');
  });

  it('signRequest url-encodes the body in the charset that is signed', async () => {
    const caller = { ...CALLER, charset: 'GBK', charsetLabel: 'GBK' } as const;
    const { body } = await signRequest({ charset: 'GBK', biz_content: '盒马' }, caller, URL_TEXT);
    expect(body).toBe('biz_content=%BA%D0%C2%ED');
  });

  it.each([
    [URL_TEXT, `${URL_TEXT}?app_id=1&sign=`],
    [`${URL_TEXT}?env=pre`, `${URL_TEXT}?env=pre&app_id=1&sign=`],
  ])('signRequest to %s begins with %s', async (gatewayUrl, start) => {
    const { url } = await signRequest({ app_id: '1' }, CALLER, gatewayUrl);
    expect(url.startsWith(start)).toBe(true);
  });

  it('signRequest makes a signature that node:crypto verifies over its bytes', async () => {
    const { params, bytes } = await signRequest(requestParams(REQUEST, CALLER, NOW), CALLER, URL_TEXT);
    const signature = Buffer.from(params['sign']!, 'base64');
    expect(verify('sha256', bytes, createPublicKey(privateKey), signature)).toBe(true);
  });

  it('signRequest refuses what the charset lacks', async () => {
    const caller = { ...CALLER, charset: 'GBK', charsetLabel: 'GBK' } as const;
    const error = await rejection(signRequest({ biz_content: '😀' }, caller, URL_TEXT));
    expect(error).toMatchObject({ kind: 'usage', code: 'charset.unencodable' });
  });
});
