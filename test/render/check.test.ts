import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AlipassError } from '../../src/errors';
import type { Verdict } from '../../src/passes/expectations';
import { checkJson, type CheckResult, outcomeOf } from '../../src/render/check';
import { annotations, stepSummary } from '../../src/render/check-github';
import { junitXml } from '../../src/render/check-junit';
import { QUERY } from '../helpers/passes';

const NASTY = '<b a="1">&\u0000\u001b[31m\ud800\ufffe]]> | `x`\n::error::y 100%';
const ok: Verdict = { expect: 'count>=1', status: 'ok', found: '3', details: [] };
const failed: Verdict = { expect: `merchant ${NASTY}`, status: 'failed', found: NASTY, details: [NASTY] };
const unknown: Verdict = { expect: 'schema', status: 'unknown', found: 'there is no listing', details: [] };

function resultOf(verdicts: readonly Verdict[], error?: AlipassError): CheckResult {
  return {
    query: QUERY,
    checkedAtMs: Date.parse('2026-11-23T12:00:00+08:00'),
    tookMs: 1234,
    looks: 1,
    verdicts,
    listing: error ? undefined : { count: 3, pages: 1, slowestMs: 12.5 },
    error,
  };
}

const RESULTS = {
  ok: resultOf([ok]),
  failed: resultOf([ok, failed, unknown]),
  error: resultOf([unknown, unknown], new AlipassError('unavailable', 'http.status', NASTY, { hint: NASTY })),
};

const tags = (xml: string, name: string): number => xml.split(`<${name}`).length - 1;

describe('junitXml', () => {
  const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;
  const schema = join(import.meta.dirname, '../fixtures/junit.xsd');

  it.runIf(hasXmllint).each(Object.entries(RESULTS))('is valid by the schema: %s', (_name, result) => {
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--schema', schema, '-'], {
      input: junitXml(result),
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '- validates\n' });
  });

  it.runIf(hasXmllint)('the schema refuses what is not valid', () => {
    const xml = junitXml(RESULTS.ok).replace(' tests="2"', '').replace(' tests="2"', '');
    expect(spawnSync('xmllint', ['--noout', '--schema', schema, '-'], { input: xml }).status).not.toBe(0);
  });

  it.each(Object.entries(RESULTS))('counts what it holds: %s', (_name, result) => {
    const xml = junitXml(result);
    const suite = /<testsuite [^>]*>/.exec(xml)![0];
    const counts = Object.fromEntries(
      [...suite.matchAll(/(\w+)="(\d+)"/g)].map(([, name, n]) => [name, Number(n)]),
    );
    expect(counts).toMatchObject({
      tests: tags(xml, 'testcase '),
      failures: tags(xml, 'failure '),
      errors: tags(xml, 'error '),
      skipped: tags(xml, 'skipped/'),
    });
    expect(counts['tests']).toBe(result.verdicts.length + 1);
  });

  it('lets no text end an element, and has only characters of XML 1.0', () => {
    const xml = junitXml(RESULTS.failed);
    expect(xml).toContain('&lt;b a=&quot;1&quot;&gt;&amp;');
    expect(xml).not.toMatch(/[^\t\n\x20-\ud7ff\ue000-\ufffd]/);
  });

  it('dates in UTC, and keeps the whole user id to itself', () => {
    const xml = junitXml(RESULTS.ok);
    expect(xml).toContain('timestamp="2026-11-23T04:00:00"');
    expect(xml).toContain('2088********8888');
    expect(xml).not.toContain(QUERY.userId);
  });
});

describe('the report for GitHub', () => {
  it('annotates what failed, a line each, whatever the text', () => {
    const lines = annotations(RESULTS.failed).split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).not.toMatch(/\p{Cc}/u);
    expect(lines[0]).toMatch(/^::error title=not met%3A merchant [^:]*::found: .*\\n::error::y 100%25%0A<b/);
  });

  it('annotates what kept the check from being run', () => {
    expect(annotations(RESULTS.error)).toMatch(/^::error title=alipass check could not be run::/);
    expect(annotations(RESULTS.ok)).toBe('');
  });

  it.each(Object.entries(RESULTS))('summarizes in a table that no text breaks: %s', (name, result) => {
    const summary = stepSummary(result);
    expect(summary).toContain(`### alipass check: ${name}`);
    const rows = summary.split('\n').filter(line => line.startsWith('|'));
    expect(rows).toHaveLength(result.verdicts.length + 2);
    for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
    expect(summary).not.toMatch(/<b a|2088888888888888/);
  });
});

describe('checkJson', () => {
  it.each(Object.entries(RESULTS))('tells the outcome %s', (name, result) => {
    const report = JSON.parse(checkJson(result));
    expect(report).toMatchObject({ schema: 'alipass.check/1', outcome: name, user_id: QUERY.userId });
    expect(outcomeOf(result)).toBe(name);
    expect(report.error?.exit).toBe(name === 'error' ? 6 : undefined);
  });
});
