import type { Context } from '../../context';
import { AlipassError, withoutPassword } from '../../errors';
import { EXIT } from '../../exit';
import { findProfile } from '../../profile/profile';
import { SETTING_NAMES, settingOf, type SettingName } from '../../profile/settings';
import type { Input } from '../command';
import { resolveConnection } from '../connect';
import { connectionOf, reportFormatOf, talkOf } from '../flags';
import { writeReport } from '../report';

export async function listProfiles(context: Context, { flags }: Input): Promise<number> {
  const { current, byName } = await (await context.profiles()).read();
  const rows = [...byName].map(([name, settings]) => ({
    name,
    current: name === current,
    app_id: settings.app_id ?? null,
    gateway: settings.gateway ?? null,
  }));
  await writeReport(context, talkOf(flags), reportFormatOf(flags), {
    json: { schema: 'alipass.profiles/1', profiles: rows },
    head: ['', 'Profile', 'App', 'Gateway'],
    rows: rows.map(row => [
      row.current ? '*' : '',
      row.name,
      row.app_id ?? '',
      row.gateway ?? '(production)',
    ]),
    empty: 'There are no profiles yet: alipass profile add NAME makes one.',
  });
  return EXIT.done;
}

/** A setting as it may be shown: a secret only as being set. */
interface ShownSetting {
  readonly name: SettingName;
  readonly value: string;
  readonly source: string;
}

export async function showProfile(context: Context, { args, flags }: Input): Promise<number> {
  const format = reportFormatOf(flags);
  const shown = flags['resolved']
    ? await resolvedSettings(context, args[0], flags)
    : await storedSettings(context, args[0]);
  await writeReport(context, talkOf(flags), format, {
    json: { schema: 'alipass.settings/1', settings: shown },
    head: ['Setting', 'Value', 'Source'],
    rows: shown.map(({ name, value, source }) => [name, value, source]),
    empty: 'The profile holds no settings.',
  });
  return EXIT.done;
}

async function storedSettings(context: Context, named: string | undefined): Promise<ShownSetting[]> {
  const profiles = await (await context.profiles()).read();
  const name = named ?? profiles.current;
  if (name === undefined) {
    throw new AlipassError('config', 'profile.none', 'There is no current profile', {
      hint: 'alipass profile use NAME chooses one, alipass profile add NAME makes one.',
    });
  }
  const settings = findProfile(profiles, name);
  return SETTING_NAMES.flatMap(key => {
    const value = settings[key];
    return value === undefined
      ? []
      : [{ name: key, value: displayValue(key, value), source: `profile "${name}"` }];
  });
}

async function resolvedSettings(
  context: Context,
  named: string | undefined,
  flags: Input['flags'],
): Promise<ShownSetting[]> {
  const options = connectionOf(flags);
  const settings = await resolveConnection(context, { ...options, profile: named ?? options.profile });
  const byName = new Map(Object.values(settings).map(setting => [setting.name, setting]));
  return SETTING_NAMES.flatMap(name => {
    const setting = byName.get(name);
    return setting ? [{ name, value: displayValue(name, setting.value), source: setting.source }] : [];
  });
}

/** A command line may hold a secret as well as name a program, so a profile shows only that there is one. */
function displayValue(name: SettingName, value: string): string {
  if (settingOf(name).secret || name === 'private_key_command') return '(set, not shown)';
  return value.length > 80 ? `(${value.length} characters)` : withoutPassword(value);
}
