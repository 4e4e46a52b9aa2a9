import { type Group, GROUPS, type PassStatus, type Time } from '../protocol/api';
import { AlipassError, quote } from '../errors';
import {
  type Clock,
  countCurrent,
  type Dataset,
  hasExpired,
  type PassList,
  type SandboxPass,
} from './holding';

/** A change to what users hold, or to the time it is. */
export type Change =
  /** Adds a pass, or puts it in the place of the one with its id. */
  | { readonly do: 'put'; readonly user: string; readonly group: Group; readonly pass: SandboxPass }
  | { readonly do: 'status'; readonly user: string; readonly passId: string; readonly status: PassStatus }
  | { readonly do: 'remove'; readonly user: string; readonly passId: string }
  /** Moves the clock that passes live by; never back. */
  | { readonly do: 'advance'; readonly ms: number }
  /** Back to how the sandbox started. */
  | { readonly do: 'reset' };

/** How a sandbox differs from its data: plain JSON, small as long as changes are few. */
export interface Snapshot {
  /** When the sandbox first started, in milliseconds since the epoch. */
  readonly startMs: number;
  readonly advancedMs: number;
  /** Passes that were put, the last one last. */
  readonly put: readonly PutPass[];
  /** Passes of the data that are gone, or that a put one stands for. */
  readonly gone: readonly GonePass[];
}

export interface PutPass {
  readonly user: string;
  readonly group: Group;
  /** When it was put, by the clock that passes live by. */
  readonly atMs: number;
  readonly pass: SandboxPass;
}

export interface GonePass {
  readonly user: string;
  readonly group: Group;
  readonly passId: string;
}

/** What users hold now. */
export interface SandboxState {
  list(user: string, group: Group, time: Time): PassList;
  /** The clock that passes live by. */
  clock(): Clock;
  snapshot(): Snapshot;
  /**
   * Makes all of the changes or none, once they are kept; changes at once are made one after the other.
   * @throws usage `sandbox.no_such_pass`, or what keeping them throws
   */
  change(changes: readonly Change[]): Promise<void>;
}

export interface StateWorld {
  readonly dataset: Dataset;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Keeps a snapshot; what is not kept is not done. */
  readonly keep?: (snapshot: Snapshot) => Promise<void>;
}

/** A sandbox before any change. */
export function newSnapshot(startMs: number): Snapshot {
  return { startMs, advancedMs: 0, put: [], gone: [] };
}

/** Holds what changes between calls, from a snapshot on. */
export function createSandboxState(first: Snapshot, { dataset, now, keep }: StateWorld): SandboxState {
  let snapshot = first;
  let bags = sortIntoBags(first, dataset);
  let queue = Promise.resolve();
  const clock = (): Clock => ({ startMs: snapshot.startMs, nowMs: now() + snapshot.advancedMs });

  async function make(changes: readonly Change[]): Promise<void> {
    const next = changes.reduce((to, change) => apply(change, to, dataset, now), snapshot);
    await keep?.(next);
    snapshot = next;
    bags = sortIntoBags(next, dataset);
  }

  return {
    list: (user, group, time) => cut(dataset, user, group, time, clock(), bags.get(bagKey(user, group))),
    clock,
    snapshot: () => snapshot,
    change(changes) {
      const made = queue.then(() => make(changes));
      queue = made.catch(() => {});
      return made;
    },
  };
}

/** What was changed of one user's passes in a group. */
interface Bag {
  /** The last one first, as a card bag shows them. */
  readonly put: PutPass[];
  /** Where passes of the data are left out, in ascending order. */
  readonly gone: number[];
}

const bagKey = (user: string, group: Group): string => `${user}/${group}`;

function sortIntoBags({ put, gone }: Snapshot, dataset: Dataset): Map<string, Bag> {
  const bags = new Map<string, Bag>();
  const bagOf = (user: string, group: Group): Bag => {
    const bag = bags.get(bagKey(user, group)) ?? { put: [], gone: [] };
    bags.set(bagKey(user, group), bag);
    return bag;
  };
  for (const it of put.toReversed()) bagOf(it.user, it.group).put.push(it);
  for (const { user, group, passId } of gone) {
    const index = dataset(user, group).indexOf(passId);
    if (index >= 0) bagOf(user, group).gone.push(index);
  }
  for (const bag of bags.values()) bag.gone.sort((a, b) => a - b);
  return bags;
}

