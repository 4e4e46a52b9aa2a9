import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../src');

/** What each layer of src may import, itself apart; `builtin` and `npm` stand for packages. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  'abort.ts': [],
  'errors.ts': [],
  'exit.ts': ['errors.ts'],
  'nearness.ts': [],
  'parse.ts': ['errors.ts', 'nearness.ts'],
  'csv-records.ts': ['npm'],
  terminal: ['errors.ts', 'builtin', 'npm'],
  protocol: ['errors.ts', 'nearness.ts', 'node:crypto'],
  gateway: ['errors.ts', 'protocol', 'builtin', 'npm'],
  passes: ['abort.ts', 'errors.ts', 'nearness.ts', 'parse.ts', 'protocol', 'gateway'],
  render: ['errors.ts', 'exit.ts', 'nearness.ts', 'protocol', 'passes', 'terminal', 'npm'],
  profile: ['errors.ts', 'nearness.ts', 'parse.ts', 'protocol', 'gateway', 'builtin', 'npm'],
  bulk: [
    'abort.ts',
    'errors.ts',
    'nearness.ts',
    'parse.ts',
    'csv-records.ts',
    'protocol',
    'gateway',
    'passes',
    'builtin',
    'npm',
  ],
  sandbox: ['errors.ts', 'nearness.ts', 'parse.ts', 'csv-records.ts', 'protocol', 'builtin', 'npm'],
};

/** Files outside it that may see the sandbox; no other file sees both it and the client. */
const SEES_SANDBOX = /^(commands\/(connect\.ts|sandbox\/)|start-sandbox\.ts)/;

interface Import {
  readonly file: string;
  readonly target: string;
}

const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));
const read = (file: string): string => readFileSync(join(SRC, file), 'utf8');

const IMPORTS: readonly Import[] = FILES.flatMap(file =>
  [...read(file).matchAll(/(?:from |import\()'([^']+)'/g)].map(([, target]) => ({ file, target: target! })),
);

/** The layer of a source file, or of what it imports. */
function layerOf(file: string, target = ''): string {
  if (target.startsWith('node:')) return target;
  if (target !== '' && !target.startsWith('.')) return 'npm';
  const path = target === '' ? file : normalize(join(dirname(file), target));
  return path.includes('/') ? path.split('/')[0]! : `${path.replace(/\.ts$/, '')}.ts`;
}

describe('imports point inwards', () => {
  it.each(Object.entries(LAYERS))('%s', (layer, allowed) => {
    const outward = IMPORTS.filter(({ file }) => layerOf(file) === layer)
      .filter(({ file, target }) => {
        const kind = layerOf(file, target);
        const builtin = kind.startsWith('node:') && allowed.includes('builtin');
        return kind !== layer && !allowed.includes(kind) && !builtin;
      })
      .map(({ file, target }) => `${file} imports ${target}`);
    expect(outward).toEqual([]);
  });

  it('every source file belongs to a layer that is named here or is the outermost', () => {
    const outermost = new Set([
      'main.ts',
      'program.ts',
      'context.ts',
      'start-sandbox.ts',
      'commands',
      'manual',
    ]);
    const strangers = FILES.map(file => layerOf(file)).filter(it => !(it in LAYERS) && !outermost.has(it));
    expect(strangers).toEqual([]);
  });

  it('only connect and the sandbox commands see the sandbox', () => {
    const seers = IMPORTS.filter(({ target }) => target.includes('/sandbox/')).map(({ file }) => file);
    expect(seers.filter(file => !SEES_SANDBOX.test(file))).toEqual([]);
    expect(seers).toContain('commands/connect.ts');
  });
});

describe('the world is touched in context.ts and terminal/ alone', () => {
  const inner = FILES.filter(file => file !== 'context.ts' && !file.startsWith('terminal/'));

  it.each([
    ['the clock', /\bDate\.now\(|new Date\(\)/],
    ['chance', /Math\.random\(/],
    ['console', /\bconsole\./],
    ['process', /(?<!node:child_|\.)\bprocess\./],
  ])('%s', (_what, pattern) => {
    expect(inner.filter(file => pattern.test(read(file)))).toEqual([]);
  });
});
