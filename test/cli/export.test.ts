import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AlipassError } from '../../src/errors';
import type { Transport } from '../../src/gateway/transport';
import { alipass, type Outcome, type World } from '../helpers/context';
import { temporaryDirectory } from '../helpers/directory';
import { servePasses } from '../helpers/passes-gateway';

const PASSES = [
  {
    pass_id: '1',
    mechant_name: '盒马',
    status: 'can_use',
    end_date: '2026-11-25 23:59:59',
    data_info: '{"brandName":"x"}',
  },
  { pass_id: '2', mechant_name: 'A, "B"', status: 'used', end_date: '2027-11-25 23:59:59', user_id: 'alien' },
];
const INTERRUPTED = new AlipassError('interrupted', 'interrupted', 'Interrupted');
const user = (i: number): string => String(2_088_000_000_000_000 + i);
const users = (count: number): string[] => Array.from({ length: count }, (_, i) => user(i + 1));

/** A world where every user holds the same passes, but those that the gateway refuses. */
function worldOf(refused: readonly string[] = [], onCall: (user: string) => void = () => {}): World {
  const { env, transport: serve } = servePasses(PASSES);
  const { transport: refuse } = servePasses([], 0);
  const transport: Transport = (request, signal) => {
    const { user_id } = JSON.parse(request.params['biz_content']!) as { user_id: string };
    onCall(user_id);
    return (refused.includes(user_id) ? refuse : serve)!(request, signal);
  };
  return { env: env!, transport };
}

/** A directory with a list of users in it, and how to export them from there. */
function desk(list: readonly string[] = users(3)) {
  const directory = temporaryDirectory();
  const at = (name: string): string => join(directory, name);
  writeFileSync(at('users.txt'), list.map(it => `${it}\n`).join(''));
  const run = (flags: readonly string[] = [], world: World = worldOf()): Promise<Outcome> =>
    alipass(['export', '--users', at('users.txt'), '--group', 'voucher', ...flags], world);
  const toFile = (flags: readonly string[] = [], world?: World): Promise<Outcome> =>
    run(['--output', at('out.ndjson'), ...flags], world);
  const rowsIn = (name: string): Record<string, unknown>[] =>
    readFileSync(at(name), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>);
  return { directory, at, run, toFile, rowsIn };
}

