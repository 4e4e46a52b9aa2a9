import { describe, expect, it } from 'vitest';
import { AlipassError } from '../../src/errors';
import { compareSignedTexts, gatewaySignedText, withDiagnosis } from '../../src/gateway/diagnosis';
import { faultError } from '../../src/gateway/fault';
import type { SignedRequest } from '../../src/gateway/request';

const PARAMS = {
  app_id: '2014072300007148',
  biz_content: '{"memo":"a+b c 盒马"}',
  charset: 'utf-8',
  sign_type: 'RSA2',
  timestamp: '2026-11-23 12:00:00',
};
const OURS = Object.entries(PARAMS)
  .map(([name, value]) => `${name}=${value}`)
  .join('&');
const signed = { params: PARAMS, signedText: OURS } as unknown as SignedRequest;
const mojibake = (text: string): string => new TextDecoder('gbk').decode(Buffer.from(text));

describe('compareSignedTexts names the parameter and the likely cause', () => {
  it.each([
    [
      'sign_type that did not arrive',
      OURS.replace('&sign_type=RSA2', ''),
      'sign_type',
      /did not reach|changes requests/,
    ],
    ['a + read as a space', OURS.replace('a+b', 'a b'), 'biz_content', /A \+ arrived as a space/],
    [
      'a value still url-encoded',
      encodeURIComponent(OURS).replaceAll('%3D', '=').replaceAll('%26', '&'),
      'biz_content',
      /url-encoded/,
    ],
    ['UTF-8 read as GBK', mojibake(OURS), 'biz_content', /another charset/],
    ['characters lost to ?', OURS.replace('盒马', '??'), 'biz_content', /another charset/],
    ['a local timestamp', OURS.replace('12:00:00', '04:00:00'), 'timestamp', /whole hours apart/],
    ['a timestamp off by seconds', OURS.replace('12:00:00', '12:00:07'), 'timestamp', /changes requests/],
    ['another app', OURS.replace('7148', '7149'), 'app_id', /changes requests/],
    ['a text that is cut', OURS.slice(0, 40), 'biz_content', /./],
  ])('%s', (_what, theirs, parameter, cause) => {
    const difference = compareSignedTexts(signed, theirs);
    expect(difference?.parameter).toBe(parameter);
    expect(difference?.cause).toMatch(cause);
  });

  it('equal texts differ in nothing', () => {
    expect(compareSignedTexts(signed, OURS)).toBeUndefined();
  });
});

describe('gatewaySignedText', () => {
  it.each([
    ['验签出错，网关生成的验签字符串为：a=1&b=2', 'a=1&b=2'],
    [
      '验签出错，网关生成的验签字符串为：a=1，解决方案：https://open.alipay.com/api/errCheck?traceId=x',
      'a=1',
    ],
    ['验签出错，网关生成的验签字符串为: a=1', 'a=1'],
    ['验签出错', undefined],
    ['验签出错，网关生成的验签字符串为：', undefined],
    [
      '验签出错，网关生成的验签字符串为：，解决方案：https://open.alipay.com/api/errCheck?traceId=x',
      undefined,
    ],
  ])('of %s is %s', (subMsg, text) => {
    expect(gatewaySignedText(subMsg)).toBe(text);
  });
});

describe('withDiagnosis', () => {
  const refused = (text: string): AlipassError =>
    faultError(
      {
        code: '40002',
        msg: 'Invalid Arguments',
        sub_code: 'isv.invalid-signature',
        sub_msg: `验签出错，网关生成的验签字符串为：${text}`,
      },
      true,
      'trace',
    );

  it('says that the keys do not match where the texts are equal, HTML escapes undone', () => {
    const error = withDiagnosis(
      refused(OURS.replaceAll('&', '&amp;').replaceAll('"', '&quot;')),
      signed,
    ) as AlipassError;
    expect(error).toMatchObject({
      kind: 'rejected',
      code: 'isv.invalid-signature',
      gateway: { trace_id: 'trace' },
    });
    expect(error.hint).toMatch(/keys do not match/);
    expect(error.message).not.toContain('app_id=');
  });

  it('shows where the texts part otherwise', () => {
    const error = withDiagnosis(refused(OURS.replace('12:00:00', '04:00:00')), signed) as AlipassError;
    expect(error.hint).toMatch(/They part in timestamp: we signed «.*12:00:00.*», it checked «.*04:00:00/);
  });

  it.each([
    ['another refusal', new AlipassError('rejected', 'isv.invalid-app-id', 'no')],
    [
      'one without the gateway’s text',
      faultError({ code: '40002', sub_code: 'isv.invalid-signature' }, true, undefined),
    ],
    ['what is no AlipassError', new TypeError('x')],
  ])('leaves %s as it is', (_what, error) => {
    expect(withDiagnosis(error, signed)).toBe(error);
  });
});
