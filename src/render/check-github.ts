import type { Verdict } from '../passes/expectations';
import { safeText } from '../terminal/safe-text';
import { type CheckResult, outcomeOf, sentenceOf, subjectOf } from './check';
import { tellVerdict } from './verdict';
import type { Words } from './words';

const MARKS: Readonly<Record<Verdict['status'], string>> = { ok: '✅', failed: '❌', unknown: '❔' };
const MOST_DETAILS = 10;

/** The result as a section of Markdown for a step summary. */
export function stepSummary(result: CheckResult, words: Words): string {
  const { check } = words;
  const { verdicts, error } = result;
  const rows = verdicts.map(verdict => {
    const { expect, status, found, details } = tellVerdict(verdict, words);
    const inside = [found, ...details.slice(0, MOST_DETAILS)].map(escapeCell).join('<br>');
    return `| ${MARKS[status]} ${check.statuses[status]} | ${escapeCell(expect)} | ${inside} |`;
  });
  const said = error ? [`**${escapeCell(error.message)}**`, ''] : [];
  return [
    `### alipass check: ${check.outcomes[outcomeOf(result)]}`,
    '',
    escapeCell(`${subjectOf(result, words)} · ${sentenceOf(result, words)}`),
    '',
    ...said,
    `| | ${check.expectation} | ${check.found} |`,
    '| --- | --- | --- |',
    ...rows,
    '',
    '',
  ].join('\n');
}

/** Text that means nothing in Markdown or HTML, on one line. */
function escapeCell(text: string): string {
  return safeText(text)
    .replace(/[\\`*_[\]|~#!]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}

/** Workflow commands, each a line, that show what failed beside the step. */
export function annotations({ verdicts, error }: CheckResult, words: Words): string {
  const { check } = words;
  if (error) return annotation(`alipass: ${check.notRun}`, [error.message]);
  return verdicts
    .filter(({ status }) => status === 'failed')
    .map(verdict => {
      const { expect, found, details } = tellVerdict(verdict, words);
      return annotation(check.isNotMet(expect), [check.foundIs(found), ...details.slice(0, MOST_DETAILS)]);
    })
    .join('');
}

/** Escaped as the workflow commands of GitHub Actions want it, so that no text can end one and begin another. */
function annotation(title: string, lines: readonly string[]): string {
  const property = escapeData(safeText(title)).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::error title=${property}::${escapeData(lines.map(safeText).join('\n'))}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
