import type { Group } from '../protocol/api';
import { parseBeijingTime } from '../protocol/time';

/** A pass as the sandbox sends it: the wire's fields, all of them text but the shops. */
export interface SandboxPass {
  readonly [field: string]: string | readonly string[];
}

/** Passes in order; `at` makes one on demand, so that a long list costs nothing. */
export interface PassList {
  readonly length: number;
  at(index: number): SandboxPass;
}

/**
 * All that a user holds in a group when the sandbox starts: first the `usable` passes (`can_use`), those that end
 * last before those that end sooner, then the others. Usable passes that have ended already stand first of all:
 * what the data says holds at the start, and only the clock's going on makes passes expire.
 */
export interface Holding extends PassList {
  readonly usable: number;
  /** Where a pass stands; -1 when the user does not hold it here. */
  indexOf(passId: string): number;
}

/** What users hold when the sandbox starts; one that nobody knows holds nothing. */
export type Dataset = (userId: string, group: Group) => Holding;

/** The data of a sandbox that started at that time, in milliseconds since the epoch. */
export type DatasetAt = (startMs: number) => Dataset;

/** What a user holds in a group goes by this name. */
export function bagKey(user: string, group: Group): string {
  return `${user}/${group}`;
}

/** Where a sandbox's clock stood at the start and where it stands, in milliseconds since the epoch. */
export interface Clock {
  readonly startMs: number;
  readonly nowMs: number;
}

/** Whether a usable pass has expired since the sandbox's start; one without an end never does. */
export function hasExpired(pass: SandboxPass, { startMs, nowMs }: Clock): boolean {
  const end = pass['end_date'];
  const endMs = typeof end === 'string' ? parseBeijingTime(end) : undefined;
  return endMs !== undefined && endMs >= startMs && endMs < nowMs;
}

/** How many usable passes have not expired: they stand before those that have, so a page costs no walk. */
export function countCurrent(holding: Holding, clock: Clock): number {
  let [low, high] = [0, holding.usable];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (hasExpired(holding.at(middle), clock)) high = middle;
    else low = middle + 1;
  }
  return low;
}
