import type { ErrorKind } from './errors';

/** What a command ends with when it does not throw: done, or "the answer is no". */
export const EXIT = { done: 0, no: 8 } as const;

/** The exit code of each kind of error; scripts rely on these, so they are only ever added to. */
export const EXIT_BY_KIND: Readonly<Record<ErrorKind, number>> = {
  internal: 1,
  usage: 2,
  config: 3,
  rejected: 4,
  business: 5,
  unavailable: 6,
  untrusted: 7,
  incomplete: 9,
  interrupted: 130,
  terminated: 143,
};
