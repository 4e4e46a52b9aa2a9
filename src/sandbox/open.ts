import { readFile } from 'node:fs/promises';
import { parseCertificates, rootSn } from '../protocol/certificate';
import { parseEncryptKey } from '../protocol/encryption';
import { parsePrivateKey, parsePublicKey } from '../protocol/keys';
import { sampleDataset } from './dataset';
import { openSandboxFiles, type SandboxFiles } from './files';
import { createSandboxGateway, SANDBOX_APP_ID, type SandboxGateway, type SandboxIdentity } from './gateway';

/** A sandbox gateway with its sample passes, and the files that a client needs to call it. */
export interface Sandbox {
  readonly appId: string;
  readonly files: SandboxFiles;
  readonly gateway: SandboxGateway;
}

export interface SandboxWorld {
  readonly configDirectory: string;
  readonly now: () => number;
  readonly random: () => number;
}

/** Opens the sandbox; its keys are made on first use. @throws config, as {@link openSandboxFiles} and the parsers */
export async function openSandbox({ configDirectory, now, random }: SandboxWorld): Promise<Sandbox> {
  const files = await openSandboxFiles(configDirectory, now());
  const identity = await readIdentity(files);
  const gateway = createSandboxGateway({ identity, dataset: sampleDataset, now, random });
  return { appId: SANDBOX_APP_ID, files, gateway };
}

async function readIdentity(files: SandboxFiles): Promise<SandboxIdentity> {
  const [appPublicKey, alipayPrivateKey, encryptKey, appCertSn, alipayCert, alipayRootCertSn] =
    await Promise.all([
      read(files.appPublicKey, parsePublicKey),
      read(files.alipayPrivateKey, parsePrivateKey),
      read(files.encryptKey, parseEncryptKey),
      read(files.appCert, (text, where) => parseCertificates(text, where)[0]!.sn),
      read(files.alipayCert, (pem, where) => ({ pem, sn: parseCertificates(pem, where)[0]!.sn })),
      read(files.alipayRootCert, (text, where) => rootSn(parseCertificates(text, where), where)),
    ]);
  return {
    appId: SANDBOX_APP_ID,
    appPublicKey,
    alipayPrivateKey,
    encryptKey,
    appCertSn,
    alipayCertSn: alipayCert.sn,
    alipayCertPem: alipayCert.pem,
    alipayRootCertSn,
  };
}

/** Reads a file and parses it; the path says where in errors. */
async function read<T>(path: string, parse: (text: string, where: string) => T): Promise<T> {
  return parse(await readFile(path, 'utf8'), path);
}
