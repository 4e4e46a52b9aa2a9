import type { ErrorKind } from '../errors';

/** What a return code of the gateway means for the caller. */
export interface CodeFact {
  readonly msg: string;
  readonly kind: ErrorKind;
  /** The page and docs/protocol.md, "Return codes", say that the same call may succeed later. */
  readonly retryable?: boolean;
}

/** `code` and `msg` of a success. */
export const SUCCESS_CODE = '10000';
const SUCCESS_MSG = 'Success';

/** Every `code` but success (docs/protocol.md, "Return codes"). */
export const RETURN_CODES: Readonly<Record<string, CodeFact>> = {
  20000: { msg: 'Service Currently Unavailable', kind: 'unavailable', retryable: true },
  20001: { msg: 'Insufficient Token Permissions', kind: 'rejected' },
  40001: { msg: 'Missing Required Arguments', kind: 'rejected' },
  40002: { msg: 'Invalid Arguments', kind: 'rejected' },
  40003: { msg: 'Insufficient Conditions', kind: 'rejected' },
  40004: { msg: 'Business Failed', kind: 'business' },
  40005: { msg: 'Call Limited', kind: 'unavailable', retryable: true },
  40006: { msg: 'Insufficient Permissions', kind: 'rejected' },
};

/** What is known of a `sub_code`: the code it comes under, the gateway's words, and what helps. */
export interface SubCodeFact {
  readonly code: string;
  /** The gateway's own message, where it is known. */
  readonly message?: string;
  readonly retryable?: boolean;
  readonly hint?: string;
}

const APP_TOKEN = 'Ask the merchant to authorise the app again, and set the new app_auth_token.';
const KEY_PAIR =
  'Compare the key pair, --charset, --sign-type and --gateway with what the app has on open.alipay.com.';
const TRY_LATER = 'Try again in a while.';

/** The sub_codes of docs/protocol.md, "Return codes", and of the API page. */
export const SUB_CODES: Readonly<Record<string, SubCodeFact>> = {
  'isp.unknow-error': { code: '20000', message: '系统繁忙', hint: TRY_LATER },
  'aop.unknow-error': { code: '20000', message: '服务暂不可用', hint: TRY_LATER },

  'aop.invalid-auth-token': { code: '20001', hint: APP_TOKEN },
  'aop.auth-token-time-out': { code: '20001', hint: APP_TOKEN },
  'aop.invalid-app-auth-token': { code: '20001', hint: APP_TOKEN },
  'aop.invalid-app-auth-token-no-api': { code: '20001', hint: APP_TOKEN },
  'aop.app-auth-token-time-out': { code: '20001', hint: APP_TOKEN },
  'aop.no-product-reg-by-partner': { code: '20001' },

  'isv.missing-method': { code: '40001', message: '缺少方法名参数' },
  'isv.missing-signature': { code: '40001', message: '缺少签名参数' },
  'isv.missing-signature-type': { code: '40001' },
  'isv.missing-signature-key': { code: '40001', hint: 'Upload the app’s public key on open.alipay.com.' },
  'isv.missing-app-id': { code: '40001', message: '缺少AppID参数' },
  'isv.missing-timestamp': { code: '40001', message: '缺少时间戳参数' },
  'isv.missing-version': { code: '40001' },
  'isv.decryption-error-missing-encrypt-type': { code: '40001' },
  'isv.missing-encrypt-key': { code: '40001' },
  'isv.missing-app-cert-sn': { code: '40001', hint: 'This app is in certificate mode.' },
  'isv.missing-alipay-root-cert-sn': { code: '40001', hint: 'This app is in certificate mode.' },

  'isv.invalid-parameter': { code: '40002' },
  'isv.invalid-method': { code: '40002', message: '不存在的方法名' },
  'isv.invalid-format': { code: '40002', message: '无效的数据格式' },
  'isv.invalid-signature-type': { code: '40002', message: '无效的签名类型' },
  'isv.invalid-signature': {
    code: '40002',
    message: '验签出错，建议检查签名字符串或签名私钥与应用公钥是否匹配，网关生成的验签字符串为：',
    hint: KEY_PAIR,
  },
  'isv.invalid-encrypt-type': { code: '40002' },
  'isv.invalid-encrypt': { code: '40002' },
  'isv.invalid-app-id': {
    code: '40002',
    message: '无效的AppID参数',
    hint: 'Check --app-id, and that it belongs to this gateway: sandbox apps exist on the sandbox gateway alone.',
  },
  'isv.invalid-timestamp': {
    code: '40002',
    message: '非法的时间戳参数',
    hint: 'Set this machine’s clock, by NTP: it is too far off. alipass doctor compares it with the gateway’s.',
  },
  'isv.invalid-charset': { code: '40002', message: '字符集错误' },
  'isv.decryption-error-not-valid-encrypt-type': { code: '40002' },
  'isv.decryption-error-not-valid-encrypt-key': { code: '40002' },
  'isv.decryption-error-unknown': { code: '40002' },
  'isv.not-support-app-auth': { code: '40002' },
  'isv.suspected-attack': { code: '40002' },
  'isv.forbidden-api': { code: '40002' },
  'isv.illegal-json': { code: '40002' },
  'isv.invalid-alipay-root-cert-sn': { code: '40002' },
  'isv.app-cert-expired': { code: '40002' },
  'isv.app-cert-not-exist': { code: '40002' },
  'isv.alipay-cert-not-exist': { code: '40002' },

  'isv.missing-signature-config': {
    code: '40003',
    message: '验签出错, 未配置对应签名算法的公钥或者证书',
    hint: 'The app has no public key for this --sign-type on open.alipay.com.',
  },
  'isv.invalid-app-state': { code: '40003' },
  'isv.invalid-auth-relations': { code: '40003', message: '无效的授权关系' },

  SYSTEM_ERROR: { code: '40004', message: '系统繁忙或系统异常', retryable: true, hint: TRY_LATER },
  INVALID_PARAMETER: {
    code: '40004',
    message: '参数有误',
    hint: 'Check the values of the query: user, partner, group, city, page.',
  },
  'KP.AE_ALIPASS_PARAMS_VALUE_INVAILD': {
    code: '40004',
    message: '无效的参数传值',
    hint: 'Check the values of the query: user, partner, group, city, page.',
  },
  BIZ_ERROR: { code: '40004', message: '业务异常列表查询异常', retryable: true, hint: TRY_LATER },
  'KP.AE_ALIPASS_NOTEXIST': { code: '40004', message: '卡券不存在' },
  'KP.AE_ALIPASS_APPID_NOSUPPORT': {
    code: '40004',
    message: '该AppId不支持',
    hint: 'Alipay has not opened this method for the app.',
  },

  'isv.app-call-limited': { code: '40005', hint: TRY_LATER },
  'isv.method-call-limited': { code: '40005', hint: TRY_LATER },

  'isv.insufficient-isv-permissions': {
    code: '40006',
    message: 'ISV权限不足，建议在开发者中心检查对应功能是否已经添加',
    hint: 'Add the card-bag feature to the app on open.alipay.com, and wait until it is in force.',
  },
  'isv.insufficient-user-permissions': { code: '40006', hint: 'The user has not authorised this app.' },
  'isv.self-invoke-forbidden': { code: '40006', message: '此用户不允许自调用' },
  'isv.app-api-punished': { code: '40006' },
};

