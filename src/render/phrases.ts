import type { Language } from '../terminal/language';

/** Says an English text in another language; what it has no phrase for stays as it is. */
export type Say = (text: string) => string;

export const ENGLISH_SAY: Say = text => text;

/**
 * The phrasebook of a language, for texts that stand in English where they are said: help, errors, warnings, findings.
 * Texts that differ in more than their words are in the catalogue instead (words.ts).
 */
export async function loadPhrasebook(language: Language): Promise<Say> {
  if (language === 'en') return ENGLISH_SAY;
  const [{ createPhrasebook }, { TABLES }] = await Promise.all([
    import('./phrasebook'),
    import('./phrases-zh'),
  ]);
  return createPhrasebook(TABLES);
}
