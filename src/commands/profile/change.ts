import type { Context } from '../../context';
import { AlipassError, quote } from '../../errors';
import { EXIT } from '../../exit';
import { exclusively } from '../../profile/lock';
import { checkProfileName, findProfile, type Profile, type Profiles } from '../../profile/profile';
import { resolveSettings } from '../../profile/resolve';
import type { Input } from '../command';
import { converse } from '../converse';
import { settingsOf, talkOf } from '../flags';
import { doubtsOf, lacks } from './doubts';

export async function addProfile(context: Context, { args, flags }: Input): Promise<number> {
  const name = checkProfileName(args[0]!);
  const settings = checkedSettings(settingsOf(flags));
  const code = await changeProfiles(context, flags, profiles => {
    const { says, ...change } = placeProfile(profiles, name, settings, flags);
    return { ...change, says: [says, ...lacks(settings)].join(' ') };
  });
  const conversation = await converse(context, talkOf(flags));
  for (const doubt of await doubtsOf(context, settings, conversation)) conversation.warn(doubt);
  return code;
}

/** What a change makes of the profiles, and how it is told. */
interface Change {
  readonly profiles: Profiles;
  readonly says: string;
}

/** Adds a profile as `--replace` and `--use` say. @throws usage `profile.exists` */
export function placeProfile(
  { current, byName }: Profiles,
  name: string,
  settings: Profile,
  flags: Input['flags'],
): Change {
  if (byName.has(name) && !flags['replace']) throw nameTaken(name, '--replace takes its place.');
  const chosen = flags['use'] || current === undefined ? name : current;
  const says =
    chosen === name
      ? `Added profile ${quote(name)}, now the current one. alipass doctor checks it.`
      : `Added profile ${quote(name)}; the current one is still ${quote(chosen)}. alipass doctor --profile ${quote(name)} checks it.`;
  return { profiles: { current: chosen, byName: new Map(byName).set(name, settings) }, says };
}

export async function useProfile(context: Context, { args, flags }: Input): Promise<number> {
  const name = args[0]!;
  return changeProfiles(context, flags, profiles => {
    findProfile(profiles, name);
    return {
      profiles: { ...profiles, current: name },
      says: `Profile ${quote(name)} is now the current one.`,
    };
  });
}

export async function renameProfile(context: Context, { args, flags }: Input): Promise<number> {
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

export async function removeProfile(context: Context, { args, flags }: Input): Promise<number> {
  const name = args[0]!;
  return changeProfiles(context, flags, profiles => {
    findProfile(profiles, name);
    const byName = new Map([...profiles.byName].filter(([key]) => key !== name));
    const current = profiles.current === name ? undefined : profiles.current;
    const next = profiles.current === name && byName.size > 0 ? ' There is no current profile now.' : '';
    return { profiles: { current, byName }, says: `Removed profile ${quote(name)}.${next}` };
  });
}

/** Reads, changes and writes the profiles, then says what was done. */
async function changeProfiles(
  context: Context,
  flags: Input['flags'],
  change: (profiles: Profiles) => Change,
): Promise<number> {
  const conversation = await converse(context, talkOf(flags));
  const store = await context.profiles();
  const says = await exclusively(context.configDirectory, async () => {
    const changed = change(await store.read());
    await store.write(changed.profiles);
    return changed.says;
  });
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
