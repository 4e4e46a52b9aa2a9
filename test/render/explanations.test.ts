import { describe, expect, it } from 'vitest';
import { CONNECTION_FLAGS, QUERY_FLAGS } from '../../src/commands/flags';
import { classOf, isKnownCode, knownCodes } from '../../src/protocol/codes';
import { EXPLANATIONS } from '../../src/render/explanations';

const ENTRIES = Object.entries(EXPLANATIONS);

/** The codes as the gateway's documentation, the API page and real answers have them, by return code. */
const DOCUMENTED: Readonly<Record<string, string>> = {
  10000: '',
  20000: 'isp.unknow-error aop.unknow-error',
  20001:
    'aop.invalid-auth-token aop.auth-token-time-out aop.invalid-app-auth-token aop.invalid-app-auth-token-no-api aop.app-auth-token-time-out aop.no-product-reg-by-partner',
  40001:
    'isv.missing-method isv.missing-signature isv.missing-signature-type isv.missing-signature-key isv.missing-app-id isv.missing-timestamp isv.missing-version isv.decryption-error-missing-encrypt-type isv.missing-encrypt-key isv.missing-app-cert-sn isv.missing-alipay-root-cert-sn',
  40002:
    'isv.invalid-parameter isv.invalid-method isv.invalid-format isv.invalid-signature-type isv.invalid-signature isv.invalid-encrypt-type isv.invalid-encrypt isv.invalid-app-id isv.invalid-timestamp isv.invalid-charset isv.decryption-error-not-valid-encrypt-type isv.decryption-error-not-valid-encrypt-key isv.decryption-error-unknown isv.not-support-app-auth isv.suspected-attack isv.forbidden-api isv.illegal-json isv.invalid-alipay-root-cert-sn isv.app-cert-expired isv.app-cert-not-exist isv.alipay-cert-not-exist',
  40003: 'isv.missing-signature-config isv.invalid-app-state isv.invalid-auth-relations',
  40004:
    'SYSTEM_ERROR INVALID_PARAMETER KP.AE_ALIPASS_PARAMS_VALUE_INVAILD BIZ_ERROR KP.AE_ALIPASS_NOTEXIST KP.AE_ALIPASS_APPID_NOSUPPORT',
  40005: 'isv.app-call-limited isv.method-call-limited',
  40006:
    'isv.insufficient-isv-permissions isv.insufficient-user-permissions isv.self-invoke-forbidden isv.app-api-punished',
};

describe('knownCodes', () => {
  it.each(Object.entries(DOCUMENTED))(
    'has %s and the sub_codes under it, and no other',
    (parent, subCodes) => {
      const classes = knownCodes().map(classOf);
      expect(classes.find(it => it.code === parent)).toMatchObject({ parent: null });
      const children = classes.filter(it => it.parent === parent).map(it => it.code);
      expect(children).toEqual(subCodes.split(' ').filter(Boolean));
    },
  );

  it('has no return code that is not documented', () => {
    const parents = knownCodes().filter(code => classOf(code).parent === null);
    expect(parents).toEqual(Object.keys(DOCUMENTED));
  });
});

describe('isKnownCode', () => {
  it.each(['10000', '40002', 'isv.invalid-signature', 'SYSTEM_ERROR'])('is true of %s', code => {
    expect(isKnownCode(code)).toBe(true);
  });

  it.each(['', '10001', 'isv.unknow-error', 'system_error', 'constructor', '__proto__'])(
    'is false of %j',
    code => {
      expect(isKnownCode(code)).toBe(false);
    },
  );
});

describe('classOf', () => {
  it.each([
    ['10000', null, null, false, 'Success'],
    ['20000', null, 'unavailable', true, 'Service Currently Unavailable'],
    ['40005', null, 'unavailable', true, 'Call Limited'],
    ['40004', null, 'business', false, 'Business Failed'],
    ['isp.unknow-error', '20000', 'unavailable', true, '系统繁忙'],
    ['SYSTEM_ERROR', '40004', 'business', true, '系统繁忙或系统异常'],
    ['INVALID_PARAMETER', '40004', 'business', false, '参数有误'],
    ['isv.app-call-limited', '40005', 'unavailable', true, null],
    ['aop.invalid-auth-token', '20001', 'rejected', false, null],
  ])('%s: under %s, %s, retryable %s, %s', (code, parent, kind, retryable, message) => {
    expect(classOf(code)).toEqual({ code, parent, kind, retryable, message });
  });
});

describe('EXPLANATIONS', () => {
  it('explains exactly the codes of codes.ts', () => {
    expect(Object.keys(EXPLANATIONS).sort()).toEqual(knownCodes().sort());
  });

  it.each(ENTRIES)('%s is filled in both languages alike', (_code, { en, zh }) => {
    for (const { meaning, causes, remedies } of [en, zh]) {
      expect(causes.length).toBeGreaterThan(0);
      expect(remedies.length).toBeGreaterThan(0);
      for (const text of [meaning, ...causes, ...remedies]) expect(text).toMatch(/\S[.。]$/);
    }
    expect([zh.causes.length, zh.remedies.length]).toEqual([en.causes.length, en.remedies.length]);
    for (const text of [zh.meaning, ...zh.causes, ...zh.remedies]) expect(text).toMatch(/[\u4e00-\u9fff]/);
  });
});

describe('what the explanations say to type', () => {
  // Verbs and flags of the command line's contract, some of which have no table to derive them from.
  const verbs = new Set(['list', 'request', 'sign', 'verify', 'keys', 'explain', 'doctor', 'profile']);
  const certificates = ['--app-cert-file', '--alipay-cert-file', '--alipay-root-cert-file'];
  const flags = new Set([
    '--resolved',
    '--encrypt-key-file',
    ...certificates,
    ...[...CONNECTION_FLAGS, ...QUERY_FLAGS].map(flag => flag.syntax.split(' ')[0]!),
  ]);

  it.each(ENTRIES)('%s: verbs and flags that there are', (_code, { en, zh }) => {
    for (const { meaning, causes, remedies } of [en, zh]) {
      for (const text of [meaning, ...causes, ...remedies]) {
        expect(text.split('`').length % 2).toBe(1);
        const usedVerbs = [...text.matchAll(/`alipass (\w+)/g)].map(([, verb]) => verb!);
        expect(usedVerbs.filter(verb => !verbs.has(verb))).toEqual([]);
        const usedFlags = [...text.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(([flag]) => flag);
        expect(usedFlags.filter(flag => !flags.has(flag))).toEqual([]);
      }
    }
  });
});
