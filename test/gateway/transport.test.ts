import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createPoolTransport } from '../../src/gateway/pool-transport';
import { createHttpTransport, type Transport, type TransportOptions } from '../../src/gateway/transport';
import type { SignedRequest } from '../../src/gateway/request';

let server: Server | ReturnType<typeof createTcpServer> | undefined;
afterEach(() => {
  if (server && 'closeAllConnections' in server) server.closeAllConnections();
  server?.close();
});

async function listen(handler: RequestListener): Promise<string> {
  const http = createServer(handler);
  server = http;
  return portOf(http);
}

async function portOf(listener: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(listener.address() as AddressInfo).port}/gateway.do?x=1`;
}

/** A server that answers every request with the same bytes. */
async function answerWith(text: string, end: boolean): Promise<string> {
  const tcp = createTcpServer(socket => {
    socket.on('error', () => {});
    socket.on('data', () => {
      socket.write(text, 'latin1');
      if (end) socket.end();
    });
  });
  server = tcp;
  return portOf(tcp);
}

function requestTo(url: string): SignedRequest {
  return { params: {}, signedText: '', bytes: Buffer.of(), url, contentType: 'text/plain', body: 'a=%20b' };
}

const never = new AbortController().signal;

type Create = (options: TransportOptions) => Transport;

/** Sends one request by a transport of its own. */
function sendBy(
  create: Create,
  url: string,
  options: { timeoutMs?: number; proxy?: string; signal?: AbortSignal } = {},
): ReturnType<Transport> {
  const { timeoutMs = 5_000, proxy, signal = never } = options;
  return create({ timeoutMs, proxy, userAgent: 'test/1' })(requestTo(url), signal);
}

describe.each<[name: string, create: Create]>([
  ['createHttpTransport', createHttpTransport],
  ['createPoolTransport', options => createPoolTransport({ ...options, now: Date.now })],
])('%s', (_name, create) => {
  const send = (url: string, options?: Parameters<typeof sendBy>[2]): ReturnType<Transport> =>
    sendBy(create, url, options);

  it('posts the body with its type and returns the raw answer', async () => {
    const seen: unknown[] = [];
    const url = await listen((request, response) => {
      let body = '';
      request.on('data', chunk => (body += String(chunk)));
      request.on('end', () => {
        seen.push([
          request.method,
          request.url,
          request.headers['content-type'],
          request.headers['user-agent'],
          body,
        ]);
        response.writeHead(418, { trace_id: 't' }).end(Buffer.of(0xc9, 0xcc));
      });
    });
    const { status, headers, bytes } = await send(url);
    expect(seen).toEqual([['POST', '/gateway.do?x=1', 'text/plain', 'test/1', 'a=%20b']]);
    expect([status, headers['trace_id'], bytes.toString('hex')]).toEqual([418, 't', 'c9cc']);
  });

  it('uses one connection for calls in turn', async () => {
    const ports = new Set<number | undefined>();
    const url = await listen((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('{}');
    });
    const transport = create({ timeoutMs: 5_000, userAgent: 'test/1' });
    for (let i = 0; i < 3; i++) await transport(requestTo(url), never);
    expect(ports.size).toBe(1);
  });

  it.each([
    ['no answer at all', (): void => {}, /No whole answer within 50 ms/],
    [
      'half an answer',
      ((_, response) => response.write('{"a"')) satisfies RequestListener,
      /No whole answer within 50 ms/,
    ],
  ] as [string, RequestListener, RegExp][])(
    'gives up on %s, to be tried again',
    async (_what, handler, words) => {
      const url = await listen(handler);
      await expect(send(url, { timeoutMs: 50 })).rejects.toMatchObject({
        kind: 'unavailable',
        code: 'network.timeout',
        retryable: true,
        message: expect.stringMatching(words) as string,
      });
    },
  );

  it('says that a cut answer was cut', async () => {
    const url = await listen((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"a"');
      setImmediate(() => response.destroy());
    });
    await expect(send(url)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'network.econnreset',
      retryable: true,
    });
  });

  it('refuses an answer over the limit', async () => {
    const url = await listen((_, response) => {
      const mebibyte = Buffer.alloc(1024 * 1024);
      const more = (): void => {
        while (response.write(mebibyte));
        response.once('drain', more);
      };
      more();
    });
    await expect(send(url)).rejects.toMatchObject({ code: 'http.too_large', retryable: false });
  });

  it.each([
    [
      'chunks',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{"\r\n1;x\r\n}\r\n0\r\n\r\n',
      false,
    ],
    ['until the connection ends', 'HTTP/1.1 200 OK\r\n\r\n{"}', true],
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 3\r\n\r\n{"}', true],
    [
      'behind an interim answer',
      'HTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n{"}',
      false,
    ],
  ])('takes a body that comes as %s', async (_, text, end) => {
    const { status, bytes } = await send(await answerWith(text, end));
    expect([status, bytes.toString()]).toEqual([200, '{"}']);
  });

  it.each([
    ['no HTTP', '<html>\r\n\r\n'],
    ['a greeting of another protocol', '220 mail.example\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}'],
    [
      'a length and chunks',
      'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nx\r\n'],
    ['an endless head', `HTTP/1.1 200 OK\r\na: ${'b'.repeat(17 * 1024)}`],
  ])('refuses %s', async (_, text) => {
    const sent = send(await answerWith(text, false));
    await expect(sent).rejects.toMatchObject({ kind: 'unavailable', code: 'http.broken', retryable: false });
  });

  it('gives each of many calls at once its own answer', async () => {
    const url = await listen((request, response) => response.end(request.url));
    const transport = create({ timeoutMs: 5_000, userAgent: 'test/1' });
    const ask = async (n: number): Promise<string> => {
      const { bytes } = await transport(requestTo(`${url}&n=${n}`), new AbortController().signal);
      return bytes.toString();
    };
    const numbers = Array.from({ length: 40 }, (_, n) => n);
    expect(await Promise.all(numbers.map(ask))).toEqual(numbers.map(n => `/gateway.do?x=1&n=${n}`));
  });

  it.each<[what: string, leave: (socket: Socket) => unknown]>([
    ['ended', socket => socket.end()],
    ['cut', socket => socket.resetAndDestroy()],
  ])('connects anew where the server has %s the connection', async (_, leave) => {
    const sockets: Socket[] = [];
    const url = await listen((request, response) => {
      sockets.push(request.socket);
      response.end('{}');
    });
    const transport = create({ timeoutMs: 5_000, userAgent: 'test/1' });
    await transport(requestTo(url), never);
    leave(sockets[0]!);
    await once(sockets[0]!, 'close');
    // By now it has come to the client.
    await nextTurn();
    expect((await transport(requestTo(url), never)).status).toBe(200);
    expect(sockets[1]).not.toBe(sockets[0]);
  });

  it('connects anew after each answer that closes the connection', async () => {
    const ports = new Set<number | undefined>();
    const url = await listen((request, response) => {
      ports.add(request.socket.remotePort);
      response.setHeader('connection', 'close').end('{}');
    });
    const transport = create({ timeoutMs: 5_000, userAgent: 'test/1' });
    for (let i = 0; i < 3; i++) await transport(requestTo(url), never);
    expect(ports.size).toBe(3);
  });

  it('follows no redirect', async () => {
    let calls = 0;
    const url = await listen((_, response) => {
      calls++;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect((await send(url)).status).toBe(302);
    expect(calls).toBe(1);
  });

  it('throws the reason when it is aborted', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const url = await listen(() => controller.abort(reason));
    await expect(send(url, { signal: controller.signal })).rejects.toBe(reason);
  });

  it.each([
    ['a port where nothing listens', 'http://127.0.0.1:9/', 'network.econnrefused'],
    ['a host that does not exist', 'http://sandbox.invalid/', 'network.enotfound'],
  ])('names %s', async (_what, url, code) => {
    const failure = await send(url).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'unavailable' });
    expect([code, 'network.eai_again']).toContain((failure as { code: string }).code);
  });

  it('tells when a server speaks no TLS', async () => {
    const url = (await listen(() => {})).replace('http:', 'https:');
    await expect(send(url)).rejects.toMatchObject({
      code: 'network.eproto',
      message: expect.stringContaining('do not agree on TLS') as string,
    });
  });

  it('has nothing left to do when it was aborted before', async () => {
    const reason = new Error('enough');
    const signal = AbortSignal.abort(reason);
    await expect(send('http://127.0.0.1:9/', { signal })).rejects.toBe(reason);
  });

  it.each(['', '/', '/gateway.do', '/a/b?c=d'])('asks for the path of a gateway: %j', async path => {
    const seen: (string | undefined)[] = [];
    const url = await listen((request, response) => {
      seen.push(request.url);
      response.end('{}');
    });
    await send(`${new URL(url).origin}${path}${path.includes('?') ? '&' : '?'}q=1`);
    expect(seen).toEqual([`${path || '/'}${path.includes('?') ? '&' : '?'}q=1`]);
  });

  it('url-encodes the path of a gateway that is not ASCII', async () => {
    const seen: (string | undefined)[] = [];
    const url = await listen((request, response) => {
      seen.push(request.url);
      response.end('{}');
    });
    // The low byte of the second character would end a line.
    await send(`${new URL(url).origin}/网\u560d\u560a?q=1`);
    expect(seen).toEqual(['/%E7%BD%91%E5%98%8D%E5%98%8A?q=1']);
  });
});

describe('createPoolTransport', () => {
  it.each<[how: string, leave: (socket: Socket) => unknown]>([
    ['ends', socket => socket.end()],
    ['cuts', socket => socket.resetAndDestroy()],
  ])('createPoolTransport makes call after call where the server %s each connection', async (_, leave) => {
    const url = await listen((request, response) => {
      response.end('{}', () => leave(request.socket));
    });
    const transport = createPoolTransport({ timeoutMs: 5_000, userAgent: 'test/1', now: Date.now });
    for (let i = 0; i < 50; i++) expect((await transport(requestTo(url), never)).status).toBe(200);
  });

  it.each([
    [3_999, 1],
    [4_000, 2],
  ])('createPoolTransport has made, after %i ms of rest, %i connections', async (restMs, connections) => {
    const ports = new Set<number | undefined>();
    const url = await listen((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('{}');
    });
    let nowMs = 0;
    const transport = createPoolTransport({ timeoutMs: 5_000, userAgent: 'test/1', now: () => nowMs });
    await transport(requestTo(url), never);
    nowMs = restMs;
    await transport(requestTo(url), never);
    expect(ports.size).toBe(connections);
  });
});

describe('createHttpTransport, by a proxy', () => {
  const send = (url: string, options: Parameters<typeof sendBy>[2]): ReturnType<Transport> =>
    sendBy(createHttpTransport, url, options);

  it('calls an http gateway through a proxy', async () => {
    const seen: (string | undefined)[] = [];
    const proxy = await listen((request, response) => {
      seen.push(request.url);
      response.end('{"by":"proxy"}');
    });
    const { bytes } = await send('http://gateway.invalid/gateway.do', { proxy });
    expect(bytes.toString()).toBe('{"by":"proxy"}');
    expect(seen).toEqual(['http://gateway.invalid/gateway.do']);
  });

  it('lets go of a proxy that does not answer, with the call', async () => {
    const tcp = createTcpServer();
    server = tcp;
    const proxy = await portOf(tcp);
    const connected = once(tcp, 'connection') as Promise<[Socket]>;
    const sent = send('https://gateway.invalid/gateway.do', { proxy, timeoutMs: 100 });
    await expect(sent).rejects.toMatchObject({ code: 'network.timeout' });
    const [socket] = await connected;
    socket.resume();
    await once(socket, 'close');
  });

  it('asks a proxy for a tunnel to an https gateway, and passes its refusal on', async () => {
    const lines: string[] = [];
    const tcp = createTcpServer(socket => {
      socket.once('data', chunk => {
        lines.push(chunk.toString().split('\r\n')[0]!);
        socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      });
    });
    server = tcp;
    const proxy = await portOf(tcp);
    expect(await send('https://gateway.invalid/gateway.do', { proxy })).toMatchObject({ status: 403 });
    expect(lines).toEqual(['CONNECT gateway.invalid:443 HTTP/1.1']);
  });
});
