import { readFile } from 'node:fs/promises';
import { createSampleDataset } from './dataset';
import { openSandboxFiles, type SandboxFiles, type SandboxTexts } from './files';
import { createSandboxGateway, type SandboxGateway } from './gateway';
import { parseIdentity, SANDBOX_APP_ID, type SandboxIdentity } from './identity';
import { createSandboxState, newSnapshot } from './state';

/** A sandbox gateway with its sample passes, and the files that a client needs to call it. */
export interface Sandbox {
  readonly appId: string;
  readonly files: SandboxFiles;
  readonly gateway: SandboxGateway;
}

export interface SandboxWorld {
  readonly configDirectory: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** Opens the sandbox; its keys are made on first use. @throws config, as {@link openIdentity} */
export async function openSandbox({ configDirectory, now, random }: SandboxWorld): Promise<Sandbox> {
  const startMs = now();
  const { files, identity } = await openIdentity(configDirectory, startMs);
  const state = createSandboxState(newSnapshot(startMs), { datasetAt: createSampleDataset, now });
  const gateway = createSandboxGateway({ identity, state, now, random });
  return { appId: SANDBOX_APP_ID, files, gateway };
}

/** The sandbox's files below the config directory, and what they hold. @throws config, as {@link openSandboxFiles} and the parsers */
export async function openIdentity(
  configDirectory: string,
  nowMs: number,
): Promise<{ files: SandboxFiles; identity: SandboxIdentity }> {
  const files = await openSandboxFiles(configDirectory, nowMs);
  const entries = Object.entries(files).map(async ([name, path]) => [name, await readFile(path, 'utf8')]);
  const texts = Object.fromEntries(await Promise.all(entries)) as SandboxTexts;
  return { files, identity: parseIdentity(texts, name => files[name]) };
}
