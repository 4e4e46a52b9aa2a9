import { AlipassError } from '../errors';
import { GATEWAYS } from '../protocol/api';
import type { Profile } from './profile';
import { flagOf, SETTING_NAMES, type SettingName, settingOf, type Slot } from './settings';

/** Where a value came from, in the order of precedence: the first that has one wins. */
export type SourceKind = 'flag' | 'environment' | 'sandbox' | 'recording' | 'profile' | 'default';

/** The settings that one source gives. */
export interface Source {
  readonly kind: SourceKind;
  /** How the source is called for a person: `profile "main"`. */
  readonly label: string;
  readonly values: Profile;
}

/** A setting with its value and where that came from. */
export interface ResolvedSetting {
  readonly name: SettingName;
  readonly value: string;
  readonly kind: SourceKind;
  /** The flag, the variable, or the source's label. */
  readonly source: string;
}

export type ResolvedSettings = Readonly<Partial<Record<Slot, ResolvedSetting>>>;

/** What holds when nobody says otherwise. */
export const DEFAULTS: Source = {
  kind: 'default',
  label: 'default',
  values: {
    gateway: GATEWAYS.production,
    charset: 'utf-8',
    sign_type: 'RSA2',
    timeout: '15s',
    retries: '2',
  },
};

/** The settings that the environment gives; empty variables count as unset. */
export function environmentSource(env: Readonly<Record<string, string | undefined>>): Source {
  const values = SETTING_NAMES.flatMap(name => {
    const variable = settingOf(name).env;
    const value = variable && env[variable];
    return value ? [[name, value]] : [];
  });
  return { kind: 'environment', label: 'environment', values: Object.fromEntries(values) as Profile };
}

/** A source without the settings that say who calls. */
export function withoutIdentity(source: Source): Source {
  const entries = Object.entries(source.values).filter(([name]) => !settingOf(name as SettingName).identity);
  return { ...source, values: Object.fromEntries(entries) };
}

/**
 * Settles every slot from the first of `sources` that has a value for it.
 * @throws usage when one source spells a slot in two ways, or when a value is not allowed.
 */
export function resolveSettings(sources: readonly Source[]): ResolvedSettings {
  const resolved: Partial<Record<Slot, ResolvedSetting>> = {};
  for (const source of sources) {
    const own: Partial<Record<Slot, ResolvedSetting>> = {};
    for (const name of SETTING_NAMES) {
      const text = source.values[name];
      const { slot, check, inProfile } = settingOf(name);
      if (text === undefined || resolved[slot]) continue;
      if (source.kind === 'profile' && !inProfile) continue;
      const label = sourceLabel(source, name);
      if (own[slot]) throw spelledTwice(own[slot].source, label);
      const where = source.kind === 'profile' ? `${name} in ${label}` : label;
      own[slot] = { name, value: checked(check, text, where, source.kind), kind: source.kind, source: label };
    }
    Object.assign(resolved, own);
  }
  return resolved;
}

function sourceLabel({ kind, label }: Source, name: SettingName): string {
  if (kind === 'flag') return flagOf(name);
  if (kind === 'environment') return settingOf(name).env!;
  return label;
}

/** A bad value in a profile or variable is a matter of configuration, not of the command line. */
function checked(
  check: (text: string, where: string) => string,
  text: string,
  where: string,
  kind: SourceKind,
): string {
  try {
    return check(text, where);
  } catch (error) {
    if (kind === 'flag' || !(error instanceof AlipassError)) throw error;
    throw new AlipassError('config', 'config.invalid', error.message, { cause: error, hint: error.hint });
  }
}

function spelledTwice(first: string, second: string): AlipassError {
  const kind = first.startsWith('--') ? 'usage' : 'config';
  return new AlipassError(kind, `${kind}.conflict`, `${first} and ${second} both give the same setting`, {
    hint: 'Keep one of them.',
  });
}

/** First to last, as {@link SourceKind} says. */
const PRECEDENCE: readonly SourceKind[] = [
  'flag',
  'environment',
  'sandbox',
  'recording',
  'profile',
  'default',
];

/** Whether certificates prove answers, or one key: the stronger source decides, certificates where they are equal. */
export function usesCertificates({ appCert, alipayPublicKey }: ResolvedSettings): boolean {
  if (!appCert || !alipayPublicKey) return appCert !== undefined;
  return PRECEDENCE.indexOf(appCert.kind) <= PRECEDENCE.indexOf(alipayPublicKey.kind);
}
