import { describe, expect, it } from 'vitest';
import type { Dataset, SandboxPass } from '../../src/sandbox/holding';
import { createListedHolding } from '../../src/sandbox/listed-holding';
import { type Change, createSandboxState, newSnapshot, type SandboxState } from '../../src/sandbox/state';
import { rejection } from '../helpers/refusal';

const USER = '2088000000000001';
const START = Date.parse('2026-01-10T00:00:00+08:00');
const DAY_MS = 86_400_000;

/** Six cards: D5 to D2 end on the 15th to the 12th, then two that are past. */
const CARDS: readonly SandboxPass[] = [
  ...[5, 4, 3, 2].map(day => ({
    pass_id: `D${day}`,
    status: 'can_use',
    end_date: `2026-01-${10 + day} 00:00:00`,
  })),
  { pass_id: 'P1', status: 'used', end_date: '2026-02-01 00:00:00' },
  { pass_id: 'P2', status: 'closed', end_date: '2026-01-01 00:00:00' },
];
const dataset: Dataset = (user, group) => {
  const passes = user === USER && group === 'card' ? CARDS : [];
  return {
    length: passes.length,
    usable: passes.filter(pass => pass['status'] === 'can_use').length,
    at: index => passes[index]!,
    indexOf: id => passes.findIndex(pass => pass['pass_id'] === id),
  };
};

function ids(state: SandboxState, time: 'current' | 'past', group: 'card' | 'voucher' = 'card'): string {
  const list = state.list(USER, group, time);
  return Array.from({ length: list.length }, (_, i) => String(list.at(i)['pass_id'])).join(' ');
}

const newState = (keep?: () => Promise<void>): SandboxState =>
  createSandboxState(newSnapshot(START), {
    datasetAt: () => dataset,
    now: () => START,
    ...(keep ? { keep } : {}),
  });

const set = (passId: string, status: 'used' | 'can_use'): Change => ({
  do: 'status',
  user: USER,
  passId,
  status,
});
const remove = (passId: string): Change => ({ do: 'remove', user: USER, passId });
const removeIn = (group: 'card' | 'voucher' | 'cert', passId: string): Change => ({
  do: 'remove',
  user: USER,
  group,
  passId,
});
const put = (pass_id: string, group: 'card' | 'voucher' = 'card'): Change => ({
  do: 'put',
  user: USER,
  group,
  pass: { pass_id, status: 'can_use' },
});
const advance = (days: number): Change => ({ do: 'advance', ms: days * DAY_MS });

