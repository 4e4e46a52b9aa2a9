import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveLoopback, textReply } from '../../src/sandbox/server';
import { startTestSandbox, type TestSandbox } from '../helpers/sandbox';
import {
  BIZ,
  type CallAnswer,
  type CallChange,
  type HttpAnswer,
  NODE,
  send,
} from '../helpers/sandbox-caller';
import { rejection } from '../helpers/refusal';

let sandbox: TestSandbox;
let expected: unknown;
beforeAll(async () => {
  sandbox = await startTestSandbox();
  expected = (await sandbox.caller.call()).node;
});
afterAll(() => sandbox.close());

/** Says something on a socket, and hears what comes until the server ends it; a reset is heard as nothing. */
function say(bytes: Buffer | string, url = sandbox.url): Promise<string> {
  return new Promise(resolve => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let heard = '';
    socket.on('data', chunk => (heard += chunk.toString('latin1')));
    socket.on('error', () => {});
    socket.once('close', () => resolve(heard));
    socket.write(bytes);
  });
}

/** The server is as well as before: a right request gets the right passes. */
async function expectWell(): Promise<void> {
  const { node, genuine } = await sandbox.caller.call();
  expect(genuine).toBe(true);
  expect(node).toEqual(expected);
}

const post = (body: string | Buffer, headers: Record<string, string> = {}): Promise<HttpAnswer> =>
  send(sandbox.url, { method: 'POST', body, headers });

/** Random bytes, the same ones each time. */
function noise(length: number, seed: number): Buffer {
  let state = seed;
  return Buffer.from(
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    }),
  );
}

const HEAD = 'POST /gateway.do?charset=utf-8 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n';

