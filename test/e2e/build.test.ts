import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const CALL = readFileSync(join(import.meta.dirname, '../../dist/call.body.js'), 'utf8');

// Builtins that only rare calls need cost every start a millisecond or two once their users slip into this file.
describe('the file that every call reads', () => {
  it.each(['node:fs/promises', 'node:timers/promises', 'node:readline', 'node:dns/promises', 'node:tls'])(
    'does not load %s',
    builtin => {
      expect(CALL).not.toContain(`require("${builtin}")`);
    },
  );

  it.each(['Passes so far', '已读取', '无效，应为'])('holds the words of English alone: %s', words => {
    expect(CALL.includes(words)).toBe(words === 'Passes so far');
  });

  it('is not read to tell the version', () => {
    const main = readFileSync(join(import.meta.dirname, '../../dist/main.js'), 'utf8');
    expect(main).toContain('=>require("./call.js")');
    expect(main).not.toMatch(/[^>]require\("\.\/call\.js"\)/);
  });

  it('loads node:crypto, as the names above would be found too', () => {
    expect(CALL).toContain('require("node:crypto")');
  });
});
