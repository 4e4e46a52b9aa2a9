import { type Group, GROUPS, type PassStatus, type Time } from '../protocol/api';
import { AlipassError, quote } from '../errors';
import {
  bagKey,
  type Clock,
  countCurrent,
  type Dataset,
  type DatasetAt,
  hasExpired,
  type PassList,
  type SandboxPass,
} from './holding';

/** A change to what users hold, or to the time it is. */
export type Change =
  /** Adds a pass, or puts it in the place of the one with its id. */
  | { readonly do: 'put'; readonly user: string; readonly group: Group; readonly pass: SandboxPass }
  | (NamedPass & { readonly do: 'status'; readonly status: PassStatus })
  | (NamedPass & { readonly do: 'remove' })
  /** Moves the clock that passes live by; never back. */
  | { readonly do: 'advance'; readonly ms: number }
  /** Starts anew, now: the data as they are, and the time it is. */
  | { readonly do: 'reset' };

/** A pass by its id, which is one of its kind within a group alone. */
interface NamedPass {
  readonly user: string;
  readonly passId: string;
  /** May be left out where the user holds the id in one group. */
  readonly group?: Group;
}

/** How a sandbox differs from its data: plain JSON, small as long as changes are few. */
export interface Snapshot {
  /** When the sandbox first started, or was reset, in milliseconds since the epoch. */
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
   * @throws usage `sandbox.no_such_pass`, `sandbox.ambiguous_pass`, or what keeping them throws
   */
  change(changes: readonly Change[]): Promise<void>;
}

export interface StateWorld {
  readonly datasetAt: DatasetAt;
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
export function createSandboxState(first: Snapshot, { datasetAt, now, keep }: StateWorld): SandboxState {
  let snapshot = first;
  let dataset = datasetAt(first.startMs);
  let bags = sortIntoBags(first, dataset);
  let queue = Promise.resolve();
  const clock = (): Clock => ({ startMs: snapshot.startMs, nowMs: now() + snapshot.advancedMs });

  async function make(changes: readonly Change[]): Promise<void> {
    const workshop: Workshop = { draft: openDraft(snapshot), dataset, datasetAt, now };
    for (const change of changes) apply(change, workshop);
    const next = closeDraft(workshop.draft);
    await keep?.(next);
    snapshot = next;
    dataset = workshop.dataset;
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

/**
 * The index that stands at `index` once those `missing`, in ascending order, are left out: it has moved by as many as
 * stand before it, which are found by halves.
 */
function nthLeft(index: number, missing: readonly number[]): number {
  let [low, high] = [0, missing.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (missing[middle]! - middle <= index) low = middle + 1;
    else high = middle;
  }
  return index + low;
}

/** A snapshot while it is changed. Passes stand under {@link passKey}: one more change costs the same however many there are. */
interface Draft {
  startMs: number;
  advancedMs: number;
  readonly put: Map<string, PutPass>;
  readonly gone: Map<string, GonePass>;
}

function openDraft({ startMs, advancedMs, put, gone }: Snapshot): Draft {
  return {
    startMs,
    advancedMs,
    put: new Map(put.map(it => [passKey(it.user, it.group, idOf(it.pass)), it])),
    gone: new Map(gone.map(it => [passKey(it.user, it.group, it.passId), it])),
  };
}

function closeDraft({ startMs, advancedMs, put, gone }: Draft): Snapshot {
  return { startMs, advancedMs, put: [...put.values()], gone: [...gone.values()] };
}

const passKey = (user: string, group: Group, passId: string): string => `${bagKey(user, group)}/${passId}`;

const idOf = (pass: SandboxPass): string => pass['pass_id'] as string;

/** What changes are made in. */
interface Workshop {
  readonly draft: Draft;
  /** That of the draft's start. */
  dataset: Dataset;
  readonly datasetAt: DatasetAt;
  readonly now: () => number;
}

function apply(change: Change, workshop: Workshop): void {
  const { draft } = workshop;
  switch (change.do) {
    case 'reset':
      draft.startMs = workshop.now();
      workshop.dataset = workshop.datasetAt(draft.startMs);
      draft.advancedMs = 0;
      draft.put.clear();
      draft.gone.clear();
      return;
    case 'advance':
      draft.advancedMs = advanced(draft.advancedMs, change.ms);
      return;
    case 'put':
      return put(change, workshop);
    case 'remove':
      return remove(find(change, workshop), workshop);
    case 'status': {
      const found = find(change, workshop);
      return put({ ...found, pass: { ...found.pass, status: change.status } }, workshop);
    }
  }
}

/** Further on, dates would need more digits than the protocol gives them. */
const MOST_ADVANCED_DAYS = 36_500;
const DAY_MS = 86_400_000;

/** @throws usage `sandbox.too_far` */
function advanced(fromMs: number, byMs: number): number {
  if (fromMs + byMs <= MOST_ADVANCED_DAYS * DAY_MS) return fromMs + byMs;
  const message = `The clock can’t go further ahead than ${MOST_ADVANCED_DAYS} days in all`;
  throw new AlipassError('usage', 'sandbox.too_far', message, { hint: 'A reset sets it back to the start.' });
}

interface FoundPass {
  readonly user: string;
  readonly group: Group;
  readonly pass: SandboxPass;
}

function put(found: FoundPass, workshop: Workshop): void {
  const { draft, now } = workshop;
  remove(found, workshop);
  const { user, group, pass } = found;
  draft.put.set(passKey(user, group, idOf(pass)), { user, group, atMs: now() + draft.advancedMs, pass });
}

/** Takes a pass away, whether it was put or is of the data. */
function remove({ user, group, pass }: FoundPass, { draft, dataset }: Workshop): void {
  const passId = idOf(pass);
  const key = passKey(user, group, passId);
  draft.put.delete(key);
  if (dataset(user, group).indexOf(passId) >= 0) draft.gone.set(key, { user, group, passId });
}

/** @throws usage `sandbox.no_such_pass`, `sandbox.ambiguous_pass` */
function find({ user, passId, group }: NamedPass, workshop: Workshop): FoundPass {
  const groups = group === undefined ? GROUPS : [group];
  const [found, another] = groups.flatMap(it => findIn(user, it, passId, workshop) ?? []);
  if (!found) throw noSuchPass(user, passId, group);
  if (another) throw ambiguousPass(user, passId, [found.group, another.group]);
  return found;
}

function findIn(
  user: string,
  group: Group,
  passId: string,
  { draft, dataset }: Workshop,
): FoundPass | undefined {
  const key = passKey(user, group, passId);
  const own = draft.put.get(key);
  if (own || draft.gone.has(key)) return own;
  const holding = dataset(user, group);
  const index = holding.indexOf(passId);
  return index < 0 ? undefined : { user, group, pass: holding.at(index) };
}

function noSuchPass(user: string, passId: string, group: Group | undefined): AlipassError {
  const where = group === undefined ? '' : ` in the group ${group}`;
  const message = `User ${user} holds no pass ${quote(passId)}${where}`;
  return new AlipassError('usage', 'sandbox.no_such_pass', message, {
    hint: `alipass list --user ${user} --group ${group ?? '…'} shows what the user holds.`,
  });
}

function ambiguousPass(user: string, passId: string, groups: readonly Group[]): AlipassError {
  const message = `User ${user} holds a pass ${quote(passId)} in more than one group: ${groups.join(' and ')}`;
  return new AlipassError('usage', 'sandbox.ambiguous_pass', message, {
    hint: `Say which: --group ${groups[0]} for the commands, "group":"${groups[0]}" in JSON.`,
  });
}
