import { describe, expect, it } from 'vitest';
import { readDerValues } from '../../src/protocol/der';
import { formatDistinguishedName } from '../../src/protocol/distinguished-name';
import fixture from '../fixtures/certificates.json';

// The names of certificates that OpenSSL reads are compared in certificate.test.ts.
describe('formatDistinguishedName writes what JDK 17 writes', () => {
  it.each(fixture.names)('$what', ({ der, name }) => {
    const [sequence] = readDerValues(Buffer.from(der, 'base64'));
    expect(formatDistinguishedName(sequence!.content)).toBe(name);
  });

  it('writes nothing for a name of no parts', () => {
    expect(formatDistinguishedName(Buffer.alloc(0))).toBe('');
  });
});

describe('formatDistinguishedName refuses', () => {
  it.each([
    ['an attribute without a value', '310730050603550403'],
    ['an attribute of nothing', '31023000'],
    ['an attribute that is cut short', '310930070603550403130261'],
    ['bytes that are no DER', '31'],
  ])('%s', (_what, hex) => {
    expect(() => formatDistinguishedName(Buffer.from(hex, 'hex'))).toThrow(RangeError);
  });
});
