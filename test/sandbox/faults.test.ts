import { describe, expect, it } from 'vitest';
import { SUB_CODES } from '../../src/protocol/codes';
import type { CallFacts, Effects } from '../../src/sandbox/effects';
import { CONDITIONS, FAULT_GROUPS, FAULTS, faultSyntax } from '../../src/sandbox/fault-table';
import { createFaultPlan, type Fault, parseFault, parseScenario } from '../../src/sandbox/faults';
import { refusal } from '../helpers/refusal';

const parse = (text: string): Fault => parseFault(text, '--fault');

/** Every fault that is taken, beside one that nearly is and what it is told. */
const LANGUAGE: readonly (readonly [taken: string, effects: Effects, refused: string, words: RegExp])[] = [
  ['latency=800ms', { latencyMs: 800 }, 'latency=800', /latency "800" must be a time such as 800ms/],
  ['latency=1h', { latencyMs: 3_600_000 }, 'latency=2h', /at most 1h/],
  ['latency=1s', { latencyMs: 1000 }, 'latency', /the value of latency is required: latency=DURATION/],
  ['timeout', { delivery: { how: 'timeout' } }, 'timeout=5s', /timeout takes no value/],
  ['reset', { delivery: { how: 'reset' } }, 'rest', /fault "rest" must be one of .*; did you mean reset\?/],
  ['cut', { delivery: { how: 'cut' } }, 'cut=', /cut "" must be a number of bytes, or half/],
  ['cut=half', { delivery: { how: 'cut' } }, 'cut=third', /a number of bytes, or half/],
  ['cut=0', { delivery: { how: 'cut', bytes: 0 } }, 'cut=-1', /a number of bytes/],
  ['slow=64', { delivery: { how: 'slow', bytesPerSecond: 64 } }, 'slow=0', /from 1 to 1000000000/],
  ['slow=1', { delivery: { how: 'slow', bytesPerSecond: 1 } }, 'slow', /required: slow=BYTES_PER_SECOND/],
  ['http=400', { http: { status: 400, html: false } }, 'http=399', /from 400 to 599/],
  ['http=599', { http: { status: 599, html: false } }, 'http=600', /from 400 to 599/],
  ['html', { http: { status: 502, html: true } }, 'html=', /200, or a whole number from 400 to 599/],
  ['html=200', { http: { status: 200, html: true } }, 'html=201', /200, or/],
  ['html=503', { http: { status: 503, html: true } }, 'html=5030', /200, or/],
  ['code=BIZ_ERROR', { refuse: 'BIZ_ERROR' }, 'code=BIZ_EROR', /; did you mean BIZ_ERROR/],
  ['code=isv.app-call-limited', { refuse: 'isv.app-call-limited' }, 'code', /required: code=SUB_CODE/],
  [
    'code=isv.missing-version',
    { refuse: 'isv.missing-version' },
    'code=40001',
    /; did you mean isv\.missing-method or \S+ or \S+\?$/,
  ],
  [
    'code=ISV.Invalid-App-Id',
    { refuse: 'isv.invalid-app-id' },
    'code=40005',
    /a sub_code .*; did you mean isv.app-call-limited or isv.method-call-limited\?/,
  ],
  ['rate=5', { refuse: 'isv.app-call-limited' }, 'rate=0', /from 1 to 100000/],
  ['clock=+2h', { clockMs: 7_200_000 }, 'clock=2h', /a time with its sign, such as \+15m, -2h or \+3d/],
  ['clock=-3d', { clockMs: -259_200_000 }, 'clock=-3w', /with its sign/],
  ['clock=+3650d', { clockMs: 315_360_000_000 }, 'clock=+3651d', /at most 3650d/],
  ['page-cap=50', { pageCap: 50 }, 'page-cap=10001', /from 1 to 10000/],
  ['repeat-page', { repeatPage: true }, 'repeatpage', /did you mean repeat-page\?/],
  ['gbk-as-utf8', { mislabel: true }, 'gbk-as-utf-8', /did you mean gbk-as-utf8\?/],
  ['bad-sign', { signature: 'bad' }, 'bad_sign', /did you mean bad-sign\?/],
  ['no-sign', { signature: 'missing' }, 'no-sign=1', /takes no value/],
  ['sha1-sign', { signature: 'sha1' }, 'sha256-sign', /must be one of/],
  ['duplicate-node', { duplicateNode: 'behind' }, 'duplicate-node=', /one of before, behind/],
  ['duplicate-node=before', { duplicateNode: 'before' }, 'duplicate-node=after', /one of before, behind/],
  ['rotated-cert', { certificate: 'rotated' }, 'rotated-crt', /did you mean rotated-cert\?/],
  ['expired-cert', { certificate: 'expired' }, 'Expired-Cert', /did you mean expired-cert\?/],
];

