import { describe, expect, it } from 'vitest';
import { type ColorChoice, COLOR_CHOICES, loadStyle, wantsColor } from '../../src/terminal/style';

type Env = Record<string, string>;

describe('wantsColor', () => {
  it.each<[ColorChoice, Env, isTTY: boolean]>([
    ['always', {}, false],
    ['always', { NO_COLOR: '1', TERM: 'dumb', CI: '1' }, false],
    ['auto', {}, true],
    ['auto', { NO_COLOR: '' }, true],
    ['auto', { FORCE_COLOR: '' }, true],
    ['auto', { FORCE_COLOR: '1' }, false],
    ['auto', { FORCE_COLOR: 'true' }, false],
    ['auto', { FORCE_COLOR: '3', TERM: 'dumb' }, false],
    ['auto', { FORCE_COLOR: '1', CI: 'true' }, false],
    ['auto', { TERM: 'xterm-256color' }, true],
  ])('wantsColor of %s with %j, terminal %s, is true', (choice, env, isTTY) => {
    expect(wantsColor(choice, env, isTTY)).toBe(true);
  });

  it.each<[ColorChoice, Env, isTTY: boolean]>([
    ['never', {}, true],
    ['never', { FORCE_COLOR: '1' }, true],
    ['auto', {}, false],
    ['auto', { FORCE_COLOR: '' }, false],
    ['auto', { NO_COLOR: '1' }, true],
    ['auto', { NO_COLOR: '0' }, true],
    ['auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, true],
    ['auto', { FORCE_COLOR: '0' }, true],
    ['auto', { FORCE_COLOR: 'false' }, true],
    ['auto', { TERM: 'dumb' }, true],
    ['auto', { TERM: 'xterm-256color' }, false],
    ['auto', { CI: 'true' }, true],
  ])('wantsColor of %s with %j, terminal %s, is false', (choice, env, isTTY) => {
    expect(wantsColor(choice, env, isTTY)).toBe(false);
  });

  it('COLOR_CHOICES are these three', () => {
    expect(COLOR_CHOICES).toEqual(['auto', 'always', 'never']);
  });
});

describe('loadStyle', () => {
  const names = ['good', 'warning', 'bad', 'heading', 'faint'] as const;

  it.each(names)('loadStyle without colour leaves %s text as it is', async name => {
    expect((await loadStyle(false))[name]('x')).toBe('x');
  });

  it.each([
    ['good', '\x1b[32mx\x1b[39m'],
    ['warning', '\x1b[33mx\x1b[39m'],
    ['bad', '\x1b[31mx\x1b[39m'],
    ['heading', '\x1b[1mx\x1b[22m'],
    ['faint', '\x1b[2mx\x1b[22m'],
  ] as const)('loadStyle with colour paints %s text', async (name, painted) => {
    expect((await loadStyle(true))[name]('x')).toBe(painted);
  });
});
