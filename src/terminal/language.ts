import { AlipassError, quote } from '../errors';

export const LANGUAGES = ['en', 'zh'] as const;
/** A language that alipass speaks to people; names and codes never change with it. */
export type Language = (typeof LANGUAGES)[number];

type Env = Readonly<Record<string, string | undefined>>;

/** The variable that says it for alipass alone, over the locale. */
export const LANGUAGE_VARIABLE = 'ALIPASS_LANG';

/**
 * The language to speak: what `--lang` says, else ALIPASS_LANG, else the locale.
 * @throws config when ALIPASS_LANG names no language of {@link LANGUAGES}
 */
export function languageOf(flag: Language | undefined, env: Env): Language {
  const said = env[LANGUAGE_VARIABLE];
  if (flag || !said) return flag ?? environmentLanguage(env);
  const language = LANGUAGES.find(it => it === said);
  if (language) return language;
  const message = `${LANGUAGE_VARIABLE} ${quote(said)} must be one of ${LANGUAGES.join(', ')}`;
  throw new AlipassError('config', 'config.invalid', message);
}

/**
 * The language of help and of errors, asked of the raw words of a command line, as the command line itself may be what
 * is wrong. Never throws: what names no language is passed over.
 */
export function spokenLanguage(argv: readonly string[], env: Env): Language {
  const flag = /(?:^|\0)--lang[=\0](en|zh)(?:\0|$)/.exec(argv.join('\0'))?.[1] as Language | undefined;
  return flag ?? LANGUAGES.find(it => it === env[LANGUAGE_VARIABLE]) ?? environmentLanguage(env);
}

/** The language of the environment, by POSIX: the first of LC_ALL, LC_MESSAGES and LANG that is set decides. */
export function environmentLanguage(env: Env): Language {
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return locale.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Whether the locale can say more than ASCII: one that names no UTF-8 can’t, and where there is none it is assumed. */
export function speaksUtf8(env: Env): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'UTF-8';
  return /utf-?8/i.test(locale);
}
