import type { Context } from '../context';
import { loadStyle, wantsColor } from '../terminal/style';
import { converse } from './converse';
import type { Talk } from './flags';

/** Facts to print, for people and for programs. */
export interface Report {
  readonly json: unknown;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What to say on stderr in place of an empty table. */
  readonly empty: string;
}

/** Prints a report to stdout. */
export async function writeReport(
  context: Context,
  talk: Talk,
  format: 'table' | 'json',
  { json, head, rows, empty }: Report,
): Promise<void> {
  const { stdout, env } = context;
  if (format === 'json') return stdout.write(`${JSON.stringify(json, null, 2)}\n`);
  if (rows.length === 0) return (await converse(context, talk)).remark(empty);
  const { formatFacts } = await import('../render/facts');
  const style = await loadStyle(wantsColor(talk.color, env, stdout.isTTY));
  await stdout.write(formatFacts(head, rows, style, stdout.columns));
}
