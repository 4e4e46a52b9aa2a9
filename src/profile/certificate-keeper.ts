import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from '../errors';
import type { CertificateKeeper } from '../gateway/certificate-trust';

/** Keeps fetched certificates as `certificates/<sn>.pem` below the config directory. They are checked at each use. */
export function createCertificateKeeper(configDirectory: string): CertificateKeeper {
  const directory = join(configDirectory, 'certificates');
  const pathOf = (sn: string): string => join(directory, `${sn}.pem`);
  return {
    async read(sn) {
      try {
        return await readFile(pathOf(sn), 'utf8');
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return undefined;
        throw error;
      }
    },
    async write(sn, pem) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const draft = `${pathOf(sn)}.${randomUUID()}`;
      await writeFile(draft, pem, { mode: 0o600 });
      await rename(draft, pathOf(sn));
    },
  };
}
