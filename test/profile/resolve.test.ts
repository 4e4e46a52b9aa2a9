import { describe, expect, it } from 'vitest';
import type { Profile } from '../../src/profile/profile';
import {
  DEFAULTS,
  environmentSource,
  resolveSettings,
  type Source,
  type SourceKind,
  withoutIdentity,
  type ResolvedSetting,
  usesCertificates,
} from '../../src/profile/resolve';
import { refusal } from '../helpers/refusal';

const LABELS: Readonly<Record<SourceKind, string>> = {
  flag: 'flag',
  environment: 'environment',
  sandbox: 'sandbox',
  recording: 'recording x.ndjson',
  profile: 'profile "main"',
  default: 'default',
};
const source = (kind: SourceKind, values: Profile): Source => ({ kind, label: LABELS[kind], values });

describe('resolveSettings', () => {
  it.each<
    [flag: Profile, environment: Profile, profile: Profile, value: string, kind: SourceKind, from: string]
  >([
    [{ timeout: '1s' }, { timeout: '2s' }, { timeout: '3s' }, '1s', 'flag', '--timeout'],
    [{}, { timeout: '2s' }, { timeout: '3s' }, '2s', 'environment', 'ALIPASS_TIMEOUT'],
    [{}, {}, { timeout: '3s' }, '3s', 'profile', 'profile "main"'],
    [{}, {}, {}, '15s', 'default', 'default'],
  ])(
    'resolveSettings of flag %j, environment %j, profile %j is %s of the %s',
    (flag, environment, profile, value, kind, from) => {
      const sources = [source('flag', flag), source('environment', environment), source('profile', profile)];
      const { timeout } = resolveSettings([...sources, DEFAULTS]);
      expect(timeout).toEqual({ name: 'timeout', value, kind, source: from });
    },
  );

  it('resolveSettings settles a slot once, however each source spells it', () => {
    const flags = source('flag', { private_key_command: 'vault' });
    const profile = source('profile', { private_key_file: '/k.pem' });
    expect(resolveSettings([flags, profile]).privateKey).toMatchObject({
      name: 'private_key_command',
      kind: 'flag',
    });
  });

  it.each<[SourceKind, Profile, kind: string, first: string, second: string]>([
    [
      'flag',
      { private_key_file: '/a', private_key_command: 'b' },
      'usage',
      '--private-key-file',
      '--private-key-command',
    ],
    [
      'environment',
      { private_key_file: '/a', private_key: 'b' },
      'config',
      'ALIPASS_PRIVATE_KEY_FILE',
      'ALIPASS_PRIVATE_KEY',
    ],
    [
      'environment',
      { alipay_public_key_file: '/a', alipay_public_key: 'b' },
      'config',
      'ALIPASS_ALIPAY_PUBLIC_KEY_FILE',
      'ALIPASS_ALIPAY_PUBLIC_KEY',
    ],
    [
      'profile',
      { private_key_file: '/a', private_key_command: 'b' },
      'config',
      'profile "main"',
      'profile "main"',
    ],
  ])('resolveSettings refuses a %s that spells a slot twice: %j', (kind, values, failure, first, second) => {
    const error = refusal(() => resolveSettings([source(kind, values)]));
    expect(error).toMatchObject({ kind: failure, code: `${failure}.conflict` });
    expect(error.message).toContain(`${first} and ${second}`);
  });

  it('resolveSettings lets a flag settle what the environment spells twice', () => {
    const flags = source('flag', { private_key_file: '/a' });
    const twice = source('environment', { private_key: 'b', private_key_command: 'c' });
    expect(resolveSettings([flags, twice]).privateKey).toMatchObject({ kind: 'flag' });
  });

  it.each<[SourceKind, kind: string, code: string, where: string]>([
    ['flag', 'usage', 'usage.invalid', '--charset "big5"'],
    ['environment', 'config', 'config.invalid', 'ALIPASS_CHARSET "big5"'],
    ['profile', 'config', 'config.invalid', 'charset in profile "main" "big5"'],
  ])('resolveSettings refuses a bad value of a %s as %s', (from, kind, code, where) => {
    const error = refusal(() => resolveSettings([source(from, { charset: 'big5' })]));
    expect(error).toMatchObject({ kind, code });
    expect(error.message).toContain(where);
  });

  it('resolveSettings does not look at a bad value that is not used', () => {
    const sources = [source('flag', { charset: 'GBK' }), source('profile', { charset: 'big5' })];
    expect(resolveSettings(sources).charset).toMatchObject({ value: 'GBK' });
  });

  it('resolveSettings of the defaults names no identity but the production gateway', () => {
    const settings = Object.values(resolveSettings([DEFAULTS])).map(({ name, value }) => [name, value]);
    expect(Object.fromEntries(settings)).toEqual({
      gateway: 'https://openapi.alipay.com/gateway.do',
      charset: 'utf-8',
      sign_type: 'RSA2',
      timeout: '15s',
      retries: '2',
    });
  });
});

describe('environmentSource', () => {
  it('environmentSource reads the variables of settings, and no others', () => {
    const env = {
      ALIPASS_APP_ID: '1',
      ALIPASS_PRIVATE_KEY: 'k',
      ALIPASS_PROFILE: 'x',
      APP_ID: '2',
      PATH: '/',
    };
    expect(environmentSource(env).values).toEqual({ app_id: '1', private_key: 'k' });
  });

  it('environmentSource takes an empty variable for unset', () => {
    expect(environmentSource({ ALIPASS_APP_ID: '', ALIPASS_CHARSET: undefined }).values).toEqual({});
  });
});

describe('withoutIdentity', () => {
  it('withoutIdentity drops who calls and keeps how', () => {
    const all = {
      gateway: 'https://a',
      app_id: '1',
      private_key: 'k',
      app_auth_token: 't',
      charset: 'GBK',
      retries: '1',
    };
    expect(withoutIdentity(source('environment', all))).toEqual(
      source('environment', { charset: 'GBK', retries: '1' }),
    );
  });
});

describe('usesCertificates', () => {
  const from = (kind: SourceKind, name: 'app_cert_file' | 'alipay_public_key'): ResolvedSetting => ({
    name,
    value: 'x',
    kind,
    source: kind,
  });

  it.each([
    [undefined, 'flag', false],
    ['profile', undefined, true],
    ['profile', 'profile', true],
    ['profile', 'flag', false],
    ['profile', 'environment', false],
    ['flag', 'environment', true],
    ['environment', 'flag', false],
  ] as const)('a certificate from %s and a key from %s: %s', (certificate, key, expected) => {
    const settings = {
      ...(certificate && { appCert: from(certificate, 'app_cert_file') }),
      ...(key && { alipayPublicKey: from(key, 'alipay_public_key') }),
    };
    expect(usesCertificates(settings)).toBe(expected);
  });
});
