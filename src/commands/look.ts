import { AlipassError } from '../errors';
import type { GatewayClient } from '../gateway/client';
import { contractViolations, type Violation } from '../passes/contract';
import { type Evidence, gatherEvidence } from '../passes/evidence';
import type { Expectation } from '../passes/expectations';
import type { Pass } from '../passes/pass';
import type { PassQuery } from '../passes/query';
import type { Progress } from '../terminal/progress';
import type { Lister } from './listing';

/** What a listing alone does not tell; grows while the listing is read. */
interface Testimony {
  slowestMs: number;
  /** Deviations from the API page by pass; under undefined those of passes without an id. */
  readonly violations: Map<string | undefined, Violation[]>;
}

/** Stands beside a client and notes how its calls went. */
export interface Witness {
  readonly observe: (client: GatewayClient) => GatewayClient;
  /** Begins a new testimony. */
  readonly begin: () => Testimony;
}

/** Notes how long each call takes by the clock `now`, and when `strict` how its passes differ from the API page. */
export function createWitness(strict: boolean, now: () => number): Witness {
  let testimony = newTestimony();
  return {
    begin: () => (testimony = newTestimony()),
    observe: client => async (request, signal) => {
      const noted = testimony;
      const startMs = now();
      const node = await client(request, signal);
      noted.slowestMs = Math.max(noted.slowestMs, now() - startMs);
      for (const found of strict ? contractViolations(node.value) : []) {
        noted.violations.set(found.passId, [...(noted.violations.get(found.passId) ?? []), found]);
      }
      return node;
    },
  };
}

function newTestimony(): Testimony {
  return { slowestMs: 0, violations: new Map() };
}

/** What one look at a listing brought. */
export interface Look {
  readonly evidence: Evidence;
  /** Set when the answer had a form that can’t be listed, and a witness can say why. */
  readonly broken: AlipassError | undefined;
}

/** What looks, and at what. */
export interface Looker {
  readonly lister: Lister;
  readonly query: PassQuery;
  readonly witness: Witness;
  readonly expectations: readonly Expectation[];
}

/** Lists once, to the end, and gathers what is asked. @throws whatever kept the listing from its end */
export async function lookOnce(
  { lister, query, witness, expectations }: Looker,
  progress: Progress,
  onPass: (pass: Pass) => void = () => {},
): Promise<Look> {
  const gathering = gatherEvidence(expectations);
  const testimony = witness.begin();
  try {
    const listing = await lister.list(query, progress);
    for await (const page of listing.pages) {
      for (const pass of page) {
        onPass(pass);
        gathering.add(pass, testimony.violations.get(pass.pass_id));
      }
    }
    if (listing.state.failure) throw listing.state.failure;
    gathering.blame(testimony.violations.get(undefined) ?? []);
    const facts = { pages: listing.state.pages, slowestMs: testimony.slowestMs };
    return { evidence: gathering.evidence(facts), broken: undefined };
  } catch (error) {
    const told = error instanceof AlipassError && error.code === 'answer.not_passes';
    if (!told || testimony.violations.size === 0) throw error;
    for (const found of testimony.violations.values()) gathering.blame(found);
    return { evidence: gathering.evidence({ pages: 0, slowestMs: testimony.slowestMs }), broken: error };
  } finally {
    progress.stop();
  }
}
