import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AlipassError } from '../../src/errors';
import type { Verdict } from '../../src/passes/expectations';
import { checkJson, type CheckResult, formatVerdicts, outcomeOf } from '../../src/render/check';
import { annotations, stepSummary } from '../../src/render/check-github';
import { junitXml } from '../../src/render/check-junit';
import { displayWidth } from '../../src/render/width';
import { ENGLISH, loadWords } from '../../src/render/words';
import { loadStyle } from '../../src/terminal/style';
import { QUERY } from '../helpers/passes';

const NASTY = '<b a="1">&\u0000\u001b[31m\ud800\ufffe]]> | `x`\n::error::y 100%';
const ok: Verdict = {
  expect: 'count>=1',
  status: 'ok',
  found: { is: 'number', value: 3, unit: '' },
  details: [],
};
const failed: Verdict = {
  expect: `merchant ${NASTY}`,
  status: 'failed',
  found: { is: 'merchant', name: NASTY },
  details: [{ is: 'merchant', name: NASTY }],
};
const unknown: Verdict = { expect: 'schema', status: 'unknown', found: { is: 'no listing' }, details: [] };

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

const CHINESE = await loadWords('zh');
const PLAIN = await loadStyle(false);

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

  it.runIf(hasXmllint).each([
    ['no count of tests', / tests="\d+"/, ''],
    ['no package', / package="\w+"/, ''],
    ['no host', / hostname="\w+"/, ''],
    ['no properties', '<properties/>', ''],
    ['no stderr', '<system-err></system-err>', ''],
    ['a zone', /(timestamp="[^"]*)"/, '$1Z"'],
    ['a time with a unit', ' time="1.234"', ' time="1.234s"'],
    ['an attribute of all suites', '<testsuites>', '<testsuites name="x">'],
    ['a result that is neither', '<testcase ', '<testcase status="ok" '],
  ] as const)('the schema refuses %s', (_what, from, to) => {
    const xml = junitXml(RESULTS.ok);
    const broken = xml.replace(from, to);
    expect(broken).not.toBe(xml);
    expect(spawnSync('xmllint', ['--noout', '--schema', schema, '-'], { input: broken }).status).not.toBe(0);
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

describe('formatVerdicts', () => {
  it.each([
    ['English', ENGLISH, /^failed {3}merchant /m],
    ['Chinese', CHINESE, /^不符合 {2}merchant /m],
  ])('formatVerdicts stands in columns in %s, and lets no text act on the terminal', (_name, words, line) => {
    const shown = formatVerdicts(RESULTS.failed, { width: Infinity, style: PLAIN, words });
    expect(shown).toMatch(line);
    expect(shown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
    const [first = '', second = ''] = shown.split('\n');
    const at = (text: string, word: string): number => displayWidth(text.slice(0, text.indexOf(word)));
    expect(at(first, 'count>=1')).toBe(at(second, 'merchant'));
  });

  it('formatVerdicts says in Chinese what was found', () => {
    const shown = formatVerdicts(RESULTS.failed, { width: Infinity, style: PLAIN, words: CHINESE });
    expect(shown).toMatch(/^未知 {4}schema .* {2}没有列表$/m);
    expect(shown).toMatch(/\n\n3 项要求中有 2 项未符合；共 3 张卡券，1 页。\n$/);
  });
});

describe('the report for GitHub', () => {
  it('speaks Chinese', () => {
    expect(annotations(RESULTS.failed, CHINESE)).toMatch(/^::error title=不符合：merchant .*::结果：/);
    expect(stepSummary(RESULTS.failed, CHINESE)).toMatch(
      /^### alipass check: 不符合\n\n用户 2088.*8888 的.* · 3 项要求中有 2 项未符合/,
    );
  });

  it('annotates what failed, a line each, whatever the text', () => {
    const lines = annotations(RESULTS.failed, ENGLISH).split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).not.toMatch(/\p{Cc}/u);
    expect(lines[0]).toMatch(/^::error title=not met%3A merchant [^:]*::found: .*\\n::error::y 100%25%0A<b/);
  });

  it('annotates what kept the check from being run', () => {
    expect(annotations(RESULTS.error, ENGLISH)).toMatch(
      /^::error title=alipass%3A The check could not be run\.::/,
    );
    expect(annotations(RESULTS.ok, ENGLISH)).toBe('');
  });

  it.each(Object.entries(RESULTS))('summarizes in a table that no text breaks: %s', (name, result) => {
    const summary = stepSummary(result, ENGLISH);
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
