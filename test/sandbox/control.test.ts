import { afterEach, describe, expect, it } from 'vitest';
import { NOON, NOON_TEXT, type SandboxWorld, startTestSandbox, type TestSandbox } from '../helpers/sandbox';
import { type HttpAnswer, send } from '../helpers/sandbox-caller';

const USER = '2088000000000003';
const GROUP = 'voucher';

let sandbox: TestSandbox;
afterEach(() => sandbox.close());

async function start(world: SandboxWorld = {}): Promise<void> {
  sandbox = await startTestSandbox(world);
}

interface Told {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

async function ask(
  line: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Told & { type: string }> {
  const [method, path] = line.split(' ') as [string, string];
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const answer: HttpAnswer = await send(new URL(path, sandbox.url).href, { method, body: text, headers });
  return {
    status: answer.status,
    body: JSON.parse(answer.bytes.toString()) as Record<string, unknown>,
    type: String(answer.headers['content-type']),
  };
}

const change = (body: unknown): Promise<Told> => ask('POST /control/changes', body);

/** The ids that are listed, and the status of each. */
async function listed(time: 'CURRENT' | 'PAST', user = USER): Promise<string[]> {
  const { node } = await sandbox.caller.call({ biz: { user_id: user, time_status: time } });
  return (node['pass_info_list'] as { pass_id: string; status: string }[]).map(
    ({ pass_id, status }) => `${pass_id} ${status}`,
  );
}

/** A pass that ends so many days after the start's noon. */
function passOf(pass_id: string, days = 30, status = 'can_use'): Record<string, unknown> {
  const end = new Date(NOON + 8 * 3_600_000 + days * 86_400_000).toISOString();
  return {
    pass_id,
    mechant_name: '商家',
    logo_text: '票',
    status,
    start_date: '2026-01-01 00:00:00',
    end_date: end.slice(0, 19).replace('T', ' '),
  };
}
const putOf = (pass: object): object => ({ do: 'put', user: USER, group: GROUP, pass });

describe('POST /control/changes with members that are none', () => {
  it.each([
    [{ do: 'reset', hard: true }, /^change has no member "hard"; a reset has do$/],
    [{ do: 'advance', by: '1d', form: 'x' }, /no member "form"; an advance has do, by$/],
    [
      { do: 'remove', user: USER, pass_id: '1', pas_id: '2' },
      /no member "pas_id"; did you mean pass_id\? a remove has do, user, pass_id, group$/,
    ],
    [{ do: 'remove', user: USER, passid: '1' }, /no member "passid"; did you mean pass_id\?/],
  ])('POST /control/changes refuses %j', async (body, words) => {
    await start();
    const told = await change(body);
    expect(told.status).toBe(400);
    expect((told.body['error'] as { message: string }).message).toMatch(words);
  });
});

describe('GET /control', () => {
  it('GET /control names its schema first', async () => {
    await start();
    expect(Object.entries((await ask('GET /control')).body)[0]).toEqual([
      'schema',
      'alipass.sandbox-status/1',
    ]);
  });

  it('GET /control says how the sandbox stands', async () => {
    await start({ faults: ['latency=1ms@call=9'] });
    expect(await ask('GET /control')).toMatchObject({
      status: 200,
      body: { now: NOON_TEXT, advanced_ms: 0, put: 0, gone: 0, faults: ['latency=1ms@call=9'] },
      type: 'application/json;charset=utf-8',
    });
  });
});

describe('POST /control/changes', () => {
  it('puts a pass before those of the data, the last one first', async () => {
    await start();
    const before = await listed('CURRENT');
    expect(await change(putOf(passOf('A')))).toMatchObject({ status: 200, body: { put: 1, gone: 0 } });
    await change([putOf(passOf('B')), putOf(passOf('C', 30, 'used'))]);
    expect(await listed('CURRENT')).toEqual(['B can_use', 'A can_use', ...before]);
    expect((await listed('PAST'))[0]).toBe('C used');
    await change(putOf(passOf('A')));
    expect((await listed('CURRENT')).slice(0, 2)).toEqual(['A can_use', 'B can_use']);
  });

  it('puts a pass in the place of one of the data', async () => {
    await start();
    const [first, ...others] = await listed('CURRENT');
    const id = first!.split(' ')[0]!;
    expect(await change(putOf(passOf(id, 30, 'closed')))).toMatchObject({ body: { put: 1, gone: 1 } });
    expect(await listed('CURRENT')).toEqual(others);
    expect((await listed('PAST'))[0]).toBe(`${id} closed`);
  });

  it.each(['used', 'expired', 'closed'])('moves a pass that is %s to the past, and back', async status => {
    await start();
    const before = await listed('CURRENT');
    const pass_id = before[1]!.split(' ')[0]!;
    const past = await listed('PAST');
    await change({ do: 'status', user: USER, pass_id, status });
    expect(await listed('CURRENT')).toEqual([before[0], before[2]]);
    expect(await listed('PAST')).toEqual([`${pass_id} ${status}`, ...past]);
    await change({ do: 'status', user: USER, pass_id, status: 'can_use' });
    expect(await listed('CURRENT')).toEqual([before[1], before[0], before[2]]);
    expect(await listed('PAST')).toEqual(past);
  });

  it('removes passes that were put, and passes of the data', async () => {
    await start();
    const before = await listed('CURRENT');
    const ids = before.map(it => it.split(' ')[0]!);
    await change(putOf(passOf('A')));
    await change(['A', ids[0], ids[2]].map(pass_id => ({ do: 'remove', user: USER, pass_id })));
    expect(await listed('CURRENT')).toEqual([before[1]]);
    expect(await change({ do: 'remove', user: USER, pass_id: 'A' })).toMatchObject({ status: 400 });
    expect(await change({ do: 'remove', user: USER, pass_id: ids[0] })).toMatchObject({ status: 400 });
  });

  it('touches the passes of no other user', async () => {
    await start();
    const other = '2088000000000004';
    const before = await listed('CURRENT', other);
    const pass_id = before[0]!.split(' ')[0]!;
    expect(await change({ do: 'remove', user: USER, pass_id })).toMatchObject({ status: 400 });
    await change(putOf(passOf(pass_id)));
    expect(await listed('CURRENT', other)).toEqual(before);
  });

  it('lets passes expire by advancing, each when it ends', async () => {
    await start();
    await change([putOf(passOf('A', 1)), putOf(passOf('B', 3)), putOf(passOf('Z', -1))]);
    const own = async (): Promise<string[]> =>
      [...(await listed('CURRENT')), ...(await listed('PAST'))].filter(it => /^[ABZ] /.test(it));
    await change({ do: 'advance', by: '1d' });
    expect(await own()).toEqual(['Z can_use', 'B can_use', 'A can_use']);
    await change({ do: 'advance', by: '1s' });
    expect(await own()).toEqual(['Z can_use', 'B can_use', 'A expired']);
    expect(await change({ do: 'advance', by: '2d' })).toMatchObject({
      body: { advanced_ms: 3 * 86_400_000 + 1000, now: '2026-11-26 12:00:01' },
    });
    expect(await own()).toEqual(['Z can_use', 'B expired', 'A expired']);
    await change({ do: 'advance', by: '3650d' });
    expect(await listed('CURRENT')).toEqual(['Z can_use']);
  });

  it('resets to the data, the time and the faults of the start', async () => {
    await start({ faults: ['latency=1ms@call=900'] });
    const before = [await listed('CURRENT'), await listed('PAST')];
    await ask('PUT /control/faults', []);
    await change([
      putOf(passOf('A')),
      { do: 'remove', user: USER, pass_id: before[0]![0]!.split(' ')[0] },
      { do: 'advance', by: '400d' },
    ]);
    expect(await listed('CURRENT')).toEqual([]);
    const { body } = await change({ do: 'reset' });
    expect(body).toMatchObject({ now: NOON_TEXT, put: 0, gone: 0, faults: ['latency=1ms@call=900'] });
    expect([await listed('CURRENT'), await listed('PAST')]).toEqual(before);
  });

  it('makes all of a list or none', async () => {
    await start();
    const before = await listed('CURRENT');
    const list = [
      putOf(passOf('A')),
      { do: 'advance', by: '1h' },
      { do: 'remove', user: USER, pass_id: 'no' },
    ];
    expect(await change(list)).toMatchObject({
      status: 400,
      body: { error: { code: 'sandbox.no_such_pass' } },
    });
    const unread = [...list.slice(0, 2), { do: 'removes', user: USER, pass_id: 'A' }];
    expect(await change(unread)).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining('change 3.do') as string } },
    });
    expect(await listed('CURRENT')).toEqual(before);
    expect(await ask('GET /control')).toMatchObject({ body: { put: 0, advanced_ms: 0 } });
    expect(await change(list.slice(0, 2))).toMatchObject({ status: 200 });
    expect(await change([])).toMatchObject({ status: 200, body: { put: 1 } });
  });

  it('makes lists at once one after the other, each whole', async () => {
    await start();
    const ids = Array.from({ length: 8 }, (_, i) => [`${i}a`, `${i}b`]);
    const answers = await Promise.all(ids.map(pair => change(pair.map(id => putOf(passOf(id))))));
    expect(answers.map(({ body }) => body['put'])).toEqual(ids.map((_, i) => 2 * i + 2));
    expect((await listed('CURRENT')).slice(0, 16).toReversed()).toEqual(
      ids.flat().map(id => `${id} can_use`),
    );
  });

  it('makes ten thousand changes in one list', async () => {
    await start();
    const list = Array.from({ length: 10_000 }, (_, i) => putOf(passOf(`P${i}`)));
    const twice = [...list, ...list];
    expect(await change(twice)).toMatchObject({ status: 200, body: { put: 10_000 } });
    const { node } = await sandbox.caller.call({ biz: { page_size: 1, page_num: 10_000 } });
    expect(node).toMatchObject({ pass_info_list: [{ pass_id: 'P0' }] });
  });

  const remove = { do: 'remove', user: USER, pass_id: 'x' };
  it.each([
    ['nothing', '', /change has to be an object, not nothing/],
    ['no JSON', '{', /The body is no JSON/],
    ['text', '"reset"', /change has to be an object, not "reset"/],
    ['null', 'null', /not "null"/],
    ['lists in a list', '[[],[]]', /change 1 has to be an object, not a list/],
    ['a hundred thousand lists', '['.repeat(1e5) + ']'.repeat(1e5), /more than 32 levels/],
    [
      'a pass without a floor',
      `{"do":"put","user":"${USER}","group":"card","pass":{"pass_id":"A","x":${'['.repeat(1e5)}${']'.repeat(1e5)}}}`,
      /more than 32 levels/,
    ],
    [
      'a group that is none',
      { do: 'remove', user: USER, pass_id: '1', group: 'cards' },
      /change\.group "cards"/,
    ],
    [
      'a group that is no text',
      { do: 'remove', user: USER, pass_id: '1', group: 7 },
      /change\.group is required/,
    ],
    ['an object without a deed', {}, /change\.do is required: one of put, status, remove, advance, reset/],
    ['another deed', { do: 'delete' }, /change\.do "delete" must be one of/],
    ['a deed of every object', { do: 'constructor' }, /change\.do "constructor" must be one of/],
    ['a deed that is no text', { do: ['reset'] }, /change\.do is required/],
    ['no user', { ...remove, user: undefined }, /change\.user is required/],
    ['a user as a number', { ...remove, user: 2088000000000003 }, /change\.user is required/],
    ['a user that no query takes', { ...remove, user: '2088' }, /change\.user "2088" must be an Alipay id/],
    ['no pass', { ...remove, pass_id: undefined }, /change\.pass_id is required/],
    ['a pass that nobody holds', { ...remove, pass_id: '"x"' }, /holds no pass "\\"x\\""/],
    ['no status', { ...remove, do: 'status' }, /change\.status is required: one of can_use/],
    ['another status', { ...remove, do: 'status', status: 'lost' }, /"lost" must be one of can_use/],
    ['no group', { do: 'put', user: USER, pass: passOf('A') }, /change\.group is required: one of card/],
    ['another group', { ...putOf(passOf('A')), group: 'CARD' }, /"CARD" must be one of card/],
    [
      'nothing to put',
      { do: 'put', user: USER, group: GROUP },
      /change\.pass has to be an object, not nothing/,
    ],
    ['a list to put', { do: 'put', user: USER, group: GROUP, pass: [] }, /change\.pass .*, not a list/],
    ['a pass without an id', putOf({ logo_text: 'x' }), /pass_id/],
    ['no time', { do: 'advance' }, /change\.by is required/],
    ['a time as a number', { do: 'advance', by: 5 }, /change\.by is required/],
    ['a time back', { do: 'advance', by: '-1h' }, /change\.by "-1h" must be a time such as/],
    ['more than ten years', { do: 'advance', by: '3651d' }, /at most 3650d/],
    [
      'more than a hundred',
      Array.from({ length: 11 }, () => ({ do: 'advance', by: '3650d' })),
      /no further|further ahead than 36500 days/,
    ],
  ] as [string, unknown, RegExp][])('refuses %s', async (_what, body, words) => {
    await start();
    const answer = await change(body);
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: expect.stringMatching(/^[a-z_.]+$/) as string } },
    });
    expect((answer.body['error'] as { message: string }).message).toMatch(words);
    expect(JSON.stringify(answer.body)).not.toMatch(/    at |\.ts\b|node:/);
    expect(await ask('GET /control')).toMatchObject({
      status: 200,
      body: { put: 0, gone: 0, advanced_ms: 0 },
    });
  });
});

