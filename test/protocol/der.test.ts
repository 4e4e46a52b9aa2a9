import { describe, expect, it } from 'vitest';
import { decodeInteger, decodeObjectIdentifier, readDerValues } from '../../src/protocol/der';

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex');

describe('readDerValues', () => {
  it.each([
    ['nothing', '', []],
    ['a length of one octet', '0c 02 6162', [[0x0c, '6162']]],
    ['no content', '05 00', [[0x05, '']]],
    ['a length of two octets', `0c 81 80 ${'61'.repeat(128)}`, [[0x0c, '61'.repeat(128)]]],
    ['a length of three octets', `0c 82 0100 ${'61'.repeat(256)}`, [[0x0c, '61'.repeat(256)]]],
    [
      'several values',
      '02 01 05 05 00',
      [
        [0x02, '05'],
        [0x05, ''],
      ],
    ],
  ])('takes %s', (_what, bytes, values) => {
    expect(readDerValues(hex(bytes)).map(({ tag, content }) => [tag, content.toString('hex')])).toEqual(
      values,
    );
  });

  it('keeps each value as encoded', () => {
    const encoded = readDerValues(hex('0201 05 0500')).map(value => value.encoded.toString('hex'));
    expect(encoded).toEqual(['020105', '0500']);
  });

  it.each([
    ['a tag without a length', '0c'],
    ['content that is cut short', '0c 02 61'],
    ['a length that is cut short', '0c 82 01'],
    ['an indefinite length', '30 80 0500 0000'],
    ['a length of five octets', '0c 85 0000000001 61'],
    ['a tag of two octets', '1f 81 01 00'],
    ['a rest that is no value', '0201 05 05'],
  ])('refuses %s', (_what, bytes) => {
    expect(() => readDerValues(hex(bytes))).toThrow(RangeError);
  });
});

// X.690, sections 8.3 and 8.19, and numbers from openssl asn1parse -genconf.
describe('decodeInteger', () => {
  it.each([
    ['00', 0n],
    ['7f', 127n],
    ['0080', 128n],
    ['80', -128n],
    ['ff7f', -129n],
    ['7fffffffffffffffffffffffffffffffffffffff', 730750818665451459101842416358141509827966271487n],
  ])('%s is %s', (bytes, number) => {
    expect(decodeInteger(hex(bytes))).toBe(number);
  });
});

describe('decodeObjectIdentifier', () => {
  it.each([
    ['550403', '2.5.4.3'],
    ['2a864886f70d010101', '1.2.840.113549.1.1.1'],
    ['0992268993f22c640119', '0.9.2342.19200300.100.1.25'],
    ['27', '0.39'],
    ['28', '1.0'],
    ['4f', '1.39'],
    ['50', '2.0'],
    ['883703', '2.999.3'],
    ['6983f09da7ebcfdee0c7a1a7b2c0948cc8f9d776', '2.25.329800735698586629295641978511506172918'],
  ])('%s is %s', (bytes, dotted) => {
    expect(decodeObjectIdentifier(hex(bytes))).toBe(dotted);
  });
});
