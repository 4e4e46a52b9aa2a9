import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_PROFILES, type Profile, type Profiles } from '../../src/profile/profile';
import { createProfileStore } from '../../src/profile/store';
import { temporaryDirectory } from '../helpers/directory';
import { rejection } from '../helpers/refusal';

function profiles(byName: Readonly<Record<string, Profile>>, current?: string): Profiles {
  return { current, byName: new Map(Object.entries(byName)) };
}

/** A store in a directory whose config file holds `text`. */
function storeWith(text: string): { store: ReturnType<typeof createProfileStore>; directory: string } {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'config.json'), text);
  return { store: createProfileStore(directory), directory };
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('createProfileStore', () => {
  it('read of no file, and of no directory, is no profiles', async () => {
    const directory = temporaryDirectory();
    expect(await createProfileStore(directory).read()).toEqual(NO_PROFILES);
    expect(await createProfileStore(join(directory, 'none')).read()).toEqual(NO_PROFILES);
    expect(readdirSync(directory)).toEqual([]);
  });

  it.each([
    ['plain', 'main'],
    ['dots', 'shop.example.cn'],
    ['Chinese', '生产环境'],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['a number', '1'],
    ['the name of a member', 'profiles'],
  ])('read gives back what write was given: a name of %s', async (_, name) => {
    const store = createProfileStore(temporaryDirectory());
    const written: Profiles = {
      current: name,
      byName: new Map<string, Profile>([
        [name, { app_id: '1', charset: 'GBK' }],
        ['other', {}],
      ]),
    };
    await store.write(written);
    const read = await store.read();
    expect(read.current).toBe(name);
    expect(read.byName).toEqual(written.byName);
  });

  it('write makes the directory with mode 0700 and the file with 0600', async () => {
    const directory = join(temporaryDirectory(), 'a', 'b');
    const store = createProfileStore(directory);
    await store.write(profiles({ main: {} }));
    expect([modeOf(directory), modeOf(store.path)]).toEqual([0o700, 0o600]);
    expect(readdirSync(directory)).toEqual(['config.json']);
  });

  it('write closes a file that others could read', async () => {
    const { store } = storeWith('{}');
    chmodSync(store.path, 0o644);
    await store.write(profiles({ main: {} }));
    expect(modeOf(store.path)).toBe(0o600);
  });

  it('write replaces all profiles and forgets a current one', async () => {
    const store = createProfileStore(temporaryDirectory());
    await store.write(profiles({ a: { app_id: '1' }, b: {} }, 'a'));
    await store.write(profiles({ b: { app_id: '2' } }));
    expect(readJson(store.path)).toEqual({ profiles: { b: { app_id: '2' } } });
  });

  it('write keeps what a later version put beside the profiles', async () => {
    const { store } = storeWith('{"later":{"x":[1]},"profiles":{"a":{}}}');
    await store.write(await store.read());
    expect(readJson(store.path)).toEqual({ later: { x: [1] }, profiles: { a: {} } });
  });

  it('write keeps the settings that a later version put into a profile', async () => {
    const { store } = storeWith('{"profiles":{"a":{"app_id":"1","later":"x"}}}');
    await store.write(await store.read());
    expect(readJson(store.path)).toEqual({ profiles: { a: { app_id: '1', later: 'x' } } });
  });

  it.each([
    ['what is no JSON', '{"profiles":'],
    ['an empty file', ''],
    ['a list', '[]'],
    ['a profile that is no object', '{"profiles":{"a":1}}'],
    ['a setting that is no text', '{"profiles":{"a":{"app_id":1}}}'],
  ])('read refuses %s and leaves the file as it is', async (_, text) => {
    const { store } = storeWith(text);
    const error = await rejection(store.read());
    expect(error).toMatchObject({ kind: 'config', code: 'profile.damaged' });
    expect(error.message).toContain(store.path);
    expect(readFileSync(store.path, 'utf8')).toBe(text);
  });

  it.each([
    ['what is no JSON', '{"profiles":'],
    ['an empty file', ''],
    ['a list', '[]'],
    ['a text', '"profiles"'],
  ])('write refuses to replace %s and leaves the file as it is', async (_, text) => {
    const { store, directory } = storeWith(text);
    const error = await rejection(store.write(profiles({ a: {} })));
    expect(error.kind).toBe('config');
    expect(readFileSync(store.path, 'utf8')).toBe(text);
    expect(readdirSync(directory)).toEqual(['config.json']);
  });

  it('read and write refuse a config file that is a directory', async () => {
    const directory = temporaryDirectory();
    const store = createProfileStore(directory);
    mkdirSync(store.path);
    expect(await rejection(store.read())).toMatchObject({ kind: 'config', code: 'profile.unreadable' });
    expect(await rejection(store.write(NO_PROFILES))).toMatchObject({ code: 'profile.unreadable' });
  });

  it('write refuses a directory that is a file', async () => {
    const { store } = storeWith('{}');
    const below = createProfileStore(store.path);
    expect(await below.read()).toEqual(NO_PROFILES);
    expect(await rejection(below.write(NO_PROFILES))).toMatchObject({ code: 'profile.unwritable' });
  });
});
