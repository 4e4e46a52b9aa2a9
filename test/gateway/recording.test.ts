import { describe, expect, it } from 'vitest';
import {
  createLineWriter,
  publicParams,
  readRecording,
  type RecordedExchange,
  type RecordingHeader,
} from '../../src/gateway/recording';
import { playExchanges } from '../../src/gateway/recording-player';
import { recordExchanges } from '../../src/gateway/recording-writer';
import type { Exchange } from '../../src/gateway/request';
import type { RawResponse } from '../../src/gateway/response';
import { encryptContent } from '../../src/protocol/encryption';
import type { Params } from '../../src/protocol/params';
import { linesOf, mend } from '../helpers/recording';
import { refusal, rejection } from '../helpers/refusal';

const HEADER: RecordingHeader = {
  schema: 'alipass.recording/1',
  recorded_at: '2026-11-23 12:00:00',
  gateway: 'https://gateway.example/gateway.do',
  app_id: '2014072300007148',
  charset: 'utf-8',
  sign_type: 'RSA2',
  retries: '2',
  encrypt_type: '',
  masked: false,
  alipay_public_key: 'MIIB',
};
const SENDER = { charset: 'utf-8' } as const;
const SIGNAL = new AbortController().signal;

function paramsOf(content: object, others: Params = {}): Params {
  const biz_content = JSON.stringify(content);
  const common = { app_id: '2014072300007148', method: 'm', charset: 'utf-8', sign_type: 'RSA2' };
  return { ...common, timestamp: '2026-11-23 12:00:00', biz_content, ...others };
}

const answer = (body: string | Buffer, status = 200): RawResponse => ({
  status,
  headers: { 'content-type': 'text/html;charset=utf-8' },
  bytes: Buffer.from(body as string),
});

/** A whole recording of these exchanges. */
async function record(
  exchanges: readonly (readonly [Params, RawResponse])[],
  { masked = false, sender = SENDER as Parameters<typeof recordExchanges>[1] } = {},
): Promise<Buffer> {
  const writeLine = createLineWriter();
  const lines = [writeLine({ ...HEADER, masked, encrypt_type: sender.encryptKey ? 'AES' : '' })];
  const raws = exchanges.map(([, raw]) => raw);
  const gateway: Exchange = async params => ({ sent: { params, signedText: '' }, raw: raws.shift()! });
  const keep = (exchange: RecordedExchange): unknown => lines.push(writeLine(exchange));
  const recorder = recordExchanges(gateway, sender, masked, keep);
  for (const [params] of exchanges) await recorder(params, SIGNAL);
  return Buffer.from(lines.join(''));
}

const player = (bytes: Buffer, sender: Parameters<typeof playExchanges>[2] = SENDER): Exchange =>
  playExchanges(readRecording(bytes, 'x.ndjson'), 'x.ndjson', sender);

/** What a recording answers, as text. */
async function ask(play: Exchange, params: Params): Promise<string> {
  return (await play(params, SIGNAL)).raw.bytes.toString();
}

describe('recordExchanges and playExchanges keep an answer', () => {
  it.each([
    ['in UTF-8', Buffer.from('{"a":"商家 \u2028 \\u0000 \ud83d\ude00"}'), 'body'],
    ['with a BOM and CRLF', Buffer.from('\ufeff{\r\n}'), 'body'],
    ['in GBK', Buffer.from('7b2261223a22c9ccbcd2227d', 'hex'), 'body_base64'],
    ['of every byte', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), 'body_base64'],
    ['with a surrogate in UTF-8', Buffer.from('eda080', 'hex'), 'body_base64'],
    ['that is empty', Buffer.alloc(0), 'body'],
  ])('%s, byte for byte', async (_what, bytes, member) => {
    const raw = { status: 418, headers: { trace_id: 't', 'set-cookie': 'c', date: 'd' }, bytes };
    const recording = await record([[paramsOf({}), raw]]);
    expect(recording.toString()).toContain(`"${member}":`);
    const { raw: played } = await player(recording)(paramsOf({}), SIGNAL);
    expect(played).toEqual({ status: 418, headers: { trace_id: 't', date: 'd' }, bytes });
  });

  it('and nothing of an answer that failed to arrive', async () => {
    const kept: unknown[] = [];
    const failing = recordExchanges(
      () => Promise.reject(new Error('cut')),
      SENDER,
      false,
      it => kept.push(it),
    );
    await expect(failing(paramsOf({}), SIGNAL)).rejects.toThrow('cut');
    expect(kept).toEqual([]);
  });
});

