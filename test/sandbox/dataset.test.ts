import { describe, expect, it } from 'vitest';
import type { Group, Time } from '../../src/protocol/api';
import { createSampleDataset, PAGE_USER } from '../../src/sandbox/dataset';
import type { PassList, SandboxPass } from '../../src/sandbox/holding';
import { createSandboxState, newSnapshot } from '../../src/sandbox/state';

const NOW = Date.parse('2024-06-15T12:00:00+08:00');
const TODAY = '2024-06-15 12:00:00';
const GROUPS: readonly Group[] = ['card', 'voucher', 'ticket', 'cert'];
const TIMES: readonly Time[] = ['current', 'past'];
const LISTS = GROUPS.flatMap(group => TIMES.map(time => [group, time] as const));
const FIELDS =
  'pass_id mechant_name logo_text second_logo_text item_id start_date end_date gmt_create shop_id_list data_info status ext_info';

/** What the sandbox lists on its first day. */
function sampleDataset(userId: string, group: Group, time: Time): PassList {
  const world = { datasetAt: createSampleDataset, now: () => NOW };
  return createSandboxState(newSnapshot(NOW), world).list(userId, group, time);
}

function all(userId: string, group: Group, time: Time): SandboxPass[] {
  const list = sampleDataset(userId, group, time);
  return Array.from({ length: list.length }, (_, i) => list.at(i));
}

describe('sampleDataset', () => {
  it.each([0, 1, 100, 99_999_999])('sampleDataset gives the counted user of %i as many passes', count => {
    const userId = `20880000${String(count).padStart(8, '0')}`;
    expect(LISTS.map(([group, time]) => sampleDataset(userId, group, time).length)).toEqual(
      LISTS.map(() => count),
    );
  });

  it.each(LISTS)('sampleDataset gives any other user a few passes of %s %s', (group, time) => {
    const { length } = sampleDataset('2088102122458832', group, time);
    expect(length).toBeGreaterThanOrEqual(4);
    expect(length).toBeLessThanOrEqual(8);
  });

  it.each(LISTS)('sampleDataset makes whole passes of %s %s', (group, time) => {
    const passes = all('2088102122458832', group, time);
    for (const pass of passes) {
      expect(Object.keys(pass).toSorted()).toEqual(FIELDS.split(' ').toSorted());
      expect(pass['item_id']).toMatch(/^\d{32}$/);
      expect(pass['shop_id_list']).toEqual([
        expect.stringMatching(/^\d{28}$/),
        expect.stringMatching(/^\d{28}$/),
      ]);
      expect(JSON.parse(pass['data_info'] as string)).toMatchObject({ logoText: pass['logo_text'] });
      expect(String(pass['start_date']) < String(pass['end_date'])).toBe(true);
    }
  });

  it.each(GROUPS)('sampleDataset keeps current %s passes valid and past ones not', group => {
    const current = all('2088000000000050', group, 'current');
    const past = all('2088000000000050', group, 'past');
    expect(current.filter(pass => String(pass['end_date']) < TODAY || pass['status'] !== 'can_use')).toEqual(
      [],
    );
    expect(past.filter(pass => String(pass['end_date']) >= TODAY || pass['status'] === 'can_use')).toEqual(
      [],
    );
    expect(new Set(past.map(pass => pass['status']))).toEqual(new Set(['used', 'expired', 'closed']));
  });

  it('sampleDataset is the same at every call, and differs between users, groups and times', () => {
    expect(all('2088102122458832', 'card', 'past')).toEqual(all('2088102122458832', 'card', 'past'));
    const lists = [
      ...LISTS.map(([group, time]) => all('2088102122458832', group, time)),
      all('2088102122458833', 'card', 'past'),
    ];
    expect(new Set(lists.map(list => list[0]!['pass_id'])).size).toBe(lists.length);
  });

  it('sampleDataset gives 2,000 passes ids of their own', () => {
    const ids = all('2088000000002000', 'voucher', 'current').map(pass => pass['pass_id']);
    expect(new Set(ids).size).toBe(2000);
  });

  it('sampleDataset holds the sample of the API page for its user, once', () => {
    const holders = LISTS.filter(([group, time]) =>
      all(PAGE_USER, group, time).some(pass => pass['pass_id'] === '7000790003'),
    );
    expect(holders).toEqual([['voucher', 'current']]);
    expect(sampleDataset(PAGE_USER, 'voucher', 'current').at(0)).toMatchObject({
      pass_id: '7000790003',
      mechant_name: '商家名称',
      end_date: '2017-11-15 10:41:43',
    });
    expect(all('2088888888888887', 'voucher', 'current').map(pass => pass['pass_id'])).not.toContain(
      '7000790003',
    );
  });
});