describe('PUT /control/faults', () => {
  it('puts faults in force, and counts calls anew', async () => {
    await start();
    await sandbox.caller.call();
    const texts = ['code=SYSTEM_ERROR@call=1', 'code=BIZ_ERROR@call=2'];
    expect(await ask('PUT /control/faults', texts)).toMatchObject({ status: 200, body: { faults: texts } });
    expect((await sandbox.caller.call()).node['sub_code']).toBe('SYSTEM_ERROR');
    expect((await sandbox.caller.call()).node['sub_code']).toBe('BIZ_ERROR');
    expect((await sandbox.caller.call()).node['code']).toBe('10000');
    expect(await ask('PUT /control/faults', [])).toMatchObject({ body: { faults: [] } });
  });

  it.each([
    ['nothing', '', /Faults are a JSON array of texts/],
    ['a text', '"reset"', /JSON array of texts/],
    ['numbers', [503], /JSON array of texts/],
    ['an object', { 0: 'reset' }, /JSON array of texts/],
    ['a fault that is none', ['reset', 'htpp=503'], /did you mean http/],
    ['a fault of every object', ['constructor'], /constructor/],
    ['a condition that is none', ['reset@calls=1'], /condition "calls"/],
  ])('refuses %s, and leaves those that are', async (_what, body, words) => {
    await start({ faults: ['latency=1ms@call=9'] });
    const answer = await ask('PUT /control/faults', body);
    expect(answer.status).toBe(400);
    expect((answer.body['error'] as { message: string }).message).toMatch(words);
    expect(await ask('GET /control')).toMatchObject({ body: { faults: ['latency=1ms@call=9'] } });
  });
});