/** The passes of one time: those that were put, then those of the data. */
function cut(
  dataset: Dataset,
  user: string,
  group: Group,
  time: Time,
  clock: Clock,
  { put, gone }: Bag = { put: [], gone: [] },
): PassList {
  const holding = dataset(user, group);
  const current = countCurrent(holding, clock);
  const [from, to] = time === 'current' ? [0, current] : [current, holding.length];
  const missing = gone.filter(index => index >= from && index < to);
  const own = put.map(it => aged(it.pass, { ...clock, startMs: it.atMs })).filter(it => isIn(it, time));
  return {
    length: own.length + to - from - missing.length,
    at: index => own[index] ?? aged(holding.at(nthLeft(from + index - own.length, missing)), clock),
  };
}

function isIn(pass: SandboxPass, time: Time): boolean {
  return (pass['status'] === 'can_use') === (time === 'current');
}

/** A usable pass that the clock has passed by is expired. */
function aged(pass: SandboxPass, clock: Clock): SandboxPass {
  return pass['status'] === 'can_use' && hasExpired(pass, clock) ? { ...pass, status: 'expired' } : pass;
}

/** The index that stands at `index` once those `missing`, in ascending order, are left out. */
function nthLeft(index: number, missing: readonly number[]): number {
  let at = index;
  for (const gone of missing) {
    if (gone > at) break;
    at++;
  }
  return at;
}

function apply(change: Change, to: Snapshot, dataset: Dataset, now: () => number): Snapshot {
  switch (change.do) {
    case 'reset':
      return newSnapshot(to.startMs);
    case 'advance':
      return { ...to, advancedMs: to.advancedMs + change.ms };
    case 'put':
      return put(to, dataset, now, change);
    case 'remove':
      return without(to, dataset, find(to, dataset, change));
    case 'status': {
      const found = find(to, dataset, change);
      return put(to, dataset, now, { ...found, pass: { ...found.pass, status: change.status } });
    }
  }
}

interface FoundPass {
  readonly user: string;
  readonly group: Group;
  readonly pass: SandboxPass;
}

function put(to: Snapshot, dataset: Dataset, now: () => number, found: FoundPass): Snapshot {
  const cleared = without(to, dataset, found);
  const { user, group, pass } = found;
  return { ...cleared, put: [...cleared.put, { user, group, atMs: now() + to.advancedMs, pass }] };
}

/** Without a pass, whether it was put or is of the data. */
function without(from: Snapshot, dataset: Dataset, { user, group, pass }: FoundPass): Snapshot {
  const passId = pass['pass_id'] as string;
  const known = from.gone.some(it => it.user === user && it.group === group && it.passId === passId);
  const ofData = !known && dataset(user, group).indexOf(passId) >= 0;
  return {
    ...from,
    put: from.put.filter(it => !isSame(it, user, group, passId)),
    gone: ofData ? [...from.gone, { user, group, passId }] : from.gone,
  };
}

function isSame(it: PutPass, user: string, group: Group, passId: string): boolean {
  return it.user === user && it.group === group && it.pass['pass_id'] === passId;
}

/** @throws usage `sandbox.no_such_pass` */
function find(
  { put, gone }: Snapshot,
  dataset: Dataset,
  { user, passId }: { readonly user: string; readonly passId: string },
): FoundPass {
  for (const group of GROUPS) {
    const own = put.find(it => isSame(it, user, group, passId));
    if (own) return own;
    const isGone = gone.some(it => it.user === user && it.group === group && it.passId === passId);
    const holding = dataset(user, group);
    const index = isGone ? -1 : holding.indexOf(passId);
    if (index >= 0) return { user, group, pass: holding.at(index) };
  }
  throw new AlipassError('usage', 'sandbox.no_such_pass', `User ${user} holds no pass ${quote(passId)}`, {
    hint: `alipass list --user ${user} --group … shows what the user holds.`,
  });
}
