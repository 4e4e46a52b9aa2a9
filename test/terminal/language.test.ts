import { describe, expect, it } from 'vitest';
import { environmentLanguage, languageOf, speaksUtf8, spokenLanguage } from '../../src/terminal/language';
import { refusal } from '../helpers/refusal';

describe('environmentLanguage', () => {
  it.each([
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LANG: 'zh' }, 'zh'],
    [{ LANG: 'ZH_TW' }, 'zh'],
    [{ LC_ALL: 'zh_CN.UTF-8', LC_MESSAGES: 'en_US', LANG: 'en_US' }, 'zh'],
    [{ LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'en_US' }, 'zh'],
    [{ LC_ALL: '', LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{}, 'en'],
    [{ LANG: 'C.UTF-8' }, 'en'],
    [{ LANG: 'en_US.UTF-8', LC_CTYPE: 'zh_CN.UTF-8' }, 'en'],
    [{ LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'en'],
    [{ LC_MESSAGES: 'de_DE', LANG: 'zh_CN.UTF-8' }, 'en'],
  ])('%j is %s', (env, language) => {
    expect(environmentLanguage(env)).toBe(language);
  });
});

describe('languageOf', () => {
  it.each([
    ['zh', { ALIPASS_LANG: 'en', LANG: 'en_US.UTF-8' }, 'zh'],
    ['en', { ALIPASS_LANG: 'zh', LANG: 'zh_CN.UTF-8' }, 'en'],
    ['zh', { ALIPASS_LANG: 'fr' }, 'zh'],
    [undefined, { ALIPASS_LANG: 'zh', LANG: 'en_US.UTF-8' }, 'zh'],
    [undefined, { ALIPASS_LANG: 'en', LANG: 'zh_CN.UTF-8' }, 'en'],
    [undefined, { ALIPASS_LANG: '', LANG: 'zh_CN.UTF-8' }, 'zh'],
    [undefined, {}, 'en'],
  ] as const)('--lang %s with %j is %s', (flag, env, language) => {
    expect(languageOf(flag, env)).toBe(language);
  });

  it.each(['fr', 'ZH', 'zh_CN'])('refuses ALIPASS_LANG=%s', said => {
    const { kind, message } = refusal(() => languageOf(undefined, { ALIPASS_LANG: said }));
    expect({ kind, message }).toEqual({
      kind: 'config',
      message: `ALIPASS_LANG "${said}" must be one of en, zh`,
    });
  });
});

describe('spokenLanguage', () => {
  it.each([
    [['list', '--lang', 'zh'], {}, 'zh'],
    [['--lang=zh'], { ALIPASS_LANG: 'en' }, 'zh'],
    [['--lang', 'en'], { LANG: 'zh_CN.UTF-8' }, 'en'],
    [[], { ALIPASS_LANG: 'zh', LANG: 'en_US.UTF-8' }, 'zh'],
    [[], { LANG: 'zh_CN.UTF-8' }, 'zh'],
    [[], { ALIPASS_LANG: 'fr', LANG: 'zh_CN.UTF-8' }, 'zh'],
    [['--lang', 'fr'], {}, 'en'],
    [['--lang', 'zhx'], {}, 'en'],
    [['--language', 'zh'], {}, 'en'],
    [['zh'], {}, 'en'],
  ] as const)('%j with %j is %s', (argv, env, language) => {
    expect(spokenLanguage(argv, env)).toBe(language);
  });
});

describe('speaksUtf8', () => {
  it.each([
    [{}, true],
    [{ LANG: 'C.UTF-8' }, true],
    [{ LANG: 'zh_CN.utf8' }, true],
    [{ LANG: 'zh_CN.GBK' }, false],
    [{ LANG: 'C' }, false],
    [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
    [{ LC_CTYPE: 'en_US.UTF-8', LANG: 'C' }, true],
  ])('%j: %s', (env, utf8) => {
    expect(speaksUtf8(env)).toBe(utf8);
  });
});
