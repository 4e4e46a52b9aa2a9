import { describe, expect, it } from 'vitest';
import { SUB_CODES } from '../../src/protocol/codes';
import { displayWidth } from '../../src/render/width';
import { CONDITIONS, FAULTS, faultSyntax } from '../../src/sandbox/fault-table';
import { alipass } from '../helpers/context';

interface FaultsJson {
  readonly schema: string;
  readonly faults: readonly Record<string, unknown>[];
  readonly conditions: readonly Record<string, unknown>[];
  readonly codes: readonly Record<string, unknown>[];
}

describe('sandbox faults', () => {
  it('has a line for each fault, condition and sub_code', async () => {
    const { code, stdout, stderr } = await alipass(['sandbox', 'faults']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const firsts = stdout.split('\n').flatMap(line => /^ {2}(\S+) {2}/.exec(line)?.[1] ?? []);
    expect(firsts).toEqual([
      ...Object.keys(FAULTS).map(faultSyntax),
      ...Object.entries(CONDITIONS).map(([name, { value }]) => `${name}=${value}`),
      ...Object.keys(SUB_CODES),
    ]);
  });

  it('fits a terminal of 80 columns; faults and conditions take a line each', async () => {
    const { stdout } = await alipass(['sandbox', 'faults', '--color', 'never'], { columns: 80 });
    const lines = stdout.trimEnd().split('\n');
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(80);
    const whole = (await alipass(['sandbox', 'faults'])).stdout.trimEnd().split('\n');
    const language = whole.findIndex(line => line.startsWith('Codes'));
    expect(lines.slice(0, language)).toEqual(whole.slice(0, language));
  });

  it.each([44, 60, 80])('cuts nothing on a terminal of %d columns, and fits it', async columns => {
    const { stdout } = await alipass(['sandbox', 'faults', '--color', 'never'], { columns });
    const whole = (await alipass(['sandbox', 'faults'])).stdout;
    const wide = stdout.split('\n').filter(line => displayWidth(line) > columns);
    // A code by itself is there to be copied.
    expect(wide.filter(line => !/^ {2}\S+$/.test(line))).toEqual([]);
    expect(stdout.replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
  });

  it('is JSON for programs', async () => {
    const { stdout } = await alipass(['sandbox', 'faults', '-o', 'json']);
    const { schema, faults, conditions, codes } = JSON.parse(stdout) as FaultsJson;
    expect(schema).toBe('alipass.faults/1');
    expect(faults).toContainEqual({
      name: 'html',
      syntax: 'html[=STATUS]',
      default: '502',
      group: 'place',
      says: FAULTS['html']!.says,
    });
    expect(conditions[0]).toMatchObject({ name: 'call', syntax: 'call=N|N-M|N-' });
    expect(codes).toContainEqual({ sub_code: 'BIZ_ERROR', code: '40004', message: '业务异常列表查询异常' });
    expect(codes).toContainEqual({ sub_code: 'isv.app-call-limited', code: '40005', message: null });
    expect([faults, conditions, codes].map(it => it.length)).toEqual(
      [FAULTS, CONDITIONS, SUB_CODES].map(it => Object.keys(it).length),
    );
  });

  it('refuses another format', async () => {
    const { code, stderr } = await alipass(['sandbox', 'faults', '-o', 'csv']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/--format "csv" must be one of table, json/);
  });
});
