import { generateKeyPair } from 'node:crypto';
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { AlipassError, systemCode } from '../errors';

/** Where the sandbox's two key pairs are: the app's, which signs requests, and the platform's, which signs answers. */
export interface SandboxKeyFiles {
  readonly appPrivateKey: string;
  readonly appPublicKey: string;
  readonly alipayPrivateKey: string;
  readonly alipayPublicKey: string;
}

const FILE_NAMES: SandboxKeyFiles = {
  appPrivateKey: 'app-private-key.pem',
  appPublicKey: 'app-public-key.pem',
  alipayPrivateKey: 'alipay-private-key.pem',
  alipayPublicKey: 'alipay-public-key.pem',
};

/**
 * The sandbox's key files below `configDirectory`, made on first use with mode 0600. Two first uses at once
 * end with the same keys: a finished directory is moved into place, and whoever comes second takes the first's.
 * @throws config `sandbox.unwritable`
 */
export async function openSandboxKeys(configDirectory: string): Promise<SandboxKeyFiles> {
  const directory = join(configDirectory, 'sandbox');
  const files = filesIn(directory);
  if (await exists(files.alipayPublicKey)) return files;
  try {
    await makeKeys(directory);
  } catch (cause) {
    if (await exists(files.alipayPublicKey)) return files;
    const message = `The sandbox’s keys can’t be written to ${directory} (${systemCode(cause) ?? 'unknown'})`;
    throw new AlipassError('config', 'sandbox.unwritable', message, {
      hint: 'ALIPASS_CONFIG_DIR names another directory.',
      cause,
    });
  }
  return files;
}

async function makeKeys(directory: string): Promise<void> {
  const parent = dirname(directory);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const draft = await mkdtemp(join(parent, 'sandbox-'));
  try {
    const files = filesIn(draft);
    const [app, alipay] = await Promise.all([generatePair(), generatePair()]);
    await Promise.all([
      writeFile(files.appPrivateKey, app.privateKey, { mode: 0o600 }),
      writeFile(files.appPublicKey, app.publicKey, { mode: 0o600 }),
      writeFile(files.alipayPrivateKey, alipay.privateKey, { mode: 0o600 }),
      writeFile(files.alipayPublicKey, alipay.publicKey, { mode: 0o600 }),
    ]);
    await rename(draft, directory);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

function generatePair(): Promise<{ publicKey: string; privateKey: string }> {
  return promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

function filesIn(directory: string): SandboxKeyFiles {
  const entries = Object.entries(FILE_NAMES).map(([key, name]: [string, string]) => [
    key,
    join(directory, name),
  ]);
  return Object.fromEntries(entries) as unknown as SandboxKeyFiles;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
