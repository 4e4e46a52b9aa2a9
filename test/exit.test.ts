import { describe, expect, it } from 'vitest';
import { EXIT, EXIT_BY_KIND } from '../src/exit';

describe('exit codes', () => {
  it('EXIT_BY_KIND is the table that scripts rely on', () => {
    expect(EXIT_BY_KIND).toEqual({
      internal: 1,
      usage: 2,
      config: 3,
      rejected: 4,
      business: 5,
      unavailable: 6,
      untrusted: 7,
      incomplete: 9,
      interrupted: 130,
      terminated: 143,
    });
  });

  it('EXIT holds the two codes of commands that do not throw', () => {
    expect(EXIT).toEqual({ done: 0, no: 8 });
  });

  it('EXIT and EXIT_BY_KIND share no code', () => {
    const codes = [...Object.values(EXIT), ...Object.values(EXIT_BY_KIND)];
    expect(new Set(codes).size).toBe(codes.length);
  });
});
