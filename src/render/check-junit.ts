import type { AlipassError } from '../errors';
import type { Verdict } from '../passes/expectations';
import { safeText } from '../terminal/safe-text';
import { type CheckResult, sentenceOf, subjectOf } from './check';
import { tellVerdict } from './verdict';
import { ENGLISH } from './words';

const CLASS = 'alipass.check';

/**
 * The result as JUnit XML, in the form that Ant and Jenkins have schemas for and GitLab and others read: a test case for
 * the listing itself and one for each expectation. A check that could not be run is an error of the listing; the others
 * are skipped. Always in English.
 */
export function junitXml(result: CheckResult): string {
  const { verdicts, error, tookMs } = result;
  const count = (status: Verdict['status']): number => verdicts.filter(it => it.status === status).length;
  const time = seconds(tookMs);
  const suite = {
    name: subjectOf(result, ENGLISH),
    package: 'alipass',
    id: 0,
    // Ant's schema wants a host; this one says that it is nobody's business.
    hostname: 'localhost',
    tests: verdicts.length + 1,
    failures: count('failed'),
    errors: error ? 1 : 0,
    skipped: count('unknown'),
    time,
    // xs:dateTime without a zone, which is UTC.
    timestamp: new Date(result.checkedAtMs).toISOString().slice(0, 19),
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    `  <testsuite${attributes(suite)}>`,
    '    <properties/>',
    testCase('listing', time, error ? errorElement(error) : ''),
    ...verdicts.map(verdict => testCase(verdict.expect, '0', verdictElement(verdict))),
    `    <system-out>${escapeXml(sentenceOf(result, ENGLISH))}</system-out>`,
    `    <system-err>${error ? escapeXml(error.message) : ''}</system-err>`,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(name: string, time: string, inside: string): string {
  const start = `    <testcase${attributes({ name, classname: CLASS, time })}`;
  return inside === '' ? `${start}/>` : `${start}>${inside}</testcase>`;
}

function errorElement({ message, kind, hint }: AlipassError): string {
  return `<error${attributes({ message, type: kind })}>${escapeXml(hint ?? message)}</error>`;
}

function verdictElement(verdict: Verdict): string {
  const { status, found, details } = tellVerdict(verdict, ENGLISH);
  if (status === 'ok') return '';
  if (status === 'unknown') return '<skipped/>';
  const text = [`found: ${found}`, ...details].map(escapeXml).join('\n');
  return `<failure${attributes({ message: `found: ${found}`, type: 'expectation' })}>${text}</failure>`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Controls and lone surrogates become escapes, and the two non-characters that XML 1.0 has no place for go. */
function escapeXml(text: string): string {
  return safeText(text)
    .replace(/[\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, it => ENTITIES[it]!);
}
