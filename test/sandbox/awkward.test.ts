import { describe, expect, it } from 'vitest';
import { GROUPS } from '../../src/protocol/api';
import { AWKWARD, AWKWARD_TEXTS, FAR_FUTURE, withFields } from '../../src/sandbox/awkward';
import { AWKWARD_USER, createSampleDataset } from '../../src/sandbox/dataset';
import { countCurrent, hasExpired, type SandboxPass } from '../../src/sandbox/holding';
import { judgeRow } from '../../src/sandbox/pass-rules';

const NOW = Date.parse('2024-06-15T12:00:00+08:00');
const dataset = createSampleDataset(NOW);
const all = (group: (typeof GROUPS)[number]): SandboxPass[] =>
  Array.from({ length: dataset(AWKWARD_USER, group).length }, (_, i) => dataset(AWKWARD_USER, group).at(i));

/** The escapes of JSON text that the vendor’s Java SDK decodes wrongly; `\\u` is a backslash and a letter. */
const wrongEscapes = (json: string): string[] =>
  [...json.replaceAll('\\\\', '').matchAll(/\\u[\da-f]{4}/gi)]
    .map(([it]) => it)
    .filter(it => /[a-f]/i.test(it.slice(2)));

describe('the awkward user', () => {
  it.each([
    ['\u001b', true],
    ['\ud83e', true],
    ['\\u001b', false],
    ['\u0007\t\n\u0080\u2028', false],
  ])('the check for escapes knows %j', (text, wrong) => {
    expect(wrongEscapes(JSON.stringify(text)).length > 0).toBe(wrong);
  });

  it.each(GROUPS)(
    'holds passes of %s that the vendor’s clients can read and that keep to the API page',
    group => {
      for (const pass of all(group)) {
        expect(wrongEscapes(JSON.stringify(pass))).toEqual([]);
        expect(judgeRow({ user_id: AWKWARD_USER, group_type: group, ...pass }).faults).toEqual([]);
      }
    },
  );

  it.each(GROUPS)(
    'holds every awkward thing among %s, current and past, each under an id of its own',
    group => {
      const passes = all(group);
      const count = Object.keys(AWKWARD).length + 1;
      expect(dataset(AWKWARD_USER, group)).toMatchObject({ length: 2 * count, usable: count });
      expect(new Set(passes.map(pass => pass['pass_id'])).size).toBe(2 * count);
      for (const { pass_id: _id, ...fields } of [...Object.values(AWKWARD), FAR_FUTURE]) {
        const given = Object.entries(fields).filter(([, value]) => value !== undefined);
        const alike = passes.filter(pass =>
          given.every(([field, value]) => JSON.stringify(pass[field]) === JSON.stringify(value)),
        );
        expect(new Set(alike.map(pass => pass['status'] === 'can_use'))).toEqual(new Set([true, false]));
      }
    },
  );

  it.each(GROUPS)('holds passes of %s in order, so that what is current can be counted', group => {
    const holding = dataset(AWKWARD_USER, group);
    const passes = all(group);
    expect(passes.map(pass => holding.indexOf(String(pass['pass_id'])))).toEqual(passes.map((_, i) => i));
    const clock = { startMs: NOW, nowMs: NOW + 20 * 24 * 60 * 60 * 1000 };
    const current = passes.slice(0, holding.usable).filter(pass => !hasExpired(pass, clock));
    expect(countCurrent(holding, clock)).toBe(current.length);
    expect(passes.slice(0, current.length)).toEqual(current);
  });
});

describe('AWKWARD', () => {
  it.each([
    ['longest text', 'mechant_name', 100],
    ['longest text', 'logo_text', 100],
    ['longest info', 'data_info', 10_000],
  ] as const)('AWKWARD fills %s, %s, to the last character', (name, field, length) => {
    expect(AWKWARD[name]![field]).toHaveLength(length);
  });

  it('AWKWARD_TEXTS leave a pass its id and its dates', () => {
    const moved = AWKWARD_TEXTS.filter(fields =>
      ['pass_id', 'end_date', 'status'].some(field => field in fields),
    );
    expect(moved).toEqual([]);
    expect(AWKWARD_TEXTS.length).toBeGreaterThan(20);
  });
});

describe('withFields', () => {
  it('withFields replaces, and drops what is undefined', () => {
    const pass = { pass_id: '1', logo_text: 'a', item_id: 'b' };
    expect(withFields(pass, { logo_text: 'c', item_id: undefined })).toStrictEqual({
      pass_id: '1',
      logo_text: 'c',
    });
  });
});
