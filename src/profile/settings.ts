import { isAbsolute, resolve } from 'node:path';
import { AlipassError, usageError } from '../errors';
import { isProxyUrl } from '../gateway/proxy';
import { didYouMean } from '../nearness';
import { parseCount, parseDuration, parseWord } from '../parse';
import { CHARSETS, parseCharset } from '../protocol/charset';
import { SIGN_TYPES } from '../protocol/signature';

/** Checks a setting's text and returns it in its stored form. @throws usage naming `where` it was set. */
type Check = (text: string, where: string) => string;

/** A connection setting. Its profile key is its name; flag and environment variable follow from the name. */
export interface Setting {
  /** Settings of one slot exclude each other: the key as a file, as text, or from a command. */
  readonly slot: Slot;
  /** How the flag's value is called in the help; undefined when there is no flag, as for secrets. */
  readonly flagValue?: string;
  readonly help: string;
  /** All its values, where there are few. */
  readonly choices?: readonly string[];
  /** The environment variable; undefined when there is none of its own. */
  readonly env?: string;
  /** Never printed: `profile show` says only that it is set. */
  readonly secret?: boolean;
  /** Whether a profile may hold it. */
  readonly inProfile: boolean;
  /** Says who calls; `--sandbox` brings its own. */
  readonly identity?: boolean;
  readonly check: Check;
}

/** What a call needs, however it was spelled. */
export type Slot =
  | 'gateway'
  | 'appId'
  | 'privateKey'
  | 'alipayPublicKey'
  | 'appCert'
  | 'alipayCert'
  | 'alipayRootCert'
  | 'encryptKey'
  | 'appAuthToken'
  | 'charset'
  | 'signType'
  | 'timeout'
  | 'retries'
  | 'proxy';

const anyText: Check = text => text;
const filePath: Check = (text, where) => {
  if (/-----BEGIN|[\r\n]/.test(text) || /^[A-Za-z0-9+/=]{200,}$/.test(text)) throw keyForPath(where);
  return text === '-' || isAbsolute(text) ? text : resolve(text);
};

/** Says nothing of the value: it may be a private key. */
function keyForPath(where: string): AlipassError {
  return new AlipassError(
    'usage',
    'usage.key_for_path',
    `${where} holds a key where the path of a file belongs`,
    {
      hint: 'Put the key into a file of mode 0600, or into the variable that takes the key itself (ALIPASS_PRIVATE_KEY).',
    },
  );
}