describe('createSandboxState', () => {
  it.each([
    [[], 'D5 D4 D3 D2', 'P1 P2'],
    [[remove('D4')], 'D5 D3 D2', 'P1 P2'],
    [[remove('D5'), remove('D2'), remove('P1')], 'D4 D3', 'P2'],
    [['D5', 'D4', 'D3', 'D2', 'P1', 'P2'].map(remove), '', ''],
    [[set('D4', 'used')], 'D5 D3 D2', 'D4 P1 P2'],
    [[set('P2', 'can_use'), set('D4', 'used')], 'P2 D5 D3 D2', 'D4 P1'],
    [[set('D4', 'used'), set('D4', 'can_use')], 'D4 D5 D3 D2', 'P1 P2'],
    [[set('D4', 'used'), remove('D4')], 'D5 D3 D2', 'P1 P2'],
    [[remove('D4'), put('D4')], 'D4 D5 D3 D2', 'P1 P2'],
    [[put('A'), put('B'), put('A')], 'A B D5 D4 D3 D2', 'P1 P2'],
    [[put('D4', 'voucher')], 'D5 D4 D3 D2', 'P1 P2'],
    [[put('D4', 'voucher'), removeIn('card', 'D4')], 'D5 D3 D2', 'P1 P2'],
    [[put('D4', 'voucher'), removeIn('voucher', 'D4'), set('D4', 'used')], 'D5 D3 D2', 'D4 P1 P2'],
    [[advance(2)], 'D5 D4 D3 D2', 'P1 P2'],
    [[advance(2), { do: 'advance', ms: 1 }], 'D5 D4 D3', 'D2 P1 P2'],
    [[advance(4.5), remove('D3')], 'D5', 'D4 D2 P1 P2'],
    [[advance(4.5), set('D3', 'can_use')], 'D3 D5', 'D4 D2 P1 P2'],
    [[advance(9), remove('P1')], '', 'D5 D4 D3 D2 P2'],
    [[remove('D4'), put('A'), advance(9), { do: 'reset' }], 'D5 D4 D3 D2', 'P1 P2'],
    [[{ do: 'reset' }, remove('D4')], 'D5 D3 D2', 'P1 P2'],
  ] as [Change[], string, string][])('after %j: current %s, past %s', async (changes, current, past) => {
    const atOnce = newState();
    await atOnce.change(changes);
    const oneByOne = newState();
    for (const it of changes) await oneByOne.change([it]);
    for (const state of [atOnce, oneByOne]) {
      expect([ids(state, 'current'), ids(state, 'past')]).toEqual([current, past]);
    }
    expect(atOnce.snapshot()).toEqual(oneByOne.snapshot());
    const again = createSandboxState(JSON.parse(JSON.stringify(atOnce.snapshot())) as never, {
      datasetAt: () => dataset,
      now: () => START,
    });
    expect([ids(again, 'current'), ids(again, 'past')]).toEqual([current, past]);
  });

  it('starts anew with a reset, its data too, and what comes after it in the list is of these', async () => {
    let nowMs = START;
    const asked: number[] = [];
    const datasetAt = (startMs: number): Dataset => {
      asked.push(startMs);
      return startMs === START
        ? dataset
        : (_, group) => createListedHolding(group === 'card' ? [{ pass_id: 'N', status: 'can_use' }] : [], 0);
    };
    const state = createSandboxState(newSnapshot(START), { datasetAt, now: () => nowMs });
    await state.change([advance(1)]);
    nowMs += 60 * DAY_MS;
    await expect(state.change([{ do: 'reset' }, remove('D5')])).rejects.toThrow('D5');
    expect([state.snapshot().startMs, state.snapshot().advancedMs]).toEqual([START, DAY_MS]);
    expect(ids(state, 'past')).toContain('D5');
    await state.change([{ do: 'reset' }, set('N', 'used')]);
    expect(state.clock()).toEqual({ startMs: nowMs, nowMs });
    expect([ids(state, 'current'), ids(state, 'past')]).toEqual(['', 'N']);
    expect(asked.at(-1)).toBe(nowMs);
  });

  it.each([1, 2, 3, 5])(
    'leaves out what is gone wherever it stands: every one but each of %i',
    async step => {
      const cards = Array.from({ length: 40 }, (_, i) => ({ pass_id: `C${i}`, status: 'can_use' }));
      const datasetAt = (): Dataset => (_, group) =>
        createListedHolding(group === 'card' ? cards : [], START);
      const state = createSandboxState(newSnapshot(START), { datasetAt, now: () => START });
      const names = cards.map(({ pass_id }) => pass_id);
      const gone = names.filter((_, i) => i % 5 >= step);
      await state.change(gone.toReversed().map(remove));
      expect(ids(state, 'current')).toBe(names.filter(it => !gone.includes(it)).join(' '));
    },
  );

  it('marks what has run out as expired', async () => {
    const state = newState();
    await state.change([advance(4.5)]);
    expect(state.list(USER, 'card', 'past').at(0)).toMatchObject({ pass_id: 'D4', status: 'expired' });
  });

  it('makes no change that is not kept, and goes on with the next', async () => {
    let broken = true;
    const state = newState(() => (broken ? Promise.reject(new Error('full')) : Promise.resolve()));
    await expect(state.change([remove('D4')])).rejects.toThrow('full');
    expect(ids(state, 'current')).toBe('D5 D4 D3 D2');
    broken = false;
    await state.change([remove('D3')]);
    expect(ids(state, 'current')).toBe('D5 D4 D2');
  });

  it('shows no change before it is kept', async () => {
    let keep = (): void => {};
    const state = newState(() => new Promise(resolve => (keep = resolve)));
    const changed = state.change([remove('D4')]);
    await Promise.resolve().then(() => {});
    expect(ids(state, 'current')).toBe('D5 D4 D3 D2');
    keep();
    await changed;
    expect(ids(state, 'current')).toBe('D5 D3 D2');
  });

  it.each([
    ['a pass that is not there', [remove('D4'), remove('X')], 'sandbox.no_such_pass'],
    ['a pass that is gone', [remove('D4'), remove('D4')], 'sandbox.no_such_pass'],
    ['a status of a pass that is gone', [remove('D4'), set('D4', 'used')], 'sandbox.no_such_pass'],
    ['a pass in another group', [remove('D4'), removeIn('cert', 'D3')], 'sandbox.no_such_pass'],
    ['an id in two groups', [put('D4', 'voucher'), remove('D4')], 'sandbox.ambiguous_pass'],
    ['a status in two groups', [put('D4', 'voucher'), set('D4', 'used')], 'sandbox.ambiguous_pass'],
    ['more days than dates have', [advance(36_500), advance(1)], 'sandbox.too_far'],
  ] as [string, Change[], string][])('refuses %s, and the whole list', async (_what, changes, code) => {
    const state = newState();
    expect(await rejection(state.change(changes))).toMatchObject({ kind: 'usage', code });
    expect(state.snapshot()).toEqual(newSnapshot(START));
    await state.change(changes.slice(0, 1));
  });
});
