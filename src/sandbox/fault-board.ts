import type { FaultPlan } from './effects';
import { createFaultPlan, type Fault, parseFault } from './faults';

/** The faults that strike now; they can be changed while the sandbox runs. */
export interface FaultBoard {
  readonly plan: FaultPlan;
  /** As they were given. */
  texts(): readonly string[];
  /** Puts these in the place of the others; calls are counted anew. @throws usage for one that is no fault */
  set(texts: readonly string[]): void;
  /** Back to the faults of the start, calls counted anew. */
  reset(): void;
}

/** `seed` decides what is left to chance; `now` is in milliseconds since the epoch. */
export function createFaultBoard(
  first: readonly Fault[],
  world: { readonly seed: number; readonly now: () => number },
): FaultBoard {
  let faults = first;
  let plan = createFaultPlan(faults, world);
  let calls = 0;
  const put = (next: readonly Fault[]): void => {
    faults = next;
    plan = createFaultPlan(faults, world);
    calls = 0;
  };
  return {
    plan: facts => plan({ ...facts, number: ++calls }),
    texts: () => faults.map(({ text }) => text),
    set: texts => put(texts.map(text => parseFault(text, 'fault'))),
    reset: () => put(first),
  };
}
