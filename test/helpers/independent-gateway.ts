import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TEST_KEYS } from './keys';
import type { Issued } from './pki';

// A gateway that shares nothing with src: what it takes and how it signs is written here again, from the
// protocol's description, with node:crypto alone. It works on bytes (as latin1 text), so no charset code is used.

const appPublicKey = createPublicKey({
  key: Buffer.from(TEST_KEYS.appPublic, 'base64'),
  format: 'der',
  type: 'spki',
});
const alipayPrivateKey = createPrivateKey({
  key: Buffer.from(TEST_KEYS.alipayPrivate, 'base64'),
  format: 'der',
  type: 'pkcs8',
});

/** A request as it came: the parameters of query and body, and the two merged; values are latin1 text of the bytes. */
export interface Call {
  readonly query: Record<string, string>;
  readonly body: Record<string, string>;
  readonly params: Record<string, string>;
  readonly contentType: string;
  /** The signature verifies over the bytes that came. */
  readonly genuine: boolean;
  readonly biz: Record<string, unknown>;
  /** Counts from 1. */
  readonly number: number;
}

/** What to answer: a node to be signed and wrapped, or a handler of its own. */
export type Answer = SignedAnswer | ((request: IncomingMessage, response: ServerResponse) => void);

export interface SignedAnswer {
  /** JSON text. */
  readonly node: string;
  readonly charset?: 'utf-8' | 'GBK';
  readonly layout?: 'compact' | 'sign-first' | 'pretty';
  readonly unsigned?: boolean;
  /** Certificate mode: the SN to name, and the key that it is of. */
  readonly certSn?: string;
  readonly key?: KeyObject;
}

export interface IndependentGateway {
  readonly url: string;
  readonly calls: Call[];
  close(): Promise<void>;
}

/** Starts the gateway on a free loopback port, by TLS with a certificate; `answer` sees every call and what it was worth. */
export async function startGateway(
  answer: (call: Call) => Answer,
  certificate?: Issued,
): Promise<IndependentGateway> {
  const calls: Call[] = [];
  const serve: RequestListener = (request, response) => {
    void readCall(request, calls.length + 1).then(call => {
      calls.push(call);
      const wanted = answer(call);
      if (typeof wanted === 'function') return wanted(request, response);
      response.setHeader('content-type', `text/html;charset=${wanted.charset ?? 'utf-8'}`);
      response.setHeader('trace_id', `trace-${call.number}`);
      response.end(wrap(wanted, call));
    });
  };
  const server = certificate
    ? createTlsServer({ cert: certificate.pem, key: readFileSync(certificate.keyFile) }, serve)
    : createServer(serve);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${certificate ? 'https://localhost' : 'http://127.0.0.1'}:${(server.address() as AddressInfo).port}/gateway.do`,
    calls,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readCall(request: IncomingMessage, number: number): Promise<Call> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString('latin1');
  const body = parseForm(text);
  const query = parseForm((request.url ?? '').split('?')[1] ?? '');
  const params = { ...body, ...query };
  const signedText = Object.keys(params)
    .filter(name => name !== 'sign')
    .sort()
    .map(name => `${name}=${params[name]}`)
    .join('&');
  const digest = params['sign_type'] === 'RSA' ? 'RSA-SHA1' : 'RSA-SHA256';
  const signature = Buffer.from(params['sign'] ?? '', 'base64');
  const genuine = verify(digest, Buffer.from(signedText, 'latin1'), appPublicKey, signature);
  const content = params['biz_content'] ?? '{}';
  const biz = (content.startsWith('{') ? JSON.parse(content) : {}) as Record<string, unknown>;
  return { query, body, params, contentType: request.headers['content-type'] ?? '', genuine, biz, number };
}

function parseForm(form: string): Record<string, string> {
  const pairs = form.split('&').filter(Boolean);
  const decode = (text: string): string =>
    text
      .replaceAll('+', ' ')
      .replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Object.fromEntries(
    pairs.map(pair => [decode(pair.split('=')[0]!), decode(pair.split('=').slice(1).join('='))]),
  );
}

function wrap(answer: SignedAnswer, call: Call): Buffer {
  const { node, charset, layout = 'compact', unsigned, certSn, key = alipayPrivateKey } = answer;
  const bytes = charset === 'GBK' ? encodeGbk(node) : Buffer.from(node);
  const digest = call.params['sign_type'] === 'RSA' ? 'RSA-SHA1' : 'RSA-SHA256';
  const name = `${call.params['method']!.replaceAll('.', '_')}_response`;
  const members = [
    Buffer.concat([Buffer.from(`"${name}":`), bytes]),
    ...(certSn ? [Buffer.from(`"alipay_cert_sn":"${certSn}"`)] : []),
    ...(unsigned ? [] : [Buffer.from(`"sign":"${sign(digest, bytes, key).toString('base64')}"`)]),
  ];
  const [open, comma, close] = layout === 'pretty' ? ['{\n\t', ',\n\t', '\n}\n'] : ['{', ',', '}'];
  const ordered = layout === 'compact' ? members : members.toReversed();
  const separated = ordered.flatMap((member, i) => (i === 0 ? [member] : [Buffer.from(comma!), member]));
  return Buffer.concat([Buffer.from(open!), ...separated, Buffer.from(close!)]);
}

/** GBK by turning the platform's decoder around. */
function encodeGbk(text: string): Buffer {
  const codes = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      codes.set(new TextDecoder('gbk').decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  return Buffer.from(
    [...text].flatMap(character => (character < '\x80' ? [character.charCodeAt(0)] : codes.get(character)!)),
  );
}

/** A success node with the passes that `total` leaves for the page asked for, at most `cap` of them. */
export function pageNode(call: Call, total: number, cap = Infinity): string {
  const size = Math.min(Number(call.biz['page_size']), cap);
  const first = (Number(call.biz['page_num']) - 1) * size;
  const passes = Array.from({ length: Math.max(0, Math.min(size, total - first)) }, (_, i) => ({
    pass_id: String(7_000_000_000 + first + i),
    mechant_name: '商家名称',
    logo_text: '30份吮指鸡块, "半价"',
    status: 'can_use',
    end_date: '2026-12-31 23:59:59',
  }));
  return JSON.stringify({ msg: 'Success', code: '10000', pass_info_list: passes });
}

/** An error node. */
export function errorNode(code: string, msg: string, sub_code: string, sub_msg: string): string {
  return JSON.stringify({ code, msg, sub_code, sub_msg });
}
