import { AlipassError, quote, usageError } from '../errors';
import { didYouMean } from '../nearness';
import { SETTING_NAMES, type SettingName } from './settings';

/** Settings under a name. */
export type Profile = Readonly<Partial<Record<SettingName, string>>>;

/** All that the config file holds. */
export interface Profiles {
  readonly current: string | undefined;
  readonly byName: ReadonlyMap<string, Profile>;
}

export const NO_PROFILES: Profiles = { current: undefined, byName: new Map() };

/** Checks a profile's name: dots and Chinese are fine. @throws usage */
export function checkProfileName(name: string): string {
  if (name.length <= 64 && /^[^\s\p{C}-][^\p{C}]*$/u.test(name) && name.trim() === name) return name;
  throw usageError(
    'profile name',
    name,
    '1 to 64 visible characters that begin with neither space nor hyphen',
  );
}

/** The profile of that name. @throws config `profile.unknown`, saying which there are. */
export function findProfile({ byName }: Profiles, name: string): Profile {
  const profile = byName.get(name);
  if (profile) return profile;
  const known = [...byName.keys()];
  const there = known.length > 0 && `There are: ${known.join(', ')}.`;
  throw new AlipassError('config', 'profile.unknown', `There is no profile ${quote(name)}`, {
    hint: there
      ? [didYouMean(name, known), there].filter(Boolean).join(' ')
      : 'There are none yet: alipass profile add NAME makes one.',
  });
}

/**
 * Reads what the config file holds. Settings of later versions are kept.
 * @throws config `profile.damaged` saying where and what.
 */
export function parseProfiles(value: unknown, where: string): Profiles {
  const root = objectOf(value, where, 'the file');
  const byName = new Map<string, Profile>();
  for (const [name, settings] of Object.entries(objectOf(root['profiles'] ?? {}, where, 'profiles'))) {
    byName.set(name, parseProfile(objectOf(settings, where, `profile ${quote(name)}`), name, where));
  }
  const current = root['current'];
  if (current !== undefined && typeof current !== 'string') throw damaged(where, 'current is not a name');
  return { current, byName };
}

/** Keeps what it does not know, so that an older version does not lose a newer one's settings. */
function parseProfile(settings: Record<string, unknown>, name: string, where: string): Profile {
  const wrong = SETTING_NAMES.find(key => !['string', 'undefined'].includes(typeof settings[key]));
  if (wrong) throw damaged(where, `${wrong} of profile ${quote(name)} is not text`);
  return settings as Profile;
}

function objectOf(value: unknown, where: string, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw damaged(where, `${what} is not an object`);
}

/** The config file cannot be understood; it is never repaired or overwritten by itself. */
export function damaged(where: string, what: string, cause?: unknown): AlipassError {
  return new AlipassError('config', 'profile.damaged', `The config file ${where} is damaged: ${what}`, {
    hint: 'It was left as it is. Mend it, or move it away and add the profiles again.',
    cause,
  });
}
