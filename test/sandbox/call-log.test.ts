import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallRecord } from '../../src/sandbox/call-record';
import { NOON_TEXT, startTestSandbox, type TestSandbox } from '../helpers/sandbox';
import { BIZ, type CallChange, METHOD } from '../helpers/sandbox-caller';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const { privateKey: otherKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** What is recorded of a call. */
async function recordOf(change: CallChange = {}): Promise<CallRecord> {
  await sandbox.caller.call(change);
  return sandbox.records.at(-1)!;
}

describe('recordCall', () => {
  it('recordCall tells what was asked, what was passed, and what was answered', async () => {
    const record = await recordOf();
    expect(record).toMatchObject({
      at: NOON_TEXT,
      method: METHOD,
      params: { app_id: '2014072300007148', charset: 'utf-8', version: '1.0' },
      arguments: BIZ,
      answer: { status: 200, code: '10000' },
    });
    expect(record.passed.slice(0, 2)).toEqual(['app_id', 'method']);
    expect(record.passed).toContain('signature');
    expect(record).not.toHaveProperty('signature');
    expect(record).not.toHaveProperty('faults');
  });

  it('recordCall tells how far a refused call came', async () => {
    const record = await recordOf({ biz: { page_num: 0 } });
    expect(record).toMatchObject({
      answer: { code: '40004', sub_code: 'KP.AE_ALIPASS_PARAMS_VALUE_INVAILD' },
    });
    expect((await recordOf({ params: { app_id: 'x' } })).passed).toEqual([]);
    expect((await recordOf({ params: { method: undefined } })).method).toBeNull();
  });

  it.each([
    ['an argument', { biz: { page_num: 0 } }, 'page_num 0 must be a whole number from 1 to 9999999999'],
    ['text', { biz: { user_id: 'x"' } }, /^user_id "x\\"" must be 16 digits, beginning with 2088$/],
    ['a list', { biz: { group_type: ['card'] } }, /^group_type \["card"\] must be one of card/],
    ['no time', { biz: { time_status: undefined } }, 'time_status is missing: one of CURRENT, PAST'],
    [
      'no city',
      { biz: { need_shopinfo: 'true' } },
      'city_code is missing: 6 digits where need_shopinfo is true',
    ],
    ['no JSON', { biz: '[]' }, 'biz_content is no JSON object'],
    ['no date', { params: { timestamp: 'now' } }, 'timestamp "now" is no time "yyyy-MM-dd HH:mm:ss"'],
  ] as [string, CallChange, string | RegExp][])(
    'recordCall tells what is wrong: %s',
    async (_, change, why) => {
      const record = await recordOf(change);
      expect(record.why).toMatch(why instanceof RegExp ? why : new RegExp(`^${why}$`));
      expect(record.passed.at(-1)).toBe('no date' === _ ? 'signature' : 'parameters');
    },
  );

  it('recordCall says of a call that was answered that its arguments passed, and nothing is wrong', async () => {
    const record = await recordOf();
    expect(record.passed.at(-1)).toBe('arguments');
    expect(record).not.toHaveProperty('why');
  });

  it.each([
    ['2026-11-23 04:00:30', '8 h 0 min behind: local time of UTC\\?'],
    ['2026-11-22 23:01:00', '12 h 59 min behind: local time of UTC-5\\?'],
    ['2026-11-23 09:30:00', '2 h 30 min behind: local time of UTC\\+5:30\\?'],
    ['2026-11-23 13:00:00', '1 h 0 min ahead: local time of UTC\\+9\\?'],
    ['2026-11-23 12:22:00', '0 h 22 min ahead'],
    ['2026-11-21 12:00:00', '48 h 0 min behind'],
  ])('recordCall tells how far a timestamp is off: %s', async (timestamp, says) => {
    const strict = await startTestSandbox({ strict: true });
    await strict.caller.call({ params: { timestamp } });
    await strict.close();
    expect(strict.records[0]!.why).toMatch(new RegExp(`^timestamp "${timestamp}" is ${says}$`));
  });

  it('recordCall names what --strict does not know', async () => {
    const strict = await startTestSandbox({ strict: true });
    await strict.caller.call({ biz: { colour: 'red' } });
    await strict.caller.call({ params: { client: 'mine' } });
    await strict.close();
    expect(strict.records.map(({ why }) => why)).toEqual([
      '"colour" is no argument that a document names',
      '"client" is no parameter that a document names',
    ]);
  });

  const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
  const swap = (text: string): string =>
    text.replace('biz_content=', 'x').replace('charset=', 'biz_content=');

  it.each([
    ['wrong_key', { key: otherKey }, undefined, undefined],
    [
      'sign_type_unsigned',
      { signedText: (text: string) => text.replace('sign_type=RSA2&', '') },
      /sign_type=RSA2/,
      /&timestamp=/,
    ],
    [
      'values_url_encoded',
      {
        signedText: (text: string) => encodeURIComponent(text).replaceAll('%3D', '=').replaceAll('%26', '&'),
      },
      /biz_content=\{|content=\{"|ent=\{"user/,
      /%7B%22user_id/,
    ],
    [
      'plus_for_space',
      { signedText: (text: string) => text.replace('23 12', '23+12') },
      /23 12:00/,
      /23\+12:00/,
    ],
    [
      'local_time',
      { signedText: (text: string) => text.replace('23 12:', '23 04:') },
      /12:00:00/,
      /04:00:00/,
    ],
    [
      'empty_values_kept',
      {
        signedText: (text: string) => text.replace('&format', '&empty=&format'),
        afterwards: { empty: '' },
      },
      /format=JSON/,
      /empty=&format/,
    ],
    [
      'other_charset',
      {
        biz: { colour: '红' },
        params: { charset: 'GBK' },
        encode: (text: string) => latin1(text.replace('红', '\xba\xec')),
        encodeSigned: (text: string) => Buffer.from(text),
      },
      /红/,
      /./,
    ],
    [
      'wrong_digest',
      {
        params: { sign_type: 'RSA' },
        afterwards: { sign_type: 'RSA2' },
        signedText: (text: string) => text.replace('=RSA&', '=RSA2&'),
      },
      undefined,
      undefined,
    ],
    ['line_feed_signed', { signedText: (text: string) => `${text}\n` }, /sion=1\.0$/, /sion=1\.0\n$/],
    ['charset_misplaced', { inBody: ['charset'] }, undefined, undefined],
    ['changed_text', { afterwards: { version: '2.0' } }, undefined, undefined],
    ['changed_text', { signedText: swap }, undefined, undefined],
    [
      'sorted_wrongly',
      {
        signedText: (text: string) => text.replace(/(app_id=\d+)&(biz_content=.*)&(charset)/, '$2&$1&$3'),
      },
      /app_id/,
      /biz_content/,
    ],
  ] as [string, CallChange, RegExp?, RegExp?][])(
    'recordCall names the cause of a bad signature: %s',
    async (code, change, gateway = /^undefined$/, client = /^undefined$/) => {
      const { signature, answer } = await recordOf(change);
      expect(answer.sub_code).toBe('isv.invalid-signature');
      expect(signature).toMatchObject({ code, says: expect.stringMatching(/\w/) as string });
      expect(signature!.signed_text).toMatch(/^app_id=2014072300007148&biz_content=\{/);
      const { gateway: ours, client: theirs } = signature!.first_difference ?? {};
      expect(String(ours)).toMatch(gateway);
      expect(String(theirs)).toMatch(client);
    },
  );

  it('recordCall does not judge a signature that a fault refuses', async () => {
    const faulty = await startTestSandbox({ faults: ['code=isv.invalid-signature', 'http=503@call=2'] });
    await faulty.caller.call();
    await expect(faulty.caller.call()).rejects.toThrow(/503/);
    await faulty.close();
    const [refused, broken] = faulty.records;
    expect(refused).toMatchObject({ faults: { refuse: 'isv.invalid-signature' } });
    expect(refused).not.toHaveProperty('signature');
    expect(broken!.answer).toEqual({ status: 503, bytes: 0 });
  });
});

describe('tokens', () => {
  const TOKENS = ['201208BBcba86a9f6dd54ce7a2a8a1c2bc2dX12', 'a+b c/d&e=f"g', '%41"<>', '令牌 一+二'];
  const ways: [string, CallChange][] = [
    ['a right call', {}],
    ['another key', { key: otherKey }],
    [
      'url-encoded values',
      {
        signedText: text =>
          text
            .split(/&(?=[a-z_]+=(?!f))/)
            .map(pair => pair.replace(/=(.*)/s, (_, value: string) => `=${encodeURIComponent(value)}`))
            .join('&'),
      },
    ],
    ['pluses for spaces', { signedText: text => text.replaceAll(' ', '+') }],
    ['spaces for pluses', { signedText: text => text.replaceAll('+', ' ') }],
    [
      'another order',
      {
        signedText: text =>
          text
            .split(/&(?=[a-z_]+=(?!f))/)
            .toReversed()
            .join('&'),
      },
    ],
    ['another charset', { encodeSigned: text => Buffer.from(text, 'utf16le') }],
    ['another text', { signedText: text => `${text}&more=1` }],
    ['a refused app', { params: { app_id: 'x' } }],
  ];

  it.each(ways.flatMap(([what, change]) => TOKENS.map(token => [what, token, change] as const)))(
    'stand in no record of %s: %s',
    async (_what, token, change) => {
      const pieces = [
        token,
        encodeURIComponent(token),
        token.replaceAll(' ', '+'),
        token.replaceAll('+', ' '),
      ];
      for (const name of ['app_auth_token', 'auth_token']) {
        const params = { ...change.params, [name]: token };
        const record = await recordOf({ ...change, params, moreQuery: `&${name}=second` });
        const text = JSON.stringify(record, (_, value: unknown) =>
          typeof value === 'string' ? `<${value}>` : value,
        );
        for (const piece of pieces) {
          expect(text).not.toContain(piece);
          expect(text).not.toContain(JSON.stringify(piece).slice(1, -1));
        }
        expect(record.params[name]).toBe('…');
      }
    },
  );

  it('are hidden on both sides of a difference, which so is not in them', async () => {
    const params = { app_auth_token: 'T/1', client: 'a b' };
    const { signature } = await recordOf({
      params,
      signedText: text =>
        text
          .replace('T/1', 'T%2F1')
          .replace('a b', 'a%20b')
          .replace(/\{.*\}/, encodeURIComponent)
          .replace('12:00:00', '12%3A00%3A00')
          .replace('23 ', '23%20'),
    });
    expect(signature).toMatchObject({ code: 'values_url_encoded' });
    expect(signature!.first_difference!.gateway).toMatch(/content=|\{"user/);
    expect(signature!.signed_text).toMatch(/^app_auth_token=…&app_id=/);
  });
});

describe('the order of records', () => {
  it('is that of the calls, however many come at once', async () => {
    const busy = await startTestSandbox();
    const sizes = Array.from({ length: 24 }, (_, i) => (i % 2 ? 1 : 2000));
    await Promise.all(
      sizes.map(page_size => busy.caller.call({ biz: { user_id: '2088000000002000', page_size } })),
    );
    await busy.close();
    expect(busy.records.map(({ call }) => call)).toEqual(sizes.map((_, i) => i + 1));
  });
});
