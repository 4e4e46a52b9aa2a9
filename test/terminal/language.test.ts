import { describe, expect, it } from 'vitest';
import { environmentLanguage } from '../../src/terminal/language';

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
