import type { KeyObject } from 'node:crypto';
import {
  CERTIFICATE_DOWNLOAD_METHOD,
  type Group,
  GROUPS,
  ERROR_NODE_NAME,
  PASS_QUERY_METHOD,
  responseNodeName,
  type Time,
  TIME_STATUS,
} from '../protocol/api';
import { requestSignedText } from '../protocol/canonical';
import { type Charset, decodeText, encodeText, parseCharset } from '../protocol/charset';
import { RETURN_CODES, SUB_CODES } from '../protocol/codes';
import { decryptContent, ENCRYPT_TYPE, encryptContent } from '../protocol/encryption';
import { decodeForm } from '../protocol/form';
import { isBlank, type Params, REQUIRED_PARAMS } from '../protocol/params';
import { SIGN_TYPES, signBytes, type SignType, verifyBytes } from '../protocol/signature';
import { parseBeijingTime } from '../protocol/time';
import type { Dataset, SandboxPass } from './dataset';

/** An HTTP request as the gateway sees it: both parts url-encoded. */
export interface SandboxRequest {
  readonly query: string;
  readonly body: string;
}

export interface SandboxAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** Who the sandbox's one app is, and with what the platform proves itself. */
export interface SandboxIdentity {
  readonly appId: string;
  readonly appPublicKey: KeyObject;
  readonly alipayPrivateKey: KeyObject;
  readonly encryptKey: Buffer;
  readonly appCertSn: string;
  readonly alipayCertSn: string;
  readonly alipayCertPem: string;
  readonly alipayRootCertSn: string;
}

