import { type KeyObject, randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { Context } from '../../context';
import { AlipassError } from '../../errors';
import { EXIT } from '../../exit';
import { warnOfReaders } from '../../profile/key-source';
import { checkProfileName, type Profile, type Profiles } from '../../profile/profile';
import { exclusively } from '../../profile/lock';
import { resolveSettings } from '../../profile/resolve';
import { SETTING_NAMES, type SettingName } from '../../profile/settings';
import { encodeKey } from '../../protocol/key-form';
import {
  isSamePair,
  parseAnyKey,
  parsePrivateKey,
  parsePublicKey,
  type WrittenKey,
} from '../../protocol/keys';
import type { Conversation } from '../../terminal/conversation';
import type { Input } from '../command';
import { converse } from '../converse';
import { settingsOf, talkOf } from '../flags';
import { fileExists, PRIVATE_MODE, unwritable, writeNewFiles } from '../new-files';
import { keyReader, refuseOwnKey, unlock } from '../private-key';
import { placeProfile } from './change';
import { lacks } from './doubts';
import { type Found, readSource, type Role } from './import-source';

/** A profile that is checked and ready to be kept. */
interface Import {
  readonly settings: Profile;
  /** A private key that has no file of its own yet. */
  readonly newKey: { readonly path: string; readonly text: string } | undefined;
}

/** Makes a profile of another tool's files. All is checked before anything is written. */
export async function importProfile(context: Context, { args, flags }: Input): Promise<number> {
  const conversation = await converse(context, talkOf(flags));
  const path = args[0]!;
  const name = checkProfileName((flags['name'] as string | undefined) ?? nameFor(path));
  const { settings, newKey } = await prepare(context, conversation, await readSource(path), {
    path,
    flags: settingsOf(flags),
    keyPath: resolve(context.configDirectory, 'keys', `${safeFileName(name)}-private-key.pem`),
  });
  const store = await context.profiles();
  const says = await exclusively(context.configDirectory, async () => {
    const before = await store.read();
    const placed = placeProfile(before, name, settings, flags);
    const save = (): Promise<void> => store.write(placed.profiles);
    if (newKey) {
      refuseForeignFile(newKey.path, name, before);
      await keepKey(newKey.path, newKey.text, flags['replace'] === true, save);
    } else await save();
    return placed.says;
  });
  conversation.remark(
    [says, ...lacks(settings), ...(newKey ? [`The private key was copied to ${newKey.path}.`] : [])].join(
      ' ',
    ),
  );
  return EXIT.done;
}

/** `.alipay-sandbox.json` becomes alipay-sandbox, a folder keeps its name. */
function nameFor(path: string): string {
  return basename(resolve(path))
    .replace(/^\.+/, '')
    .replace(/\.(json|properties|txt|ya?ml|env|conf)$/i, '');
}

/** Letters of any script, digits, dots, hyphens and underscores stand; the rest by code point, so that names stay apart. */
function safeFileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]/gu, it => `%${it.codePointAt(0)!.toString(16)}`);
}

/** Checks all that was found, and that it agrees. @throws config */
async function prepare(
  context: Context,
  conversation: Conversation,
  found: readonly Found[],
  { path, flags, keyPath }: { path: string; flags: Profile; keyPath: string },
): Promise<Import> {
  const of = (role: Role): Found[] => found.filter(it => it.role === role);
  const { source, written } = await readPrivateKey(context, of('privateKey'), path);
  requireSameKey([...of('appPublicKey').map(publicKeyOf), { key: written.key, where: source.where }]);
  const [alipayKey] = of('alipayPublicKey');
  const alipayKeys = of('alipayPublicKey').map(publicKeyOf);
  for (const { key, where } of alipayKeys) refuseOwnKey(key, written.key, where);
  requireSameKey(alipayKeys);
  if (source.file) warnOfReaders(source.file, keyReader(context, conversation));
  const settings = {
    ...textSettings(found, flags, path),
    private_key_file: source.file ?? keyPath,
    ...(alipayKey && alipaySetting(alipayKey)),
  };
  // An encrypted key stays encrypted.
  const text = written.form.startsWith('encrypted') ? source.text : encodeKey(written.key, 'pkcs8');
  return { settings, newKey: source.file ? undefined : { path: keyPath, text } };
}

