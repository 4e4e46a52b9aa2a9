import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AlipassError, systemCode } from '../../errors';
import { GATEWAYS } from '../../protocol/api';

/** What a foreign file or folder may say of a caller. */
export type Role =
  'app_id' | 'gateway' | 'charset' | 'sign_type' | 'privateKey' | 'appPublicKey' | 'alipayPublicKey';

/** One thing that was found. */
export interface Found {
  readonly role: Role;
  readonly text: string;
  /** How it is called in errors: its file, or its name in a file. */
  readonly where: string;
  /** The file of its own that it stands in, as an absolute path. */
  readonly file?: string;
}

/**
 * Reads what other tools keep of a caller: the key tool's folder, `.alipay-sandbox.json`, or a properties file.
 * The texts are not checked here, and there may be several of a role.
 * @throws config `import.unreadable`
 */
export async function readSource(path: string): Promise<Found[]> {
  try {
    if ((await stat(path)).isDirectory()) return await readFolder(resolve(path));
    const text = (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
    return /^\s*\{/.test(text) ? readSandboxJson(text, path) : readProperties(text, path);
  } catch (cause) {
    if (cause instanceof AlipassError) throw cause;
    const code = systemCode(cause) ?? 'unknown';
    throw unreadable(path, code === 'ENOENT' ? 'there is no such file or folder' : code);
  }
}

/** What the key tool's file names begin with. 支付宝公钥 is what users add by hand. */
const FOLDER_NAMES: readonly (readonly [string, Role])[] = [
  ['应用私钥', 'privateKey'],
  ['应用公钥', 'appPublicKey'],
  ['支付宝公钥', 'alipayPublicKey'],
];

async function readFolder(folder: string): Promise<Found[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.txt')).sort();
  const found = names.flatMap(name => {
    const role = FOLDER_NAMES.find(([start]) => name.startsWith(start))?.[1];
    return role ? [{ role, file: join(folder, name) }] : [];
  });
  return Promise.all(
    found.map(async ({ role, file }) => ({ role, file, where: file, text: await readFile(file, 'utf8') })),
  );
}

/**
 * What Alipay's payment skill for coding agents saves; it holds for Alipay's own sandbox alone. Its apps stand in
 * `appIds`, of which there is one in every file seen; an app may also stand by itself.
 */
function readSandboxJson(text: string, path: string): Found[] {
  const root = parseJson(text, path);
  const apps: unknown[] = Array.isArray(root['appIds']) ? root['appIds'] : [root];
  const found = apps.flatMap((app, i) =>
    foundOf(Object.entries(app ?? {}), apps.length > 1 ? `app ${i + 1} of ${path}` : path),
  );
  return [...found, { role: 'gateway', text: GATEWAYS.alipaySandbox, where: path }];
}

function parseJson(text: string, path: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    // Not its cause, which quotes the text: that may be a key.
    throw unreadable(path, 'it begins like JSON, but is none');
  }
}

/** `key=value` or `key: value` a line; comments begin with # or !. */
function readProperties(text: string, path: string): Found[] {
  const lines = text.split(/\r?\n/).filter(line => !/^\s*[#!]/.test(line));
  const entries = lines.flatMap(line => {
    const [, key, value] = /^\s*([^\s=:]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    // A colon in a value may be escaped (https\://…), and YAML puts values in quotes.
    return key ? [[key, value!.replace(/\\(.)/g, '$1').replace(/^(["'])(.*)\1$/, '$2')] as const] : [];
  });
  return foundOf(entries, path);
}

/** How files spell each role, in small letters and without `.`, `-` and `_`; each also with `alipay` before it. */
const SPELLINGS: Readonly<Record<Role, readonly string[]>> = {
  app_id: ['appid'],
  gateway: ['gateway', 'gatewayurl', 'serverurl'],
  charset: ['charset'],
  sign_type: ['signtype'],
  privateKey: ['privatekey', 'appprivatekey', 'appprivatepkcskey', 'merchantprivatekey', 'rsaprivatekey'],
  appPublicKey: ['apppublickey', 'merchantpublickey'],
  alipayPublicKey: ['alipaypublickey'],
};

const ROLES: ReadonlyMap<string, Role> = new Map(
  Object.entries(SPELLINGS).flatMap(([role, spellings]) =>
    spellings.flatMap(it => [it, `alipay${it}`].map(name => [name, role as Role] as const)),
  ),
);

function foundOf(entries: readonly (readonly [string, unknown])[], path: string): Found[] {
  return entries.flatMap(([name, value]) => {
    const role = ROLES.get(name.toLowerCase().replace(/[._-]/g, ''));
    const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    return role && text ? [{ role, text, where: `${name} in ${path}` }] : [];
  });
}

function unreadable(path: string, why: string): AlipassError {
  return new AlipassError('config', 'import.unreadable', `${path} can’t be imported: ${why}`, {
    hint: 'It takes .alipay-sandbox.json, the key tool’s folder, or a properties file.',
  });
}
