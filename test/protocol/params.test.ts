import { describe, expect, it } from 'vitest';
import { isBlank, placeParams, REQUIRED_PARAMS, withoutBlanks } from '../../src/protocol/params';
import { SUB_CODES } from '../../src/protocol/codes';

describe('isBlank', () => {
  it.each(['', ' ', '\t\r\n', '  '])('isBlank is true of %j', value => expect(isBlank(value)).toBe(true));
  it.each(['0', ' a ', 'null', '{}'])('isBlank is false of %j', value => expect(isBlank(value)).toBe(false));
});

describe('withoutBlanks', () => {
  it('withoutBlanks drops blank values and keeps the order and the text of the others', () => {
    const kept = withoutBlanks({ z: ' 1 ', empty: '', blank: '  ', a: '0' });
    expect(Object.entries(kept)).toEqual([
      ['z', ' 1 '],
      ['a', '0'],
    ]);
  });
});

describe('placeParams', () => {
  it.each([
    'app_id',
    'method',
    'format',
    'charset',
    'sign_type',
    'sign',
    'timestamp',
    'version',
    'auth_token',
    'target_app_id',
    'app_cert_sn',
    'alipay_root_cert_sn',
    'encrypt_type',
  ])('placeParams puts %s in the query alone', name => {
    expect(placeParams({ [name]: '1' })).toEqual({ query: [[name, '1']], body: [] });
  });

  it.each(['biz_content', 'app_auth_token'])('placeParams puts %s in the body alone', name => {
    expect(placeParams({ [name]: '1' })).toEqual({ query: [], body: [[name, '1']] });
  });
});

describe('REQUIRED_PARAMS', () => {
  it.each(Object.entries(REQUIRED_PARAMS))('REQUIRED_PARAMS names a 40001 for %s', (_, subCode) => {
    expect(SUB_CODES[subCode]).toMatchObject({ code: '40001' });
  });

  it('REQUIRED_PARAMS holds neither format nor charset, which may be absent', () => {
    expect(Object.keys(REQUIRED_PARAMS)).toEqual([
      'method',
      'app_id',
      'sign_type',
      'sign',
      'timestamp',
      'version',
    ]);
  });
});
