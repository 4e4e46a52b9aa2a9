import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSandboxFiles } from '../../src/sandbox/files';
import { temporaryDirectory } from '../helpers/directory';
import { rejection } from '../helpers/refusal';

const NOW = Date.parse('2026-11-23T12:00:00+08:00');
const modeOf = (path: string): number => statSync(path).mode & 0o777;
const publicPem = (path: string): string =>
  createPublicKey(readFileSync(path, 'utf8')).export({ type: 'spki', format: 'pem' }) as string;

describe('openSandboxFiles', () => {
  it('openSandboxFiles makes two RSA pairs of 2048 bits, each file with mode 0600', async () => {
    const files = await openSandboxFiles(temporaryDirectory(), NOW);
    expect(Object.values(files).map(modeOf)).toEqual(Array(11).fill(0o600));
    expect(publicPem(files.appPrivateKey)).toBe(publicPem(files.appPublicKey));
    expect(publicPem(files.alipayPrivateKey)).toBe(publicPem(files.alipayPublicKey));
    expect(publicPem(files.appPublicKey)).not.toBe(publicPem(files.alipayPublicKey));
    const key = createPrivateKey(readFileSync(files.appPrivateKey, 'utf8'));
    expect(key).toMatchObject({ asymmetricKeyType: 'rsa', asymmetricKeyDetails: { modulusLength: 2048 } });
  });

  it('openSandboxFiles closes its directory to others', async () => {
    const directory = join(temporaryDirectory(), 'config');
    await openSandboxFiles(directory, NOW);
    expect([modeOf(directory), modeOf(join(directory, 'sandbox', 'keys'))]).toEqual([0o700, 0o700]);
  });

  it('openSandboxFiles takes the keys that are there', async () => {
    const directory = temporaryDirectory();
    const first = await openSandboxFiles(directory, NOW);
    const before = Object.values(first).map(path => readFileSync(path, 'utf8'));
    expect(await openSandboxFiles(directory, NOW)).toEqual(first);
    expect(Object.values(first).map(path => readFileSync(path, 'utf8'))).toEqual(before);
  });

  it('openSandboxFiles gives one set to first uses at once, and leaves no draft', async () => {
    const directory = temporaryDirectory();
    const read = async (): Promise<string> => {
      const files = await openSandboxFiles(directory, NOW);
      return Object.values(files)
        .map(path => readFileSync(path as string, 'utf8'))
        .join('');
    };
    const sets = await Promise.all([read(), read(), read()]);
    expect(new Set(sets).size).toBe(1);
    expect(readdirSync(join(directory, 'sandbox'))).toEqual(['keys']);
    expect(readdirSync(join(directory, 'sandbox', 'keys'))).toHaveLength(11);
  });

  it('openSandboxFiles refuses a directory of that name that is no whole set, and removes nothing', async () => {
    const directory = temporaryDirectory();
    const { encryptKey, appPrivateKey } = await openSandboxFiles(directory, NOW);
    rmSync(encryptKey);
    const error = await rejection(openSandboxFiles(directory, NOW));
    expect(error).toMatchObject({ kind: 'config', code: 'sandbox.not_whole' });
    expect(error.message).toContain(encryptKey);
    expect(statSync(appPrivateKey).isFile()).toBe(true);
  });

  it('openSandboxFiles refuses a place where it cannot write, naming it', async () => {
    const file = join(temporaryDirectory(), 'file');
    writeFileSync(file, '');
    const error = await rejection(openSandboxFiles(file, NOW));
    expect(error).toMatchObject({ kind: 'config', code: 'sandbox.unwritable' });
    expect(error.message).toContain(file);
  });
});