describe('the control interface', () => {
  it.each([
    'POST /control',
    'DELETE /control/changes',
    'GET /control/changes',
    'POST /control/faults',
    'GET /control/',
    'GET /control/__proto__',
    'PATCH /control/faults',
    'OPTIONS /control',
  ])('has no %s, and says what there is', async line => {
    await start();
    expect(await ask(line)).toMatchObject({
      status: 404,
      body: {
        error: {
          code: 'sandbox.no_such_route',
          message: `There is no ${line}`,
          hint: 'There are: GET /control, POST /control/changes, PUT /control/faults.',
        },
      },
    });
  });

  it.each([
    ['with an Origin', { origin: 'http://127.0.0.1' }],
    ['with an opaque Origin', { origin: 'null' }],
    ['for another host', { host: 'example.com' }],
    ['for a host that begins like this one', { host: '127.0.0.1.example.com' }],
    ['for another address', { host: '0.0.0.0:80' }],
  ])('turns requests away that come %s', async (_what, headers) => {
    await start();
    for (const [line, body] of [
      ['GET /control', undefined],
      ['POST /control/changes', { do: 'advance', by: '1d' }],
      ['PUT /control/faults', ['reset']],
    ] as const) {
      expect(await ask(line, body, headers)).toMatchObject({
        status: 400,
        body: { error: { code: 'sandbox.stranger' } },
      });
    }
    expect(await ask('GET /control')).toMatchObject({ body: { advanced_ms: 0, faults: [] } });
  });

  it.each(['127.0.0.1', 'localhost', 'localhost:8788'])('takes requests for %s', async host => {
    await start();
    expect(await ask('GET /control', undefined, { host })).toMatchObject({ status: 200 });
  });
});
