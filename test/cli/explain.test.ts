import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AlipassError, type GatewayFault } from '../../src/errors';
import { knownCodes } from '../../src/protocol/codes';
import { formatError } from '../../src/render/error';
import { loadStyle } from '../../src/terminal/style';
import { alipass } from '../helpers/context';
import { TEST_KEYS } from '../helpers/keys';
import { temporaryDirectory } from '../helpers/directory';

interface Prose {
  meaning: string;
  causes: string[];
  remedies: string[];
}
type ExplanationJson = Record<'en' | 'zh', Prose> & Record<string, unknown>;

describe('explain CODE', () => {
  it.each([
    ['isv.invalid-signature', '40002', 'rejected', 4, false],
    ['INVALID_PARAMETER', '40004', 'business', 5, false],
    ['SYSTEM_ERROR', '40004', 'business', 5, true],
    ['isv.app-call-limited', '40005', 'unavailable', 6, true],
    ['isv.app-cert-expired', '40002', 'rejected', 4, false],
    ['40006', null, 'rejected', 4, false],
    ['10000', null, null, 0, false],
  ])('%s as JSON: under %s, %s, exit %i, retryable %s', async (code, parent, kind, exit, retryable) => {
    const outcome = await alipass(['explain', code, '-o', 'json']);
    expect(outcome).toMatchObject({ code: 0, stderr: '' });
    const json = JSON.parse(outcome.stdout) as ExplanationJson;
    expect(json).toMatchObject({
      schema: 'alipass.explanation/1',
      code,
      parent,
      kind,
      exit,
      retryable,
    });
    expect(Object.keys(json)).toEqual([
      'schema',
      'code',
      'parent',
      'kind',
      'exit',
      'retryable',
      'message',
      'en',
      'zh',
    ]);
    for (const { meaning, causes, remedies } of [json.en, json.zh]) {
      expect([meaning, ...causes, ...remedies].length).toBeGreaterThan(2);
    }
  });

  it.each([
    ['isv.invalid-signature', /alipass keys match/],
    ['isv.invalid-signature', /sandbox app or key against production/i],
    ['isv.invalid-app-id', /--gateway/],
    ['isv.self-invoke-forbidden', /--app-auth-token/],
    ['isv.invalid-charset', /--charset/],
    ['isv.missing-signature-config', /--sign-type/],
    ['isv.missing-app-cert-sn', /--app-cert-file/],
    ['INVALID_PARAMETER', /alipass request/],
  ])('%s as text says %s', async (code, words) => {
    const { stdout } = await alipass(['explain', code]);
    expect(stdout).toMatch(words);
  });

  it.each(['ISV.INVALID-SIGNATURE', 'isv.Invalid-Signature'])('takes %s in its case', async text => {
    const { code, stdout } = await alipass(['explain', text]);
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toBe('isv.invalid-signature');
  });

  it.each([
    ['invalid-sign', 'Did you mean isv.invalid-signature, isv.invalid-signature-type?'],
    ['isv.unknow-error', 'Did you mean isp.unknow-error'],
    ['KP.AE_ALIPASS_PARAMS_VALUE_INVALID', 'Did you mean KP.AE_ALIPASS_PARAMS_VALUE_INVAILD?'],
  ])('refuses %s and suggests what is near', async (text, suggestion) => {
    const { code, stdout, stderr } = await alipass(['explain', text]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`There is no explanation of code "${text}"`);
    expect(stderr).toContain(suggestion);
  });

  it.each(['hello', '', '__proto__', 'constructor', 'isv.invalid-signature '])(
    'refuses %j and says where all codes are',
    async text => {
      const { code, stderr } = await alipass(['explain', text]);
      expect(code).toBe(2);
      expect(stderr).toContain('alipass explain lists every code.');
    },
  );

  it('refuses as JSON when the answer was to be JSON', async () => {
    const { stderr } = await alipass(['explain', 'hello', '-o', 'json']);
    expect(JSON.parse(stderr)).toMatchObject({
      error: { kind: 'usage', exit: 2, code: 'usage.unknown_code' },
    });
  });

  it.each([
    ['two codes', ['40001', '40002']],
    ['an unknown language', ['40001', '--lang', 'fr']],
    ['another format', ['40001', '--format', 'csv']],
  ])('refuses %s', async (_what, args) => {
    expect((await alipass(['explain', ...args])).code).toBe(2);
  });
});

