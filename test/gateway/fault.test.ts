import { describe, expect, it } from 'vitest';
import { faultError, unescapeHtml } from '../../src/gateway/fault';

describe('faultError', () => {
  it('faultError keeps the gateway’s words, its trace id, and whether they were signed', () => {
    const outcome = {
      code: '40002',
      msg: 'Invalid Arguments',
      sub_code: 'isv.invalid-signature',
      sub_msg: '验签出错：&quot;a&quot;',
    };
    const error = faultError(outcome, true, '0b2f');
    expect(error.gateway).toEqual({
      code: '40002',
      msg: 'Invalid Arguments',
      sub_code: 'isv.invalid-signature',
      sub_msg: '验签出错："a"',
      trace_id: '0b2f',
      verified: true,
    });
    expect(error).toMatchObject({ kind: 'rejected', code: 'isv.invalid-signature', retryable: false });
    expect(error.message).toBe(
      'The gateway answered 40002 Invalid Arguments: isv.invalid-signature 验签出错："a"',
    );
    expect(error.hint).toContain('--sign-type');
  });

  it('faultError has no member for what did not come', () => {
    const error = faultError({ code: '40006', msg: 'Insufficient Permissions' }, false, undefined);
    expect(error.gateway).toEqual({ code: '40006', msg: 'Insufficient Permissions', verified: false });
    expect(error.code).toBe('40006');
    expect(error.message).toBe('The gateway answered 40006 Insufficient Permissions');
  });

  it.each([
    ['20000', 'isp.unknow-error', 'unavailable', true],
    ['40005', 'isv.app-call-limited', 'unavailable', true],
    ['40004', 'SYSTEM_ERROR', 'business', true],
    ['40004', 'INVALID_PARAMETER', 'business', false],
    ['40001', 'isv.missing-app-id', 'rejected', false],
  ])('faultError of %s %s is %s, retryable %s', (code, subCode, kind, retryable) => {
    expect(faultError({ code, sub_code: subCode }, true, undefined)).toMatchObject({ kind, retryable });
  });

  it.each([[1], [null], [{}], ['']])('faultError leaves out a sub_code that is no text: %j', subCode => {
    const error = faultError({ code: '40004', sub_code: subCode }, true, undefined);
    expect(error.gateway).not.toHaveProperty('sub_code');
    expect(error.code).toBe('40004');
  });
});

describe('unescapeHtml', () => {
  it.each([
    ['&lt;a&gt; &amp; &quot;b&quot; &#39;c&#39; &#34;d&#34; &apos;', '<a> & "b" \'c\' "d" \''],
    ['a&amp;b=&amp;lt;', 'a&b=&lt;'],
    ['no entities', 'no entities'],
    ['&nbsp;&#60;&lt', '&nbsp;&#60;&lt'],
    ['a=1&lt=2', 'a=1&lt=2'],
  ])('unescapeHtml reads %s', (escaped, text) => {
    expect(unescapeHtml(escaped)).toBe(text);
  });
});
