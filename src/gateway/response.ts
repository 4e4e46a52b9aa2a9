import { isUtf8 } from 'node:buffer';
import { AlipassError } from '../errors';
import { ERROR_NODE_NAME, responseNodeName } from '../protocol/api';
import { type Charset, decodeText, parseCharset } from '../protocol/charset';
import { SUCCESS_CODE } from '../protocol/codes';
import { decryptContent } from '../protocol/encryption';
import { type Member, readEnvelope } from '../protocol/envelope';
import { quoteLongIntegers } from '../protocol/long-integers';
import { createVerifier, type SignType } from '../protocol/signature';
import { withPlainSlashes } from '../protocol/slashes';
import { faultError } from './fault';
import { type DownloadCertificate, NO_PROOF, type Trust } from './trust';

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
  readonly trust: Trust;
  readonly download: DownloadCertificate;
  readonly encryptKey?: Buffer | undefined;
}

/** The result node of a success: its raw bytes, and the value built from those bytes alone. */
export interface ResultNode {
  readonly rawBytes: Buffer;
  readonly charset: Charset;
  readonly value: Readonly<Record<string, unknown>>;
  readonly traceId: string | undefined;
  /** False only where the trust asked for no proof. */
  readonly verified: boolean;
}

/**
 * Opens an answer: HTTP status, envelope, signature, decryption, then the value and its code. Fails closed: a
 * success that nothing proves is never returned, unless the trust is not to verify.
 * @throws unavailable when there is no usable answer, untrusted when nothing proves it, and for a gateway
 *   error the kind that its code has in protocol/codes.ts.
 */
export async function openResponse(raw: RawResponse, expected: Expectation): Promise<ResultNode> {
  const charset = actualCharset(raw.bytes, declaredCharset(raw) ?? expected.charset);
  requireJsonAnswer(raw, charset);
  const members = readEnvelope(raw.bytes, charset);
  const node = resultMember(members, expected.method);
  const certSn = textMember(members, 'alipay_cert_sn', charset);
  const proof = await prove(node, textMember(members, 'sign', charset), certSn, charset, expected);
  const value = parseNode(node, charset, expected.encryptKey);
  const code = String(value['code']);
  const traceId = raw.headers['trace_id'];
  const verified = proof === 'verified';
  if (code !== SUCCESS_CODE) throw faultError({ ...value, code }, verified, traceId);
  if (node.name === ERROR_NODE_NAME)
    throw untrusted('answer.two_faced', 'The answer calls a success an error');
  if (proof === 'unsigned')
    throw untrusted('answer.unsigned', 'The answer says success but carries no signature');
  if (expected.trust.needsCertificateSn && certSn === undefined) {
    throw untrusted('answer.no_cert_sn', 'The answer does not name the certificate that signed it');
  }
  return { rawBytes: node.bytes, charset, value, traceId, verified };
}

function declaredCharset(raw: RawResponse): Charset | undefined {
  const label = /charset="?([^\s;"]+)/i.exec(raw.headers['content-type'] ?? '')?.[1];
  return label === undefined ? undefined : parseCharset(label);
}

/** Seen in the wild: GBK bytes in an answer that is labelled utf-8. */
function actualCharset(bytes: Buffer, declared: Charset): Charset {
  return declared === 'utf-8' && !isUtf8(bytes) ? 'GBK' : declared;
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
      hint: statusHint(status),
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

function statusHint(status: number): string {
  if (status === 429) return 'Too many calls: try again in a while.';
  if (status >= 500) return 'The gateway, or a proxy on the way to it, is in trouble: try again in a while.';
  return 'Check --gateway: this does not behave like an Alipay gateway.';
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

/** A member as text; undefined when it is absent, null or empty. */
function textMember(members: readonly Member[], name: string, charset: Charset): string | undefined {
  const member = members.find(it => it.name === name);
  const value = member && parseJson(decodeText(member.bytes, charset), name);
  return value === undefined || value === null || value === '' ? undefined : String(value);
}

const verify = createVerifier();

/** A signature that is there must verify; `skipped` when the trust asks for no proof. */
async function prove(
  node: Member,
  sign: string | undefined,
  certSn: string | undefined,
  charset: Charset,
  { trust, download, signType }: Expectation,
): Promise<'verified' | 'unsigned' | 'skipped'> {
  if (trust === NO_PROOF) return 'skipped';
  if (sign === undefined) return 'unsigned';
  const key = await trust.keyOf(certSn, download);
  const verifies = (bytes: Buffer): boolean => verify(bytes, sign, key, signType);
  if (verifies(node.bytes) || verifies(withPlainSlashes(node.bytes, charset))) return 'verified';
  throw untrusted('answer.bad_signature', 'The signature of the answer does not verify');
}

/** The node's value; an encrypted node is a JSON string that holds the text of the real one. */
function parseNode(node: Member, charset: Charset, encryptKey: Buffer | undefined): Record<string, unknown> {
  const sent = parseJson(decodeText(node.bytes, charset), node.name);
  const value = typeof sent === 'string' ? decrypt(sent, node.name, charset, encryptKey) : sent;
  if (typeof value === 'object' && value !== null && !Array.isArray(value) && 'code' in value) {
    return value as Record<string, unknown>;
  }
  throw new AlipassError('unavailable', 'answer.no_code', `The member ${node.name} has no return code`);
}

function decrypt(text: string, name: string, charset: Charset, encryptKey: Buffer | undefined): unknown {
  if (!encryptKey) {
    throw new AlipassError(
      'config',
      'encrypt_key.missing',
      'The answer is encrypted, and there is no key for it',
      {
        hint: 'Content encryption is switched on for this app: set --encrypt-key-file or ALIPASS_ENCRYPT_KEY.',
      },
    );
  }
  const bytes = decryptContent(text, encryptKey);
  // The cipher is ASCII: what is within shows its charset only now.
  if (bytes) return parseJson(decodeText(bytes, actualCharset(bytes, charset)), name);
  throw new AlipassError(
    'config',
    'encrypt_key.wrong',
    'The content encryption key does not open the answer',
    {
      hint: 'Compare it with the app’s AES key (接口内容加密方式) on open.alipay.com.',
    },
  );
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(quoteLongIntegers(text)) as unknown;
  } catch (cause) {
    throw new AlipassError('unavailable', 'answer.not_json', `The member ${name} is not JSON`, { cause });
  }
}

function untrusted(code: string, message: string): AlipassError {
  return new AlipassError('untrusted', code, message, {
    hint: 'Check the Alipay public key, --sign-type and --gateway. If they are right, the answer was changed on its way.',
  });
}
