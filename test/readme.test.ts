import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONNECTION_FLAGS, QUERY_FLAGS, RECORD_FLAGS, REPLAY_FLAG } from '../src/commands/flags';
import { EXIT_BY_KIND } from '../src/exit';
import { SETTING_NAMES, settingOf } from '../src/profile/settings';
import { readCommandLine } from '../src/program';
import { FORMAT_NAMES } from '../src/render/format';
import { REQUEST_FORM_NAMES } from '../src/render/request-form';

const read = (name: string): string => readFileSync(join(import.meta.dirname, '..', name), 'utf8');
const readme = read('README.md');

describe('README', () => {
  it('has the command to try and the command to test on its first screen', () => {
    const firstScreen = readme.split('\n').slice(0, 30).join('\n');
    expect(firstScreen).toContain(
      'npm ci && npx alipass list --sandbox --user 2088888888888888 --group voucher',
    );
    expect(firstScreen).toContain('npm ci && npm test');
    expect(read('.ci/run')).toContain('npm ci && npm test');
  });

  it.each(Object.entries(EXIT_BY_KIND))('names %s with its exit code %i', (kind, code) => {
    const row = readme.split('\n').find(line => line.startsWith('|') && line.includes(`\`${kind}\``));
    expect(row?.match(/\d+/g)?.map(Number)).toContain(code);
  });

  it.each(SETTING_NAMES.flatMap(name => settingOf(name).env ?? []))('names %s', variable => {
    expect(readme).toContain(`\`${variable}\``);
  });

  it.each([...CONNECTION_FLAGS, ...RECORD_FLAGS, REPLAY_FLAG].map(flag => flag.syntax.split(' ')[0]!))(
    'names %s',
    flag => {
      expect(readme).toContain(flag);
    },
  );

  it.each(FORMAT_NAMES)('names the format %s', format => {
    expect(readme).toContain(`\`${format}\``);
  });

  it.each(REQUEST_FORM_NAMES)('names the form %s of a request', form => {
    expect(readme).toMatch(new RegExp(`^\\| \`${form}\` `, 'm'));
  });

  it('shows the test of test/e2e as it runs', () => {
    expect(readme).toContain(read('test/e2e/readme-sandbox.test.mjs'));
  });

  it('uses no flag of list that there is not', () => {
    const known = new Set([...QUERY_FLAGS, ...CONNECTION_FLAGS].map(flag => flag.syntax.split(' ')[0]!));
    const listing = readme.slice(readme.indexOf('## Listing'), readme.indexOf('### In scripts'));
    const used = [...listing.matchAll(/--[a-z-]+/g)].map(([flag]) => flag);
    expect(used.filter(flag => !known.has(flag))).toEqual([]);
  });
});

describe('README.zh-CN.md', () => {
  const chinese = read('README.zh-CN.md');
  const commands = [...chinese.matchAll(/```sh\n(.*?)```/gs)]
    .flatMap(([, block]) => block!.replaceAll('\\\n', ' ').trim().split('\n'))
    .flatMap(line => line.split(' && '))
    .filter(line => /^(npx )?alipass /.test(line));

  it('and README.md lead to each other on their first lines', () => {
    expect(chinese.slice(0, 40)).toContain('(README.md)');
    expect(readme.slice(0, 40)).toContain('(README.zh-CN.md)');
  });

  it.each(Object.entries(EXIT_BY_KIND))('names %s with its exit code %i', (kind, code) => {
    expect(chinese).toMatch(new RegExp(`^\\| ${code} +\\| \`${kind}\` `, 'm'));
  });

  it.each(commands)('shows a command line that there is: %s', async line => {
    const words = line.replace(/^npx |( >.*)$/g, '').split(/ +/);
    expect(await readCommandLine(words.slice(1), '', { width: 80 })).toHaveProperty('command');
  });

  it.each([...new Set([...chinese.matchAll(/\]\((\w[^):]*)\)/g)].map(([, path]) => path!))])(
    'leads to %s',
    path => {
      expect(existsSync(join(import.meta.dirname, '..', path))).toBe(true);
    },
  );
});
