import type { Context } from '../context';
import { AlipassError, quote } from '../errors';
import { EXIT } from '../exit';
import { checkProfileName, findProfile, type Profile, type Profiles } from '../profile/profile';
import { resolveSettings } from '../profile/resolve';
import { SETTING_NAMES, settingOf, type SettingName } from '../profile/settings';
import type { CommandGroup, Flag, Input } from './command';
import { resolveConnection } from './connect';
import { converse } from './converse';
import {
  CONNECTION_FLAGS,
  connectionOf,
  REPORT_FLAGS,
  reportFormatOf,
  SETTING_FLAGS,
  settingsOf,
  TALK_FLAGS,
  talkOf,
} from './flags';
import { writeReport } from './report';

const NAME = { syntax: '<name>', help: 'the profile’s name; dots and Chinese are fine' };

const ADD_FLAGS: readonly Flag[] = [
  { syntax: '--use', help: 'make it the current profile (the first one is anyway)', heading: 'Options' },
  { syntax: '--replace', help: 'take the place of a profile of that name', heading: 'Options' },
];

const SHOW_FLAGS: readonly Flag[] = [
  {
    syntax: '--resolved',
    help: 'what a call would use, and where each value comes from',
    heading: 'Options',
  },
];

export const profile: CommandGroup = {
  commands: [
    {
      name: 'add',
      summary: 'add a profile',
      args: [NAME],
      flags: [...ADD_FLAGS, ...SETTING_FLAGS, ...TALK_FLAGS],
      examples: [
        {
          line: 'alipass profile add shop --app-id 2014072300007148 --private-key-file app.pem --alipay-public-key-file alipay.pem',
          does: 'files are read with each call, not copied',
        },
      ],
      run: addProfile,
    },
    {
      name: 'list',
      summary: 'list the profiles',
      flags: [...REPORT_FLAGS, ...TALK_FLAGS],
      run: listProfiles,
    },
    {
      name: 'show',
      summary: 'show a profile, never its secrets',
      args: [{ syntax: '[name]', help: 'the current profile when left out' }],
      flags: [...SHOW_FLAGS, ...CONNECTION_FLAGS, ...REPORT_FLAGS, ...TALK_FLAGS],
      run: showProfile,
    },
    {
      name: 'use',
      summary: 'make a profile the current one',
      args: [NAME],
      flags: TALK_FLAGS,
      run: useProfile,
    },
    {
      name: 'rename',
      summary: 'give a profile another name',
      args: [NAME, { syntax: '<new-name>', help: 'a name that is free' }],
      flags: TALK_FLAGS,
      run: renameProfile,
    },
    {
      name: 'remove',
      summary: 'remove a profile; key files stay',
      args: [NAME],
      flags: TALK_FLAGS,
      run: removeProfile,
    },
  ],
};

async function addProfile(context: Context, { args, flags }: Input): Promise<number> {
  const name = checkProfileName(args[0]!);
  const settings = checkedSettings(settingsOf(flags));
  return changeProfiles(context, flags, ({ current, byName }) => {
    if (byName.has(name) && !flags['replace']) throw nameTaken(name, '--replace takes its place.');
    const chosen = flags['use'] || current === undefined ? name : current;
    const profiles = { current: chosen, byName: new Map(byName).set(name, settings) };
    return {
      profiles,
      says: `Added profile ${quote(name)}${chosen === name ? ', now the current one' : ''}.`,
    };
  });
}

async function useProfile(context: Context, { args, flags }: Input): Promise<number> {
  const name = args[0]!;
  return changeProfiles(context, flags, profiles => {
    findProfile(profiles, name);
    return {
      profiles: { ...profiles, current: name },
      says: `Profile ${quote(name)} is now the current one.`,
    };
  });
}

async function renameProfile(context: Context, { args, flags }: Input): Promise<number> {
  const name = args[0]!;
  const newName = checkProfileName(args[1]!);
  return changeProfiles(context, flags, profiles => {
    findProfile(profiles, name);
    if (profiles.byName.has(newName)) throw nameTaken(newName, 'Choose another, or remove that one first.');
    const entries = [...profiles.byName].map(
      ([key, value]) => [key === name ? newName : key, value] as const,
    );
    const current = profiles.current === name ? newName : profiles.current;
    return {
      profiles: { current, byName: new Map(entries) },
      says: `Profile ${quote(name)} is now ${quote(newName)}.`,
    };
  });
}

async function removeProfile(context: Context, { args, flags }: Input): Promise<number> {
  const name = args[0]!;
  return changeProfiles(context, flags, profiles => {
    findProfile(profiles, name);
    const byName = new Map([...profiles.byName].filter(([key]) => key !== name));
    const current = profiles.current === name ? undefined : profiles.current;
    const next = profiles.current === name && byName.size > 0 ? ' There is no current profile now.' : '';
    return { profiles: { current, byName }, says: `Removed profile ${quote(name)}.${next}` };
  });
}

async function listProfiles(context: Context, { flags }: Input): Promise<number> {
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

async function showProfile(context: Context, { args, flags }: Input): Promise<number> {
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
  return value.length > 80 ? `(${value.length} characters)` : value;
}

/** Reads, changes and writes the profiles, then says what was done. */
async function changeProfiles(
  context: Context,
  flags: Input['flags'],
  change: (profiles: Profiles) => { profiles: Profiles; says: string },
): Promise<number> {
  const conversation = await converse(context, talkOf(flags));
  const store = await context.profiles();
  const { profiles, says } = change(await store.read());
  await store.write(profiles);
  conversation.remark(says);
  return EXIT.done;
}

/** The settings in their stored form, each checked, and no slot given twice. @throws usage */
function checkedSettings(settings: Profile): Profile {
  const resolved = resolveSettings([{ kind: 'flag', label: 'flag', values: settings }]);
  return Object.fromEntries(Object.values(resolved).map(({ name, value }) => [name, value]));
}

function nameTaken(name: string, hint: string): AlipassError {
  return new AlipassError('usage', 'profile.exists', `There is a profile ${quote(name)} already`, { hint });
}