describe('explain speaks', () => {
  it.each([
    ['English', [], {}, 'Likely causes'],
    ['Chinese by --lang', ['--lang', 'zh'], {}, '常见原因'],
    ['Chinese by the environment', [], { LANG: 'zh_CN.UTF-8' }, '常见原因'],
    ['English by --lang over the environment', ['--lang', 'en'], { LANG: 'zh_CN.UTF-8' }, 'Likely causes'],
  ])('%s', async (_what, flags, env, words) => {
    const { stdout } = await alipass(['explain', '40001', ...flags], { env });
    expect(stdout).toContain(words);
    expect(stdout.split('\n')[0]).toBe('40001');
  });

  it('both languages in JSON, whatever --lang says', async () => {
    const outputs = await Promise.all(
      ['en', 'zh'].map(lang => alipass(['explain', '40001', '-o', 'json', '--lang', lang])),
    );
    expect(outputs[0]).toEqual(outputs[1]);
  });

  it.each([
    [{ columns: 80 }, true],
    [{ columns: 80, env: { NO_COLOR: '1' } }, false],
    [{}, false],
  ])('in %j with colour: %s, in the same words', async (world, colored) => {
    const { stdout } = await alipass(['explain', 'isv.invalid-signature'], world);
    const plain = await alipass(['explain', 'isv.invalid-signature', '--color', 'never'], world);
    expect(stdout.includes('\u001b[')).toBe(colored);
    // oxlint-disable-next-line no-control-regex
    expect(stdout.replace(/\u001b\[\d+m/g, '')).toBe(plain.stdout);
  });
});

describe('explain without a code', () => {
  it('lists every code on a line of its own', async () => {
    const { code, stdout, stderr } = await alipass(['explain']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const first = stdout
      .split('\n')
      .filter(Boolean)
      .map(line => line.trim().split(' ')[0]);
    expect(first).toEqual(knownCodes());
  });

  it('as JSON gives every explanation', async () => {
    const { stdout } = await alipass(['explain', '-o', 'json']);
    const one = await alipass(['explain', '40004', '-o', 'json']);
    const { schema, codes } = JSON.parse(stdout) as { schema: string; codes: ExplanationJson[] };
    expect(schema).toBe('alipass.explanations/1');
    expect(codes.map(it => it['code'])).toEqual(knownCodes());
    const listed = codes.find(it => it['code'] === '40004');
    expect({ schema: 'alipass.explanation/1', ...listed }).toEqual(JSON.parse(one.stdout));
  });
});

describe('an error of the gateway ends with the line to type', () => {
  const fault = (code: string, sub_code?: string): GatewayFault => ({
    code,
    msg: 'Failed',
    ...(sub_code === undefined ? {} : { sub_code }),
    verified: true,
  });

  it.each([
    ['a known sub_code', fault('40002', 'isv.invalid-app-id'), 'isv.invalid-app-id'],
    ['an unknown sub_code of a known code', fault('40004', 'ACQ.NEW_ERROR'), '40004'],
    ['a code alone', fault('20000'), '20000'],
    ['codes that are all unknown', fault('50000', 'constructor'), undefined],
    ['no answer of the gateway', undefined, undefined],
  ])('for %s', async (_what, gateway, explained) => {
    const error = new AlipassError('rejected', 'x', 'Failed', gateway ? { gateway } : {});
    const last = formatError(error, await loadStyle(false))
      .split('\n')
      .at(-2);
    expect(last).toBe(explained ? `  alipass explain ${explained} tells more.` : 'error  Failed');
  });

  it('and that line works', async () => {
    const file = join(temporaryDirectory(), 'other.txt');
    writeFileSync(file, TEST_KEYS.appPrivate, { mode: 0o600 });
    const flags = ['--user', '2088888888888888', '--group', 'card', '--private-key-file', file];
    const { stderr } = await alipass(['list', '--sandbox', ...flags]);
    const [, ...args] = /alipass explain \S+/.exec(stderr)![0].split(' ');
    expect((await alipass(args)).stdout).toContain('isv.invalid-signature\n');
  });
});
