import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AlipassError, systemCode } from '../errors';
import { damaged, NO_PROFILES, parseProfiles, type Profiles } from './profile';
import { readText } from './read-text';

/** Where profiles are kept: `config.json` in the config directory, readable by its owner alone. */
export interface ProfileStore {
  readonly path: string;
  /** @throws config `profile.damaged`, `profile.unreadable` */
  read(): Promise<Profiles>;
  /** Replaces all, whole or not at all. @throws config `profile.unwritable` */
  write(profiles: Profiles): Promise<void>;
}

/**
 * A store in `directory`. Reading needs only JSON and stays quick; conf, which takes some 20 ms to load, does
 * the writing: atomic, and with the right mode.
 */
export function createProfileStore(directory: string): ProfileStore {
  const path = join(directory, 'config.json');
  return { path, read: () => readProfiles(path), write: profiles => writeProfiles(directory, profiles) };
}

async function readProfiles(path: string): Promise<Profiles> {
  let text: string;
  try {
    text = await readText(path);
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT' || systemCode(cause) === 'ENOTDIR') return NO_PROFILES;
    const message = `The config file ${path} can’t be read (${systemCode(cause)})`;
    throw new AlipassError('config', 'profile.unreadable', message, { cause });
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw damaged(path, 'it is not JSON', cause);
  }
  return parseProfiles(value, path);
}

async function writeProfiles(directory: string, { current, byName }: Profiles): Promise<void> {
  await readProfiles(join(directory, 'config.json')); // A damaged file is never overwritten.
  const { default: Conf } = await import('conf');
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const conf = new Conf({
      cwd: directory,
      configName: 'config',
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
    });
    conf.store = { ...conf.store, current, profiles: Object.fromEntries(byName) };
  } catch (cause) {
    const message = `The config file in ${directory} can’t be written (${systemCode(cause) ?? 'unknown'})`;
    throw new AlipassError('config', 'profile.unwritable', message, {
      hint: 'ALIPASS_CONFIG_DIR names another directory.',
      cause,
    });
  }
}