/** The kind of an answer that is no success, whether to send it again, and what helps. */
export function classifyFault(
  code: string,
  subCode: string | undefined,
): { kind: ErrorKind; retryable: boolean; hint: string | undefined } {
  const codeFact = RETURN_CODES[code];
  const subFact = subCode === undefined ? undefined : SUB_CODES[subCode];
  return {
    kind: codeFact?.kind ?? 'rejected',
    retryable: (codeFact?.retryable ?? false) || (subFact?.code === code && (subFact.retryable ?? false)),
    hint: subFact?.hint,
  };
}

/** What the tables say of one code, be it a return code or a sub_code. */
export interface CodeClass {
  readonly code: string;
  /** The return code that a sub_code comes under; null for a return code. */
  readonly parent: string | null;
  /** null for the success. */
  readonly kind: ErrorKind | null;
  readonly retryable: boolean;
  /** The gateway's own words: msg of a return code, sub_msg of a sub_code; null where none have been seen. */
  readonly message: string | null;
}

/** Every code that the tables know: each return code, followed by its sub_codes. */
export function knownCodes(): string[] {
  const subCodes = Object.entries(SUB_CODES);
  return [SUCCESS_CODE, ...Object.keys(RETURN_CODES)].flatMap(parent => [
    parent,
    ...subCodes.filter(([, { code }]) => code === parent).map(([subCode]) => subCode),
  ]);
}

/** Whether a code, spelled exactly so, is in the tables. */
export function isKnownCode(code: string): boolean {
  return code === SUCCESS_CODE || Object.hasOwn(RETURN_CODES, code) || Object.hasOwn(SUB_CODES, code);
}

/** The class of a code of {@link knownCodes}. */
export function classOf(code: string): CodeClass {
  if (code === SUCCESS_CODE)
    return { code, parent: null, kind: null, retryable: false, message: SUCCESS_MSG };
  const subFact = SUB_CODES[code];
  const { kind, retryable } = classifyFault(subFact?.code ?? code, code);
  const message = (subFact ? subFact.message : RETURN_CODES[code]!.msg) ?? null;
  return { code, parent: subFact?.code ?? null, kind, retryable, message };
}
