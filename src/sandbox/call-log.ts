import type { KeyObject } from 'node:crypto';
import { type Difference, firstDifference, requestSignedText } from '../protocol/canonical';
import { SUB_CODES, SUCCESS_CODE } from '../protocol/codes';
import { decodeText } from '../protocol/charset';
import type { Params } from '../protocol/params';
import { judgeRequest } from '../protocol/suspects';
import { formatBeijingTime } from '../protocol/time';
import type { CallRecord, SignatureRecord } from './call-record';
import type { SandboxAnswer } from './gateway';
import type { Reading } from './reading';
import type { Refusal } from './refusal';

/** What the log says of a call. `nowMs` is the gateway's clock. */
export function recordCall(
  { call, status, bytes }: SandboxAnswer,
  appPublicKey: KeyObject,
  nowMs: number,
): CallRecord {
  const { reading, refusal, effects } = call;
  return {
    at: formatBeijingTime(nowMs),
    call: call.number,
    method: reading.params['method'] ?? null,
    params: withoutTokens(reading.params),
    arguments: call.args,
    passed: call.passed,
    ...(refusal?.why === undefined ? {} : { why: refusal.why }),
    ...(Object.keys(effects).length > 0 ? { faults: effects } : {}),
    answer: { status, ...(effects.http ? {} : codesOf(refusal)), bytes: bytes.length },
    ...(refusal?.subCode === 'isv.invalid-signature' && effects.refuse !== refusal.subCode
      ? { signature: recordSignature(reading, appPublicKey) }
      : {}),
  };
}

function codesOf(refusal: Refusal | undefined): { code: string; sub_code?: string } {
  if (!refusal) return { code: SUCCESS_CODE };
  return { code: SUB_CODES[refusal.subCode]!.code, sub_code: refusal.subCode };
}

const TOKENS: ReadonlySet<string> = new Set(['app_auth_token', 'auth_token']);
const HIDDEN = '…';

/** A client under test may send a real merchant's token. */
function withoutTokens(params: Params): Params {
  const entries = Object.entries(params);
  return Object.fromEntries(entries.map(([name, value]) => [name, TOKENS.has(name) ? HIDDEN : value]));
}

function recordSignature(reading: Reading, appPublicKey: KeyObject): SignatureRecord {
  const { code, says, hint, signed } = judgeRequest(reading, appPublicKey);
  const signedText = hideTokens(requestSignedText(reading.params), reading.params);
  const theirs = signed && hideTokens(decodeText(signed, reading.charset), reading.params);
  const difference = theirs === undefined ? undefined : firstDifference(signedText, theirs);
  return {
    code,
    says,
    hint,
    signed_text: signedText,
    ...(difference ? { first_difference: bySide(difference) } : {}),
  };
}

const TOKEN_VALUE = new RegExp(`(^|&)(${[...TOKENS].join('|')})=[^&]*`, 'g');

/** Also in the forms that clients by mistake sign a token in: url-encoded, or with spaces and pluses exchanged. */
function hideTokens(text: string, params: Params): string {
  const tokens = Object.entries(params).flatMap(([name, value]) => (TOKENS.has(name) ? [value] : []));
  const forms = tokens.flatMap(it => [it, it.replaceAll('+', ' '), it.replaceAll(' ', '+')]);
  const hidden = forms.reduce((to, form) => to.replaceAll(form, HIDDEN), text);
  return hidden.replace(TOKEN_VALUE, `$1$2=${HIDDEN}`);
}

function bySide({ at, ours, theirs }: Difference): NonNullable<SignatureRecord['first_difference']> {
  return { at, gateway: ours, client: theirs };
}
