import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newSnapshot, type Snapshot } from '../../src/sandbox/state';
import { openStateFile } from '../../src/sandbox/state-file';
import { temporaryDirectory } from '../helpers/directory';
import { rejection } from '../helpers/refusal';
import { NOON, startTestSandbox, type TestSandbox } from '../helpers/sandbox';
import { send } from '../helpers/sandbox-caller';

const USER = '2088000000000003';
const newPath = (): string => join(temporaryDirectory(), 'state.json');
const PUT = { user: USER, group: 'card', atMs: NOON, pass: { pass_id: 'A', status: 'can_use' } } as const;
const GONE = { user: USER, group: 'cert', passId: 'B' } as const;
const FULL: Snapshot = { startMs: NOON, advancedMs: 5, put: [PUT], gone: [GONE] };

describe('openStateFile', () => {
  it('openStateFile reads what was written, and nothing before', async () => {
    const path = newPath();
    const file = openStateFile(path);
    expect(await file.read()).toBeUndefined();
    await file.write(newSnapshot(NOON));
    await file.write(FULL);
    expect(await openStateFile(path).read()).toEqual(FULL);
    expect(readdirSync(join(path, '..'))).toEqual(['state.json']);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ schema: 'alipass.sandbox-state/1' });
  });

  const text = (change: object): string =>
    JSON.stringify({ schema: 'alipass.sandbox-state/1', ...FULL, ...change });
  it.each([
    ['an empty file', ''],
    ['a torn one', text({}).slice(0, -9)],
    ['JSON of another kind', '{"passes":[]}'],
    ['null', 'null'],
    ['another schema', text({ schema: 'alipass.sandbox-state/2' })],
    ['a schema alone', '{"schema":"alipass.sandbox-state/1"}'],
    ['a start that is no time', text({ startMs: 'today' })],
    ['a start beyond all dates', text({ startMs: 9e15 })],
    ['no time that went by', text({ advancedMs: null })],
    ['passes in an object', text({ put: {} })],
    ['a pass that is null', text({ put: [null] })],
    ['a pass without an id', text({ put: [{ ...PUT, pass: {} }] })],
    ['a pass of no group', text({ put: [{ ...PUT, group: 'cards' }] })],
    ['a pass put at no time', text({ put: [{ ...PUT, atMs: undefined }] })],
    ['gone passes that are missing', text({ gone: undefined })],
    ['a gone pass without an id', text({ gone: [{ ...GONE, passId: 7 }] })],
    ['a gone pass of no user', text({ gone: [{ ...GONE, user: null }] })],
    ['bytes', '\0\u{1f600}\xff'],
  ])('openStateFile refuses %s, and leaves it', async (_what, content) => {
    const path = newPath();
    writeFileSync(path, content);
    const { kind, code, message } = await rejection(openStateFile(path).read());
    expect({ kind, code }).toEqual({ kind: 'config', code: 'sandbox.state' });
    expect(message).toMatch(/state\.json can’t be used: it holds no state of a sandbox/);
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it('openStateFile takes whole states as they were written', async () => {
    const path = newPath();
    writeFileSync(path, text({}));
    expect(await openStateFile(path).read()).toEqual(FULL);
  });

  it('openStateFile names what is in the way', async () => {
    const directory = temporaryDirectory();
    const messageOf = async (path: string): Promise<string> => {
      const file = openStateFile(path);
      return (await rejection(file.read().then(() => file.write(FULL)))).message;
    };
    writeFileSync(join(directory, 'file'), '');
    expect(await messageOf(directory)).toMatch(/it is a directory/);
    expect(await messageOf(join(directory, 'none', 'state.json'))).toMatch(/it can’t be written \(ENOENT\)/);
    expect(await messageOf(join(directory, 'file', 'state.json'))).toMatch(/can’t be looked at \(ENOTDIR\)/);
  });

  it.skipIf(process.getuid?.() === 0)('openStateFile can’t write to a read-only directory', async () => {
    const path = newPath();
    chmodSync(join(path, '..'), 0o500);
    const file = openStateFile(path);
    await file.read();
    expect((await rejection(file.write(FULL))).message).toMatch(/it can’t be written \(EACCES\)/);
  });

  it('openStateFile leaves the last state whole when the next can’t be written', async () => {
    const path = newPath();
    const file = openStateFile(path);
    await file.read();
    await file.write(FULL);
    mkdirSync(`${path}.draft`);
    await rejection(file.write(newSnapshot(NOON)));
    expect(await openStateFile(path).read()).toEqual(FULL);
  });
});