describe('export to stdout', () => {
  it('writes a row a pass, with whose it is first, and nothing else', async () => {
    const { code, stdout, stderr } = await desk([user(1)]).run();
    const tags = { user_id: user(1), group_type: 'voucher', time_status: 'CURRENT' };
    expect(stdout).toBe(PASSES.map(pass => `${JSON.stringify({ ...tags, ...pass, ...tags })}\n`).join(''));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '1 of 1 users done: 2 passes, 2 calls in 0s.\n' });
  });

  it.each([
    [[], `user_id,group_type,time_status,pass_id,mechant_name\n`],
    [['--no-header'], ''],
  ])('writes CSV with %j', async (flags, header) => {
    const { stdout } = await desk([user(1)]).run([
      '-o',
      'csv',
      '--columns',
      'pass_id,mechant_name',
      ...flags,
    ]);
    const tags = `${user(1)},voucher,CURRENT`;
    expect(stdout).toBe(`${header}${tags},1,盒马\n${tags},2,"A, ""B"""\n`);
  });

  it('writes the header of CSV also above no rows', async () => {
    const { stdout } = await desk([user(1)]).run(['-o', 'csv', '--columns', 'pass_id', '--status', 'closed']);
    expect(stdout).toBe('user_id,group_type,time_status,pass_id\n');
  });

  it.each<[flags: readonly string[], ids: string]>([
    [['--status', 'can_use'], '1'],
    [['--expiring-within', '7d'], '1'],
    [['--sort', '-end_date'], '21'],
    [['--merchant', 'b'], '2'],
  ])('finds by %j', async (flags, ids) => {
    const { stdout } = await desk([user(1)]).run(flags);
    const found = stdout
      .trim()
      .split('\n')
      .map(line => (JSON.parse(line) as { pass_id: string }).pass_id);
    expect(found.join('')).toBe(ids);
  });

  it('asks for every group at every time', async () => {
    const { stdout } = await desk([user(1)]).run(['--group', 'card,cert,card', '--time', 'past,current']);
    const asked = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, string>);
    expect([...new Set(asked.map(it => `${it['time_status']} ${it['group_type']}`))]).toEqual([
      'PAST card',
      'PAST cert',
      'CURRENT card',
      'CURRENT cert',
    ]);
  });

  it('opens JSON when it is told to', async () => {
    const { stdout } = await desk([user(1)]).run(['--expand', '--columns', 'data_info.brandName,data_info']);
    expect(JSON.parse(stdout.split('\n')[0]!)).toMatchObject({
      'data_info.brandName': 'x',
      data_info: { brandName: 'x' },
    });
  });

  it.each<[what: string, args: readonly string[], stdin: string]>([
    ['arguments', users(3), ''],
    ['stdin', ['--users', '-'], users(3).join('\n')],
    ['stdin as CSV', ['--users', '-', '--users-column', 'id'], `id\n${users(3).join('\n')}`],
  ])('takes users from %s', async (_, args, stdin) => {
    const line = ['export', ...args, '--group', 'card', '-o', 'csv', '--columns', 'pass_id', '--no-header'];
    const { stdout, code } = await alipass(line, { ...worldOf(), stdin });
    expect(code).toBe(0);
    expect(
      new Set(
        stdout
          .trim()
          .split('\n')
          .map(row => row.split(',')[0]),
      ),
    ).toEqual(new Set(users(3)));
  });

  it('ends quietly when nobody reads any more', async () => {
    const { code, stderr } = await desk(users(50)).run([], { ...worldOf(), closeAfter: 2 });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('export --output', () => {
  it('leaves the file and its receipt', async () => {
    const { directory, toFile, rowsIn } = desk();
    expect((await toFile()).code).toBe(0);
    expect(rowsIn('out.ndjson')).toHaveLength(6);
    expect(readdirSync(directory).toSorted()).toEqual(['out.ndjson', 'out.ndjson.journal', 'users.txt']);
  });

  it('goes on where it was: nobody is lost, nobody is asked twice', async () => {
    const { toFile, rowsIn, at } = desk(users(20));
    const controller = new AbortController();
    const asked: string[] = [];
    const stopping = worldOf([], it => asked.push(it) === 24 && controller.abort(INTERRUPTED));
    const first = await toFile(['--concurrency', '2'], { ...stopping, signal: controller.signal });
    expect(first.code).toBe(130);
    expect(first.stderr).toMatch(/\d+ of 20 users are done; the same command goes on from there/);
    expect(existsSync(at('out.ndjson'))).toBe(false);

    const later: string[] = [];
    const second = await toFile(
      [],
      worldOf([], it => later.push(it)),
    );
    expect(second.code).toBe(0);
    expect(second.stderr).toMatch(/^Going on where it was: \d+ of 20 users are done\.\n20 of 20 users done/);
    const rows = rowsIn('out.ndjson').map(it => `${String(it['user_id'])} ${String(it['pass_id'])}`);
    expect(rows.toSorted()).toEqual(users(20).flatMap(it => [`${it} 1`, `${it} 2`]));
    expect(new Set(later).size).toBeLessThan(20);
  });

  it('begins anew once it was finished, or is told to', async () => {
    const { toFile, rowsIn } = desk();
    await toFile();
    const again: string[] = [];
    expect(
      (
        await toFile(
          [],
          worldOf([], it => again.push(it)),
        )
      ).code,
    ).toBe(0);
    expect(new Set(again).size).toBe(3);
    expect(rowsIn('out.ndjson')).toHaveLength(6);
  });

  it('makes up for an end just before the file was in its place', async () => {
    const { toFile, at, rowsIn } = desk();
    await toFile();
    renameSync(at('out.ndjson'), at('out.ndjson.partial'));
    const { code, stderr } = await toFile([], { env: worldOf().env! });
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('3 of 3 users are done') });
    expect(rowsIn('out.ndjson')).toHaveLength(6);
  });

  it.each<[what: string, flags: readonly string[], says: string]>([
    ['another group', ['--group', 'card'], '--group was voucher, and is card now'],
    ['a filter', ['--status', 'used'], '--status was (not given), and is used now'],
    ['other columns', ['--columns', 'pass_id'], '--columns was (not given), and is pass_id now'],
    ['another format', ['-o', 'csv'], '--format was ndjson, and is csv now'],
    ['a shard', ['--shard', '1/2'], '--shard was (not given), and is 1/2 now'],
    ['each shop', ['--city', '320100', '--shops'], '--shops was (not given), and is yes now'],
    ['a sort', ['--sort', '-end_date'], '--sort was (not given), and is -end_date now'],
    ['answers that nothing proves', ['--insecure-skip-verify'], '--insecure-skip-verify was (not given)'],
    [
      'another merchant',
      ['--app-auth-token', 'SECRET'],
      'app auth token was (not given), and is one of SHA-256',
    ],
    ['another app', ['--app-id', '2014072300007149'], 'app id was'],
    ['another gateway', ['--gateway', 'http://127.0.0.1:1/'], 'gateway was'],
  ])('refuses to go on with %s, and says what changed', async (_, flags, says) => {
    const { toFile, at } = desk();
    await stop(toFile);
    const before = readFileSync(at('out.ndjson.journal'), 'utf8');
    const { code, stderr } = await toFile(flags);
    expect(code).toBe(3);
    expect(stderr).toContain(says);
    expect(readFileSync(at('out.ndjson.journal'), 'utf8')).toBe(before);
  });

  it('refuses to go on with another list of users, unless it is to begin anew', async () => {
    const { toFile, at, rowsIn } = desk();
    await stop(toFile);
    writeFileSync(at('users.txt'), `${user(7)}\n`);
    expect((await toFile()).stderr).toContain('users was a list of SHA-256');
    expect((await toFile(['--restart'])).code).toBe(0);
    expect(rowsIn('out.ndjson')).toHaveLength(2);
  });

  it('takes what differs where nobody was done, as nothing is lost by it', async () => {
    const { toFile, rowsIn } = desk();
    const flags = ['--status', 'used', '--concurrency', '1', '--on-error', 'stop'];
    expect((await toFile(flags, worldOf([user(1)]))).stderr).toContain('0 of 3 users are done');
    expect((await toFile()).code).toBe(0);
    expect(rowsIn('out.ndjson')).toHaveLength(6);
  });

  it('lets speed, retries and page sizes change', async () => {
    const { toFile } = desk();
    await stop(toFile);
    const flags = [
      '--concurrency',
      '1',
      '--qps',
      '100',
      '--page-size',
      '7',
      '--retries',
      '0',
      '--timeout',
      '1s',
    ];
    expect((await toFile(flags)).code).toBe(0);
  });

  it('judges passes by when it began, also on another day', async () => {
    const { toFile, rowsIn } = desk();
    const flags = ['--expiring-within', '7d'];
    await stop(toFile, flags);
    const nextWeek = Date.parse('2026-11-30T12:00:00+08:00');
    expect((await toFile(flags, { ...worldOf(), now: nextWeek })).code).toBe(0);
    expect(rowsIn('out.ndjson')).toHaveLength(3);
  });
});

