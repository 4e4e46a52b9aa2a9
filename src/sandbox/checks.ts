import type { KeyObject } from 'node:crypto';
import { quote } from '../errors';
import { parseCharset, encodeText } from '../protocol/charset';
import { SUB_CODES } from '../protocol/codes';
import { ENCRYPT_TYPE } from '../protocol/encryption';
import { requestSignedText } from '../protocol/canonical';
import { KNOWN_PARAMS, type Params, REQUIRED_PARAMS } from '../protocol/params';
import { SIGN_TYPES, type SignType, verifyBytes } from '../protocol/signature';
import { parseBeijingTime } from '../protocol/time';
import { describeOffset } from './clock-offset';
import { isMethod } from './methods';
import type { Reading } from './reading';
import { escapeHtml, type Refusal, unknownParameter } from './refusal';

/** What requests are checked against. */
export interface CheckWorld {
  readonly appId: string;
  readonly appPublicKey: KeyObject;
  readonly appCertSn: string;
  readonly alipayRootCertSn: string;
  /** The gateway's own clock, in milliseconds since the epoch. */
  readonly nowMs: number;
  /** How far a timestamp may be off; undefined where only its form is checked. */
  readonly timestampWindowMs: number | undefined;
  /** Refuses parameters that no document names. */
  readonly strict: boolean;
}

interface Check {
  readonly name: string;
  readonly refuse: (reading: Reading, world: CheckWorld) => Refusal | string | undefined;
}

const misses = ({ params }: Reading, name: string): boolean => params[name] === undefined;

/** In the gateway's order: the app before all that a signed refusal says, the signature before the arguments. */
const CHECKS: readonly Check[] = [
  {
    name: 'app_id',
    refuse: (reading, { appId }) => {
      if (misses(reading, 'method')) return REQUIRED_PARAMS.method;
      if (misses(reading, 'app_id')) return REQUIRED_PARAMS.app_id;
      return reading.params['app_id'] === appId ? undefined : 'isv.invalid-app-id';
    },
  },
  {
    name: 'method',
    refuse: ({ params }) => (isMethod(params['method']!) ? undefined : 'isv.invalid-method'),
  },
  {
    name: 'required',
    refuse: reading => Object.entries(REQUIRED_PARAMS).find(([name]) => misses(reading, name))?.[1],
  },
  {
    name: 'charset',
    refuse: ({ params }) =>
      params['charset'] && !parseCharset(params['charset']) ? 'isv.invalid-charset' : undefined,
  },
  {
    name: 'sign_type',
    refuse: ({ params }) =>
      Object.hasOwn(SIGN_TYPES, params['sign_type']!) ? undefined : 'isv.invalid-signature-type',
  },
  {
    name: 'format',
    refuse: ({ params }) =>
      (params['format'] ?? 'JSON').toUpperCase() === 'JSON' ? undefined : 'isv.invalid-format',
  },
  {
    name: 'encrypt_type',
    refuse: ({ params }) =>
      (params['encrypt_type'] ?? ENCRYPT_TYPE) === ENCRYPT_TYPE ? undefined : 'isv.invalid-encrypt-type',
  },
  { name: 'certificates', refuse: refuseCertificates },
  { name: 'signature', refuse: refuseSignature },
  { name: 'timestamp', refuse: refuseTimestamp },
  { name: 'parameters', refuse: refuseUnknown },
];

/** What the checks found: the names of those passed, and what the next one said. */
export interface CheckResult {
  readonly passed: readonly string[];
  readonly refusal: Refusal | undefined;
}

/** Checks a request until something is wrong. */
export function checkRequest(reading: Reading, world: CheckWorld): CheckResult {
  const passed: string[] = [];
  for (const { name, refuse } of CHECKS) {
    const refused = refuse(reading, world);
    if (refused !== undefined)
      return { passed, refusal: typeof refused === 'string' ? { subCode: refused } : refused };
    passed.push(name);
  }
  return { passed, refusal: undefined };
}

/** Certificate mode is the client's choice here: it is on when the request names certificates. */
function refuseCertificates({ params }: Reading, world: CheckWorld): string | undefined {
  const { app_cert_sn: appCertSn, alipay_root_cert_sn: rootSn } = params;
  if (appCertSn === undefined && rootSn === undefined) return undefined;
  if (appCertSn === undefined) return 'isv.missing-app-cert-sn';
  if (rootSn === undefined) return 'isv.missing-alipay-root-cert-sn';
  if (appCertSn !== world.appCertSn) return 'isv.app-cert-not-exist';
  return rootSn === world.alipayRootCertSn ? undefined : 'isv.invalid-alipay-root-cert-sn';
}

const CHARSET_MISPLACED =
  '验签出错，请确认charset参数放在了URL查询字符串中且各参数值使用charset参数指示的字符集编码';

function refuseSignature(
  { params, charset, charsetInQuery }: Reading,
  { appPublicKey }: CheckWorld,
): Refusal | undefined {
  if (!charsetInQuery) return { subCode: 'isv.invalid-signature', message: CHARSET_MISPLACED };
  const bytes = encodeText(requestSignedText(params), charset, '?');
  const genuine = verifyBytes(bytes, params['sign']!, appPublicKey, params['sign_type'] as SignType);
  return genuine ? undefined : wrongSignature(params);
}

/** Gives back the text that was checked, as the gateway does (docs/protocol.md, "Answers"). */
export function wrongSignature(params: Params): Refusal {
  const subCode = 'isv.invalid-signature';
  return { subCode, message: SUB_CODES[subCode]!.message + escapeHtml(requestSignedText(params)) };
}

function refuseTimestamp({ params }: Reading, { nowMs, timestampWindowMs }: CheckWorld): Refusal | undefined {
  const timestamp = params['timestamp']!;
  const refuse = (is: string): Refusal => ({
    subCode: 'isv.invalid-timestamp',
    why: `timestamp ${quote(timestamp)} is ${is}`,
  });
  const sentMs = parseBeijingTime(timestamp);
  if (sentMs === undefined) return refuse('no time "yyyy-MM-dd HH:mm:ss"');
  const offMs = sentMs - nowMs;
  const inTime = timestampWindowMs === undefined || Math.abs(offMs) <= timestampWindowMs;
  return inTime ? undefined : refuse(describeOffset(offMs));
}

function refuseUnknown({ params }: Reading, { strict }: CheckWorld): Refusal | undefined {
  const unknown = strict && Object.keys(params).find(name => !KNOWN_PARAMS.has(name));
  return unknown ? unknownParameter(unknown, 'parameter') : undefined;
}
