import { describe, expect, it } from 'vitest';
import { requestSignedText } from '../../src/protocol/canonical';
import { requestVectors } from '../helpers/vectors';

describe('requestSignedText', () => {
  it.each(requestVectors.cases)('requestSignedText gives the signed text of vector $name', vector => {
    expect(requestSignedText(vector.params)).toBe(vector.signedText);
  });

  it.each(requestVectors.cases)('requestSignedText leaves out sign: $name', vector => {
    expect(requestSignedText({ ...vector.params, sign: vector.sign })).toBe(vector.signedText);
  });

  it.each([
    { what: 'signs sign_type', params: { sign_type: 'RSA2', sign: 'x' }, text: 'sign_type=RSA2' },
    {
      what: 'sorts capitals before small letters, as ASCII does',
      params: { b: '1', a: '2', B: '3' },
      text: 'B=3&a=2&b=1',
    },
    { what: 'sorts _ before letters', params: { app_id: '1', appid: '2' }, text: 'app_id=1&appid=2' },
    { what: 'leaves out an empty value', params: { a: '', b: '1' }, text: 'b=1' },
    { what: 'leaves out a blank value', params: { a: ' \t', b: '1' }, text: 'b=1' },
    { what: 'keeps the spaces around a value', params: { a: ' x ' }, text: 'a= x ' },
    { what: 'keeps 0', params: { a: '0' }, text: 'a=0' },
    { what: 'writes values raw', params: { a: 'x&y=z%20+' }, text: 'a=x&y=z%20+' },
    { what: 'of nothing is empty', params: {}, text: '' },
  ])('requestSignedText $what', ({ params, text }) => {
    expect(requestSignedText(params as Record<string, string>)).toBe(text);
  });
});