/** The app's private key, which may stand there in several forms, and the first place where it stands. */
async function readPrivateKey(
  context: Context,
  sources: readonly Found[],
  path: string,
): Promise<{ source: Found; written: WrittenKey }> {
  const read: WrittenKey[] = [];
  for (const { text, where } of sources) {
    const parse = (passphrase?: string): WrittenKey => {
      parsePrivateKey(text, where, passphrase);
      return parseAnyKey(text, where, passphrase);
    };
    read.push(await unlock(context, where, parse));
  }
  const [source] = sources;
  const [written] = read;
  if (!source || !written) throw noPrivateKey(path);
  requireSameKey(read.map(({ key }, i) => ({ key, where: sources[i]!.where })));
  return { source, written };
}

interface NamedKey {
  readonly key: KeyObject;
  readonly where: string;
}

function publicKeyOf({ text, where }: Found): NamedKey {
  return { key: parsePublicKey(text, where), where };
}

/** Refuses keys that are not all of one pair: nobody could say which of them is meant. */
function requireSameKey([first, ...others]: readonly NamedKey[]): void {
  const stranger = others.find(({ key }) => !isSamePair(key, first!.key));
  if (!stranger) return;
  const message = `${first!.where} and ${stranger.where} are not of one key pair`;
  throw new AlipassError('config', 'import.mismatch', message, {
    hint: 'alipass keys inspect shows the fingerprint of each; both halves of a pair have the same.',
  });
}

/** Public, so a profile may hold it; one that has a file of its own stays there. */
function alipaySetting({ file, text }: Found): Profile {
  return file ? { alipay_public_key_file: file } : { alipay_public_key: text.trim() };
}

/** The settings that are plain text, checked; a flag wins. @throws config, usage for a bad flag */
function textSettings(found: readonly Found[], flags: Profile, path: string): Profile {
  const texts = found.filter(({ role }) => SETTING_NAMES.includes(role as SettingName));
  for (const { role, text, where } of texts) {
    const other = texts.find(it => it.role === role && it.text !== text);
    if (other && !(role in flags)) throw contradiction(where, other.where);
  }
  const values = Object.fromEntries(texts.map(({ role, text }) => [role, text])) as Profile;
  const resolved = resolveSettings([
    { kind: 'flag', label: 'flag', values: flags },
    { kind: 'profile', label: path, values },
  ]);
  return Object.fromEntries(Object.values(resolved).map(({ name, value }) => [name, value]));
}

/** Another profile's key is never overwritten: its file may have this name where case does not count. */
function refuseForeignFile(path: string, name: string, { byName }: Profiles): void {
  const owner = [...byName].find(
    ([other, { private_key_file: file }]) => other !== name && file?.toLowerCase() === path.toLowerCase(),
  );
  if (owner) throw fileExists(path);
}

/** Keeps the key and the profile, or neither: until the profile is saved, a key that is replaced stays. */
async function keepKey(
  path: string,
  text: string,
  replace: boolean,
  save: () => Promise<void>,
): Promise<void> {
  const draft = replace ? `${path}.${randomUUID()}` : path;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 }).catch(cause => {
    throw unwritable(path, cause);
  });
  await writeNewFiles([{ path: draft, text, mode: PRIVATE_MODE }]);
  try {
    await save();
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  if (replace) await rename(draft, path);
}

function noPrivateKey(path: string): AlipassError {
  return new AlipassError('config', 'import.no_private_key', `${path} holds no private key of an app`, {
    hint: 'A folder holds it in 应用私钥….txt, .alipay-sandbox.json in appPrivateKey, a properties file in privateKey.',
  });
}

function contradiction(first: string, second: string): AlipassError {
  return new AlipassError('config', 'import.conflict', `${first} and ${second} say different things`, {
    hint: 'Keep one of them in the file; for the app’s id, --app-id decides.',
  });
}
