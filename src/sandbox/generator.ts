import { GROUPS, isUserId } from '../protocol/api';
import { hash } from './dice';
import type { Dataset } from './holding';
import { createListedHolding } from './listed-holding';
import { createMadeHolding } from './made-holding';

/** How much to generate. */
export interface GeneratorOrder {
  /** 1 to {@link MAX_USERS}. */
  readonly users: number;
  /** How many passes a user holds in every group, current and past alike; 0 to {@link MAX_PASSES}. */
  readonly passes: number;
  /** A whole number: the same passes for the same seed, others for another. */
  readonly seed: number;
  /** Milliseconds since the epoch; the dates of passes lie around it. */
  readonly startMs: number;
}

export const MAX_USERS = 10_000_000;
export const MAX_PASSES = 10_000_000;

const FIRST_USER = 2088_1000_0000_0000;

/** The id of a generated user, counted from 0: 2088100000000000, 2088100000000001, and so on. */
export function userIdAt(index: number): string {
  return String(FIRST_USER + index);
}

const NOTHING = createListedHolding([], 0);

/** Any number of users and passes, made when they are asked for; other users hold nothing. */
export function createGeneratedDataset({ users, passes, seed, startMs }: GeneratorOrder): Dataset {
  return (userId, group) => {
    const user = isUserId(userId) ? Number(userId) - FIRST_USER : -1;
    if (user < 0 || user >= users) return NOTHING;
    return createMadeHolding({
      seed: hash(`${seed}/${userId}/${group}`),
      group,
      idPrefix: `7${GROUPS.indexOf(group)}${String(user).padStart(8, '0')}`,
      usable: passes,
      past: passes,
      startMs,
      awkward: true,
    });
  };
}