export interface SandboxOptions {
  readonly identity: SandboxIdentity;
  readonly dataset: Dataset;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** A gateway that can be held in the hand: checks requests and signs answers as docs/protocol.md describes. */
export type SandboxGateway = (request: SandboxRequest) => Promise<SandboxAnswer>;

/** The app id of the API page: the only app that the sandbox knows. */
export const SANDBOX_APP_ID = '2014072300007148';

/** What the gateway says no with: a sub_code, and words where the usual ones do not do. */
interface Refusal {
  readonly subCode: string;
  readonly message?: string;
}

interface Reading {
  readonly params: Params;
  readonly charset: Charset;
  /** The charset was named in the query, where the gateway looks for it. */
  readonly charsetInQuery: boolean;
}

/** Answers the arguments of one method: a node as JSON text, or a refusal. */
type Method = (args: Record<string, unknown>, options: SandboxOptions) => string | Refusal;

const METHODS: Readonly<Record<string, Method>> = {
  [PASS_QUERY_METHOD]: (args, options) => refuseArguments(args) ?? listNode(args, options),
  [CERTIFICATE_DOWNLOAD_METHOD]: certificateNode,
};

/** Creates a gateway; it keeps no state between calls. */
export function createSandboxGateway(options: SandboxOptions): SandboxGateway {
  return async request => {
    const reading = readRequest(request);
    const result = refuse(reading, options) ?? perform(reading, options);
    return await createAnswer(reading, result, options);
  };
}

function perform(reading: Reading, options: SandboxOptions): string | Refusal {
  const { args, refusal } = readArguments(reading, options.identity.encryptKey);
  return refusal ?? METHODS[reading.params['method']!]!(args, options);
}

/** Merges query and body; the query wins. Read twice, as the charset of the values is one of them. */
function readRequest({ query, body }: SandboxRequest): Reading {
  const label = Object.fromEntries(decodeForm(query, 'utf-8'))['charset'];
  const charset = parseCharset(label ?? '') ?? 'utf-8';
  const params = Object.fromEntries([...decodeForm(body, charset), ...decodeForm(query, charset)]);
  return { params, charset, charsetInQuery: label !== undefined };
}

/** The checks in the gateway's order: the app before the signature, the signature before the arguments. */
function refuse(reading: Reading, { identity }: SandboxOptions): Refusal | undefined {
  const { params } = reading;
  const missing = Object.entries(REQUIRED_PARAMS).find(([name]) => isBlank(params[name] ?? ''));
  if (missing?.[0] === 'app_id' || missing?.[0] === 'method') return { subCode: missing[1] };
  if (!Object.hasOwn(METHODS, params['method']!)) return { subCode: 'isv.invalid-method' };
  if (params['app_id'] !== identity.appId) return { subCode: 'isv.invalid-app-id' };
  if (missing) return { subCode: missing[1] };
  if (params['charset'] && !parseCharset(params['charset'])) return { subCode: 'isv.invalid-charset' };
  if (!Object.hasOwn(SIGN_TYPES, params['sign_type']!)) return { subCode: 'isv.invalid-signature-type' };
  if ((params['format'] ?? 'JSON').toUpperCase() !== 'JSON') return { subCode: 'isv.invalid-format' };
  if ((params['encrypt_type'] ?? ENCRYPT_TYPE) !== ENCRYPT_TYPE)
    return { subCode: 'isv.invalid-encrypt-type' };
  return (
    refuseCertificates(params, identity) ?? refuseSignature(reading, identity) ?? refuseTimestamp(params)
  );
}

/** Certificate mode is the client's choice here: it is on when the request names certificates. */
function refuseCertificates(params: Params, identity: SandboxIdentity): Refusal | undefined {
  const { app_cert_sn: appCertSn, alipay_root_cert_sn: rootSn } = params;
  if (appCertSn === undefined && rootSn === undefined) return undefined;
  if (appCertSn === undefined) return { subCode: 'isv.missing-app-cert-sn' };
  if (rootSn === undefined) return { subCode: 'isv.missing-alipay-root-cert-sn' };
  if (appCertSn !== identity.appCertSn) return { subCode: 'isv.app-cert-not-exist' };
  return rootSn === identity.alipayRootCertSn ? undefined : { subCode: 'isv.invalid-alipay-root-cert-sn' };
}

const CHARSET_MISPLACED =
  '验签出错，请确认charset参数放在了URL查询字符串中且各参数值使用charset参数指示的字符集编码';

function refuseSignature(
  { params, charset, charsetInQuery }: Reading,
  { appPublicKey }: SandboxIdentity,
): Refusal | undefined {
  const subCode = 'isv.invalid-signature';
  if (!charsetInQuery) return { subCode, message: CHARSET_MISPLACED };
  const signedText = requestSignedText(params);
  const bytes = encodeText(signedText, charset, '?');
  const genuine = verifyBytes(bytes, params['sign']!, appPublicKey, params['sign_type'] as SignType);
  return genuine ? undefined : { subCode, message: SUB_CODES[subCode]!.message + escapeHtml(signedText) };
}

function refuseTimestamp(params: Params): Refusal | undefined {
  return parseBeijingTime(params['timestamp']!) === undefined
    ? { subCode: 'isv.invalid-timestamp' }
    : undefined;
}

/** The arguments in biz_content, deciphered when they are encrypted; or why there are none. */
function readArguments(
  { params, charset }: Reading,
  encryptKey: Buffer,
): { args: Record<string, unknown>; refusal?: Refusal } {
  const sent = params['biz_content'] ?? '';
  const bytes = params['encrypt_type'] ? decryptContent(sent, encryptKey) : encodeText(sent, charset, '?');
  if (!bytes) return { args: {}, refusal: { subCode: 'isv.invalid-encrypt' } };
  try {
    const value: unknown = JSON.parse(decodeText(bytes, charset));
    if (typeof value === 'object' && value !== null) return { args: value as Record<string, unknown> };
  } catch {
    // Not JSON: refused like any other value that is no object.
  }
  return { args: {}, refusal: { subCode: 'isv.illegal-json' } };
}

/** The rules of the API page for the query; the gateway answers all breaches alike. */
function refuseArguments(args: Record<string, unknown>): Refusal | undefined {
  const groupKnown = GROUPS.includes(args['group_type'] as Group);
  const timeKnown = Object.values(TIME_STATUS).includes(args['time_status'] as never);
  const memberOk = /^2088\d{12}$/.test(String(args['user_id']));
  const pagesOk = [args['page_size'], args['page_num']].every(it => /^[1-9]\d{0,9}$/.test(String(it)));
  const cityOk = !wantsShops(args) || /^\d{6}$/.test(String(args['city_code']));
  const ok = groupKnown && timeKnown && memberOk && pagesOk && cityOk;
  return ok ? undefined : { subCode: 'KP.AE_ALIPASS_PARAMS_VALUE_INVAILD' };
}

function wantsShops(args: Record<string, unknown>): boolean {
  return String(args['need_shopinfo']) === 'true';
}

/** No maximum is documented; some end there must be, and clients have to live with a cap. */
const MAX_PAGE_SIZE = 10_000;

function listNode(args: Record<string, unknown>, { dataset, now }: SandboxOptions): string {
  const time: Time = args['time_status'] === TIME_STATUS.current ? 'current' : 'past';
  const passes = dataset(String(args['user_id']), args['group_type'] as Group, time, now());
  const size = Math.min(Number(args['page_size']), MAX_PAGE_SIZE);
  const first = (Number(args['page_num']) - 1) * size;
  const count = Math.max(0, Math.min(size, passes.length - first));
  const shops = wantsShops(args);
  const page = Array.from({ length: count }, (_, i) => withShops(passes.at(first + i), shops));
  return `{"msg":"Success","code":"10000","pass_info_list":${JSON.stringify(page)}}`;
}

function withShops(pass: SandboxPass, shops: boolean): SandboxPass {
  if (shops) return pass;
  const { shop_id_list: _, ...rest } = pass;
  return rest as SandboxPass;
}

function certificateNode(args: Record<string, unknown>, { identity }: SandboxOptions): string | Refusal {
  if (args['alipay_cert_sn'] !== identity.alipayCertSn) return { subCode: 'isv.alipay-cert-not-exist' };
  const content = Buffer.from(identity.alipayCertPem).toString('base64');
  return JSON.stringify({ msg: 'Success', code: '10000', alipay_cert_content: content });
}

function errorNode({ subCode, message }: Refusal): string {
  const { code, message: usual } = SUB_CODES[subCode]!;
  const { msg } = RETURN_CODES[code]!;
  return JSON.stringify({ code, msg, sub_code: subCode, sub_msg: message ?? usual ?? subCode });
}

/** Refusals for which the gateway does not know whose key to answer with: these go unsigned. */
const UNSIGNED: ReadonlySet<string> = new Set(['isv.missing-app-id', 'isv.invalid-app-id']);

/** Compact, the node first, `sign` last, labelled with the charset that it is in. */
async function createAnswer(
  { params, charset }: Reading,
  result: string | Refusal,
  { identity, random }: SandboxOptions,
): Promise<SandboxAnswer> {
  const refusal = typeof result === 'string' ? undefined : result;
  const bytes = resultBytes(result, params, charset, identity.encryptKey);
  const method = params['method'] ?? '';
  const members = [
    Buffer.from(`"${Object.hasOwn(METHODS, method) ? responseNodeName(method) : ERROR_NODE_NAME}":`),
    bytes,
    Buffer.from(params['app_cert_sn'] ? `,"alipay_cert_sn":"${identity.alipayCertSn}"` : ''),
    Buffer.from(UNSIGNED.has(refusal?.subCode ?? '') ? '' : await signMember(bytes, params, identity)),
  ];
  return {
    status: 200,
    headers: { 'content-type': `text/html;charset=${charset}`, trace_id: traceId(random) },
    bytes: Buffer.concat([Buffer.from('{'), ...members, Buffer.from('}')]),
  };
}

/** The node's bytes; a success under content encryption is a JSON string. Errors stay in plain text. */
function resultBytes(result: string | Refusal, params: Params, charset: Charset, encryptKey: Buffer): Buffer {
  const node = encodeText(typeof result === 'string' ? result : errorNode(result), charset, '?');
  const encrypted = typeof result === 'string' && params['encrypt_type'];
  return encrypted ? Buffer.from(JSON.stringify(encryptContent(node, encryptKey))) : node;
}

async function signMember(
  bytes: Buffer,
  params: Params,
  { alipayPrivateKey }: SandboxIdentity,
): Promise<string> {
  const signType = params['sign_type'] === 'RSA' ? 'RSA' : 'RSA2';
  return `,"sign":"${await signBytes(bytes, alipayPrivateKey, signType)}"`;
}

function traceId(random: () => number): string {
  return Array.from({ length: 30 }, () => Math.floor(random() * 16).toString(16)).join('');
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
