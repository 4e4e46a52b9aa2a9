import { describe, expect, it } from 'vitest';
import { knownCodes } from '../../src/protocol/codes';
import { findCode, nearCodes } from '../../src/protocol/near-codes';

describe('findCode', () => {
  it.each(knownCodes())('finds %s in any case', code => {
    expect([code, code.toUpperCase(), code.toLowerCase()].map(findCode)).toEqual([code, code, code]);
  });

  it.each(['', 'isv.invalid', 'isv.invalid-signature ', 'isv_invalid_signature', 'constructor'])(
    'does not find %j',
    text => {
      expect(findCode(text)).toBeUndefined();
    },
  );
});

describe('nearCodes', () => {
  it.each([
    ['invalid-sign', 'isv.invalid-signature'],
    ['isv.unknow-error', 'isp.unknow-error'],
    ['isp.unknown-error', 'isp.unknow-error'],
    ['KP.AE_ALIPASS_PARAMS_VALUE_INVALID', 'KP.AE_ALIPASS_PARAMS_VALUE_INVAILD'],
    ['isv_invalid_signature', 'isv.invalid-signature'],
    ['system error', 'SYSTEM_ERROR'],
    ['ACQ.SYSTEM_ERROR', 'SYSTEM_ERROR'],
    ['isv.missing-sign', 'isv.missing-signature'],
    ['40002 isv.invalid-app-id', 'isv.invalid-app-id'],
    ['alipass_notexist', 'KP.AE_ALIPASS_NOTEXIST'],
    ['40007', '40001'],
  ])('%s suggests %s first', (text, code) => {
    expect(nearCodes(text)[0]).toBe(code);
  });

  it.each(['', 'is', 'hello', 'x'.repeat(1000)])('%j suggests nothing', text => {
    expect(nearCodes(text)).toEqual([]);
  });

  it('suggests five at most', () => {
    expect(nearCodes('invalid')).toHaveLength(5);
  });
});