const gatewayUrl: Check = (text, where) => {
  if (/^https?:\/\/[^\s/@#]+(\/[^\s#]*)?$/i.test(text) && URL.canParse(text)) return text;
  throw usageError(
    where,
    text,
    'a URL that begins with https:// or http://, such as https://openapi.alipay.com/gateway.do',
  );
};

const appId: Check = (text, where) => {
  if (/^\d{1,32}$/.test(text)) return text;
  throw usageError(where, text, 'the app’s id: digits only, at most 32');
};

const charset: Check = (text, where) => {
  if (parseCharset(text)) return text;
  throw usageError(where, text, `one of ${CHARSETS.join(', ')}`, didYouMean(text, CHARSETS));
};

const signType: Check = (text, where) => parseWord(where, text, Object.keys(SIGN_TYPES));

const duration: Check = (text, where) => {
  parseDuration(where, text);
  return text;
};

const retries: Check = (text, where) => String(parseCount(where, text, 0, 99));

const proxy: Check = (text, where) => {
  if (isProxyUrl(text)) return text;
  throw usageError(where, text, 'a URL such as http://proxy.example:3128');
};

/** Every connection setting: flags, environment, profile keys, help and checks all derive from this table. */
export const SETTINGS = {
  gateway: {
    slot: 'gateway',
    flagValue: 'url',
    help: 'the gateway (default: production)',
    env: 'ALIPASS_GATEWAY',
    inProfile: true,
    identity: true,
    check: gatewayUrl,
  },
  app_id: {
    slot: 'appId',
    flagValue: 'id',
    help: 'the app that calls',
    env: 'ALIPASS_APP_ID',
    inProfile: true,
    identity: true,
    check: appId,
  },
  private_key_file: {
    slot: 'privateKey',
    flagValue: 'path',
    help: 'the app’s private key, PEM or base64; - reads stdin',
    env: 'ALIPASS_PRIVATE_KEY_FILE',
    inProfile: true,
    identity: true,
    check: filePath,
  },
  private_key_command: {
    slot: 'privateKey',
    flagValue: 'command',
    help: 'a program that prints the private key: a vault, a keychain',
    env: 'ALIPASS_PRIVATE_KEY_COMMAND',
    inProfile: true,
    identity: true,
    check: anyText,
  },
  private_key: {
    slot: 'privateKey',
    help: 'the app’s private key itself',
    env: 'ALIPASS_PRIVATE_KEY',
    secret: true,
    inProfile: false,
    identity: true,
    check: anyText,
  },
  alipay_public_key_file: {
    slot: 'alipayPublicKey',
    flagValue: 'path',
    help: 'Alipay’s public key for this app: proves the answers',
    env: 'ALIPASS_ALIPAY_PUBLIC_KEY_FILE',
    inProfile: true,
    identity: true,
    check: filePath,
  },
  alipay_public_key: {
    slot: 'alipayPublicKey',
    help: 'Alipay’s public key itself',
    env: 'ALIPASS_ALIPAY_PUBLIC_KEY',
    inProfile: true,
    identity: true,
    check: anyText,
  },
  app_cert_file: {
    slot: 'appCert',
    flagValue: 'path',
    help: 'certificate mode: the app’s certificate',
    env: 'ALIPASS_APP_CERT_FILE',
    inProfile: true,
    identity: true,
    check: filePath,
  },
  alipay_cert_file: {
    slot: 'alipayCert',
    flagValue: 'path',
    help: 'certificate mode: Alipay’s certificate; fetched and checked when left out',
    env: 'ALIPASS_ALIPAY_CERT_FILE',
    inProfile: true,
    identity: true,
    check: filePath,
  },
  alipay_root_cert_file: {
    slot: 'alipayRootCert',
    flagValue: 'path',
    help: 'certificate mode: the bundle of root certificates',
    env: 'ALIPASS_ALIPAY_ROOT_CERT_FILE',
    inProfile: true,
    identity: true,
    check: filePath,
  },
  encrypt_key_file: {
    slot: 'encryptKey',
    flagValue: 'path',
    help: 'content encryption: the app’s AES key',
    env: 'ALIPASS_ENCRYPT_KEY_FILE',
    inProfile: true,
    identity: true,
    check: filePath,
  },
  encrypt_key: {
    slot: 'encryptKey',
    help: 'the AES key itself',
    env: 'ALIPASS_ENCRYPT_KEY',
    secret: true,
    inProfile: false,
    identity: true,
    check: anyText,
  },
  app_auth_token: {
    slot: 'appAuthToken',
    flagValue: 'token',
    help: 'act for a merchant who authorised the app (better in the environment)',
    env: 'ALIPASS_APP_AUTH_TOKEN',
    secret: true,
    inProfile: true,
    identity: true,
    check: anyText,
  },
  charset: {
    slot: 'charset',
    flagValue: 'name',
    help: `${CHARSETS.join(', ')} (default: utf-8)`,
    choices: CHARSETS,
    env: 'ALIPASS_CHARSET',
    inProfile: true,
    check: charset,
  },
  sign_type: {
    slot: 'signType',
    flagValue: 'type',
    help: `${Object.keys(SIGN_TYPES).join(' or ')} (default: RSA2)`,
    choices: Object.keys(SIGN_TYPES),
    env: 'ALIPASS_SIGN_TYPE',
    inProfile: true,
    check: signType,
  },
  timeout: {
    slot: 'timeout',
    flagValue: 'time',
    help: 'for a whole answer, each attempt (default: 15s)',
    env: 'ALIPASS_TIMEOUT',
    inProfile: true,
    check: duration,
  },
  retries: {
    slot: 'retries',
    flagValue: 'n',
    help: 'how often to try again what may pass (default: 2)',
    env: 'ALIPASS_RETRIES',
    inProfile: true,
    check: retries,
  },
  proxy: {
    slot: 'proxy',
    flagValue: 'url',
    help: 'an HTTP proxy (default: HTTPS_PROXY, less NO_PROXY)',
    inProfile: true,
    check: proxy,
  },
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof SETTINGS;
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** The table's row of a setting, typed as every row is. */
export function settingOf(name: SettingName): Setting {
  return SETTINGS[name];
}

/** The command line's flag of a setting: `--app-id` for `app_id`. */
export function flagOf(name: SettingName): string {
  return `--${name.replaceAll('_', '-')}`;
}
