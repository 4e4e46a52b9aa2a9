import type { AlipassError, GatewayFault } from '../errors';
import { EXIT_BY_KIND } from '../exit';
import { isKnownCode } from '../protocol/codes';
import { safeText } from '../terminal/safe-text';
import type { Style } from '../terminal/style';
import { ENGLISH_SAY, type Say } from './phrases';
import { displayWidth, hang } from './width';

/**
 * An error for people, in the words of `say`: what failed, in which points, what to try, the gateway's trace id for its
 * support, where to read on. Wrapped to a terminal of `width` columns.
 */
export function formatError(
  error: AlipassError,
  style: Style,
  width = Infinity,
  say: Say = ENGLISH_SAY,
): string {
  const { details, hint, gateway } = error;
  const [failed, remedy] = [say('error'), say('try')];
  const layOut = (text: string, indent: number): string => hang(safeText(say(text)), indent, width);
  const lines = [`${style.bad(failed)}  ${layOut(error.message, displayWidth(failed) + 2)}`];
  for (const detail of details) lines.push(`  ${layOut(detail, 4)}`);
  if (hint) lines.push(`  ${style.heading(remedy)}  ${layOut(hint, displayWidth(remedy) + 4)}`);
  const add = (text: string): unknown => lines.push(style.faint(`  ${layOut(text, 2)}`));
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
