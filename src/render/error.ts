import type { AlipassError, GatewayFault } from '../errors';
import { EXIT_BY_KIND } from '../exit';
import { isKnownCode } from '../protocol/codes';
import { safeText } from '../terminal/safe-text';
import type { Style } from '../terminal/style';
import { hang } from './width';

/**
 * An error for people: what failed, in which points, what to try, the gateway's trace id for its support, where to read on. Wrapped to
 * a terminal of `width` columns.
 */
export function formatError(error: AlipassError, style: Style, width = Infinity): string {
  const { details, hint, gateway } = error;
  const lines = [`${style.bad('error')}  ${hang(safeText(error.message), 7, width)}`];
  for (const detail of details) lines.push(`  ${hang(safeText(detail), 4, width)}`);
  if (hint) lines.push(`  ${style.heading('try')}  ${hang(safeText(hint), 7, width)}`);
  const add = (text: string): unknown => lines.push(style.faint(`  ${hang(safeText(text), 2, width)}`));
  if (gateway?.trace_id) add(`trace id ${gateway.trace_id}`);
  if (gateway && !gateway.verified) add('Nothing proves that this is the gateway’s word: unverified.');
  const code = gateway && explainedCode(gateway);
  if (code) add(`alipass explain ${code} tells more.`);
  return `${lines.join('\n')}\n`;
}

/** The most telling code of a fault that `alipass explain` knows. */
function explainedCode({ code, sub_code }: GatewayFault): string | undefined {
  return [sub_code, code].find(it => it !== undefined && isKnownCode(it));
}

/** An error for programs: one JSON object on one line. */
export function errorJson(error: AlipassError): string {
  const { kind, code, message, hint, gateway } = error;
  const details = error.details.length > 0 ? error.details : undefined;
  const fields = { kind, exit: EXIT_BY_KIND[kind], code, message, details, hint, gateway };
  return `${JSON.stringify({ schema: 'alipass.error/1', error: fields })}\n`;
}