describe('export keeps what is there', () => {
  it('leaves nothing when there is no key, so that the same command works once there is one', async () => {
    const { toFile, directory } = desk();
    const { code } = await toFile([], { ...worldOf(), env: {} });
    expect({ code, left: readdirSync(directory) }).toEqual({ code: 3, left: ['users.txt'] });
    expect((await toFile()).code).toBe(0);
  });

  it.each<[what: string, flags: readonly string[], says: string]>([
    ['the list of users', ['--output', 'users.txt'], '--users and --output both name'],
    ['the list of users again', ['--failures', 'users.txt'], '--users and --failures both name'],
    ['the output', ['--output', 'a', '--failures', 'a'], '--output and --failures both name'],
    ['how far it is', ['--output', 'a', '--progress-file', 'a'], '--output and --progress-file both name'],
    ['a directory', ['--output', '.'], '--output'],
  ])('refuses to write over %s', async (_, flags, says) => {
    const { run, at, directory } = desk();
    const { code, stderr } = await run(flags.map(it => (it.startsWith('-') ? it : at(it))));
    expect(code).toBe(2);
    expect(stderr).toContain(says);
    expect(readdirSync(directory)).toEqual(['users.txt']);
  });

  it.skipIf(process.platform === 'win32')('follows a symbolic link to a file', async () => {
    const { run, at, rowsIn } = desk();
    writeFileSync(at('real.ndjson'), '');
    symlinkSync('real.ndjson', at('link'));
    expect((await run(['--output', at('link')])).code).toBe(0);
    expect(lstatSync(at('link')).isSymbolicLink()).toBe(true);
    expect(rowsIn('real.ndjson')).toHaveLength(6);
  });

  it.skipIf(process.platform === 'win32')('takes no device for a file of an earlier run', async () => {
    const { run, at, directory } = desk();
    const devices = ['a', 'b', 'c'];
    for (const name of devices) symlinkSync('/dev/null', at(name));
    const flags = ['--output', at('out'), '--failures', at('a'), '--progress-file', at('b')];
    expect((await run(flags)).code).toBe(0);
    expect((await run(['--output', at('c')])).code).toBe(2);
    for (const name of devices) expect(lstatSync(at(name)).isSymbolicLink()).toBe(true);
    expect(readdirSync(directory).toSorted()).toEqual([...devices, 'out', 'out.journal', 'users.txt']);
  });
});