describe('parseFault', () => {
  it.each(LANGUAGE)('parseFault reads %s as %j', (text, effects) => {
    expect(parse(text)).toMatchObject({ text, effects, conditions: [] });
    expect(parse(text).effects).toEqual(effects);
  });

  it.each(LANGUAGE)('beside %s, parseFault %j refuses %s', (_taken, _effects, text, words) => {
    const error = refusal(() => parse(text));
    expect(error.kind).toBe('usage');
    expect(error.message).toMatch(words);
    expect(error.message.startsWith(`--fault ${JSON.stringify(text)}`)).toBe(true);
    expect(error.message.split(JSON.stringify(text))).toHaveLength(2);
  });

  it('the table of the language holds every fault', () => {
    const names = new Set(LANGUAGE.map(([text]) => text.split('=')[0]));
    expect(Object.keys(FAULTS).filter(name => !names.has(name))).toEqual([]);
  });

  it.each(Object.keys(SUB_CODES))('parseFault takes code=%s, and not with a letter more', code => {
    expect(parse(`code=${code}`).effects).toEqual({ refuse: code });
    expect(refusal(() => parse(`code=${code}x`)).message).toContain(code);
  });

  it.each([
    '',
    ' ',
    '=',
    '@',
    '=1',
    '@call=1',
    'constructor',
    '__proto__',
    'reset ',
    ' reset',
    'Reset',
    'reset,timeout',
  ])('parseFault refuses %j', text => {
    expect(refusal(() => parse(text))).toMatchObject({ kind: 'usage', code: 'usage.invalid' });
  });

  it('parseFault cuts what is long and quotes what is strange', () => {
    const { message } = refusal(() => parse(`x\u001b[31m${'y'.repeat(10_000)}`));
    expect(message.length).toBeLessThan(600);
    expect(message).not.toContain('\u001b');
  });
});

