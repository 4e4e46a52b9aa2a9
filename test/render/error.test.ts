import { describe, expect, it } from 'vitest';
import { AlipassError, type GatewayFault } from '../../src/errors';
import { errorJson, formatError } from '../../src/render/error';
import { loadStyle } from '../../src/terminal/style';

const PLAIN = await loadStyle(false);
const COLOURS = await loadStyle(true);
const gateway: GatewayFault = { code: '40002', msg: 'Invalid Arguments', trace_id: '0b2f', verified: true };

const EXPLAIN = '  alipass explain 40002 tells more.\n';

describe('formatError', () => {
  it.each([
    ['what failed', {}, 'error  no\n'],
    [
      'what it sums up, before what to try',
      { details: ['a:1: no', 'a:\u001b2: no'], hint: 'Try.' },
      'error  no\n  a:1: no\n  a:\\u{1b}2: no\n  try  Try.\n',
    ],
    ['what to try', { hint: 'Try this.' }, 'error  no\n  try  Try this.\n'],
    ['the trace id', { gateway }, `error  no\n  trace id 0b2f\n${EXPLAIN}`],
    [
      'that nobody signed it',
      { gateway: { code: '40002', msg: '', verified: false } },
      `error  no\n  Nothing proves that this is the gateway’s word: unverified.\n${EXPLAIN}`,
    ],
  ])('formatError says %s', (_, options, text) => {
    expect(formatError(new AlipassError('rejected', 'x', 'no', options), PLAIN)).toBe(text);
  });

  it('formatError wraps to a terminal, further lines indented', () => {
    const error = new AlipassError('usage', 'x', 'one two three four five six', {
      hint: 'a b c d e f g h i j k l m n o p',
    });
    expect(formatError(error, PLAIN, 30)).toBe(
      'error  one two three four five\n       six\n  try  a b c d e f g h i j k l\n       m n o p\n',
    );
  });

  it('formatError wraps what it adds of the gateway', () => {
    const error = new AlipassError('rejected', 'x', 'no', { gateway: { ...gateway, verified: false } });
    expect(formatError(error, PLAIN, 40)).toBe(
      [
        'error  no',
        '  trace id 0b2f',
        '  Nothing proves that this is the',
        '  gateway’s word: unverified.',
        '  alipass explain 40002 tells more.',
        '',
      ].join('\n'),
    );
  });

  it('formatError paints only with a style', () => {
    expect(formatError(new AlipassError('usage', 'x', 'no'), COLOURS)).toBe('\x1b[31merror\x1b[39m  no\n');
  });

  it('formatError lets text of the gateway do nothing', () => {
    const evil = '\x1b[2J\n\u202e';
    const fault = { ...gateway, trace_id: evil };
    const text = formatError(new AlipassError('rejected', 'x', evil, { hint: evil, gateway: fault }), PLAIN);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(text.split('\n')).toHaveLength(5);
  });
});

describe('errorJson', () => {
  it('errorJson writes one line of JSON with the exit code', () => {
    const text = errorJson(
      new AlipassError('rejected', 'isv.x', 'a\nb', { details: ['1', '2'], hint: 'h', gateway }),
    );
    expect(text.indexOf('\n')).toBe(text.length - 1);
    expect(JSON.parse(text)).toEqual({
      schema: 'alipass.error/1',
      error: {
        kind: 'rejected',
        exit: 4,
        code: 'isv.x',
        message: 'a\nb',
        details: ['1', '2'],
        hint: 'h',
        gateway,
      },
    });
  });

  it('errorJson leaves out what is not known, and the cause', () => {
    const error = new AlipassError('config', 'key.file', 'no', { cause: new Error('secret') });
    expect(JSON.parse(errorJson(error))).toEqual({
      schema: 'alipass.error/1',
      error: { kind: 'config', exit: 3, code: 'key.file', message: 'no' },
    });
  });
});