/** Begins an export that ends once a user is done. */
async function stop(
  toFile: (flags?: readonly string[], world?: World) => Promise<Outcome>,
  flags: readonly string[] = [],
): Promise<void> {
  const controller = new AbortController();
  const asked = new Set<string>();
  const world = worldOf([], it => {
    if (asked.add(it).size > 1) controller.abort(INTERRUPTED);
  });
  const { code } = await toFile(['--concurrency', '1', ...flags], { ...world, signal: controller.signal });
  expect(code).toBe(130);
}

describe('export, when users fail', () => {
  it('does the rest, ends with 9, and lists who failed for --users', async () => {
    const { toFile, at, run, rowsIn } = desk(users(5));
    const { code, stderr } = await toFile([], worldOf([user(2), user(4)]));
    expect(code).toBe(9);
    expect(stderr).toContain('2 of 5 users failed');
    expect(stderr).toContain('2 × X');
    expect(rowsIn('out.ndjson')).toHaveLength(6);
    const failures = readFileSync(at('out.ndjson.failures.csv'), 'utf8').trim().split('\n');
    expect(failures[0]).toBe('user_id,code,message');
    expect(
      failures
        .slice(1)
        .map(it => it.split(',')[0])
        .toSorted(),
    ).toEqual([user(2), user(4)]);

    const rest = await run(['--users', at('out.ndjson.failures.csv'), '--output', at('rest.ndjson')]);
    expect(rest.code).toBe(0);
    const parts = [at('out.ndjson'), at('rest.ndjson')];
    expect((await alipass(['export', 'merge', ...parts, '--output', at('all.ndjson')])).code).toBe(0);
    expect(rowsIn('all.ndjson')).toHaveLength(10);
  });

  it('takes the list of failures away once nobody fails', async () => {
    const { toFile, at } = desk();
    await toFile([], worldOf([user(1)]));
    await toFile();
    expect(existsSync(at('out.ndjson.failures.csv'))).toBe(false);
  });

  it('ends at the first one with --on-error stop, by the code of its kind', async () => {
    const { toFile } = desk(users(30));
    const { code, stderr } = await toFile(['--on-error', 'stop', '--concurrency', '1'], worldOf([user(3)]));
    expect(code).toBe(5);
    expect(stderr).toContain('2 of 30 users are done');
  });

  it('tells what all of them failed for, when it is nobody’s own', async () => {
    const gone = new AlipassError('unavailable', 'network.econnrefused', 'Nothing accepts connections', {
      hint: 'Check --gateway.',
    });
    const { toFile, at } = desk(users(3));
    const { code, stderr } = await toFile(['--retries', '0'], {
      ...worldOf(),
      transport: () => Promise.reject(gone),
    });
    expect([code, existsSync(at('out.ndjson'))]).toEqual([6, false]);
    expect(stderr).toContain(
      'error  Nothing accepts connections\n  try  Check --gateway. 0 of 3 users are done',
    );
    expect((await toFile()).code).toBe(0);
  });

  it('keeps apart what is no user id', async () => {
    const { toFile, at } = desk([user(1), 'abc', '208812345678901', user(2)]);
    const { code, stderr } = await toFile();
    expect(code).toBe(9);
    expect(stderr).toContain('line 2 has "abc", line 3 has "208812345678901"');
    expect(readFileSync(at('out.ndjson.invalid.csv'), 'utf8')).toBe('line,text\n2,abc\n3,208812345678901\n');
  });

  it('tells of errors in JSON under -o ndjson', async () => {
    const { code, stderr } = await desk().run(['-o', 'ndjson', '--quiet'], worldOf([user(1)]));
    expect(code).toBe(9);
    expect(JSON.parse(stderr)).toMatchObject({ error: { kind: 'incomplete', code: 'export.users_failed' } });
  });
});

