import { createPrivateKey, generateKeyPair, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { AlipassError, systemCode } from '../errors';
import { CERTIFICATE_YEARS, createCertificate } from './certificates';

/**
 * What the sandbox keeps: the app's key pair, which signs requests, the platform's, which signs answers, a
 * certificate for each with the root that vouches for them, a platform's key to come and a certificate that is over,
 * and the key of content encryption.
 */
const FILE_NAMES = {
  appPrivateKey: 'app-private-key.pem',
  appPublicKey: 'app-public-key.pem',
  alipayPrivateKey: 'alipay-private-key.pem',
  alipayPublicKey: 'alipay-public-key.pem',
  appCert: 'app-cert.crt',
  alipayCert: 'alipay-cert.crt',
  alipayRootCert: 'alipay-root-cert.crt',
  rotatedPrivateKey: 'rotated-private-key.pem',
  rotatedCert: 'rotated-cert.crt',
  expiredCert: 'expired-cert.crt',
  encryptKey: 'encrypt-key.txt',
} as const;

/** The paths of the sandbox's files. */
export type SandboxFiles = Readonly<Record<keyof typeof FILE_NAMES, string>>;

/** What the sandbox's files hold. */
export type SandboxTexts = Readonly<Record<keyof typeof FILE_NAMES, string>>;

/**
 * The sandbox's files below `configDirectory`, made on first use with mode 0600; `nowMs` is when the
 * certificates begin. Two first uses at once end with the same keys: a finished directory is moved into place,
 * and whoever comes second takes the first's.
 * @throws config `sandbox.unwritable`
 */
export async function openSandboxFiles(configDirectory: string, nowMs: number): Promise<SandboxFiles> {
  const directory = join(configDirectory, 'sandbox', 'keys');
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
  const draft = await mkdtemp(join(parent, 'keys-'));
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

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** Makes all keys and certificates anew; certificates begin at `nowMs`. */
export async function makeTexts(nowMs: number): Promise<SandboxTexts> {
  const pairs = await Promise.all([generatePair(), generatePair(), generatePair(), generatePair()]);
  const [app, alipay, rotated, root] = pairs as [Pair, Pair, Pair, Pair];
  const issuerKey = createPrivateKey(root.privateKey);
  let serial = 0;
  const certify = (subject: string, pair: Pair, notBeforeMs = nowMs): string =>
    createCertificate({
      subject,
      subjectKey: createPrivateKey(pair.privateKey),
      issuer: ROOT_NAME,
      issuerKey,
      serial: ++serial,
      isCa: pair === root,
      notBeforeMs,
    });
  return {
    appPrivateKey: app.privateKey,
    appPublicKey: app.publicKey,
    alipayPrivateKey: alipay.privateKey,
    alipayPublicKey: alipay.publicKey,
    alipayRootCert: certify(ROOT_NAME, root),
    appCert: certify('alipass sandbox app', app),
    alipayCert: certify('alipass sandbox alipay', alipay),
    rotatedPrivateKey: rotated.privateKey,
    rotatedCert: certify('alipass sandbox alipay', rotated),
    expiredCert: certify('alipass sandbox alipay', alipay, nowMs - (CERTIFICATE_YEARS + 1) * YEAR_MS),
    encryptKey: `${randomBytes(16).toString('base64')}\n`,
  };
}

interface Pair {
  readonly publicKey: string;
  readonly privateKey: string;
}

function generatePair(): Promise<Pair> {
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
