import { describe, expect, it } from 'vitest';
import { guardCell } from '../../src/render/excel';

describe('guardCell', () => {
  it.each([
    '7000790003000',
    '20171115011040030100030000009952',
    '00',
    '0000000000000007',
    '12E5',
    '1e-5',
    '9.90',
    '1.0',
    '.5',
    '1,000',
    '50%',
    '¥5.0',
    '￥5',
    '$5',
    '1/2',
    '3-4',
    '1 1/2',
    '10:30',
    '2024-06-15',
    'true',
    'FALSE',
  ])('guardCell keeps the text that a spreadsheet would take for a value: %s', text => {
    expect(guardCell(text)).toBe(`="${text}"`);
  });

  it.each([
    "=cmd|' /C calc'!A0",
    '+1+1',
    '-2+3',
    '@SUM(1+1)',
    '\t=1+1',
    '\r=1',
    '\n=1',
    '＝1+1',
    '＋1',
    '－1',
    '＠A1',
  ])('guardCell keeps the text that would be a formula: %j', text => {
    expect(guardCell(text)).toBe(`'${text}`);
  });

  it.each([
    '',
    '0',
    '7',
    '70007900031',
    '2024-06-15 12:00:00',
    '盒马',
    '5元',
    '满59减30',
    '1瓶',
    'truely',
    '券=1',
    '["2015092700077000"]',
    '{"a":1}',
    'E5',
    ' =1',
    "'",
  ])('guardCell leaves %j', text => {
    expect(guardCell(text)).toBe(text);
  });

  it('guardCell takes no longer for a long text than for a short one', () => {
    const long = '1.,/:% -'.repeat(50_000);
    expect(guardCell(`${long}x`)).toBe(`${long}x`);
  });
});
