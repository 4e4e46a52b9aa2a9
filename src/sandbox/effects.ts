/** What faults do to one call; an empty object is a call without faults. */
export interface Effects {
  /** Waits so long before anything is answered. */
  readonly latencyMs?: number;
  /** How far the gateway's own clock is off: its Date header, and which timestamps it takes. */
  readonly clockMs?: number;
  /** Says no with this sub_code, once the request has passed the checks. */
  readonly refuse?: string;
  /** Most passes that a page may hold. */
  readonly pageCap?: number;
  /** Answers with the page before, from the second on. */
  readonly repeatPage?: true;
  /** The answer's bytes are GBK, while it is labelled utf-8. */
  readonly mislabel?: true;
  /** Another result node of the same name comes before the signed one, or behind it. */
  readonly duplicateNode?: 'before' | 'behind';
  readonly signature?: 'bad' | 'missing' | 'sha1';
  /** Signs with the key of another certificate: a new one, or one that is over. */
  readonly certificate?: 'rotated' | 'expired';
  /** What comes in place of the answer: a bare status, or a page of HTML with it. */
  readonly http?: { readonly status: number; readonly html: boolean };
  /** What becomes of the answer on its way. */
  readonly delivery?: Delivery;
}

export type Delivery =
  | { readonly how: 'reset' | 'timeout' }
  /** Ends the connection after so many bytes of the body; after half of it when left out. */
  | { readonly how: 'cut'; readonly bytes?: number }
  | { readonly how: 'slow'; readonly bytesPerSecond: number };

/** What a fault may ask of a call before it strikes. */
export interface CallFacts {
  /** Counts from 1. */
  readonly number: number;
  /** The user and page that were asked for, as far as the request says. */
  readonly userId?: string | undefined;
  readonly page?: number | undefined;
}

/** Decides what a call has to bear. Called once for each call, in the order they come. */
export type FaultPlan = (call: CallFacts) => Effects;
