import { safeText } from '../terminal/safe-text';
import type { Style } from '../terminal/style';
import { hang } from './width';

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

/** A line for each finding, its remedy below it, and a count at the end. */
export function formatFindings(findings: readonly Finding[], style: Style, width: number): string {
  const checkWidth = Math.max(...findings.map(({ check }) => check.length));
  const indent = 'pass  '.length + checkWidth + 2;
  const lines = findings.flatMap(({ check, status, says, remedy }) => [
    `${style[PAINT[status]](status)}  ${check.padEnd(checkWidth)}  ${hang(safeText(says), indent, width)}`,
    ...(remedy ? [`${' '.repeat(indent)}→ ${hang(safeText(remedy), indent + 2, width)}`] : []),
  ]);
  const count = (status: Finding['status']): number => findings.filter(it => it.status === status).length;
  const sum = `${count('fail')} failed, ${count('warn')} to look at, ${count('pass')} fine, ${count('skip')} skipped`;
  return `${[...lines, '', sum].join('\n')}\n`;
}
