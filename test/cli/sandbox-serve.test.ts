import { describe, expect, it } from 'vitest';
import { AlipassError } from '../../src/errors';
import { alipass } from '../helpers/context';
import { temporaryDirectory } from '../helpers/directory';

describe('sandbox serve', () => {
  const serve = ['sandbox', 'serve', '--port', '0', '--quiet', '--color', 'never'];

  it.each([
    ['Ctrl-C on a terminal', 'interrupted', 80, '\n'],
    ['Ctrl-C elsewhere', 'interrupted', undefined, ''],
    ['SIGTERM on a terminal', 'terminated', 80, ''],
  ] as const)('leaves the line of ^C: %s', async (_, kind, columns, expected) => {
    const signal = AbortSignal.abort(new AlipassError(kind, kind, 'The end'));
    const { code, stderr } = await alipass(serve, { signal, ...(columns ? { columns } : {}) });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expected });
  });

  it.each(['--ready-file', '--log', '--state'])('says of a directory for %s that it is one', async flag => {
    const path = temporaryDirectory();
    const { code, stderr } = await alipass([...serve, flag, path]);
    expect(code).toBe(3);
    expect(stderr).toContain(path);
    expect(stderr).toContain('it is a directory');
  });
});
