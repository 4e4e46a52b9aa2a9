import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alipass } from '../helpers/context';
import { TEST_KEYS } from '../helpers/keys';
import { temporaryDirectory } from '../helpers/directory';

/** Runs command lines one after the other on one config directory; returns the last outcome. */
async function inTurn(
  ...lines: string[][]
): Promise<Awaited<ReturnType<typeof alipass>> & { directory: string }> {
  const configDirectory = temporaryDirectory();
  let outcome = { code: -1, stdout: '', stderr: '' };
  for (const line of lines) outcome = await alipass(['profile', ...line], { configDirectory });
  return { ...outcome, directory: configDirectory };
}

const keys = temporaryDirectory();
const keyFile = (name: string, text: string): string => {
  writeFileSync(join(keys, name), text, { mode: 0o600 });
  return join(keys, name);
};
const APP_KEY = keyFile('app.txt', TEST_KEYS.appPrivate);
const OWN_PUBLIC = keyFile('own.txt', TEST_KEYS.appPublic);
const ALIPAY_PUBLIC = keyFile('alipay.txt', TEST_KEYS.alipayPublic);
const ADD = ['--app-id', '2014072300007148'];

describe('profile', () => {
  it.each(['main', 'shop.nanjing', '盒马 南京', '__proto__', 'constructor'])(
    'keeps a profile named %s',
    async name => {
      const { code, stdout, directory } = await inTurn(['add', name, ...ADD], ['list', '-o', 'json']);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        profiles: [{ name, current: true, app_id: '2014072300007148' }],
      });
      expect(statSync(join(directory, 'config.json')).mode & 0o777).toBe(0o600);
    },
  );

  it.each(['', ' main', '-x', 'a\nb', 'x'.repeat(65)])('refuses the name %j', async name => {
    expect((await inTurn(['add', '--', name])).code).toBe(2);
  });

  it('makes the first profile current, a later one only with --use', async () => {
    const { stdout } = await inTurn(
      ['add', 'a', ...ADD],
      ['add', 'b'],
      ['add', 'c', '--use'],
      ['list', '-o', 'json'],
    );
    const { profiles } = JSON.parse(stdout) as { profiles: { name: string; current: boolean }[] };
    expect(profiles.filter(it => it.current).map(it => it.name)).toEqual(['c']);
  });

  it('refuses to add a name twice, and takes it with --replace', async () => {
    expect((await inTurn(['add', 'a'], ['add', 'a'])).code).toBe(2);
    const { stdout } = await inTurn(
      ['add', 'a'],
      ['add', 'a', '--replace', ...ADD],
      ['show', 'a', '-o', 'json'],
    );
    expect(stdout).toContain('2014072300007148');
  });

  it('renames the current profile and keeps it current', async () => {
    const { stdout } = await inTurn(
      ['add', 'a', ...ADD],
      ['add', 'b'],
      ['rename', 'a', 'z'],
      ['list', '-o', 'json'],
    );
    expect(JSON.parse(stdout)).toMatchObject({
      profiles: [
        { name: 'z', current: true },
        { name: 'b', current: false },
      ],
    });
  });

  it.each([
    ['rename to a name that is taken', ['rename', 'a', 'b'], 2],
    ['rename what is not there', ['rename', 'x', 'y'], 3],
    ['use what is not there', ['use', 'x'], 3],
    ['remove what is not there', ['remove', 'x'], 3],
    ['show what is not there', ['show', 'x'], 3],
  ])('refuses to %s', async (_what, line, exit) => {
    expect((await inTurn(['add', 'a'], ['add', 'b'], line)).code).toBe(exit);
  });

  it('keeps every profile of twelve that are added at once', async () => {
    const configDirectory = temporaryDirectory();
    const names = Array.from({ length: 12 }, (_, i) => `p${i}`);
    await Promise.all(names.map(name => alipass(['profile', 'add', name], { configDirectory })));
    const { stdout } = await alipass(['profile', 'list', '-o', 'json'], { configDirectory });
    const { profiles } = JSON.parse(stdout) as { profiles: { name: string; current: boolean }[] };
    expect(profiles.map(({ name }) => name).sort()).toEqual(names.toSorted());
    expect(profiles.filter(({ current }) => current)).toHaveLength(1);
  });

  it('removes a profile; no other becomes current by itself', async () => {
    const { code, stderr } = await inTurn(['add', 'a'], ['add', 'b'], ['remove', 'a'], ['show']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/no current profile/);
  });

  it.each([
    ['--charset', 'big5'],
    ['--sign-type', 'DSA'],
    ['--timeout', '15'],
    ['--gateway', 'openapi.alipay.com'],
    ['--app-id', 'abc'],
    ['--retries', '-1'],
  ])('add refuses %s %s and writes nothing', async (flag, value) => {
    const { code, directory } = await inTurn(['add', 'a', flag, value]);
    expect(code).toBe(2);
    expect(() => readFileSync(join(directory, 'config.json'))).toThrow(/ENOENT/);
  });

  it.each([
    ['--app-auth-token', 'SECRET-TOKEN-1'],
    ['--private-key-command', 'vault read SECRET-TOKEN-1'],
  ])('show never prints %s', async (flag, value) => {
    for (const last of [['show'], ['show', '--resolved'], ['show', '-o', 'json'], ['list']]) {
      const { code, stdout, stderr } = await inTurn(['add', 'a', ...ADD, flag, value], last);
      expect(code).toBe(0);
      expect(stdout + stderr).not.toContain('SECRET-TOKEN-1');
    }
  });

  it('show --resolved names the source of each value: flag, environment, profile, default', async () => {
    const configDirectory = temporaryDirectory();
    await alipass(['profile', 'add', 'a', ...ADD, '--charset', 'GBK', '--retries', '5'], { configDirectory });
    const { stdout } = await alipass(['profile', 'show', '--resolved', '--retries', '1', '-o', 'json'], {
      configDirectory,
      env: { ALIPASS_CHARSET: 'gb2312' },
    });
    const { settings } = JSON.parse(stdout) as {
      settings: { name: string; value: string; source: string }[];
    };
    const sources = Object.fromEntries(settings.map(({ name, value, source }) => [name, [value, source]]));
    expect(sources).toMatchObject({
      retries: ['1', '--retries'],
      charset: ['gb2312', 'ALIPASS_CHARSET'],
      app_id: ['2014072300007148', 'profile "a"'],
      sign_type: ['RSA2', 'default'],
    });
  });

  it.each([
    [
      'a missing key file',
      ['--private-key-file', '/nowhere/key.pem'],
      /warning {2}The key file "\/nowhere\/key\.pem" can’t be read/,
    ],
    [
      'the app’s public key as Alipay’s',
      ['--private-key-file', APP_KEY, '--alipay-public-key-file', OWN_PUBLIC],
      /own public key where Alipay’s belongs/,
    ],
    [
      'a public key as the private one',
      ['--private-key-file', OWN_PUBLIC],
      /holds a public key where the private key belongs/,
    ],
    [
      'nothing at all',
      [],
      /A call will still need the app’s id .* and its private key .* and Alipay’s public key/,
    ],
  ])('add tells of %s, and adds', async (_what, flags, words) => {
    const { code, stderr } = await inTurn(['add', 'a', ...flags]);
    expect(code).toBe(0);
    expect(stderr).toMatch(words);
  });

  it('add tells of nothing when all is well', async () => {
    const flags = [...ADD, '--private-key-file', APP_KEY, '--alipay-public-key-file', ALIPAY_PUBLIC];
    const { stderr } = await inTurn(['add', 'a', ...flags]);
    expect(stderr).toBe('Added profile "a", now the current one. alipass doctor checks it.\n');
  });

  it('add of a second one says which is current', async () => {
    const { stderr } = await inTurn(['add', 'a', ...ADD], ['add', 'b', ...ADD]);
    expect(stderr).toContain(
      'Added profile "b"; the current one is still "a". alipass doctor --profile "b" checks it.',
    );
  });
});
