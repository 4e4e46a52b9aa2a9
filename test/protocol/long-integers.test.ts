import { describe, expect, it } from 'vitest';
import { quoteLongIntegers } from '../../src/protocol/long-integers';

describe('quoteLongIntegers', () => {
  it.each([
    ['{"a":1234567890123456}', '{"a":"1234567890123456"}'],
    ['[-12345678901234567890, 1]', '["-12345678901234567890", 1]'],
    [
      '{"a":"x: 1234567890123456","b":1234567890123456}',
      '{"a":"x: 1234567890123456","b":"1234567890123456"}',
    ],
    ['{"a\\\\":1234567890123456,"b\\"":"\\\\"}', '{"a\\\\":"1234567890123456","b\\"":"\\\\"}'],
    ['{"a":123456789012345}', '{"a":123456789012345}'],
    ['{"a":1234567890123456.5}', '{"a":1234567890123456.5}'],
    ['{"a":1.1234567890123456}', '{"a":1.1234567890123456}'],
    ['{"a":1234567890123456e2}', '{"a":1234567890123456e2}'],
  ])('of %s is %s', (json, quoted) => {
    expect(quoteLongIntegers(json)).toBe(quoted);
  });

  it('steps over a string of ten million escapes', () => {
    const json = `{"a":"${'\\\\"'.slice(0, 2).repeat(10_000_000)}","b":1234567890123456}`;
    expect(quoteLongIntegers(json).endsWith('"b":"1234567890123456"}')).toBe(true);
  });
});