describe('what is no HTTP', () => {
  it.each([
    ['random bytes', noise(4096, 1), /^HTTP\/1\.1 400 /],
    ['other random bytes', noise(65_536, 7), /^HTTP\/1\.1 400 /],
    ['a TLS greeting', Buffer.from('16030100c8010000c40303', 'hex'), /^HTTP\/1\.1 400 /],
    ['HTTP/0.9', 'GET /gateway.do\r\n\r\n', /isv\.missing-method/],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['no host', 'GET /gateway.do HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a length that is no number', `${HEAD}Content-Length: ten\r\n\r\n`, /^HTTP\/1\.1 400 /],
    ['a length below zero', `${HEAD}Content-Length: -1\r\n\r\n`, /^HTTP\/1\.1 400 /],
    ['two lengths', `${HEAD}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, /^HTTP\/1\.1 400 /],
    [
      'a length and chunks',
      `${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      /^HTTP\/1\.1 400 /,
    ],
    ['chunks of garbage', `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\nxx\r\n`, /^HTTP\/1\.1 400 /],
    ['a chunk without an end', `${HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n`, /^HTTP\/1\.1 400 /],
    ['a header with a NUL', `${HEAD}X: a\0b\r\n\r\n`, /^HTTP\/1\.1 400 /],
    ['a huge header', `${HEAD}X: ${'x'.repeat(1e6)}\r\n\r\n`, /^(HTTP\/1\.1 431 .*)?$/s],
    ['ten thousand headers', `${HEAD}${'X: y\r\n'.repeat(10_000)}\r\n`, /^(HTTP\/1\.1 431 .*)?$/s],
    ['a huge query', `GET /gateway.do?${'a'.repeat(1e6)} HTTP/1.1\r\n\r\n`, /^(HTTP\/1\.1 431 .*)?$/s],
    ['CONNECT', 'CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n', /^$/],
  ])('is answered 4xx or shut out: %s', async (_what, bytes, answer) => {
    expect(await say(bytes)).toMatch(answer);
    await expectWell();
  });

  it('is half a request, and the server goes on', async () => {
    const { port } = new URL(sandbox.url);
    const { query, body } = sandbox.caller.form();
    const whole = `POST /gateway.do?${query} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    for (const length of [1, 60, whole.length - body.length, whole.length - 1]) {
      await new Promise<void>(resolve => {
        const socket = connect(Number(port), '127.0.0.1', () => {
          socket.write(whole.slice(0, length), () => socket.resetAndDestroy());
        });
        socket.on('error', () => {});
        socket.once('close', () => resolve());
      });
    }
    expect((await sandbox.caller.call()).node).toEqual(expected);
  });

  it.each([
    ['headers', 'GET / HTTP/1.1\r\n'],
    ['a body', `${HEAD}Content-Length: 100\r\n\r\nhalf`],
  ])('takes too long over %s, and is answered 408', async (_what, bytes) => {
    const timeouts = { headersTimeout: 20, requestTimeout: 40, connectionsCheckingInterval: 10 };
    const server = await serveLoopback(async () => textReply(200, 'well'), 0, { timeouts });
    expect(await say(bytes, server.origin)).toMatch(/^HTTP\/1\.1 408 /);
    expect((await send(server.origin)).bytes.toString()).toBe('well\n');
    await server.close();
  });
});

describe('what is no call', () => {
  it.each(['/', '/gateway', '/gateway.do/', '/GATEWAY.DO', '//gateway.do', '/gateway.do%3F', '/controls'])(
    'is answered 404: %s',
    async path => {
      const answer = await send(new URL(sandbox.url).origin + path);
      expect(answer).toMatchObject({ status: 404, bytes: Buffer.from('The gateway is at /gateway.do.\n') });
    },
  );

  it('is a body of a hundred megabytes: 413, and nothing is held', async () => {
    const before = process.memoryUsage().arrayBuffers;
    const piece = Buffer.alloc(1 << 20, 'a');
    const length = 100 * piece.length;
    const heard = say(
      Buffer.concat([
        Buffer.from(`${HEAD}Content-Length: ${length}\r\n\r\n`),
        ...Array<Buffer>(100).fill(piece),
      ]),
    );
    expect(await heard).toMatch(/^HTTP\/1\.1 413 .*\r\n\r\nThe body is larger than 16 MiB\.\n$/s);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2.5 * length);
    await expectWell();
  });

  it('is a body of the most bytes, which is read', async () => {
    const { bytes } = await post(`a=${'b'.repeat(16 * (1 << 20) - 2)}`);
    expect(bytes.toString()).toContain('isv.missing-method');
    expect((await post(`a=${'b'.repeat(16 * (1 << 20) - 1)}`)).status).toBe(413);
    await expectWell();
  });
});

describe('calls that are wrong in every way', () => {
  const subCodeOf = (answer: HttpAnswer): unknown => sandbox.caller.read(answer).node['sub_code'];

  it.each([
    ['nothing', ''],
    ['a body that is no form', '{"method":"alipay.user.pass.grouplist.query"}'],
    ['ampersands', '&'.repeat(100_000)],
    ['equals signs', '='.repeat(100_000)],
    ['percents', '%'.repeat(100_000)],
    ['a % at the end', 'method=%&method=%4&method%'],
    ['NUL bytes', '\0=\0&method=%00'],
    ['random bytes', noise(100_000, 3).toString('latin1')],
    ['a hundred thousand parameters', Array.from({ length: 100_000 }, (_, i) => `p${i}=${i}`).join('&')],
    ['one name a hundred thousand times', 'a=b&'.repeat(100_000)],
    ['names of every object', '__proto__=x&constructor=y&toString=z&hasOwnProperty=1'],
  ])('are refused: %s', async (_what, body) => {
    const answer = await post(Buffer.from(body, 'latin1'));
    expect(answer.status).toBe(200);
    expect(subCodeOf(answer)).toMatch(/^isv\.(missing-(method|app-id)|invalid-method)$/);
    await expectWell();
  });

  const many = (count: number, value = ''): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, `${value}${i}`]));

  it.each([
    [
      'a hundred thousand parameters, not signed',
      { moreBody: `&${new URLSearchParams(many(100_000)).toString()}` },
      'isv.invalid-signature',
    ],
    [
      'a hundred thousand parameters, signed',
      { params: many(100_000), inBody: Object.keys(many(100_000)) },
      undefined,
    ],
    [
      'names of every object, signed',
      { params: { ['__proto__']: 'x', constructor: 'y', toString: 'z' } },
      undefined,
    ],
    ['NUL bytes, signed', { params: { a: '\0\0', '\0': 'b' } }, undefined],
    ['ten megabytes of biz_content', { biz: { more: 'x'.repeat(10e6) } }, undefined],
    [
      'ten megabytes, badly signed',
      { biz: { more: 'x'.repeat(10e6) }, signedText: () => 'x' },
      'isv.invalid-signature',
    ],
    ['half a million levels', { biz: `{"a":${'['.repeat(5e5)}${']'.repeat(5e5)}}` }, 'isv.illegal-json'],
    ['braces that stay open', { biz: '{"a":'.repeat(1e5) }, 'isv.illegal-json'],
    ['a million arguments', { biz: JSON.stringify({ ...BIZ, ...many(1e5) }) }, undefined],
    [
      'a prototype among the arguments',
      { biz: `{"__proto__":{"user_id":"x"},${JSON.stringify(BIZ).slice(1)}` },
      undefined,
    ],
    [
      'arguments from a prototype',
      { biz: `{"__proto__":${JSON.stringify(BIZ)}}` },
      'KP.AE_ALIPASS_PARAMS_VALUE_INVAILD',
    ],
    [
      'numbers beyond all',
      { biz: `{"page_size":1e999,${JSON.stringify(BIZ).slice(1, -1)}}`.replace(/,"page_size":100/, '') },
      'KP.AE_ALIPASS_PARAMS_VALUE_INVAILD',
    ],
    ['lone surrogates', { biz: `{"a":"\\ud800",${JSON.stringify(BIZ).slice(1)}` }, undefined],
    ['a method of every object', { params: { method: '__proto__' } }, 'isv.invalid-method'],
    ['a method with quotes', { params: { method: '"}],' } }, 'isv.invalid-method'],
    ['a charset of every object', { params: { charset: '__proto__' } }, 'isv.invalid-charset'],
    ['invalid UTF-8', { moreBody: '&x=%ff%fe%80' }, 'isv.invalid-signature'],
    ['invalid GBK', { params: { charset: 'GBK' }, moreBody: '&x=%81%20%ff%80%81' }, 'isv.invalid-signature'],
    [
      'half a GBK character at the end',
      { params: { charset: 'GBK' }, moreBody: '&x=%81' },
      'isv.invalid-signature',
    ],
    ['a signature that is no base64', { afterwards: { sign: '!"§$%&/()=' } }, 'isv.invalid-signature'],
    [
      'a signature of a megabyte',
      { afterwards: { sign: 'A'.repeat(1e6) }, inBody: ['sign'] },
      'isv.invalid-signature',
    ],
    ['a signature with a bare +', { afterwards: { sign: 'a b c' } }, 'isv.invalid-signature'],
  ] as [string, CallChange, string?][])('get the gateway’s word: %s', async (_what, change, subCode) => {
    const answer: CallAnswer = await sandbox.caller.call(change);
    expect(answer.status).toBe(200);
    expect(answer.node['sub_code']).toBe(subCode);
    expect(subCode ? undefined : answer.node).toEqual(subCode ? undefined : expected);
    expect(answer.genuine).toBe(true);
    expect(JSON.parse(answer.bytes.toString('latin1'))).toHaveProperty([
      subCode === 'isv.invalid-method' ? 'error_response' : NODE,
    ]);
    await expectWell();
  });

  it('may have two hundred thousand empty parameters: what is quadratic would not come back', async () => {
    const signed = await sandbox.caller.call({
      moreBody: `&${Array.from({ length: 200_000 }, (_, i) => `p${i}=`).join('&')}`,
    });
    expect(signed.node['code']).toBe('10000');
    await expectWell();
  });

  it('are taken by GET as well, all in the query', async () => {
    const { query, body } = sandbox.caller.form();
    const answer = await send(`${sandbox.url}?${query}&${body}`);
    expect(sandbox.caller.read(answer).node).toEqual(expected);
  });
});

describe('serveLoopback', () => {
  it('serveLoopback says that a port is in use, and takes a free one for 0', async () => {
    const server = await serveLoopback(async () => textReply(200, 'well'), 0);
    const { kind, code, message } = await rejection(
      serveLoopback(async () => textReply(200, ''), server.port),
    );
    expect({ kind, code }).toEqual({ kind: 'config', code: 'sandbox.port' });
    expect(message).toBe(`Port ${server.port} can’t be used: it is in use`);
    await server.close();
  });

  it('serveLoopback answers a call that breaks with 500, tells of it, and goes on', async () => {
    const told: unknown[] = [];
    const server = await serveLoopback(
      ({ path }) =>
        path === '/break' ? Promise.reject(new Error('broken')) : Promise.resolve(textReply(200, 'well')),
      0,
      { onFailure: error => told.push(error) },
    );
    const { status, headers, bytes } = await send(`${server.origin}/break`);
    expect({ status, type: headers['content-type'], text: bytes.toString() }).toEqual({
      status: 500,
      type: 'text/plain;charset=utf-8',
      text: 'The sandbox could not answer: the fault is its own.\n',
    });
    expect(told).toEqual([new Error('broken')]);
    expect((await send(server.origin)).status).toBe(200);
    await server.close();
  });
});
