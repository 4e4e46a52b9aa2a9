import { AlipassError, type GatewayFault } from '../errors';
import { classifyFault } from '../protocol/codes';

/** The members of a result node that say how the call went. */
export interface Outcome {
  readonly code: string;
  readonly msg?: unknown;
  readonly sub_code?: unknown;
  readonly sub_msg?: unknown;
}

/** The error for an answer that is no success: kind and remedy from the code table, words from the gateway. */
export function faultError(outcome: Outcome, verified: boolean, traceId: string | undefined): AlipassError {
  const fault: GatewayFault = {
    code: outcome.code,
    msg: textOf(outcome.msg) ?? '',
    ...optional('sub_code', textOf(outcome.sub_code)),
    ...optional('sub_msg', textOf(outcome.sub_msg)),
    ...optional('trace_id', traceId),
    verified,
  };
  const { kind, retryable, hint } = classifyFault(fault.code, fault.sub_code);
  const words = [fault.sub_code, fault.sub_msg].filter(Boolean).join(' ');
  const message = `The gateway answered ${fault.code} ${fault.msg}${words && `: ${words}`}`;
  return new AlipassError(kind, fault.sub_code ?? fault.code, message, { hint, retryable, gateway: fault });
}

/** Whether the gateway says that the app calls too often (docs/protocol.md, "Return codes"). */
export function isLimited(error: AlipassError): boolean {
  return error.gateway?.code === '40005';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? unescapeHtml(value) : undefined;
}

function optional<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: string });
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#34;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

/** The gateway HTML-escapes its sub_msg (docs/protocol.md, "Answers"). */
export function unescapeHtml(text: string): string {
  return text.replace(/&(?:lt|gt|quot|apos|amp|#39|#34);/g, entity => ENTITIES[entity]!);
}
