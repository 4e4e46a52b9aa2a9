import { describe, expect, it } from 'vitest';
import { parseStartOptions, type StartOptions } from '../../src/sandbox/start-options';
import { refusal } from '../helpers/refusal';

const parse = (options: object): StartOptions => parseStartOptions(options);
const WHOLE = 'must be a whole number from';

describe('parseStartOptions', () => {
  it.each([
    [{ port: 65_536 }, { port: 65_535 }, `port "65536" ${WHOLE} 0 to 65535`],
    [{ port: -1 }, { port: 0 }, `port "-1" ${WHOLE} 0 to 65535`],
    [{ port: '8788' }, { port: 8788 }, `port "8788" ${WHOLE} 0 to 65535`],
    [{ seed: 1e9 }, { seed: 999_999_999 }, `seed "1000000000" ${WHOLE} 0 to 999999999`],
    [{ seed: 1.5 }, { seed: 0 }, `seed "1.5" ${WHOLE} 0 to 999999999`],
    [
      { generate: { users: 0, passes: 0 } },
      { generate: { users: 1, passes: 0 } },
      `generate.users "0" ${WHOLE} 1 to 10000000`,
    ],
    [
      { generate: { users: 1, passes: NaN } },
      { generate: { users: 1, passes: 1 } },
      `generate.passes "NaN" ${WHOLE} 0 to 10000000`,
    ],
    [{ generate: { users: 1 } }, {}, 'generate.passes is required: a whole number from 0 to 10000000'],
    [{ generate: 5 }, {}, 'generate "5" must be an object: { users, passes }'],
    [
      { generate: { users: 1, passes: 1, seed: 1 } },
      { seed: 1 },
      'There is no option "generate.seed"; there are users, passes',
    ],
    [
      { faults: 'http=503' },
      { faults: ['http=503'] },
      'faults "http=503" must be an array of texts such as "http=503@call=1"',
    ],
    [{ faults: [503] }, { faults: [] }, 'faults "[503]" must be an array of texts such as "http=503@call=1"'],
    [{ strict: 'no' }, { strict: false }, 'strict "no" must be true or false'],
    [{ data: '' }, { data: 'x.json' }, 'data "" must be the path of a file'],
    [{ stateFile: null }, { stateFile: undefined }, 'stateFile "null" must be the path of a file'],
    [{ now: 0 }, { now: () => 0 }, 'now "0" must be a function'],
    [
      { fault: [] },
      { faults: [] },
      'There is no option "fault"; there are port, data, generate, faults, seed, strict, stateFile, now',
    ],
    [
      { toString: 1 },
      {},
      'There is no option "toString"; there are port, data, generate, faults, seed, strict, stateFile, now',
    ],
    [
      { data: 'x.json', generate: { users: 1, passes: 1 } },
      { data: 'x.json' },
      'data and generate both say what is served',
    ],
  ])('parseStartOptions refuses %j, takes %j', (refused, taken, message) => {
    expect(refusal(() => parse(refused))).toMatchObject({ kind: 'usage', message });
    expect(Object.keys(parse(taken))).toEqual(
      Object.keys(taken).filter(it => taken[it as never] !== undefined),
    );
  });
});
