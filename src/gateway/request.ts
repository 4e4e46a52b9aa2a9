import type { KeyObject } from 'node:crypto';
import { requestSignedText } from '../protocol/canonical';
import { type Charset, encodeText } from '../protocol/charset';
import { ENCRYPT_TYPE, encryptContent } from '../protocol/encryption';
import { encodeForm } from '../protocol/form';
import { type Params, placeParams, withoutBlanks } from '../protocol/params';
import { signBytes, type SignType } from '../protocol/signature';
import { formatBeijingTime } from '../protocol/time';
import type { RawResponse } from './response';

/** One call of a gateway method; `bizContent` is JSON text, opaque from here on. */
export interface GatewayRequest {
  readonly method: string;
  readonly bizContent: string;
}

/** Who calls, and how. */
export interface Sender {
  readonly appId: string;
  readonly signType: SignType;
  readonly charset: Charset;
  /** The charset's name as it is sent and signed: its case is the user's. */
  readonly charsetLabel: string;
  readonly appAuthToken?: string | undefined;
  /** Certificate mode: the SNs that name the app's certificate and the root bundle. */
  readonly appCertSn?: string | undefined;
  readonly alipayRootCertSn?: string | undefined;
  /** Content encryption: the app's AES key. */
  readonly encryptKey?: Buffer | undefined;
}

/** Who calls, with the key that the call is signed with. */
export interface Caller extends Sender {
  readonly privateKey: KeyObject;
}

/** A request ready for the wire, with every stage of its signing kept for those who want to look. */
export interface SignedRequest {
  readonly params: Params;
  readonly signedText: string;
  /** What was signed: `signedText` in the request's charset. */
  readonly bytes: Buffer;
  readonly url: string;
  readonly contentType: string;
  /** The form body; url-encoded, so ASCII. */
  readonly body: string;
}

/** What was asked: parameters, and the text that was signed for them. */
export type SignedParams = Pick<SignedRequest, 'params' | 'signedText'>;

/**
 * Asks once, with all parameters but `sign`, and returns what came back beside what was asked for it. A recording
 * stands here in the gateway's place.
 * @throws as a transport does, or usage as {@link signRequest}
 */
export type Exchange = (
  params: Params,
  signal: AbortSignal,
) => Promise<{ readonly sent: SignedParams; readonly raw: RawResponse }>;

/** All parameters of a call but `sign`; `now` is in milliseconds since the epoch. */
export function requestParams(request: GatewayRequest, caller: Sender, now: number): Params {
  const { bizContent } = request;
  const { encryptKey, charset } = caller;
  return {
    app_id: caller.appId,
    method: request.method,
    format: 'JSON',
    charset: caller.charsetLabel,
    sign_type: caller.signType,
    timestamp: formatBeijingTime(now),
    version: '1.0',
    ...withoutBlanks({
      app_auth_token: caller.appAuthToken ?? '',
      app_cert_sn: caller.appCertSn ?? '',
      alipay_root_cert_sn: caller.alipayRootCertSn ?? '',
      encrypt_type: encryptKey ? ENCRYPT_TYPE : '',
    }),
    biz_content: encryptKey ? encryptContent(encodeText(bizContent, charset), encryptKey) : bizContent,
  };
}

/**
 * Signs `params` and lays them out for the wire: body parameters in the form, all others in the query.
 * @throws usage when a value has a character that the charset lacks.
 */
export async function signRequest(
  params: Params,
  caller: Caller,
  gatewayUrl: string,
): Promise<SignedRequest> {
  const signedText = requestSignedText(params);
  const bytes = encodeText(signedText, caller.charset);
  const sign = await signBytes(bytes, caller.privateKey, caller.signType);
  const signed = { ...params, sign };
  const { query, body } = placeParams(signed);
  const separator = gatewayUrl.includes('?') ? '&' : '?';
  return {
    params: signed,
    signedText,
    bytes,
    url: `${gatewayUrl}${separator}${encodeForm(query, caller.charset)}`,
    contentType: `application/x-www-form-urlencoded;charset=${caller.charsetLabel}`,
    body: encodeForm(body, caller.charset),
  };
}