describe('two sandboxes on one state file', () => {
  it('are told apart at the second one’s first change', async () => {
    const path = newPath();
    const [first, second] = [openStateFile(path), openStateFile(path)];
    await first.read();
    await first.write(FULL);
    await second.read();
    await first.write(newSnapshot(NOON));
    expect((await rejection(second.write(FULL))).message).toMatch(/another sandbox writes to it/);
    expect(await openStateFile(path).read()).toEqual(newSnapshot(NOON));
    await first.write(FULL);
  });

  it('lose nothing when they write at once: one of them is told', async () => {
    for (let round = 0; round < 20; round++) {
      const path = newPath();
      writeFileSync(path, JSON.stringify({ schema: 'alipass.sandbox-state/1', ...newSnapshot(NOON) }));
      const files = [openStateFile(path), openStateFile(path), openStateFile(path)];
      await Promise.all(files.map(file => file.read()));
      const snapshots = files.map((_, i): Snapshot => ({
        ...FULL,
        advancedMs: i,
        put: Array.from({ length: i * 50 }, () => PUT),
      }));
      const outcomes = await Promise.allSettled(files.map((file, i) => file.write(snapshots[i]!)));
      const done = outcomes.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []));
      expect(done).toHaveLength(1);
      expect(await openStateFile(path).read()).toEqual(snapshots[done[0]!]);
      expect(existsSync(`${path}.draft`)).toBe(false);
    }
  });

  it('go on after one was killed while it wrote', async () => {
    const path = newPath();
    writeFileSync(path, JSON.stringify({ schema: 'alipass.sandbox-state/1', ...FULL }));
    writeFileSync(`${path}.draft`, '{"schema":"ali');
    const file = openStateFile(path);
    expect(await file.read()).toEqual(FULL);
    await file.write(newSnapshot(NOON));
    expect(await openStateFile(path).read()).toEqual(newSnapshot(NOON));
    expect(existsSync(`${path}.draft`)).toBe(false);
  });

  it('are told of a draft that moves', async () => {
    const path = newPath();
    const file = openStateFile(path);
    await file.read();
    writeFileSync(`${path}.draft`, 'of another');
    expect((await rejection(file.write(FULL))).message).toMatch(/another sandbox writes to it/);
    expect(readFileSync(`${path}.draft`, 'utf8')).toBe('of another');
  });
});

describe('a sandbox with a state file', () => {
  const change = async (sandbox: TestSandbox, body: unknown): Promise<unknown> => {
    const answer = await send(`${sandbox.controlUrl}/changes`, {
      method: 'POST',
      body: JSON.stringify(body),
    });
    return { status: answer.status, ...(JSON.parse(answer.bytes.toString()) as object) };
  };
  const lists = async (sandbox: TestSandbox): Promise<unknown[]> => {
    const answers = ['CURRENT', 'PAST'].map(time_status => sandbox.caller.call({ biz: { time_status } }));
    return (await Promise.all(answers)).map(({ node }) => node['pass_info_list']);
  };

  it('goes on where it stopped, a week later', async () => {
    const stateFile = newPath();
    const first = await startTestSandbox({ stateFile });
    const [[{ pass_id }]] = (await lists(first)) as [[{ pass_id: string }]];
    await change(first, { do: 'status', user: USER, pass_id, status: 'used' });
    await change(first, {
      do: 'put',
      user: USER,
      group: 'voucher',
      pass: { pass_id: 'A', status: 'can_use' },
    });
    await change(first, { do: 'advance', by: '1h' });
    const before = await lists(first);
    await first.close();
    const second = await startTestSandbox({ stateFile });
    expect(await lists(second)).toEqual(before);
    await second.close();
    const later = await startTestSandbox({ stateFile, now: () => NOON + 7 * 86_400_000 });
    expect(later.state.clock()).toEqual({ startMs: NOON, nowMs: NOON + 7 * 86_400_000 + 3_600_000 });
    expect((await lists(later))[0]).toMatchObject({ 0: { pass_id: 'A' } });
    await change(later, { do: 'reset' });
    await later.close();
    expect(await openStateFile(stateFile).read()).toEqual(newSnapshot(NOON + 7 * 86_400_000));
  });

  it('has current passes again once it is reset, however old it is', async () => {
    const stateFile = newPath();
    await (await startTestSandbox({ stateFile })).close();
    const sandbox = await startTestSandbox({ stateFile, now: () => NOON + 400 * 86_400_000 });
    expect((await lists(sandbox))[0]).toEqual([]);
    await change(sandbox, { do: 'reset' });
    expect((await lists(sandbox))[0]).toHaveLength(3);
    await sandbox.close();
  });

  it('makes no change that it can’t keep, and says so', async () => {
    const stateFile = newPath();
    const sandbox = await startTestSandbox({ stateFile });
    const before = await lists(sandbox);
    const advance = { do: 'advance', by: '400d' };
    const other = await startTestSandbox({ stateFile });
    await change(other, { do: 'advance', by: '1h' });
    expect(await change(sandbox, advance)).toMatchObject({
      status: 500,
      error: { code: 'sandbox.state', message: expect.stringMatching(/another sandbox/) as string },
    });
    expect(await lists(sandbox)).toEqual(before);
    expect(await change(other, advance)).toMatchObject({
      status: 200,
      advanced_ms: 400 * 86_400_000 + 3_600_000,
    });
    await Promise.all([sandbox.close(), other.close()]);
  });

  it('does not start with one that it can’t use', async () => {
    const stateFile = newPath();
    writeFileSync(stateFile, '{');
    expect((await rejection(startTestSandbox({ stateFile }))).code).toBe('sandbox.state');
    expect(readFileSync(stateFile, 'utf8')).toBe('{');
  });
});