describe('export, on many machines', () => {
  it('does each user in one shard, and merges to what one run does', async () => {
    const { run, at, toFile, rowsIn } = desk(users(40));
    await toFile();
    for (const i of [1, 2, 3]) await run(['--shard', `${i}/3`, '--output', at(`p${i}.ndjson`)]);
    const parts = [1, 2, 3].map(i => at(`p${i}.ndjson`));
    await alipass(['export', 'merge', ...parts, '--output', at('all.ndjson')]);
    const lines = (name: string): string[] =>
      rowsIn(name)
        .map(it => JSON.stringify(it))
        .toSorted();
    expect(lines('all.ndjson')).toEqual(lines('out.ndjson'));
  });

  it.each([
    ['0', '2', '1/2'],
    ['1', '2', '2/2'],
  ])('takes the shard from Kubernetes: %s of %s is %s', async (index, count, shard) => {
    const { run } = desk(users(20));
    const world = worldOf();
    const env = { ...world.env, JOB_COMPLETION_INDEX: index, JOB_COMPLETIONS: count };
    const rowsOf = ({ stdout }: Outcome): string[] => stdout.split('\n').toSorted();
    expect(rowsOf(await run([], { ...world, env }))).toEqual(rowsOf(await run(['--shard', shard])));
  });

  it.each([
    [{ JOB_COMPLETION_INDEX: '2', JOB_COMPLETIONS: '2' }, 2],
    [{ JOB_COMPLETION_INDEX: 'x', JOB_COMPLETIONS: '2' }, 2],
    [{ JOB_COMPLETION_INDEX: '1' }, 0],
    [{ JOB_COMPLETIONS: '2' }, 0],
  ])('with %j ends with %i', async (variables, code) => {
    const world = worldOf();
    expect((await desk().run([], { ...world, env: { ...world.env, ...variables } })).code).toBe(code);
  });
});

describe('export tells how far it is', () => {
  it('in a file for programs', async () => {
    const { toFile, at } = desk(users(4));
    await toFile(['--progress-file', at('progress.json')], worldOf([user(1)]));
    expect(JSON.parse(readFileSync(at('progress.json'), 'utf8'))).toMatchObject({
      schema: 'alipass.progress/1',
      state: 'finished',
      users: { total: 4, done: 3, done_before: 0, failed: 1 },
      rows: 6,
      calls: 6,
      seconds_left: null,
    });
  });

  it.each([
    [[], 0],
    [['--verbose'], 2],
  ])('every ten seconds off a terminal, with %j: %i lines', async (flags, lines) => {
    // Every call takes a second and a half of this world’s time.
    const world = worldOf();
    const transport: Transport = async (request, signal) => {
      nowMs += 1_500;
      return world.transport!(request, signal);
    };
    let nowMs = Date.parse('2026-11-23T12:00:00+08:00');
    const { stderr } = await desk(users(8)).run(['--concurrency', '1', ...flags], {
      ...world,
      transport,
      clock: () => nowMs,
    });
    expect(stderr.split('\n').filter(line => /^[█░]{20} \d+% · /.test(line))).toHaveLength(lines);
  });
});

describe('export refuses', () => {
  it.each<[flags: readonly string[], says: string]>([
    [['2088000000000001'], 'say them once'],
    [['--users', ''], 'can’t be read'],
    [['--group', 'vouchers'], 'Did you mean voucher?'],
    [['--concurrency', '0'], '--concurrency "0" must be a whole number from 1 to 256'],
    [['--concurrency', '257'], '--concurrency'],
    [['--qps', '0'], '--qps'],
    [['--on-error', 'ignore'], 'one of continue, stop'],
    [['--shard', '0/3'], '--shard "0/3"'],
    [['-o', 'json'], 'one of ndjson, csv'],
    [['--expand', '-o', 'csv'], '--columns pass_id,data_info.brandName'],
    [['--no-header'], '--no-header is for csv'],
    [['--users-encoding', 'big5'], 'one of utf-8, gbk'],
    [['--shop', '1'], '--shops'],
    [['--output', ''], '--output'],
    [['--limit', '3'], "Unknown option '--limit'"],
  ])('%j', async (flags, says) => {
    const { code, stdout, stderr } = await desk().run(flags);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });

  it('to begin without users', async () => {
    const { code, stderr } = await alipass(['export', '--group', 'card'], worldOf());
    expect(code).toBe(2);
    expect(stderr).toContain('--users is required');
  });

  it('a second run on the same file', async () => {
    const { toFile, at } = desk();
    writeFileSync(at('out.ndjson.lock'), '1 elsewhere');
    const { code, stderr } = await toFile();
    expect(code).toBe(3);
    expect(stderr).toContain('process 1 on elsewhere holds');
  });
});
