import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

let root: string | undefined;

/** A new directory below the system's temporary one; it goes when the tests of the file are over. */
export function temporaryDirectory(): string {
  root ??= mkdtempSync(join(tmpdir(), 'alipass-test-'));
  return mkdtempSync(join(root, 'd-'));
}

afterAll(() => {
  if (root) rmSync(root, { recursive: true, force: true });
});
