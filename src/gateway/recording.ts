import { createHash } from 'node:crypto';
import { AlipassError, quote } from '../errors';
import { decodeText } from '../protocol/charset';
import { decryptContent } from '../protocol/encryption';
import type { Params } from '../protocol/params';
import { parseBeijingTime } from '../protocol/time';
import type { Sender } from './request';
import type { Proof } from './trust';

// A recording is NDJSON: a header, then a line for each exchange in the order in which the answers came. Each line ends
// with a digest, SHA-256 over the digest of the line before and its own text up to there, so that no byte can change
// unnoticed. That finds damage; a forger could write new digests, but not the signatures in the answers.

const SCHEMA_FAMILY = 'alipass.recording/';
export const RECORDING_SCHEMA = `${SCHEMA_FAMILY}1`;

/** No text of V8's holds 512 MiB. A million passes fit. */
export const MOST_RECORDING_BYTES = 500_000_000;

/** Who asked which gateway, how, and what proves the answers. */
export interface RecordingHeader extends Proof {
  readonly schema: typeof RECORDING_SCHEMA;
  /** Beijing time. */
  readonly recorded_at: string;
  readonly gateway: string;
  readonly app_id: string;
  /** As it was sent. */
  readonly charset: string;
  readonly sign_type: string;
  readonly retries: string;
  /** `AES` under content encryption, empty without. */
  readonly encrypt_type: string;
  /** Whether user ids in requests are masked. */
  readonly masked: boolean;
}

/** A request as it may be known, and all of its answer that matters. */
export interface RecordedExchange {
  /** See {@link publicParams}. */
  readonly request: Params;
  readonly response: RecordedResponse;
}

/** An answer byte for byte, but for what is `redacted`: `body` when the bytes are UTF-8, else `body_base64`. */
export interface RecordedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly body_base64?: string;
  /** Set when a secret or a masked id was taken out of the answer, and with it the signature that it no longer fits. */
  readonly redacted?: true;
}

export interface Recording {
  readonly header: RecordingHeader;
  readonly recordedAtMs: number;
  readonly exchanges: readonly RecordedExchange[];
}

/** Makes the lines of one recording, in order. */
export function createLineWriter(): (value: RecordingHeader | RecordedExchange) => string {
  let digest = '';
  return value => {
    const text = JSON.stringify(value).slice(0, -1);
    digest = digestOf(digest, Buffer.from(text));
    return `${text}${seal(digest)}\n`;
  };
}

function digestOf(previous: string, text: Buffer): string {
  return createHash('sha256').update(previous).update(text).digest('hex');
}

/** How a line ends. */
function seal(digest: string): string {
  return `,"digest":"${digest}"}`;
}

const SEAL_BYTES = seal('0'.repeat(64)).length;

/**
 * Reads a recording; `where` names it in errors.
 * @throws config `recording.not_one`, `recording.version`; untrusted `recording.changed`, `recording.cut_off`,
 *   `recording.malformed`
 */
export function readRecording(bytes: Buffer, where: string): Recording {
  if (!looksRecorded(bytes)) throw notRecording(bytes, where);
  const [first, ...rest] = readLines(bytes, where);
  const header = parseJson(first!);
  if (header?.['schema'] !== RECORDING_SCHEMA) throw otherVersion(header?.['schema'], where);
  if (!isHeader(header)) throw malformed(1, where);
  const exchanges = rest.map((line, i) => {
    const exchange = parseJson(line);
    if (!isExchange(exchange)) throw malformed(i + 2, where);
    return exchange;
  });
  return { header, recordedAtMs: parseBeijingTime(header.recorded_at)!, exchanges };
}

/** By its first bytes or by a seal anywhere: a recording that was changed is still one. */
function looksRecorded(bytes: Buffer): boolean {
  return (
    bytes.indexOf(`{"schema":"${SCHEMA_FAMILY}`) === 0 ||
    /,"digest":"[0-9a-f]{64}"\}/.test(bytes.toString('latin1'))
  );
}

/** The lines, once the digests of all are checked. Digests are over bytes, as two bytes may read as one character. */
function readLines(bytes: Buffer, where: string): Buffer[] {
  const lines: Buffer[] = [];
  let digest = '';
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf('\n', start);
    if (end < 0) throw cutOff(lines.length + 1, where);
    const line = bytes.subarray(start, end);
    const sealAt = Math.max(0, line.length - SEAL_BYTES);
    digest = digestOf(digest, line.subarray(0, sealAt));
    if (line.toString('latin1', sealAt) !== seal(digest)) throw changed(lines.length + 1, where);
    lines.push(line);
    start = end + 1;
  }
  return lines;
}

function parseJson(line: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = JSON.parse(line.toString('utf8')) as unknown;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isObject(value) && Object.values(value).every(it => typeof it === 'string');
}

