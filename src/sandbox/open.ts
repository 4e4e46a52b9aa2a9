import { readFile } from 'node:fs/promises';
import { parsePrivateKey, parsePublicKey } from '../protocol/keys';
import { sampleDataset } from './dataset';
import { createSandboxGateway, SANDBOX_APP_ID, type SandboxGateway } from './gateway';
import { openSandboxKeys, type SandboxKeyFiles } from './keys';

/** A sandbox gateway with its sample passes, and the files that a client needs to call it. */
export interface Sandbox {
  readonly appId: string;
  readonly files: SandboxKeyFiles;
  readonly gateway: SandboxGateway;
}

export interface SandboxWorld {
  readonly configDirectory: string;
  readonly now: () => number;
  readonly random: () => number;
}

/** Opens the sandbox; its keys are made on first use. @throws config, as {@link openSandboxKeys} and the key parsers */
export async function openSandbox({ configDirectory, now, random }: SandboxWorld): Promise<Sandbox> {
  const files = await openSandboxKeys(configDirectory);
  const [appPublicKey, alipayPrivateKey] = await Promise.all([
    readFile(files.appPublicKey, 'utf8').then(text => parsePublicKey(text, files.appPublicKey)),
    readFile(files.alipayPrivateKey, 'utf8').then(text => parsePrivateKey(text, files.alipayPrivateKey)),
  ]);
  const appId = SANDBOX_APP_ID;
  const gateway = createSandboxGateway({
    appId,
    appPublicKey,
    alipayPrivateKey,
    dataset: sampleDataset,
    now,
    random,
  });
  return { appId, files, gateway };
}
