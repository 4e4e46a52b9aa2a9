import { describe, expect, it } from 'vitest';
import type { Pass } from '../../src/passes/pass';
import { parseSort, sortPasses } from '../../src/passes/sort';
import { refusal } from '../helpers/refusal';

const sorted = (values: readonly unknown[], keys: string, field = 'item_id'): string[] => {
  const passes = values.map((value, i) => ({ pass_id: String(i), [field]: value }) as Pass);
  return sortPasses(passes, parseSort(keys)).map(pass => pass.pass_id);
};

describe('sortPasses', () => {
  it.each<[string, readonly unknown[], string, string[]]>([
    ['dates', ['2026-12-01', '2026-01-31', '2026-02-01'], 'item_id', ['1', '2', '0']],
    ['dates, the last first', ['2026-12-01', '2026-01-31', '2026-02-01'], '-item_id', ['0', '2', '1']],
    ['numbers by size', ['100', '9', '20'], 'item_id', ['1', '2', '0']],
    [
      'ids longer than doubles',
      ['20171115011040030100030000009952', '20171115011040030100030000009951'],
      'item_id',
      ['1', '0'],
    ],
    ['leading zeros', ['10', '009'], 'item_id', ['1', '0']],
    ['fractions', ['10', '9.5', '-1'], 'item_id', ['2', '1', '0']],
    ['numbers before texts, as neither order mixes', ['1a', '2', '10'], 'item_id', ['1', '2', '0']],
    ['equals as they were', ['b', 'a', 'b', 'a'], 'item_id', ['1', '3', '0', '2']],
    ['equals as they were, descending', ['b', 'a', 'b', 'a'], '-item_id', ['0', '2', '1', '3']],
    ['missing last', [undefined, 'b', undefined, 'a'], 'item_id', ['3', '1', '0', '2']],
    ['missing last, descending', [undefined, 'b', '', 'a'], '-item_id', ['1', '3', '0', '2']],
    ['by the second key', ['a', 'b', 'a'], 'item_id,-pass_id', ['2', '0', '1']],
  ])('sortPasses sorts %s', (_, values, keys, expected) => {
    expect(sorted(values, keys)).toEqual(expected);
  });

  it('sortPasses sorts by a name within JSON; broken JSON is missing', () => {
    const values = ['{"n":2}', 'broken', '{"n":10}', '{"n":null}', '{"n":1}'];
    expect(sorted(values, 'data_info.n', 'data_info')).toEqual(['4', '0', '2', '1', '3']);
  });
});

describe('parseSort', () => {
  it.each([
    ['enddate', /Did you mean end_date\?/],
    ['-gmt_creat', /gmt_create/],
    ['data_inf.brandName', /Did you mean data_info\.brandName/],
    ['end_date,', /^$/],
    ['', /^$/],
    ['--end_date', /end_date/],
    ['status.x', /Did you mean status\?/],
  ])('parseSort refuses %j', (text, hint) => {
    const error = refusal(() => parseSort(text));
    expect(error).toMatchObject({
      kind: 'usage',
      message: expect.stringContaining(`--sort "${text}"`) as string,
    });
    expect(error.hint ?? '').toMatch(hint);
  });
});
