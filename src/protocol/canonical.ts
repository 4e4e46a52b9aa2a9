import { isBlank, type Params } from './params';

/**
 * The text that is signed for a request: every parameter but `sign` and the blank ones, sorted by name in
 * ASCII order, as `k=v` joined with `&`, values raw. `sign_type` is part of it (docs/protocol.md, "Requests").
 */
export function requestSignedText(params: Params): string {
  return Object.keys(params)
    .filter(name => name !== 'sign' && !isBlank(params[name]!))
    .sort()
    .map(name => `${name}=${params[name]}`)
    .join('&');
}

/** Where two texts part, and what stands around there in each. */
export interface Difference {
  /** In characters, from 0. */
  readonly at: number;
  readonly ours: string;
  readonly theirs: string;
}

const CONTEXT_BEFORE = 8;
const CONTEXT_BEHIND = 24;

/** The first difference of two texts; undefined when they are equal. */
export function firstDifference(ours: string, theirs: string): Difference | undefined {
  if (ours === theirs) return undefined;
  let at = 0;
  while (ours[at] === theirs[at]) at++;
  const around = (text: string): string => text.slice(Math.max(0, at - CONTEXT_BEFORE), at + CONTEXT_BEHIND);
  return { at, ours: around(ours), theirs: around(theirs) };
}
