import { describe, expect, it } from 'vitest';
import { alipass } from '../helpers/context';

const USER = ['--sandbox', '--user', '2088888888888888'];
const SHOW = ['show', '7000790003', ...USER];

async function idOf(flags: readonly string[]): Promise<string> {
  const { stdout } = await alipass(['list', ...USER, ...flags, '-o', 'json']);
  return (JSON.parse(stdout) as { passes: { pass_id: string }[] }).passes.at(-1)!.pass_id;
}

describe('show', () => {
  it.each([[['--group', 'voucher']], [['--group', 'voucher', '--time', 'current']], [[]]])(
    'finds the API page’s pass with %j',
    async flags => {
      const { code, stdout, stderr } = await alipass([...SHOW, ...flags]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('Pass ID           7000790003');
      expect(stdout).toContain('  brandName       fengyunN');
    },
  );

  it('finds a past pass of another group, on a later page', async () => {
    const id = await idOf(['--group', 'cert', '--time', 'past']);
    const { code, stdout } = await alipass(['show', id, ...USER, '--page-size', '2', '-o', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'alipass.show/1',
      pass: { pass_id: id },
      meta: { group_type: 'cert', time_status: 'PAST', verified: true },
    });
  });

  it('reads no further once the pass is there', async () => {
    const { stdout } = await alipass([...SHOW, '-o', 'json']);
    const { searched } = (JSON.parse(stdout) as { meta: { searched: { group_type: string }[] } }).meta;
    expect(searched.map(it => it.group_type)).toEqual(['card', 'voucher']);
  });

  it.each([
    [[], 'string'],
    [['--expand'], 'object'],
  ])('gives data_info in JSON with %j as %s', async (flags, type) => {
    const { stdout } = await alipass([...SHOW, '-o', 'json', ...flags]);
    expect(typeof (JSON.parse(stdout) as { pass: { data_info: unknown } }).pass.data_info).toBe(type);
  });

  it('lists shops when they are asked for', async () => {
    const flags = ['--group', 'voucher'];
    expect((await alipass([...SHOW, ...flags])).stdout).not.toContain('Shops');
    const { stdout } = await alipass([...SHOW, ...flags, '--shops', '--city', '320100']);
    expect(stdout).toMatch(/^Shops\n {2}- +2015092700077000000004491925$/m);
  });

  it.each([
    [['--group', 'card'], 'card (current, past)'],
    [['--time', 'past'], 'card, voucher, ticket, cert (past)'],
  ])('answers no with %j, as the pass is proven not to be there', async (flags, where) => {
    const { code, stdout, stderr } = await alipass([...SHOW, ...flags]);
    expect({ code, stdout }).toEqual({ code: 8, stdout: '' });
    expect(stderr).toBe(
      `User 2088888888888888 holds no pass "7000790003": searched ${where}, each to its proven end.\n`,
    );
  });

  it('answers no in JSON with a pass that is null', async () => {
    const { code, stdout } = await alipass([...SHOW, '--group', 'card', '-o', 'json', '--quiet']);
    expect(code).toBe(8);
    expect(JSON.parse(stdout)).toMatchObject({ pass: null, meta: { group_type: null, time_status: null } });
  });

  it('does not answer no when pages are missing', async () => {
    const args = [
      'show',
      'none',
      '--sandbox',
      '--user',
      '2088000000001000',
      '--group',
      'card',
      '--max-pages',
      '2',
    ];
    const { code, stderr } = await alipass(args);
    expect(code).toBe(9);
    expect(stderr).not.toContain('holds no pass');
  });

  it('speaks Chinese', async () => {
    const { stdout } = await alipass([...SHOW, '--lang', 'zh']);
    expect(stdout).toMatch(/^状态 +可使用 \(can_use\)$/m);
    const none = await alipass([...SHOW, '--lang', 'zh', '--group', 'card']);
    expect(none.stderr).toBe('用户 2088888888888888 没有卡券 "7000790003"：已查完卡（当前、失效）。\n');
  });

  it.each([
    ['no id', ['show', ...USER], /argument 'pass-id'|id of the pass/i],
    ['two ids', ['show', '1', '2', ...USER], /too many arguments/i],
    ['no user', ['show', '1', '--sandbox'], /--user is required/],
    ['a format of listings', [...SHOW, '-o', 'csv'], /--format "csv" must be one of table, json/],
    ['--page', [...SHOW, '--page', '1'], /Unknown option '--page'/],
    ['--shops without --city', [...SHOW, '--shops'], /--city is required/],
  ])('refuses %s', async (_what, args, words) => {
    const { code, stderr } = await alipass(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });
});
