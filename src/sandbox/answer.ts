import { ERROR_NODE_NAME, responseNodeName } from '../protocol/api';
import { type Charset, encodeText } from '../protocol/charset';
import { encryptContent } from '../protocol/encryption';
import type { Params } from '../protocol/params';
import { signBytes, type SignType } from '../protocol/signature';
import type { Effects } from './effects';
import type { AlipayKey, SandboxIdentity } from './identity';
import { isMethod } from './methods';
import type { Reading } from './reading';
import { errorNode, type Refusal } from './refusal';

/** An HTTP answer; header names are lower case. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** Refusals for which the gateway does not know whose key to answer with: these go unsigned. */
const UNSIGNED: ReadonlySet<string> = new Set(['isv.missing-app-id', 'isv.invalid-app-id']);

/** What an answer is made of: a node as JSON text, or a refusal. */
export interface AnswerOrder {
  readonly reading: Reading;
  readonly result: string | Refusal;
  readonly traceId: string;
  readonly effects: Effects;
}

/** Compact, the node first, `sign` last, labelled with the charset that it is in. */
export async function createAnswer(order: AnswerOrder, identity: SandboxIdentity): Promise<HttpAnswer> {
  const { reading, result, traceId, effects } = order;
  if (effects.http) return httpAnswer(effects.http);
  const { params, charset } = reading;
  const bytes = resultBytes(order, effects.mislabel ? 'GBK' : charset, identity.encryptKey);
  const key = identity.alipay[effects.certificate ?? 'current'];
  const unsigned = typeof result !== 'string' && UNSIGNED.has(result.subCode);
  const name = nodeName(params['method'] ?? '');
  const members = [
    ...(effects.duplicateNode === 'before' ? [forgedMember(name)] : []),
    Buffer.concat([Buffer.from(`"${name}":`), bytes]),
    ...(effects.duplicateNode === 'behind' ? [forgedMember(name)] : []),
    ...(params['app_cert_sn'] && !unsigned ? [Buffer.from(`"alipay_cert_sn":"${key.certSn}"`)] : []),
    ...(unsigned || effects.signature === 'missing' ? [] : [await signMember(bytes, params, key, effects)]),
  ];
  const separated = members.flatMap((member, i) => (i === 0 ? [member] : [COMMA, member]));
  return {
    status: 200,
    headers: { 'content-type': `text/html;charset=${charset}`, trace_id: traceId },
    bytes: Buffer.concat([Buffer.from('{'), ...separated, Buffer.from('}')]),
  };
}

const COMMA = Buffer.from(',');

function nodeName(method: string): string {
  return isMethod(method) ? responseNodeName(method) : ERROR_NODE_NAME;
}

/** The node's bytes; a success under content encryption is a JSON string. Errors stay in plain text. */
function resultBytes(
  { reading, result, traceId }: AnswerOrder,
  charset: Charset,
  encryptKey: Buffer,
): Buffer {
  if (typeof result !== 'string') return encodeText(errorNode(result, traceId), charset, '?');
  const node = encodeText(result, charset, '?');
  if (!reading.params['encrypt_type']) return node;
  return Buffer.from(JSON.stringify(encryptContent(node, encryptKey)));
}

/** What somebody on the way would slip in: passes that nobody signed. */
function forgedMember(name: string): Buffer {
  const forged = { code: '10000', msg: 'Success', pass_info_list: [{ pass_id: '1', logo_text: 'forged' }] };
  return Buffer.from(`"${name}":${JSON.stringify(forged)}`);
}

async function signMember(
  bytes: Buffer,
  params: Params,
  { privateKey }: AlipayKey,
  { signature }: Effects,
): Promise<Buffer> {
  const signType: SignType = params['sign_type'] === 'RSA' || signature === 'sha1' ? 'RSA' : 'RSA2';
  const signed = signature === 'bad' ? Buffer.concat([bytes, COMMA]) : bytes;
  return Buffer.from(`"sign":"${await signBytes(signed, privateKey, signType)}"`);
}

/** What comes from a load balancer rather than from the gateway: no node, no signature. */
function httpAnswer({ status, html }: NonNullable<Effects['http']>): HttpAnswer {
  const page = `<html>\r\n<head><title>${status}</title></head>\r\n<body><center><h1>${status}</h1></center></body>\r\n</html>\r\n`;
  return {
    status,
    headers: { 'content-type': 'text/html' },
    bytes: Buffer.from(html ? page : ''),
  };
}