describe('the table of faults', () => {
  const withDefault = Object.entries(FAULTS).flatMap(([name, it]) =>
    it.default === undefined ? [] : [[name, it.default]],
  );

  it.each(withDefault)('%s means %s where no value is given', (name, value) => {
    expect(parse(`${name}=${value}`).effects).toEqual(parse(name!).effects);
  });

  it.each([
    ['reset', 'reset'],
    ['slow', 'slow=BYTES_PER_SECOND'],
    ['cut', 'cut[=BYTES]'],
  ])('%s is shown as %s', (name, syntax) => {
    expect(faultSyntax(name)).toBe(syntax);
  });

  it('stands in the order of its groups', () => {
    const groups = Object.values(FAULTS).map(({ group }) => group);
    expect([...new Set(groups)]).toEqual(Object.keys(FAULT_GROUPS));
    const order = Object.keys(FAULT_GROUPS);
    expect(groups).toEqual(groups.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
  });
});

const USER = '2088102122458832';

/** The calls out of these that `text` strikes, by their numbers. */
function struck(text: string, calls: readonly CallFacts[], seed = 1): number[] {
  const plan = createFaultPlan([parse(text)], { seed, now: () => 0 });
  return calls.filter(call => Object.keys(plan(call)).length > 0).map(({ number }) => number);
}

const SIX: readonly CallFacts[] = [
  { number: 1, userId: USER, page: 1 },
  { number: 2, userId: USER, page: 2 },
  { number: 3, userId: '2088102122458833', page: 1 },
  { number: 4, userId: '2088102122458833', page: 2 },
  { number: 5 },
  { number: 6, userId: USER, page: 3 },
];

describe('conditions', () => {
  it.each([
    ['reset', [1, 2, 3, 4, 5, 6], 'reset@', /condition "" must be one of call, page, user, p/],
    ['reset@call=1', [1], 'reset@call=0', /call "0" must be a number from 1, or a range/],
    ['reset@call=2-4', [2, 3, 4], 'reset@call=4-2', /such as 3, 2-5 or 4-/],
    ['reset@call=3-3', [3], 'reset@call=-3', /a number from 1/],
    ['reset@call=5-', [5, 6], 'reset@call=5-6-', /a number from 1/],
    ['reset@call=999999999', [], 'reset@call=9999999999', /a number from 1/],
    ['reset@page=1', [1, 3], 'reset@page=01', /page "01" must be/],
    ['reset@page=2-', [2, 4, 6], 'reset@page=', /page "" must be/],
    [`reset@user=${USER}`, [1, 2, 6], `reset@user=${USER}1`, /16 digits that begins with 2088/],
    [`reset@user=${USER},page=2-`, [2, 6], `reset@user=${USER},`, /condition "" must be one of/],
    ['reset@page=2,call=3-', [4], 'reset@page=2,page=3', /page stands twice, and all conditions must hold/],
    ['reset@p=1', [1, 2, 3, 4, 5, 6], 'reset@p=1.1', /a probability above 0 and up to 1/],
    ['reset@p=0.000000001', [], 'reset@p=0', /a probability above 0/],
    ['reset@p=.999999999', [1, 2, 3, 4, 5, 6], 'reset@p=30%', /a probability/],
    ['cut=5@call=2', [2], 'cut=5@call', /the value of call is required: call=N/],
    ['code=BIZ_ERROR@page=3', [6], 'code=BIZ_ERROR@size=3', /condition "size" must be one of/],
  ] as const)('%s strikes %j; %s is refused', (text, numbers, refused, words) => {
    expect(struck(text, SIX)).toEqual(numbers);
    expect(refusal(() => parse(refused)).message).toMatch(words);
  });

  it('each is in that table', () => {
    expect(Object.keys(CONDITIONS)).toEqual(['call', 'page', 'user', 'p']);
  });
});

const calls = (count: number): CallFacts[] => Array.from({ length: count }, (_, i) => ({ number: i + 1 }));

describe('probability', () => {
  it.each([0.01, 0.3, 0.5, 0.99])('p=%d strikes about so many of 10,000 calls', p => {
    const share = struck(`reset@p=${p}`, calls(10_000)).length / 10_000;
    // Five standard deviations.
    expect(Math.abs(share - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / 10_000));
  });

  it('strikes the same calls for the same seed, in whatever order they come', () => {
    const forwards = struck('reset@p=0.3', calls(1000));
    expect(struck('reset@p=0.3', calls(1000).toReversed()).toReversed()).toEqual(forwards);
    expect(struck('reset@p=0.3', calls(1000), 2)).not.toEqual(forwards);
  });

  it('is each fault’s own', () => {
    const plan = createFaultPlan([parse('timeout@p=0.5'), parse('bad-sign@p=0.5')], {
      seed: 1,
      now: () => 0,
    });
    const kinds = new Set(calls(100).map(call => JSON.stringify(plan(call))));
    expect(kinds.size).toBe(4);
  });

  it('is no more likely next to a call that was struck', () => {
    const numbers = new Set(struck('reset@p=0.5', calls(10_000)));
    const pairs = [...numbers].filter(number => numbers.has(number + 1)).length;
    expect(Math.abs(pairs / 10_000 - 0.25)).toBeLessThan(0.03);
  });
});

describe('rate', () => {
  /** The plan of one fault, asked at these milliseconds: whether each call is refused. */
  function refused(text: string, times: readonly number[], facts: Partial<CallFacts> = {}): boolean[] {
    let nowMs = 0;
    const plan = createFaultPlan([parse(text)], { seed: 1, now: () => nowMs });
    return times.map((time, i) => {
      nowMs = time;
      return plan({ number: i + 1, ...facts }).refuse === 'isv.app-call-limited';
    });
  }

  it.each([
    ['the third of a second', [0, 1, 2], [false, false, true]],
    ['none of the next second', [0, 1, 1000, 1001], [false, false, false, false]],
    ['what a window that slides still holds', [0, 900, 1000, 1100], [false, false, false, true]],
    ['not for what was refused before', [0, 0, 500, 900, 1000], [false, false, true, true, false]],
    ['none after the clock was set back', [5000, 5000, 1000, 1000, 1000], [false, false, false, false, true]],
  ])('rate=2 refuses %s', (_what, times, outcome) => {
    expect(refused('rate=2', times)).toEqual(outcome);
  });

  it('lets exactly so many of 64 clients at once through', () => {
    const times = Array(64).fill(1_700_000_000_000) as number[];
    expect(refused('rate=10', times).filter(it => !it)).toHaveLength(10);
  });

  it('counts those calls alone that its conditions mean', () => {
    expect(refused('rate=1@page=2', [0, 0, 0], { page: 1 })).toEqual([false, false, false]);
    expect(refused('rate=1@page=2', [0, 0, 0], { page: 2 })).toEqual([false, true, true]);
  });
});

describe('several faults', () => {
  const at = (number: number, ...texts: string[]): Effects =>
    createFaultPlan(texts.map(parse), { seed: 1, now: () => 0 })({ number });

  it.each([
    ['of different effects all strike', ['latency=1s', 'bad-sign'], { latencyMs: 1000, signature: 'bad' }],
    ['of one effect: the first wins', ['bad-sign', 'no-sign'], { signature: 'bad' }],
    ['the first that strikes, that is', ['bad-sign@call=2', 'no-sign'], { signature: 'missing' }],
    ['a delivery is one effect', ['cut=5', 'reset', 'timeout'], { delivery: { how: 'cut', bytes: 5 } }],
    ['none', [], {}],
  ])('%s', (_what, texts, effects) => {
    expect(at(1, ...texts)).toEqual(effects);
  });

  it('a limit counts even where an earlier fault wins', () => {
    const plan = createFaultPlan(['code=BIZ_ERROR@call=1', 'rate=1'].map(parse), { seed: 1, now: () => 0 });
    expect([1, 2].map(number => plan({ number }).refuse)).toEqual(['BIZ_ERROR', 'isv.app-call-limited']);
  });
});

describe('parseScenario', () => {
  it.each([
    ['', []],
    ['# nothing\n\n   \n', []],
    ['reset@call=1\nlatency=5ms', ['reset@call=1', 'latency=5ms']],
    ['\ufeffreset\r\n  timeout\t# never\r\n', ['reset', 'timeout']],
  ])('parseScenario reads %j', (text, faults) => {
    expect(parseScenario(text, 'a.txt').map(fault => fault.text)).toEqual(faults);
  });

  it('parseScenario names the line of what it refuses', () => {
    const error = refusal(() => parseScenario('# one\nreset\nrest\n', 'a.txt'));
    expect(error.message).toMatch(/^a\.txt:3 "rest" must be/);
  });

  it('parseScenario reports every line that is wrong', () => {
    const error = refusal(() => parseScenario('rest\nreset\nlatency=5\n', 'a.txt'));
    expect(error).toMatchObject({ kind: 'usage' });
    expect(error.message).toBe('a.txt: 2 faults can’t be read');
    expect(error.details).toEqual([
      expect.stringMatching(/^a\.txt:1 "rest" must be/),
      expect.stringMatching(/^a\.txt:3 "latency=5": latency/),
    ]);
  });

  it('parseScenario takes a # within a word for no comment', () => {
    expect(refusal(() => parseScenario('reset#1', 'a.txt')).message).toContain('"reset#1"');
  });
});
