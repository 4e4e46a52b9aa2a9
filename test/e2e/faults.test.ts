import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { SUB_CODES } from '../../src/protocol/codes';
import { FAULTS } from '../../src/sandbox/fault-table';
import { temporaryDirectory } from '../helpers/directory';
import { FAULT_OUTCOMES, type FaultOutcome } from '../helpers/fault-outcomes';
import { cleanEnv, finish, printed, run, type Run, start } from '../helpers/run';

// The built program on both sides of a real port: `alipass sandbox serve --fault …` and `alipass list`.

const serverDirectory = temporaryDirectory();
const serverEnv = cleanEnv({ ALIPASS_CONFIG_DIR: serverDirectory });
const LISTING = ['--group', 'voucher', '-o', 'csv'];
const AS_JSON = ['--group', 'voucher', '-o', 'ndjson'];

// The keys are made once, here; all servers take them.
beforeAll(() => run(['list', '--sandbox', '--user', '2088000000000001', ...LISTING], serverEnv));

interface Served {
  readonly outcome: Run;
  readonly calls: number;
}

/** Serves with these flags while `client` runs, and counts the calls. */
async function serve(
  flags: readonly string[],
  client: (settings: Record<string, string>) => Promise<Run>,
): Promise<Served> {
  const log = join(temporaryDirectory(), 'calls.ndjson');
  const server = start(['sandbox', 'serve', '--port', '0', '--quiet', '--log', log, ...flags], serverEnv);
  const end = finish(server);
  const text = await printed(server, /(PUBLIC_KEY|ROOT_CERT|ENCRYPT_KEY)_FILE=.*\n$/);
  const exported = [...text.matchAll(/export (\w+)=(.*)/g)].map(([, name, value]) => [name!, value!]);
  const outcome = await client(Object.fromEntries(exported));
  server.kill();
  expect(await end).toMatchObject({ code: 0, stderr: '' });
  const calls = existsSync(log) ? readFileSync(log, 'utf8').split('\n').length - 1 : 0;
  return { outcome, calls };
}

const userWith = (count: number): string => `20880000${String(count).padStart(8, '0')}`;

async function list({ fault, and, holds = 3, args, mode }: FaultOutcome): Promise<Served> {
  const flags = args ?? ['--timeout', '30s', '--retries', '1'];
  const faults = and === undefined ? [fault] : [fault, and];
  return serve(['--fault', ...faults, ...(mode ? [mode] : [])], settings =>
    run(['list', '--user', userWith(holds), ...LISTING, ...flags], settings),
  );
}

/** A line for each, below the header. */
const passesOf = (it: Run): number => Math.max(0, linesOf(it).length - 1);
const linesOf = ({ stdout }: Run): string[] => stdout.split('\n').filter(Boolean);

describe('list against a gateway with a fault', () => {
  it.concurrent.each(FAULT_OUTCOMES)('$fault: exit $exit, $because', { timeout: 60_000 }, async row => {
    const { outcome, calls } = await list(row);
    const { exit, says = /^$/, passes = expect.any(Number), calls: seen = expect.any(Number) } = row;
    const { code, stderr } = outcome;
    expect({ exit: code, passes: passesOf(outcome), calls, stderr }).toEqual({
      exit,
      passes,
      calls: seen,
      stderr: expect.stringMatching(says),
    });
    expect(stderr).not.toMatch(/\n\s+at |undefined|\[object/);
  });

  it('every fault is in that table', () => {
    const tried = new Set(FAULT_OUTCOMES.map(({ fault }) => /^[^=@]+/.exec(fault)![0]));
    expect([...tried].toSorted()).toEqual(Object.keys(FAULTS).toSorted());
  });

  it('GBK bytes that are labelled utf-8 come out as the right text', async () => {
    for (const mode of [[], ['--encrypt']]) {
      const { outcome } = await serve(['--fault', 'gbk-as-utf8', ...mode], settings =>
        run(['list', '--user', '2088888888888888', ...AS_JSON], settings),
      );
      expect(JSON.parse(linesOf(outcome)[0]!)).toMatchObject({
        mechant_name: '商家名称',
        logo_text: '30份吮指鸡块',
      });
    }
  });

  it('a page that was capped leaves no pass out', async () => {
    const { outcome } = await serve(['--fault', 'page-cap=7'], settings =>
      run(['list', '--user', userWith(30), ...AS_JSON], settings),
    );
    const ids = linesOf(outcome).map(line => (JSON.parse(line) as { pass_id: string }).pass_id);
    expect(new Set(ids).size).toBe(30);
  });

  it('several faults, from the command line and a scenario', async () => {
    const scenario = join(temporaryDirectory(), 'rough.txt');
    writeFileSync(scenario, '# a rough morning\nhttp=503@call=2\ncode=BIZ_ERROR@call=3  # then this\n');
    const { outcome, calls } = await serve(['--fault', 'reset@call=1', '--faults', scenario], settings =>
      run(['list', '--user', userWith(3), ...LISTING, '--retries', '3'], settings),
    );
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    expect(calls).toBe(5);
  });

  it('a clock that is off is in the Date header, too: doctor finds it', async () => {
    const { outcome } = await serve(['--fault', 'clock=+2h'], settings =>
      run(['doctor', '-o', 'json'], settings),
    );
    const { findings } = JSON.parse(outcome.stdout) as { findings: { check: string; says: string }[] };
    expect(findings.find(({ check }) => check === 'clock')).toMatchObject({
      status: 'fail',
      says: expect.stringMatching(/^This clock is 7\d\d\d s behind the gateway’s/),
    });
  });

  it('a fault that there is not keeps the sandbox from starting', async () => {
    const outcome = await run(['sandbox', 'serve', '--port', '0', '--fault', 'rest'], serverEnv);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(/--fault "rest".*did you mean reset\?/);
  });
});

/** What each return code ends in (README, "Exit codes"). */
const EXIT_BY_CODE: Readonly<Record<string, number>> = {
  20000: 6,
  20001: 4,
  40001: 4,
  40002: 4,
  40003: 4,
  40004: 5,
  40005: 6,
  40006: 4,
};

describe('list against a gateway that says no', () => {
  it(
    'every sub_code ends in the exit code of its return code, and is told',
    { timeout: 60_000 },
    async () => {
      const cases = Object.entries(SUB_CODES).map(([subCode, { code }], i) => ({
        subCode,
        user: userWith(1000 + i),
        exit: EXIT_BY_CODE[code]!,
      }));
      const scenario = join(temporaryDirectory(), 'codes.txt');
      writeFileSync(scenario, cases.map(({ subCode, user }) => `code=${subCode}@user=${user}\n`).join(''));
      const outcomes: Record<string, unknown> = {};
      await serve(['--faults', scenario], async settings => {
        const queue = [...cases];
        const work = async (): Promise<void> => {
          for (let next = queue.shift(); next; next = queue.shift()) {
            const { code, stderr } = await run(
              ['list', '--user', next.user, ...LISTING, '--retries', '0'],
              settings,
            );
            const told = stderr.includes(next.subCode) && stderr.includes(`alipass explain ${next.subCode}`);
            outcomes[next.subCode] = { code, told };
          }
        };
        await Promise.all([work(), work(), work()]);
        return { code: 0, stdout: '', stderr: '' };
      });
      expect(outcomes).toEqual(
        Object.fromEntries(cases.map(({ subCode, exit }) => [subCode, { code: exit, told: true }])),
      );
    },
  );
});
