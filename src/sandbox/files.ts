import { createPrivateKey, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { AlipassError, systemCode } from '../errors';
import { createCertificate } from './certificates';

/**
 * What the sandbox keeps: the app's key pair, which signs requests, the platform's, which signs answers, a
 * certificate for each with the root that vouches for them, and the key of content encryption.
 */
const FILE_NAMES = {
  appPrivateKey: 'app-private-key.pem',
  appPublicKey: 'app-public-key.pem',
  alipayPrivateKey: 'alipay-private-key.pem',
  alipayPublicKey: 'alipay-public-key.pem',
  appCert: 'app-cert.crt',
  alipayCert: 'alipay-cert.crt',
  alipayRootCert: 'alipay-root-cert.crt',
  encryptKey: 'encrypt-key.txt',
} as const;

/** The paths of the sandbox's files. */
export type SandboxFiles = Readonly<Record<keyof typeof FILE_NAMES, string>>;

/**
 * The sandbox's files below `configDirectory`, made on first use with mode 0600; `nowMs` is when the
 * certificates begin. Two first uses at once end with the same keys: a finished directory is moved into place,
 * and whoever comes second takes the first's.
 * @throws config `sandbox.unwritable`
 */
export async function openSandboxFiles(configDirectory: string, nowMs: number): Promise<SandboxFiles> {
  const directory = join(configDirectory, 'sandbox');
  const files = filesIn(directory);
  if (isWhole(files)) return files;
  if (existsSync(directory)) throw notWhole(directory, files);
  try {
    await makeFiles(directory, nowMs);
  } catch (cause) {
    if (isWhole(files)) return files;
    const message = `The sandbox’s keys can’t be written to ${directory} (${systemCode(cause) ?? 'unknown'})`;
    throw new AlipassError('config', 'sandbox.unwritable', message, {
      hint: 'ALIPASS_CONFIG_DIR names another directory.',
      cause,
    });
  }
  return files;
}

/** Nothing that is there is removed: it may be somebody else's. */
function notWhole(directory: string, files: SandboxFiles): AlipassError {
  const missing = Object.values(files).filter(path => !existsSync(path));
  const message = `${directory} is there, but is no whole set of sandbox keys: it lacks ${missing.join(', ')}`;
  return new AlipassError('config', 'sandbox.not_whole', message, {
    hint: 'Move the directory away and a new set is made, or name another place with ALIPASS_CONFIG_DIR.',
  });
}

async function makeFiles(directory: string, nowMs: number): Promise<void> {
  const parent = dirname(directory);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const draft = await mkdtemp(join(parent, 'sandbox-'));
  try {
    const files = filesIn(draft);
    const texts = await makeTexts(nowMs);
    const names = Object.keys(FILE_NAMES) as (keyof SandboxFiles)[];
    await Promise.all(names.map(name => writeFile(files[name], texts[name], { mode: 0o600 })));
    await rename(draft, directory);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

const ROOT_NAME = 'alipass sandbox root';

async function makeTexts(nowMs: number): Promise<Record<keyof SandboxFiles, string>> {
  const [app, alipay, root] = await Promise.all([generatePair(), generatePair(), generatePair()]);
  const issuerKey = createPrivateKey(root.privateKey);
  const certify = (subject: string, subjectKey: KeyObject, serial: number, isCa: boolean): string =>
    createCertificate({
      subject,
      subjectKey,
      issuer: ROOT_NAME,
      issuerKey,
      serial,
      isCa,
      notBeforeMs: nowMs,
    });
  return {
    appPrivateKey: app.privateKey,
    appPublicKey: app.publicKey,
    alipayPrivateKey: alipay.privateKey,
    alipayPublicKey: alipay.publicKey,
    appCert: certify('alipass sandbox app', createPrivateKey(app.privateKey), 2, false),
    alipayCert: certify('alipass sandbox alipay', createPrivateKey(alipay.privateKey), 3, false),
    alipayRootCert: certify(ROOT_NAME, issuerKey, 1, true),
    encryptKey: `${randomBytes(16).toString('base64')}\n`,
  };
}

function generatePair(): Promise<{ publicKey: string; privateKey: string }> {
  return promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

function filesIn(directory: string): SandboxFiles {
  const entries = Object.entries(FILE_NAMES).map(([key, name]: [string, string]) => [
    key,
    join(directory, name),
  ]);
  return Object.fromEntries(entries) as unknown as SandboxFiles;
}

function isWhole(files: SandboxFiles): boolean {
  return Object.values(files).every(path => existsSync(path));
}
