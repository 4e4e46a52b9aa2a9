import { isUtf8 } from 'node:buffer';
import type { KeyObject } from 'node:crypto';
import { AlipassError } from '../errors';
import { ERROR_NODE_NAME, responseNodeName } from '../protocol/api';
import { type Charset, decodeText, isDoubleByte, parseCharset } from '../protocol/charset';
import { SUCCESS_CODE } from '../protocol/codes';
import { type Member, readEnvelope } from '../protocol/envelope';
import { type SignType, verifyBytes } from '../protocol/signature';
import { faultError } from './fault';

/** An HTTP answer as it came; header names are lower case. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Buffer;
}

/** What the answer to a request must fit. */
export interface Expectation {
  readonly method: string;
  readonly charset: Charset;
  readonly signType: SignType;
  readonly alipayPublicKey: KeyObject;
}

/** The result node of a verified success: its raw bytes, and the value built from those bytes alone. */
export interface ResultNode {
  readonly rawBytes: Buffer;
  readonly value: Readonly<Record<string, unknown>>;
  readonly traceId: string | undefined;
}

/**
 * Opens an answer: HTTP status, envelope, signature, then the value and its code. Fails closed: a success
 * that is not signed by `alipayPublicKey` is never returned.
 * @throws unavailable when there is no usable answer, untrusted when nothing proves it, and for a gateway
 *   error the kind that its code has in protocol/codes.ts.
 */
export function openResponse(raw: RawResponse, expected: Expectation): ResultNode {
  const declared = declaredCharset(raw) ?? expected.charset;
  // Seen in the wild: GBK bytes in an answer that is labelled utf-8.
  const charset = declared === 'utf-8' && !isUtf8(raw.bytes) ? 'GBK' : declared;
  requireJsonAnswer(raw, charset);
  const members = readEnvelope(raw.bytes, charset);
  const node = resultMember(members, expected.method);
  const verified = verifyNode(node, signOf(members, charset), charset, expected);
  const value = parseNode(node, charset);
  const code = String(value.code ?? '');
  const traceId = raw.headers['trace_id'];
  if (code !== SUCCESS_CODE) throw faultError({ ...value, code }, verified, traceId);
  if (!verified) throw untrusted('answer.unsigned', 'The answer says success but carries no signature');
  return { rawBytes: node.bytes, value, traceId };
}

function declaredCharset(raw: RawResponse): Charset | undefined {
  const label = /charset="?([^\s;"]+)/i.exec(raw.headers['content-type'] ?? '')?.[1];
  return label === undefined ? undefined : parseCharset(label);
}

function requireJsonAnswer(raw: RawResponse, charset: Charset): void {
  const { status, bytes, headers } = raw;
  if (status >= 300 && status < 400) {
    const target = headers['location'] ?? 'nowhere';
    throw new AlipassError('unavailable', 'http.redirect', `The gateway redirects (${status}) to ${target}`, {
      hint: 'Redirects are not followed, as they would carry the signed request elsewhere. Check --gateway.',
    });
  }
  if (status !== 200) {
    const message = `The gateway answered HTTP ${status}: ${excerpt(bytes, charset)}`;
    throw new AlipassError('unavailable', 'http.status', message, {
      retryable: status === 429 || status >= 500,
      hint: status < 500 ? 'Check --gateway: this does not behave like an Alipay gateway.' : undefined,
    });
  }
  if (!/^(?:\xef\xbb\xbf)?\s*\{/.test(bytes.toString('latin1', 0, 64))) {
    const message = `The gateway answered no JSON but ${excerpt(bytes, charset)}`;
    throw new AlipassError('unavailable', 'http.not_json', message, {
      retryable: true,
      hint: 'A proxy or a login page may stand between here and the gateway.',
    });
  }
}

/** The first characters of a body, on one line. */
function excerpt(bytes: Buffer, charset: Charset): string {
  const text = decodeText(bytes.subarray(0, 1024), charset).replace(/\s+/g, ' ').trim();
  return text === '' ? 'an empty body' : text.slice(0, 120);
}

/** The node of `method`, or the old-style error node; both at once is nothing the gateway sends. */
function resultMember(members: readonly Member[], method: string): Member {
  const names = [responseNodeName(method), ERROR_NODE_NAME];
  const nodes = members.filter(member => names.includes(member.name));
  if (nodes.length > 1) throw untrusted('answer.two_nodes', 'The answer holds both a result and an error');
  if (nodes[0]) return nodes[0];
  throw new AlipassError('unavailable', 'answer.no_node', `The answer has no member ${names[0]}`, {
    hint: `It has: ${members.map(member => member.name).join(', ') || 'nothing'}. Check --gateway.`,
  });
}

function signOf(members: readonly Member[], charset: Charset): string | undefined {
  const member = members.find(({ name }) => name === 'sign');
  const value = member && (parseJson(member, charset) as unknown);
  return value === undefined || value === null || value === '' ? undefined : String(value);
}

/** True when signed and right, false when unsigned; a signature that is there must verify. */
function verifyNode(
  node: Member,
  sign: string | undefined,
  charset: Charset,
  expected: Expectation,
): boolean {
  if (sign === undefined) return false;
  const verifies = (bytes: Buffer): boolean =>
    verifyBytes(bytes, sign, expected.alipayPublicKey, expected.signType);
  if (verifies(node.bytes) || verifies(withPlainSlashes(node.bytes, charset))) return true;
  throw untrusted('answer.bad_signature', 'The signature of the answer does not verify');
}

/** `\/` written as `/`: some answers are signed so (docs/protocol.md, "Answers"). Steps over double bytes. */
function withPlainSlashes(bytes: Buffer, charset: Charset): Buffer {
  const escapedSlash = isDoubleByte(charset) ? /([\x81-\xfe][^])|\\\//g : /()\\\//g;
  const plain = bytes.toString('latin1').replace(escapedSlash, (_, pair?: string) => pair || '/');
  return Buffer.from(plain, 'latin1');
}

function parseNode(node: Member, charset: Charset): Record<string, unknown> {
  const value = parseJson(node, charset);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    if ('code' in value) return value as Record<string, unknown>;
  }
  throw new AlipassError('unavailable', 'answer.no_code', `The member ${node.name} has no return code`, {
    hint: 'Is content encryption switched on for this app? It is not supported yet.',
  });
}

/** JSON integers of 16 digits and more would lose digits as numbers: ids are kept as text. */
const LONG_INTEGERS = /("[^"\\]*(?:\\.[^"\\]*)*")|(?<![\w.+-])-?\d{16,}(?![\d.eE])/g;

function parseJson(member: Member, charset: Charset): unknown {
  const text = decodeText(member.bytes, charset);
  const safeText = /[:[,]\s*-?\d{16}/.test(text)
    ? text.replace(LONG_INTEGERS, (token, string?: string) => string ?? `"${token}"`)
    : text;
  try {
    return JSON.parse(safeText) as unknown;
  } catch (cause) {
    throw new AlipassError('unavailable', 'answer.not_json', `The member ${member.name} is not JSON`, {
      cause,
    });
  }
}

function untrusted(code: string, message: string): AlipassError {
  return new AlipassError('untrusted', code, message, {
    hint: 'Check the Alipay public key, --sign-type and --gateway. If they are right, the answer was changed on its way.',
  });
}
