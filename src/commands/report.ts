import type { Context } from '../context';
import { loadStyle, wantsColor } from '../terminal/style';
import { converse, phrasebookOf } from './converse';
import type { Talk } from './flags';

/** Facts to print, for people and for programs. */
export interface Report {
  readonly json: unknown;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Whether the first column says in words what stands beside it, and is no name. */
  readonly labelled?: boolean;
  /** What to say on stderr in place of an empty table. */
  readonly empty: string;
}

/** Prints a report to stdout. */
export async function writeReport(
  context: Context,
  talk: Talk,
  format: 'table' | 'json',
  { json, head, rows, labelled, empty }: Report,
): Promise<void> {
  const { stdout, env } = context;
  if (format === 'json') return stdout.write(`${JSON.stringify(json, null, 2)}\n`);
  if (rows.length === 0) return (await converse(context, talk)).remark(empty);
  const { formatFacts } = await import('../render/facts');
  const style = await loadStyle(wantsColor(talk.color, env, stdout.isTTY));
  const say = await phrasebookOf(context, talk);
  // One word may be the name of something, and stays.
  const sayCell = (cell: string, i: number): string =>
    (labelled && i === 0) || /[ (]/.test(cell) ? say(cell) : cell;
  const cells = rows.map(row => row.map(sayCell));
  await stdout.write(formatFacts(head.map(say), cells, style, stdout.columns));
}