const HEADER_TEXTS = ['gateway', 'app_id', 'charset', 'sign_type', 'retries', 'encrypt_type'] as const;
const PROOF_TEXTS = ['alipay_public_key', 'alipay_root_cert', 'alipay_cert'] as const;

function isHeader(value: unknown): value is RecordingHeader {
  return (
    isObject(value) &&
    parseBeijingTime(String(value['recorded_at'])) !== undefined &&
    HEADER_TEXTS.every(name => typeof value[name] === 'string') &&
    PROOF_TEXTS.every(name => ['string', 'undefined'].includes(typeof value[name])) &&
    'alipay_public_key' in value !== 'alipay_root_cert' in value &&
    typeof value['masked'] === 'boolean'
  );
}

function isExchange(value: unknown): value is RecordedExchange {
  if (!isObject(value) || !isTexts(value['request']) || !isObject(value['response'])) return false;
  const { status, headers, body, body_base64: base64 } = value['response'];
  const bodies = [body, base64].filter(it => it !== undefined);
  return Number.isInteger(status) && isTexts(headers) && bodies.length === 1 && typeof bodies[0] === 'string';
}

/** What stands for a secret that was there; ASCII, so that it fits answers in every charset. */
export const HIDDEN = '***';

/** Parameters that may be known; any other is left out. */
const PUBLIC_PARAMS: ReadonlySet<string> = new Set([
  'app_id',
  'method',
  'format',
  'charset',
  'sign_type',
  'timestamp',
  'version',
  'app_cert_sn',
  'alipay_root_cert_sn',
  'encrypt_type',
]);

/** A request's parameters without secrets: biz_content in plain text, user ids in it masked when that is wanted. */
export function publicParams(
  params: Params,
  sender: Pick<Sender, 'encryptKey' | 'charset'>,
  masked: boolean,
): Params {
  const content = plainContent(params['biz_content'] ?? '', sender);
  return {
    ...Object.fromEntries(Object.entries(params).filter(([name]) => PUBLIC_PARAMS.has(name))),
    ...(params['app_auth_token'] ? { app_auth_token: HIDDEN } : {}),
    biz_content: masked ? content.replace(USER_ID, maskId) : content,
  };
}

function plainContent(
  content: string,
  { encryptKey, charset }: Pick<Sender, 'encryptKey' | 'charset'>,
): string {
  if (!encryptKey) return content;
  return decodeText(decryptContent(content, encryptKey) ?? Buffer.alloc(0), charset);
}

/** A user id in plain biz_content: the value of user_id or partner_id. */
export const USER_ID = /(?<="(?:user|partner)_id":")2088\d+(?=")/g;

/** `2088102122458832` as `2088********8832`. */
export function maskId(id: string): string {
  return `${id.slice(0, 4)}********${id.slice(-4)}`;
}

function notRecording(bytes: Buffer, where: string): AlipassError {
  const message = `${where} is not a recording: ${bytes.length === 0 ? 'it is empty' : describeStart(bytes)}`;
  return new AlipassError('config', 'recording.not_one', message, {
    hint: 'alipass list --record FILE makes one.',
  });
}

function describeStart(bytes: Buffer): string {
  const end = bytes.indexOf('\n');
  const first = parseJson(end < 0 ? bytes : bytes.subarray(0, end));
  if (!first) return `its first line is not JSON with the schema "${RECORDING_SCHEMA}"`;
  const { schema } = first;
  if (schema === undefined) return `its first line has no schema, such as "${RECORDING_SCHEMA}"`;
  return `its schema is ${quote(String(schema))}, not "${RECORDING_SCHEMA}"`;
}

function otherVersion(schema: unknown, where: string): AlipassError {
  const message = `${where} is a recording of another version: ${quote(String(schema))}, not "${RECORDING_SCHEMA}"`;
  return new AlipassError('config', 'recording.version', message, {
    hint: 'Replay it with the alipass that made it, or record again.',
  });
}

const RECORD_AGAIN = 'Record again with --record, or take an untouched copy of the file.';

function changed(line: number, where: string): AlipassError {
  const message = `Line ${line} of ${where} was changed after it was recorded`;
  return new AlipassError('untrusted', 'recording.changed', message, { hint: RECORD_AGAIN });
}

function cutOff(line: number, where: string): AlipassError {
  const message = `${where} is cut off in line ${line}: the recording was stopped, or the file not copied whole`;
  const whole =
    line > 1 ? ` head -n ${line - 1} keeps the lines before, which are a recording of their own.` : '';
  return new AlipassError('untrusted', 'recording.cut_off', message, { hint: RECORD_AGAIN + whole });
}

/** The digests fit, so that it was not alipass that wrote the line. */
function malformed(line: number, where: string): AlipassError {
  const message = `Line ${line} of ${where} is not what alipass records`;
  return new AlipassError('untrusted', 'recording.malformed', message, { hint: RECORD_AGAIN });
}
