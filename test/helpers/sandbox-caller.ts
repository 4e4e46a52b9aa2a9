import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { type IncomingHttpHeaders, request } from 'node:http';

// A client that shares nothing with src: what it signs and how it checks is written here again, from the protocol's
// description, with node:crypto alone.

export const METHOD = 'alipay.user.pass.grouplist.query';
export const NODE = 'alipay_user_pass_grouplist_query_response';
export const BIZ = {
  user_id: '2088000000000003',
  group_type: 'voucher',
  time_status: 'CURRENT',
  page_size: 100,
  page_num: 1,
} as const;

/** How a call differs from a right one. */
export interface CallChange {
  /** Set before signing; undefined leaves a parameter out. */
  readonly params?: Readonly<Record<string, string | undefined>>;
  /** Laid over {@link BIZ}; as text, what biz_content is. */
  readonly biz?: Readonly<Record<string, unknown>> | string;
  /** Parameters that go in the body beside biz_content. */
  readonly inBody?: readonly string[];
  /** What is signed in place of the right text. */
  readonly signedText?: (text: string) => string;
  /** Set after signing; undefined leaves a parameter out. */
  readonly afterwards?: Readonly<Record<string, string | undefined>>;
  /** Goes behind the query, as it is. */
  readonly moreQuery?: string;
  /** Goes behind the body, as it is. */
  readonly moreBody?: string;
  readonly key?: KeyObject;
  /** The bytes of a text; UTF-8 when left out. */
  readonly encode?: (text: string) => Buffer;
  /** How the signed text is made into bytes; as {@link encode} when left out. */
  readonly encodeSigned?: (text: string) => Buffer;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

export interface CallAnswer extends HttpAnswer {
  /** The name of the first member. */
  readonly name: string;
  /** Its bytes as latin1 text. */
  readonly nodeText: string;
  /** What it holds, read as UTF-8; empty where it is no object. */
  readonly node: Readonly<Record<string, unknown>>;
  readonly certSn: string | undefined;
  /** Whether the signature, which is the last member, verifies; undefined where there is none. */
  readonly genuine: boolean | undefined;
}

export interface Caller {
  call(change?: CallChange): Promise<CallAnswer>;
  /** The form of a call: what goes behind the `?`, and in the body. */
  form(change?: CallChange): { query: string; body: string };
  read(answer: HttpAnswer, signType?: string): CallAnswer;
}

export interface CallerKeys {
  readonly appPrivateKey: string;
  readonly alipayPublicKey: string;
}

export function createCaller(url: string, keys: CallerKeys): Caller {
  const appKey = createPrivateKey(keys.appPrivateKey);
  const alipayKey = createPublicKey(keys.alipayPublicKey);
  const form = (change: CallChange = {}): { query: string; body: string } => {
    const params = signed(paramsOf(change), change, appKey);
    const inBody = new Set(['biz_content', ...(change.inBody ?? [])]);
    const part = (isBody: boolean): string =>
      Object.entries(params)
        .filter(([name]) => inBody.has(name) === isBody)
        .map(([name, value]) => `${name}=${escapeBytes(value, change.encode)}`)
        .join('&');
    return { query: part(false) + (change.moreQuery ?? ''), body: part(true) + (change.moreBody ?? '') };
  };
  const read = (answer: HttpAnswer, signType = 'RSA2'): CallAnswer => readAnswer(answer, alipayKey, signType);
  return {
    form,
    read,
    async call(change = {}) {
      const { query, body } = form(change);
      const signType = { ...change.params, ...change.afterwards }['sign_type'];
      return read(await post(`${url}?${query}`, body), signType);
    },
  };
}

function paramsOf({ params, biz = {} }: CallChange): Record<string, string> {
  const whole = {
    app_id: '2014072300007148',
    method: METHOD,
    format: 'JSON',
    charset: 'utf-8',
    sign_type: 'RSA2',
    timestamp: '2026-11-23 12:00:00',
    version: '1.0',
    biz_content: typeof biz === 'string' ? biz : JSON.stringify({ ...BIZ, ...biz }),
    ...params,
  };
  return defined(whole);
}

function defined(params: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).filter(it => it[1] !== undefined)) as Record<
    string,
    string
  >;
}

const utf8 = (text: string): Buffer => Buffer.from(text);

function signed(
  params: Record<string, string>,
  change: CallChange,
  appKey: KeyObject,
): Record<string, string> {
  const {
    signedText = text => text,
    key = appKey,
    encode = utf8,
    encodeSigned = encode,
    afterwards,
  } = change;
  const text = Object.keys(params)
    .filter(name => params[name]!.trim() !== '')
    .sort()
    .map(name => `${name}=${params[name]}`)
    .join('&');
  const digest = params['sign_type'] === 'RSA' ? 'RSA-SHA1' : 'RSA-SHA256';
  const signature = sign(digest, encodeSigned(signedText(text)), key).toString('base64');
  return defined({ ...params, sign: signature, ...afterwards });
}

function escapeBytes(text: string, encode = utf8): string {
  const hexOf = (character: string): string => character.charCodeAt(0).toString(16).padStart(2, '0');
  return encode(text)
    .toString('latin1')
    .replace(/[^\w.-]/g, character => `%${hexOf(character)}`);
}

/** Sends a body, or asks for anything else of a server. */
export function send(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<HttpAnswer> {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false }, response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          bytes: Buffer.concat(chunks),
        }),
      );
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

function post(url: string, body: string): Promise<HttpAnswer> {
  return send(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
    body,
  });
}

/** `{"NAME":NODE[,"alipay_cert_sn":"…"][,"sign":"…"]}` and nothing else. */
const BEFORE_NODE = /^\{"([a-z_]+)":(?=[{"])/;
const BEHIND_NODE = /(?<=[}"])(?:,"alipay_cert_sn":"([0-9a-f]{32})")?(?:,"sign":"([A-Za-z0-9+/=]+)")?\}$/;

function readAnswer(answer: HttpAnswer, alipayKey: KeyObject, signType: string): CallAnswer {
  const text = answer.bytes.toString('latin1');
  const [before, behind] = [BEFORE_NODE.exec(text), BEHIND_NODE.exec(text)];
  if (!before || !behind)
    throw new Error(`no answer of a gateway: ${answer.status} ${answer.bytes.toString().slice(0, 200)}`);
  const nodeText = text.slice(before[0].length, behind.index);
  const [, certSn, signature] = behind;
  const digest = signType === 'RSA' ? 'RSA-SHA1' : 'RSA-SHA256';
  const nodeBytes = Buffer.from(nodeText, 'latin1');
  const genuine =
    signature === undefined
      ? undefined
      : verify(digest, nodeBytes, alipayKey, Buffer.from(signature, 'base64'));
  const node = (nodeText.startsWith('{') ? JSON.parse(nodeBytes.toString()) : {}) as Record<string, unknown>;
  return { ...answer, name: before[1]!, nodeText, node, certSn, genuine };
}
