import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { readCatalog, withDescendants } from '../src/commands/catalog';
import { VARIABLE_ROWS } from '../src/manual/facts';
import { fillMarkers, referencePage } from '../src/manual/markdown';
import { manPages } from '../src/manual/man';
import { VERBS } from '../src/program';
import { loadPhrasebook } from '../src/render/phrases';
import { temporaryDirectory } from './helpers/directory';
import { isInstalled } from './helpers/shells';

const root = join(import.meta.dirname, '..');
const program = await readCatalog();

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const asPrettierHasIt = async (path: string, text: string): Promise<string> =>
  format(text, { ...(await resolveConfig(join(root, path))), filepath: path });

describe('generated documentation is what `npm run docs` makes', () => {
  const pages = readdirSync(join(root, 'docs')).map(name => `docs/${name}`);

  it.each(['README.md', ...pages.filter(path => path.endsWith('.md') && path !== 'docs/reference.md')])(
    '%s',
    async path => {
      const page = read(path);
      expect(page).toBe(await asPrettierHasIt(path, fillMarkers(page, program)));
    },
  );

  it('README.zh-CN.md', async () => {
    const page = read('README.zh-CN.md');
    const filled = fillMarkers(page, program, await loadPhrasebook('zh'));
    expect(page).toBe(await asPrettierHasIt('README.zh-CN.md', filled));
    expect(page).toContain('<!-- generated: commands -->');
  });

  it('docs/reference.md', async () => {
    const page = await asPrettierHasIt('docs/reference.md', referencePage(program));
    expect(read('docs/reference.md')).toBe(page);
  });

  it.each(['commands', 'exits', 'environment', 'columns'])('README.md has a table of %s', name => {
    expect(read('README.md')).toContain(`<!-- generated: ${name} -->`);
  });
});

describe('fillMarkers', () => {
  it('makes what stands between its markers anew, and nothing else', () => {
    const page = 'before\n<!-- generated: exits -->\nold\n<!-- end -->\nafter\n';
    const filled = fillMarkers(page, program);
    expect(filled).toMatch(/^before\n<!-- generated: exits -->\n\n\| exit [^]*\n<!-- end -->\nafter\n$/);
    expect(filled).not.toContain('old');
  });

  it('refuses a name that nothing has', () => {
    expect(() => fillMarkers('<!-- generated: exit -->\n<!-- end -->', program)).toThrow(/name exit/);
  });
});

describe('VARIABLE_ROWS', () => {
  /** Spelled in another row, or the system’s own. */
  const ELSEWHERE = /^(no_proxy|FORCE_COLOR|TERM|LC_ALL|LC_CTYPE|LC_MESSAGES|APPDATA|XDG_CONFIG_HOME|TZ)$/;
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  const used = sources
    .filter(file => file.endsWith('.ts'))
    .flatMap(file => [...read(join('src', file)).matchAll(/\benv\['(\w+)'\]/g)].map(([, name]) => name!));

  it.each([...new Set(used)].filter(name => !ELSEWHERE.test(name)))(
    'names %s, which the source reads',
    name => {
      expect(VARIABLE_ROWS.map(row => row.name)).toContain(name);
    },
  );
});

describe('man pages', () => {
  const pages = manPages(program, { version: '1.2.3', date: '2026-11-23' });

  it('one for the program and one for each verb', () => {
    expect([...pages.keys()]).toEqual(['alipass.1', ...VERBS.map(({ name }) => `alipass-${name}.1`)]);
  });

  it('the build writes them to where package.json says', () => {
    const { man } = JSON.parse(read('package.json')) as { man: string[] };
    expect(man).toEqual([...pages.keys()].map(name => `./dist/man/${name}`));
    expect(man.filter(path => !read(path).startsWith('.TH ALIPASS'))).toEqual([]);
  });

  it.skipIf(!isInstalled('man')).each([...pages])('man shows %s without a warning', (name, text) => {
    const file = join(temporaryDirectory(), name);
    writeFileSync(file, text);
    const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', MANWIDTH: '80' };
    const { stdout, stderr } = spawnSync('man', ['--warnings', '-l', file], { env, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^NAME$/m);
  });

  it.skipIf(!isInstalled('mandoc')).each([...pages])('mandoc finds no fault in %s', (_name, text) => {
    const { stdout, status } = spawnSync('mandoc', ['-Tlint', '-Wwarning'], {
      input: text,
      encoding: 'utf8',
    });
    expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
  });

  it('guard what roff would take for its own', () => {
    const odd = { ...program.children[0]!, summary: ".dot 'quoted' back\\slash -dash ^~`\"" };
    const page = manPages({ ...program, children: [odd] }, { version: '1', date: '2026-11-23' }).get(
      'alipass.1',
    )!;
    expect(page).toContain('\\&.dot \\(aqquoted\\(aq back\\eslash \\-dash \\(ha\\(ti\\(ga\\(dq');
  });
});

describe('what commands declare', () => {
  const commands = withDescendants(program).filter(({ children }) => children.length === 0);

  it.each(commands.map(command => [command.path, command] as const))(
    '%s offers words without blanks',
    (_, command) => {
      const words = [...command.args, ...command.flags.flatMap(({ value }) => value ?? [])].flatMap(
        it => it.words,
      );
      expect(words.filter(word => !/^[\w.=-]+$/.test(word))).toEqual([]);
    },
  );
});