describe('playExchanges matches', () => {
  const PAGE = { user_id: '2088102122458832', page_num: 1 };
  const recorded = record([
    [paramsOf(PAGE), answer('busy', 503)],
    [paramsOf({ ...PAGE, page_num: 2 }), answer('page 2')],
    [paramsOf(PAGE), answer('page 1')],
  ]);

  it.each([
    ['another time and signature', paramsOf(PAGE, { timestamp: '2027-01-01 00:00:00', sign: 's' })],
    ['another order of the content', paramsOf({ page_num: 1, user_id: '2088102122458832' })],
    ['a charset spelled otherwise', paramsOf(PAGE, { charset: 'UTF-8' })],
    ['another certificate and token', paramsOf(PAGE, { app_cert_sn: 'x', app_auth_token: 'x' })],
  ])('a request with %s', async (_what, params) => {
    expect(await ask(player(await recorded), params)).toBe('busy');
  });

  it('equal requests in recorded order, and the last answer stays', async () => {
    const play = player(await recorded);
    const answers = [await ask(play, paramsOf(PAGE)), await ask(play, paramsOf(PAGE))];
    expect([...answers, await ask(play, paramsOf(PAGE))]).toEqual(['busy', 'page 1', 'page 1']);
  });

  it('with what was sent then, for an answer that speaks of it', async () => {
    const now = paramsOf(PAGE, { timestamp: '2027-01-01 00:00:00' });
    const { sent } = await player(await recorded)(now, SIGNAL);
    expect(sent.signedText).toContain('timestamp=2026-11-23 12:00:00');
  });

  it.each([
    ['page', paramsOf({ ...PAGE, page_num: 3 }), /page_num 3 \(recorded: 1, 2\)/],
    [
      'user',
      paramsOf({ ...PAGE, user_id: '2088102122458833' }),
      /user_id "2088102122458833" \(recorded: "2088/,
    ],
    ['field', paramsOf({ ...PAGE, city_code: '320100' }), /city_code "320100" \(recorded: none\)/],
    ['field less', paramsOf({ page_num: 1 }), /user_id none \(recorded: "2088102122458832"\)/],
    ['charset', paramsOf(PAGE, { charset: 'GBK' }), /charset gbk \(recorded: utf-8\)/],
    ['sign type', paramsOf(PAGE, { sign_type: 'RSA' }), /sign_type RSA \(recorded: RSA2\)/],
    ['app', paramsOf(PAGE, { app_id: '1' }), /app_id 1 \(recorded: 2014072300007148\)/],
    ['method', paramsOf(PAGE, { method: 'n' }), /method n \(recorded: m\)/],
  ])('no request with another %s, and says so', async (_what, params, words) => {
    const error = await rejection(player(await recorded)(params, SIGNAL));
    expect(error).toMatchObject({ kind: 'config', code: 'recording.no_answer', retryable: false });
    expect(error.message).toContain(`x.ndjson holds no answer to ${params['method']} with {`);
    expect(error.hint).toMatch(words);
  });

  it('says of a combination, and of no answers at all, what they are', async () => {
    const two = await record([
      [paramsOf({ a: 1, b: 1 }), answer('')],
      [paramsOf({ a: 2, b: 2 }), answer('')],
    ]);
    expect((await rejection(player(two)(paramsOf({ a: 1, b: 2 }), SIGNAL))).hint).toMatch(/not together/);
    expect((await rejection(player(await record([]))(paramsOf({}), SIGNAL))).hint).toMatch(
      /no answer at all/,
    );
  });

  it('nothing once the run is aborted', async () => {
    const play = player(await recorded);
    await expect(play(paramsOf(PAGE), AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });

  it('under content encryption by the plain content, which is what the file holds', async () => {
    const sender = { charset: 'GBK', encryptKey: Buffer.alloc(16, 7) } as const;
    const cipher = encryptContent(Buffer.from('{"user_id":"2088"}'), sender.encryptKey);
    const params = paramsOf({}, { biz_content: cipher, encrypt_type: 'AES' });
    const recording = await record([[params, answer('x')]], { sender });
    expect(recording.toString()).toContain(String.raw`"biz_content":"{\"user_id\":\"2088\"}"`);
    const { sent } = await player(recording, sender)(params, SIGNAL);
    expect(sent.params['biz_content']).toBe(cipher);
  });
});

describe('publicParams', () => {
  it('keeps what is known to be no secret, and only that a token was set', () => {
    const secrets = { sign: 'S', app_auth_token: 'T', auth_token: 'U', notify_url: 'V' };
    const shown = publicParams(paramsOf({ a: 1 }, { app_cert_sn: 'c', ...secrets }), SENDER, false);
    expect(shown).toEqual(paramsOf({ a: 1 }, { app_cert_sn: 'c', app_auth_token: '***' }));
  });

  it.each([
    [{ user_id: '2088102122458832' }, { user_id: '2088********8832' }],
    [
      { partner_id: '2088102122458831', page_num: 1 },
      { partner_id: '2088********8831', page_num: 1 },
    ],
    [{ item_id: '2088102122458832' }, { item_id: '2088102122458832' }],
  ])('masks %j as %j', (content, masked) => {
    expect(publicParams(paramsOf(content), SENDER, true)['biz_content']).toBe(JSON.stringify(masked));
    expect(publicParams(paramsOf(content), SENDER, false)['biz_content']).toBe(JSON.stringify(content));
  });
});

describe('recordExchanges hides what an answer gives back', () => {
  const TOKEN = '201510BBaa/d4=42&b"x';
  const asked = paramsOf({ user_id: '2088102122458832' }, { app_auth_token: TOKEN, sign: 'aaaa+bbb/cc==' });

  it.each([
    ['the token as it is', TOKEN],
    ['the token url-encoded', encodeURIComponent(TOKEN)],
    ['the token HTML-escaped', TOKEN.replace('&', '&amp;').replace('"', '&quot;')],
    ['the token in JSON', JSON.stringify(TOKEN)],
    ['the signature', '?sign=aaaa+bbb/cc=='],
    ['the signature url-encoded', '?sign=aaaa%2Bbbb%2Fcc%3D%3D'],
    ['the signature url-encoded in small letters', '?sign=aaaa%2bbbb%2fcc%3d%3d'],
    ['the signature in numbers of HTML', 'aaaa&#43;bbb&#x2F;cc&#061;&equals;'],
    ['the signature escaped for JavaScript', String.raw`aaaa\u002bbbb\/cc\x3D\u003D`],
    ['the signature in JSON in JSON', String.raw`aaaa+bbb\\\/cc==`],
    ['the signature, its lines broken', 'aaaa+b\r\n  bb/cc=\n='],
    ['the signature, its lines broken in JSON', String.raw`aaaa+b\nbb/cc\r\n==`],
  ])('%s', async (_what, words) => {
    const recording = (await record([[asked, answer(`<p>${words}</p>`, 403)]])).toString();
    expect(recording).not.toMatch(/201510BB|aaaa/);
    expect(recording).toMatch(/"redacted":true/);
  });

  it.each(['(a.b*c)[d', 'tokenn+n|n?^$', 'a\\b{1}令牌xyz'])(
    'the token %s, whatever it is made of',
    async token => {
      const params = paramsOf({}, { app_auth_token: token });
      const recording = (
        await record([[params, answer(`<p>${encodeURIComponent(token)} ${token}</p>`, 403)]])
      ).toString();
      expect(linesOf(Buffer.from(recording))[1]).toMatchObject({
        response: { body: expect.stringMatching(/^<p>\*{3} /) },
      });
      const other = await record([[params, answer('<p>(aXbYc)[d</p>', 403)]]);
      expect(other.toString()).not.toContain('redacted');
    },
  );

  it.each([
    ['https://u:p@login.example/in?sign=partof&x=1#y', 'https://…@login.example/in'],
    ['/in?biz_content=%7B%7D', '/in'],
    ['/in', '/in'],
  ])('in a redirect: all but where it leads, of %s', async (location, kept) => {
    const raw = { ...answer('', 302), headers: { location } };
    expect(linesOf(await record([[asked, raw]]))[1]).toMatchObject({
      response: { headers: { location: kept } },
    });
  });

  it('in a header too', async () => {
    const raw = { ...answer('', 302), headers: { location: `https://h/?app_auth_token=${TOKEN}` } };
    expect((await record([[asked, raw]])).toString()).not.toContain('201510BB');
  });

  it('and then takes away the signature, which would no longer fit, in any charset', async () => {
    const node = Buffer.from(
      `{"code":"40002","sub_msg":"\xb2\xbbauth_token=${encodeURIComponent(TOKEN)}"}`,
      'latin1',
    );
    const body = Buffer.concat([Buffer.from('{"m_response":'), node, Buffer.from(',"sign":"MEUC"}')]);
    const { raw } = await player(await record([[asked, answer(body)]]))(asked, SIGNAL);
    const shown = '{"m_response":{"code":"40002","sub_msg":"\xb2\xbbauth_token=***"}}';
    expect(raw.bytes.toString('latin1')).toBe(shown);
  });

  it.each([
    ['a user id of an error, when masking', true, '{"code":"40002","m":"2088102122458832"}', false],
    ['no user id of a success in a number', true, '{"code":10000,"m":"2088102122458832"}', true],
    [
      'no user id of a success, which its signature covers',
      true,
      '{"code":"10000","m":"2088102122458832"}',
      true,
    ],
    ['no user id unasked', false, '{"code":"40002","m":"2088102122458832"}', true],
  ])('%s', async (_what, masked, body, kept) => {
    const params = paramsOf({ user_id: '2088102122458832' });
    const recording = (await record([[params, answer(body)]], { masked })).toString();
    expect(recording.includes(String.raw`\"m\":\"2088102122458832`)).toBe(kept);
  });

  it('but nothing that is short enough to stand there by chance', async () => {
    const body = '{"code":"10000","msg":"Success"}';
    const params = paramsOf({}, { app_auth_token: 's' });
    expect(await ask(player(await record([[params, answer(body)]])), params)).toBe(body);
  });
});

describe('readRecording', () => {
  const recorded = record([
    [paramsOf({ page_num: 1 }), answer('商家')],
    [paramsOf({ page_num: 2 }), answer('b')],
  ]);

  it('finds each flipped bit of each byte, and says untrusted', async () => {
    const whole = await recorded;
    const missed: string[] = [];
    for (let at = 0; at < whole.length; at++) {
      for (const flip of [0x01, 0x20, 0x80]) {
        const bytes = Buffer.from(whole);
        bytes[at]! ^= flip;
        const { kind } = refusal(() => readRecording(bytes, 'x'));
        if (kind !== 'untrusted') missed.push(`${kind} for ${flip} at ${at}`);
      }
    }
    expect(missed).toEqual([]);
  });

  it('finds each byte turned into a line feed, taken out, or doubled', async () => {
    const whole = await recorded;
    for (let at = 0; at < whole.length; at++) {
      const [before, byte, after] = [
        whole.subarray(0, at),
        whole.subarray(at, at + 1),
        whole.subarray(at + 1),
      ];
      const changes = [Buffer.concat([before, after]), Buffer.concat([before, byte, byte, after])];
      if (byte[0] !== 0x0a) changes.push(Buffer.concat([before, Buffer.from('\n'), after]));
      for (const bytes of changes) expect(refusal(() => readRecording(bytes, 'x')).kind).toBe('untrusted');
    }
  });

  it('says which line was changed', async () => {
    const bytes = Buffer.from(await recorded);
    bytes[bytes.lastIndexOf('page_num')]! ^= 1;
    expect(refusal(() => readRecording(bytes, 'x.ndjson'))).toMatchObject({
      code: 'recording.changed',
      message: 'Line 3 of x.ndjson was changed after it was recorded',
    });
  });

  it('says where a file is cut off, and takes the whole lines alone', async () => {
    const whole = await recorded;
    const second = whole.indexOf('\n', whole.indexOf('\n') + 1) + 1;
    expect(refusal(() => readRecording(whole.subarray(0, -1), 'x'))).toMatchObject({
      kind: 'untrusted',
      code: 'recording.cut_off',
      message: expect.stringContaining('x is cut off in line 3'),
      hint: expect.stringContaining('head -n 2 keeps'),
    });
    expect(readRecording(whole.subarray(0, second), 'x').exchanges).toHaveLength(1);
  });

  it.each([
    ['lines in another order', (lines: string[]) => [lines[0], lines[2], lines[1]]],
    ['a line taken out', (lines: string[]) => [lines[0], lines[2]]],
    ['a line twice', (lines: string[]) => [lines[0], lines[1], lines[1], lines[2]]],
  ])('refuses %s', async (_what, change) => {
    const lines = (await recorded).toString().split('\n').slice(0, -1);
    const bytes = Buffer.from(
      change(lines)
        .map(line => `${line}\n`)
        .join(''),
    );
    expect(refusal(() => readRecording(bytes, 'x'))).toMatchObject({
      kind: 'untrusted',
      code: 'recording.changed',
    });
  });

  it.each([
    ['', /x is not a recording: it is empty/],
    ['pass_id,status\n', /its first line is not JSON/],
    ['{"a":1}\n', /its first line has no schema, such as "alipass.recording\/1"/],
    ['{"schema":"alipass.list/1","passes":[]}\n', /its schema is "alipass.list\/1"/],
    ['\u0000\u0001', /not JSON/],
  ])('says of %j that it is no recording', (text, words) => {
    const error = refusal(() => readRecording(Buffer.from(text), 'x'));
    expect(error).toMatchObject({ kind: 'config', code: 'recording.not_one' });
    expect(error.message).toMatch(words);
  });

  const others: readonly (readonly [string, string, string, (line: string, n: number) => string])[] = [
    ['another version', 'config', 'recording.version', line => line.replace('recording/1', 'recording/2')],
    [
      'a header without its app',
      'untrusted',
      'recording.malformed',
      line => line.replace('"app_id"', '"app"'),
    ],
    [
      'a header without a key',
      'untrusted',
      'recording.malformed',
      line => line.replace('alipay_public', 'x'),
    ],
    [
      'a time that is none',
      'untrusted',
      'recording.malformed',
      line => line.replace('12:00:00"', '25:00:00"'),
    ],
    [
      'a line that is no exchange',
      'untrusted',
      'recording.malformed',
      (line, n) => (n === 2 ? '{"a":1' : line),
    ],
    [
      'a status in words',
      'untrusted',
      'recording.malformed',
      line => line.replace('"status":200', '"status":"OK"'),
    ],
    ['an answer without a body', 'untrusted', 'recording.malformed', line => line.replace('"body"', '"bod"')],
    [
      'a body that is null',
      'untrusted',
      'recording.malformed',
      line => line.replace(/"body":"[^"]*"/, '"body":null,"body_base64":"YQ=="'),
    ],
    [
      'two bodies',
      'untrusted',
      'recording.malformed',
      line => line.replace('"body":', '"body_base64":"YQ==","body":'),
    ],
    ['a line that is no JSON', 'untrusted', 'recording.malformed', (line, n) => (n === 3 ? 'page' : line)],
  ];
  it.each(others)('refuses %s even when the digests fit', async (_what, kind, code, change) => {
    const mended = mend(await recorded, change);
    expect(refusal(() => readRecording(mended, 'x'))).toMatchObject({ kind, code });
  });

  it('takes what a forger left as it was: the same rule, written twice', async () => {
    expect(
      readRecording(
        mend(await recorded, line => line),
        'x',
      ).exchanges,
    ).toHaveLength(2);
  });
});
