import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type StartedSandbox, startSandbox } from '../../src/start-sandbox';
import { alipass, type Outcome } from '../helpers/context';

const USER = '2088888888888888';
const PASS = '7000790003';

let sandbox: StartedSandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(async () => {
  await sandbox.change({ do: 'reset' });
  sandbox.inject();
});
afterAll(() => sandbox.close());

function steer(line: string, stdin?: string): Promise<Outcome> {
  const env = { ALIPASS_GATEWAY: sandbox.url };
  return alipass(['sandbox', ...line.split(' ')], { env, ...(stdin === undefined ? {} : { stdin }) });
}

describe('steering a sandbox', () => {
  it.each([
    ['state', { put: 0, gone: 0, advanced_ms: 0, faults: [] }],
    [`set ${PASS} used --user ${USER}`, { put: 1, gone: 1 }],
    [`remove ${PASS} --user ${USER}`, { put: 0, gone: 1 }],
    ['advance 36h', { advanced_ms: 36 * 3_600_000 }],
    ['inject http=503@call=1 latency=2s@page=2', { faults: ['http=503@call=1', 'latency=2s@page=2'] }],
    ['inject --none', { faults: [] }],
    ['reset', { put: 0, gone: 0, advanced_ms: 0 }],
  ])('sandbox %s', async (line, expected) => {
    const { code, stdout, stderr } = await steer(`${line} -o json`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'alipass.sandbox-status/1', ...expected });
  });

  it('sandbox state breaks between faults, not inside one', async () => {
    const faults = ['http=503@call=1', 'latency=2s@page=2', 'code=SYSTEM_ERROR@call=3-4'];
    sandbox.inject(faults);
    const { stdout } = await alipass(['sandbox', 'state', '--gateway', sandbox.url], { columns: 60 });
    for (const fault of faults) expect(stdout).toContain(` ${fault} `);
    expect(stdout).not.toContain('none');
  });

  it('sandbox put reads a pass from stdin', async () => {
    const line = `put - --user ${USER} --group card -o json`;
    const { code, stdout } = await steer(line, '{"pass_id":"42","logo_text":"满99减20"}');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ put: 1, gone: 0 });
  });

  it('sandbox reset ends what was done', async () => {
    await steer('advance 7d');
    await steer(`remove ${PASS} --user ${USER}`);
    const { stdout } = await steer('reset -o json');
    expect(JSON.parse(stdout)).toMatchObject({ put: 0, gone: 0, advanced_ms: 0 });
  });

  it('sandbox set and remove want the group of an id that is held in two', async () => {
    await steer(`put - --user ${USER} --group card`, `{"pass_id":"${PASS}"}`);
    for (const line of [`set ${PASS} used --user ${USER}`, `remove ${PASS} --user ${USER}`]) {
      const { code, stderr } = await steer(line);
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: expect.stringMatching(/in more than one group: card and voucher[^]*--group/),
      });
      expect((await steer(`${line} --group voucher`)).code).toBe(0);
    }
    expect((await steer(`remove ${PASS} --user ${USER}`)).code).toBe(0);
  });

  it.each([
    ['a pass that is not held', `remove 1 --user ${USER}`, /holds no pass "1"/],
    ['a status that is none', `set ${PASS} lost --user ${USER}`, /can_use, used, expired, closed/],
    [
      'a currency for a status',
      `set ${PASS} usd --user ${USER}`,
      /status "usd" must be one of can_use, used/,
    ],
    ['a short user', `remove ${PASS} --user 123`, /--user "123" must be/],
    [
      'a user of another kind',
      `put - --user 2089888888888888 --group card`,
      /--user "2089888888888888" must/,
    ],
    [
      'a group that is none',
      `put - --user ${USER} --group vouchers`,
      /--group "vouchers" must be one of card/,
    ],
    ['a time without a unit', 'advance 3x', /time "3x" must be/],
    ['all faults and one', 'inject reset --none', /not both/],
    ['no user', `remove ${PASS}`, /--user is required/],
    ['a time that is none', 'advance tomorrow', /36h/],
    ['a fault that is none', 'inject htpp=503', /did you mean http/],
    ['no fault', 'inject', /--none/],
    ['a gateway elsewhere', 'state --gateway https://openapi.alipay.com/gateway.do', /on this machine/],
  ])('sandbox refuses %s', async (_what, line, words) => {
    const { code, stderr, stdout } = await steer(line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/change\b/);
  });

  it.each([`set ${PASS} used --user ${USER}`, 'advance 1d', 'inject reset@call=1', 'reset'])(
    'sandbox prints nothing when --quiet: %s',
    async line => {
      expect(await steer(`${line} --quiet`)).toMatchObject({ code: 0, stdout: '', stderr: '' });
      expect((await steer('state --quiet')).stdout).toMatch(/advanced/);
      expect((await steer(`${line} --quiet -o json`)).stdout).toMatch(/"schema"/);
    },
  );

  it.each([
    ['[1]', /- is no JSON object/],
    ['{"pass_id":"1","logo":"x"}', /^error {2}-: there is no field "logo"; did you mean logo_text/],
  ])('sandbox put names the file of a wrong pass: %s', async (pass, words) => {
    const { code, stderr } = await steer(`put - --user ${USER} --group card`, pass);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/change/);
  });

  it('sandbox refuses a pass that is no JSON', async () => {
    const { code, stderr } = await steer(`put - --user ${USER} --group card`, 'pass_id: 42');
    expect(code).toBe(2);
    expect(stderr).toMatch(/no JSON/);
  });

  it('sandbox says when nothing listens', async () => {
    const { code, stderr } = await steer('state --gateway http://127.0.0.1:1');
    expect(code).toBe(6);
    expect(stderr).toMatch(/No sandbox at http:\/\/127\.0\.0\.1:1\/control/);
  });
});
