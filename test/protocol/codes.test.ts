import { describe, expect, it } from 'vitest';
import { classifyFault, RETURN_CODES, SUB_CODES, SUCCESS_CODE } from '../../src/protocol/codes';

/** The return codes of the gateway, each with its kind and whether the same call may be sent again. */
const CODES = [
  ['20000', 'Service Currently Unavailable', 'unavailable', true],
  ['20001', 'Insufficient Token Permissions', 'rejected', false],
  ['40001', 'Missing Required Arguments', 'rejected', false],
  ['40002', 'Invalid Arguments', 'rejected', false],
  ['40003', 'Insufficient Conditions', 'rejected', false],
  ['40004', 'Business Failed', 'business', false],
  ['40005', 'Call Limited', 'unavailable', true],
  ['40006', 'Insufficient Permissions', 'rejected', false],
] as const;

describe('RETURN_CODES', () => {
  it.each(CODES)('RETURN_CODES and classifyFault know %s %s', (code, msg, kind, retryable) => {
    expect(RETURN_CODES[code]).toMatchObject({ msg, kind });
    expect(classifyFault(code, undefined)).toEqual({ kind, retryable, hint: undefined });
  });

  it('RETURN_CODES holds these codes and no other, success least of all', () => {
    expect(Object.keys(RETURN_CODES)).toEqual(CODES.map(([code]) => code));
    expect(SUCCESS_CODE).toBe('10000');
  });
});

describe('SUB_CODES', () => {
  it('SUB_CODES names a known return code for each', () => {
    const codes = new Set(Object.values(SUB_CODES).map(({ code }) => code));
    expect([...codes].filter(code => !Object.hasOwn(RETURN_CODES, code))).toEqual([]);
  });

  it.each([
    ['isp.unknow-error', '20000'],
    ['aop.invalid-auth-token', '20001'],
    ['aop.no-product-reg-by-partner', '20001'],
    ['isv.missing-app-id', '40001'],
    ['isv.missing-app-cert-sn', '40001'],
    ['isv.invalid-signature', '40002'],
    ['isv.invalid-app-id', '40002'],
    ['isv.alipay-cert-not-exist', '40002'],
    ['isv.missing-signature-config', '40003'],
    ['SYSTEM_ERROR', '40004'],
    ['INVALID_PARAMETER', '40004'],
    ['KP.AE_ALIPASS_PARAMS_VALUE_INVAILD', '40004'],
    ['KP.AE_ALIPASS_NOTEXIST', '40004'],
    ['isv.app-call-limited', '40005'],
    ['isv.insufficient-isv-permissions', '40006'],
  ])('SUB_CODES has %s under %s', (subCode, code) => {
    expect(SUB_CODES[subCode]).toMatchObject({ code });
  });
});

describe('classifyFault', () => {
  it.each([
    ['40004', 'SYSTEM_ERROR', 'business', true],
    ['40004', 'BIZ_ERROR', 'business', true],
    ['40004', 'INVALID_PARAMETER', 'business', false],
    ['40004', 'KP.AE_ALIPASS_NOTEXIST', 'business', false],
    ['40004', 'UNHEARD_OF', 'business', false],
    ['20000', 'aop.unknow-error', 'unavailable', true],
    ['20000', 'unheard.of', 'unavailable', true],
    ['40005', 'isv.app-call-limited', 'unavailable', true],
    ['40002', 'isv.invalid-signature', 'rejected', false],
    ['49999', undefined, 'rejected', false],
    ['', undefined, 'rejected', false],
    ['constructor', 'toString', 'rejected', false],
    ['__proto__', '__proto__', 'rejected', false],
  ])('classifyFault of %s %s is %s, retryable %s', (code, subCode, kind, retryable) => {
    expect(classifyFault(code, subCode)).toMatchObject({ kind, retryable });
  });

  it.each([
    ['40002', 'isv.invalid-signature', /key pair/],
    ['40002', 'isv.invalid-app-id', /--app-id/],
    ['20001', 'aop.invalid-app-auth-token', /app_auth_token/],
  ])('classifyFault of %s %s gives a hint', (code, subCode, hint) => {
    expect(classifyFault(code, subCode).hint).toMatch(hint);
  });
});
