import { quote } from '../errors';
import { RETURN_CODES, SUB_CODES } from '../protocol/codes';

/** What the gateway says no with: a sub_code, and words where the usual ones do not do. */
export interface Refusal {
  readonly subCode: string;
  readonly message?: string;
  /** What is wrong with the request, for the request log alone: the gateway says less. */
  readonly why?: string;
}

/** How the strict sandbox refuses what no document names. */
export function unknownParameter(name: string, kind: 'parameter' | 'argument'): Refusal {
  const why = `${quote(name)} is no ${kind} that a document names`;
  return { subCode: 'isv.invalid-parameter', message: escapeHtml(`未知的参数：${name}`), why };
}

/** The node of a refusal as JSON text; refusals of the caller end with a link (docs/protocol.md, "Answers"). */
export function errorNode({ subCode, message }: Refusal, traceId: string): string {
  const { code, message: usual } = SUB_CODES[subCode]!;
  const words = message ?? usual ?? subCode;
  const link = `，解决方案：https://open.alipay.com/api/errCheck?traceId=${traceId}`;
  const sub_msg = subCode.startsWith('isv.') ? words + link : words;
  return JSON.stringify({ code, msg: RETURN_CODES[code]!.msg, sub_code: subCode, sub_msg });
}

/** sub_msg is HTML-escaped (docs/protocol.md, "Answers"). */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
