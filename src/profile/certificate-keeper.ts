import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../errors';
import type { CertificateKeeper } from '../gateway/certificate-trust';

/** Keeps fetched certificates as `certificates/<sn>.pem` below the config directory. They are checked at each use. */
export function createCertificateKeeper(
  configDirectory: string,
  warn: (message: string) => void,
): CertificateKeeper {
  const directory = join(configDirectory, 'certificates');
  const pathOf = (sn: string): string => join(directory, `${sn}.pem`);
  return {
    // What cannot be read is as good as not kept, and what cannot be kept is fetched again.
    read: sn => readFile(pathOf(sn), 'utf8').catch(() => undefined),
    async write(sn, pem) {
      try {
        await mkdir(directory, { recursive: true, mode: 0o700 });
        const draft = `${pathOf(sn)}.${randomUUID()}`;
        await writeFile(draft, pem, { mode: 0o600 });
        await rename(draft, pathOf(sn));
      } catch (error) {
        warn(`The certificate ${sn} can’t be kept in ${directory} (${systemCode(error) ?? 'unknown'})`);
      }
    },
  };
}
