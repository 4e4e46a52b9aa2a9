import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alipass } from '../helpers/context';
import { temporaryDirectory } from '../helpers/directory';

const COUNTED = ['summary', '--sandbox', '--user', '2088000000000250'];

interface SummaryJson {
  readonly summary: Record<string, unknown> & { readonly count: number; readonly usable: number };
  readonly meta: Record<string, unknown> & { readonly listings: Record<string, unknown>[] };
}

async function json(flags: readonly string[], code = 0): Promise<SummaryJson> {
  const outcome = await alipass([...COUNTED, '-o', 'json', ...flags]);
  expect(outcome.code).toBe(code);
  return JSON.parse(outcome.stdout) as SummaryJson;
}

describe('summary', () => {
  it.each([
    [[], 2000, 1000, 8],
    [['--group', 'card'], 500, 250, 2],
    [['--time', 'past'], 1000, 0, 4],
    [['--group', 'cert', '--time', 'current'], 250, 250, 1],
    [['--group', 'card', '--page-size', '7'], 500, 250, 2],
    [['--group', 'card', '--status', 'can_use'], 250, 250, 2],
    [['--group', 'card', '--merchant', 'nobody'], 0, 0, 2],
  ])(
    'counts over pages with %j: %i passes, %i usable, of %i listings',
    async (flags, count, usable, listings) => {
      const { summary, meta } = await json(flags);
      expect(summary).toMatchObject({ count, usable });
      expect(meta).toMatchObject({ complete: true, verified: true, user_id: '2088000000000250' });
      expect(meta.listings).toHaveLength(listings);
    },
  );

  it('has numbers that add up', async () => {
    const { summary } = await json(['--group', 'voucher']);
    const { statuses, merchants, ends } = summary as unknown as {
      statuses: { count: number }[];
      merchants: { count: number }[];
      ends: { over: number; later: number; unknown: number; spans: { count: number }[] };
    };
    const sum = (counts: { count: number }[]): number =>
      counts.reduce((total, { count }) => total + count, 0);
    expect([sum(statuses), sum(merchants)]).toEqual([500, 500]);
    expect(sum(ends.spans) + ends.over + ends.later + ends.unknown).toBe(summary.usable);
  });

  it('says what is missing, with the numbers so far', async () => {
    const { summary, meta } = await json(['--group', 'card', '--page-size', '50', '--max-pages', '2'], 9);
    expect(summary.count).toBe(100);
    expect(meta).toMatchObject({ complete: false });
    const text = await alipass([...COUNTED, '--group', 'card', '--max-pages', '1']);
    expect(text.stdout).toContain('these numbers are too low');
  });

  it.each([
    [[], '2088000000000250'],
    [['--mask'], '2088********0250'],
  ])('with %j shows the user as %s', async (flags, user) => {
    expect((await json(['--group', 'card', ...flags])).meta['user_id']).toBe(user);
    const { stdout } = await alipass([...COUNTED, '--group', 'card', ...flags]);
    expect(stdout.split('\n')[0]).toBe(`500 passes of user ${user}, as of 2026-11-23 12:00 Beijing time`);
  });

  it('sums up a recording at its time', async () => {
    const path = join(temporaryDirectory(), 'session.ndjson');
    const live = await alipass([...COUNTED, '--group', 'card', '--record', path]);
    expect(existsSync(path)).toBe(true);
    const replayed = await alipass(
      ['summary', '--user', '2088000000000250', '--group', 'card', '--replay', path],
      { now: Date.parse('2031-01-01T00:00:00Z') },
    );
    expect(replayed).toMatchObject({ code: 0, stdout: live.stdout });
  });

  it('speaks Chinese, and draws in ASCII where there is no more', async () => {
    const env = { LANG: 'zh_CN.GBK' };
    const { stdout } = await alipass([...COUNTED, '--group', 'card'], {
      env: { ...env, NO_COLOR: '1' },
      columns: 60,
    });
    expect(stdout).toMatch(/^用户 2088000000000250 共有 500 张卡券/m);
    expect(stdout).toMatch(/可使用 +250 .*####/);
    expect(stdout).not.toContain('█');
  });

  it.each([
    ['no user', ['summary', '--sandbox'], /--user is required/],
    ['--sort', [...COUNTED, '--sort', 'end_date'], /Unknown option '--sort'/],
    ['--limit', [...COUNTED, '--limit', '5'], /Unknown option '--limit'/],
    ['an unknown status', [...COUNTED, '--status', 'x'], /--status "x" must be/],
  ])('refuses %s', async (_what, args, words) => {
    const { code, stderr } = await alipass(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });
});
