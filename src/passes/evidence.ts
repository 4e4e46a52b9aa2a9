import type { Violation } from './contract';
import type { Expectation } from './expectations';
import type { Pass } from './pass';

/** What was seen of a listing, as far as expectations ask; no pass is kept. */
export interface Evidence {
  readonly count: number;
  readonly pages: number;
  /** The slowest page, its retries included: milliseconds. */
  readonly slowestMs: number;
  /** By status, '' where a pass has none: how many, and the ids of the first of them. */
  readonly statuses: ReadonlyMap<string, { readonly count: number; readonly first: readonly string[] }>;
  /** The statuses of those passes that an expectation names, '' where a pass has none. */
  readonly named: ReadonlyMap<string, string>;
  readonly merchants: ReadonlySet<string>;
  /** The first of them. */
  readonly violations: readonly Violation[];
  readonly violationCount: number;
}

/** How many examples are kept of each thing. */
const MOST_EXAMPLES = 100;

/** What is known of a listing besides its passes. */
export type ListingFacts = Pick<Evidence, 'pages' | 'slowestMs'>;

/** Gathers evidence while passes go by. */
export interface Gathering {
  add(pass: Pass, violations?: readonly Violation[]): void;
  /** Violations that no listed pass can be blamed for. */
  blame(violations: readonly Violation[]): void;
  evidence(facts: ListingFacts): Evidence;
}

/** Begins to gather what these expectations need. */
export function gatherEvidence(expectations: readonly Expectation[]): Gathering {
  const wanted = new Set(expectations.flatMap(it => (it.about === 'pass' ? [it.id] : [])));
  const statuses = new Map<string, { count: number; first: string[] }>();
  const named = new Map<string, string>();
  const merchants = new Set<string>();
  const violations: Violation[] = [];
  let count = 0;
  let violationCount = 0;
  const blame = (found: readonly Violation[]): void => {
    violationCount += found.length;
    violations.push(...found.slice(0, MOST_EXAMPLES - violations.length));
  };
  return {
    blame,
    add({ pass_id, status = '', mechant_name }, found = []) {
      count++;
      const tally = statuses.get(status) ?? { count: 0, first: [] };
      statuses.set(status, tally);
      tally.count++;
      if (tally.first.length < MOST_EXAMPLES) tally.first.push(pass_id);
      if (wanted.has(pass_id)) named.set(pass_id, status);
      if (mechant_name !== undefined) merchants.add(mechant_name);
      blame(found);
    },
    evidence: facts => ({ ...facts, count, statuses, named, merchants, violations, violationCount }),
  };
}
