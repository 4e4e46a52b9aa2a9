import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Pass } from '../../src/passes/pass';
import { GROUPS } from '../../src/protocol/api';
import { AWKWARD } from '../../src/sandbox/awkward';
import { AWKWARD_USER, createSampleDataset } from '../../src/sandbox/dataset';
import { ANSWERED_ENV, answering } from '../helpers/answers';
import { alipass, type Outcome, type World } from '../helpers/context';
import { temporaryDirectory } from '../helpers/directory';

const LIVE = ['--user', AWKWARD_USER, '--group', 'voucher', '--page', '1'];
const NOON = Date.parse('2026-11-23T12:00:00+08:00');
const directory = temporaryDirectory();

/** What the gateway may say beyond the sandbox: escapes, a lone surrogate, what hides, in every text. */
const EVIL = '\u001b[2J\u001b]0;x\u0007\u009b31m\u202e\u2066\u200b\u2028\ud800\r\n::error::|<b>';
const evil = { mechant_name: EVIL, logo_text: EVIL, second_logo_text: EVIL, data_info: EVIL, status: EVIL };
const EVIL_PASSES = [{ pass_id: EVIL, ...evil, end_date: EVIL }];
const AWKWARD_PASSES = Object.values(AWKWARD).map((fields, i) => ({ pass_id: `P${i}`, ...fields }));

/** What acts on a terminal or hides, line breaks apart. */
const UNSAFE = /[^\P{C}\n\p{Co}\p{Cn}]|[\p{Zl}\p{Zp}]/u;

/** All that was shown, the program's own colours and frames apart. */
const textOf = ({ stdout, stderr }: Outcome): string =>
  // oxlint-disable-next-line no-control-regex
  (stdout + stderr).replaceAll(/\u001b(?:\[[\d;]*m|\[\?\d+[hl]|\[[HKJ])|\r(?=\n)/g, '');

const listing = (name: string, passes: readonly object[]): string => {
  const path = join(directory, name);
  writeFileSync(path, passes.map(pass => `${JSON.stringify(pass)}\n`).join(''));
  return path;
};
const before = listing('before', [
  { pass_id: 'P0', logo_text: EVIL },
  { pass_id: 'gone', ...evil },
]);
const after = listing('after', [...AWKWARD_PASSES, ...EVIL_PASSES]);

/** Every verb that shows passes to people, asked of the sandbox or of a gateway that says anything. */
const SHOWN: readonly (readonly [string, readonly string[]])[] = [
  ...['table', 'markdown'].map(format => [`list ${format}`, ['list', ...LIVE, '-o', format]] as const),
  ['list --wide', ['list', ...LIVE, '--wide']],
  ['list --query', ['list', ...LIVE, '-o', 'markdown', '--query', '[].mechant_name']],
  ['show', ['show', EVIL, '--user', AWKWARD_USER, '--group', 'voucher']],
  ['summary', ['summary', '--user', AWKWARD_USER, '--group', 'voucher', '--time', 'current']],
  ['check', ['check', ...LIVE, '--strict-schema', '--expect-merchant', 'none', '--expect-status', 'used']],
  ['check by name', ['check', ...LIVE, '--expect', `pass ${'\u202e\u001b[2J'} is used`, 'count==0']],
  ['diff', ['diff', before, after]],
];

describe('what people are shown of awkward passes', () => {
  const languages = ['en', 'zh'];
  const cases = SHOWN.flatMap(([name, args]) =>
    languages.map(lang => [`${name} in ${lang}`, args, lang] as const),
  );

  it('are told apart from what does something to a terminal', () => {
    expect(EVIL).toMatch(UNSAFE);
    expect('盒马 │ …\n').not.toMatch(UNSAFE);
  });

  it.each(cases)('%s does nothing to a terminal', async (_name, args, lang) => {
    for (const columns of [undefined, 40, 120]) {
      const terminal: World = columns === undefined ? {} : { columns };
      const transport = answering([[...AWKWARD_PASSES, ...EVIL_PASSES]]);
      const outcome = await alipass([...args, '--lang', lang], { ...terminal, env: ANSWERED_ENV, transport });
      expect(outcome.stdout).not.toBe('');
      expect(textOf(outcome)).not.toMatch(UNSAFE);
    }
  });

  it.each([
    ['a terminal', { columns: 120 }],
    ['lines', {}],
  ])('watch on %s does nothing to a terminal', async (_where, world) => {
    const flags = ['watch', ...LIVE, '--deadline', '2m', '--interval', '30s'];
    const answers = [[], AWKWARD_PASSES, EVIL_PASSES, 503, []];
    const outcome = await alipass(flags, { ...world, env: ANSWERED_ENV, transport: answering(answers) });
    expect(outcome.code).toBe(0);
    expect(textOf(outcome)).toContain('\\u{1b}[2J');
    expect(textOf(outcome)).not.toMatch(UNSAFE);
  });

  it('check in GitHub Actions adds no command, no row and no markup', async () => {
    const summary = join(directory, 'summary.md');
    const env = { ...ANSWERED_ENV, GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary };
    const flags = ['check', ...LIVE, '--strict-schema', '--expect-merchant', 'none'];
    const outcome = await alipass(flags, {
      env,
      transport: answering([[...AWKWARD_PASSES, ...EVIL_PASSES]]),
    });
    expect(outcome.stderr.match(/^::/gm)).toHaveLength(2);
    const text = readFileSync(summary, 'utf8');
    expect(text.split('\n').filter(line => line.startsWith('|'))).toHaveLength(4);
    expect(text.replaceAll('<br>', '')).not.toMatch(/<\w/);
    expect(text + outcome.stderr).not.toMatch(UNSAFE);
  });
});

describe('what programs get of awkward passes', () => {
  const dataset = createSampleDataset(NOON);
  const held = (group: (typeof GROUPS)[number]): Pass[] => {
    const { usable, at } = dataset(AWKWARD_USER, group);
    return Array.from({ length: usable }, (_, i) => at(i) as unknown as Pass);
  };
  const list = async (group: string, format: string): Promise<string> => {
    const flags = ['--sandbox', '--user', AWKWARD_USER, '--shops', '--city', '310100'];
    const args = ['list', ...flags, '--group', group, '-o', format];
    return (await alipass(args, { configDirectory: directory })).stdout;
  };

  it.each(GROUPS)('JSON and NDJSON have every text of %s as the gateway said it', async group => {
    expect(JSON.parse(await list(group, 'json')).passes).toEqual(held(group));
    const lines = (await list(group, 'ndjson')).trimEnd().split('\n');
    expect(lines.map(line => JSON.parse(line))).toEqual(held(group));
  });

  it.each(GROUPS)('CSV has every text of %s as the gateway said it', async group => {
    const rows: Record<string, string>[] = parse(await list(group, 'csv'), { columns: true });
    const texts = held(group).map(pass => {
      return Object.fromEntries(
        Object.keys(rows[0]!).map(name => {
          const value = pass[name] ?? '';
          return [name, typeof value === 'string' ? value : JSON.stringify(value)];
        }),
      );
    });
    expect(rows).toEqual(texts);
  });

  it('texts beyond the sandbox stay whole', async () => {
    const transport = answering([EVIL_PASSES]);
    const { stdout } = await alipass(['list', ...LIVE, '-o', 'json'], { env: ANSWERED_ENV, transport });
    expect(JSON.parse(stdout).passes).toEqual(EVIL_PASSES);
  });
});
