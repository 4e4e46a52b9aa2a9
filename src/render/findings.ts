import { safeText } from '../terminal/safe-text';
import type { Style } from '../terminal/style';
import { ENGLISH_SAY, type Say } from './phrases';
import { displayWidth, hang, padToWidth } from './width';

/** What one check found. Names and statuses are only ever added to. */
export interface Finding {
  readonly check: string;
  readonly status: 'pass' | 'warn' | 'fail' | 'skip';
  readonly says: string;
  /** What to do about it. */
  readonly remedy?: string;
}

const PAINT: Readonly<Record<Finding['status'], keyof Style>> = {
  pass: 'good',
  warn: 'warning',
  fail: 'bad',
  skip: 'faint',
};

/** A line for each finding, its remedy below it, and a count at the end, in the words of `say`. */
export function formatFindings(
  findings: readonly Finding[],
  style: Style,
  width: number,
  say: Say = ENGLISH_SAY,
): string {
  const checkWidth = Math.max(...findings.map(({ check }) => displayWidth(say(check))));
  const indent = 'pass  '.length + checkWidth + 2;
  const layOut = (text: string, columns: number): string => hang(safeText(say(text)), columns, width);
  const lines = findings.flatMap(({ check, status, says, remedy }) => [
    `${style[PAINT[status]](say(status))}  ${padToWidth(say(check), checkWidth)}  ${layOut(says, indent)}`,
    ...(remedy ? [`${' '.repeat(indent)}→ ${layOut(remedy, indent + 2)}`] : []),
  ]);
  const count = (status: Finding['status']): number => findings.filter(it => it.status === status).length;
  const sum = `${count('fail')} failed, ${count('warn')} to look at, ${count('pass')} fine, ${count('skip')} skipped`;
  return `${[...lines, '', say(sum)].join('\n')}\n`;
}
