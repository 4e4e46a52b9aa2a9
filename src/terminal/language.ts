export const LANGUAGES = ['en', 'zh'] as const;
/** A language that alipass speaks to people; names and codes never change with it. */
export type Language = (typeof LANGUAGES)[number];

/** The language of the environment, by POSIX: the first of LC_ALL, LC_MESSAGES and LANG that is set decides. */
export function environmentLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
