import { setMaxListeners } from 'node:events';
import { forkSignal } from '../abort';
import { AlipassError } from '../errors';
import { isLimited } from '../gateway/fault';
import type { Listing } from '../passes/pages';
import type { PassQuery, QueryScope } from '../passes/query';
import type { RowSink } from './row-file';
import type { Spool } from './spool';

/** What is asked of whom. */
export interface Job {
  /** Each once. */
  readonly users: AsyncGenerator<string>;
  /** What every user is asked for. */
  readonly scopes: readonly QueryScope[];
  /** How many users are listed at a time. */
  readonly concurrency: number;
  /** Whether the first user that fails ends the job. */
  readonly stopsOnError: boolean;
}

/** The world that a job acts in. */
export interface JobWorld {
  readonly list: (query: PassQuery, signal: AbortSignal) => Listing;
  /** The rows of a listing. */
  readonly render: (listing: Listing) => AsyncIterable<string>;
  readonly sink: RowSink;
  /** Told of pages that were read, and of each user that ended, in whatever way. */
  readonly progress: JobProgress;
  readonly signal: AbortSignal;
}

/** What a job tells while it goes on. */
export interface JobProgress {
  pages(more: number): void;
  done(rows: number): void;
  failed(user: string, error: AlipassError): Promise<void>;
}

/**
 * Lists every user. One that fails keeps no other from being listed, unless the failure would be everybody's.
 * @throws what ended the job before all users were tried
 */
export async function runJob(job: Job, world: JobWorld): Promise<void> {
  const { controller: stop, release } = forkSignal(world.signal);
  // Each call listens: Node would take eleven for a leak, and say so.
  setMaxListeners(0, stop.signal);
  const breaker = createBreaker();
  const work = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const next = await job.users.next();
      if (next.done) return;
      await doUser(next.value, job, world, breaker, stop);
    }
  };
  // What one worker can’t go on after, such as a list of users that can’t be read any more, ends all of them.
  const workOrStop = (): Promise<void> => work().catch(error => stop.abort(error));
  await Promise.all(Array.from({ length: job.concurrency }, workOrStop));
  release();
  stop.signal.throwIfAborted();
  const gone = breaker.atEnd();
  if (gone) throw gone;
}

async function doUser(
  user: string,
  job: Job,
  world: JobWorld,
  breaker: Breaker,
  stop: AbortController,
): Promise<void> {
  const { sink, progress } = world;
  const spool = sink.spool();
  try {
    const rows = await listUser(user, job.scopes, world, spool, stop.signal);
    breaker.passed();
    await sink.done(user, rows, spool, () => progress.done(rows));
  } catch (error) {
    await spool.dispose();
    if (stop.signal.aborted) return;
    if (!(error instanceof AlipassError) || !isOfUser(error)) return stop.abort(error);
    await sink.failed(user, error.code);
    await progress.failed(user, error);
    if (job.stopsOnError || breaker.failed(error)) stop.abort(error);
  }
}

/** Adds the rows of all that a user is asked for to the spool, and counts them. @throws what kept a listing from its proven end */
async function listUser(
  userId: string,
  scopes: readonly QueryScope[],
  { list, render, progress }: JobWorld,
  spool: Spool,
  signal: AbortSignal,
): Promise<number> {
  let rows = 0;
  for (const scope of scopes) {
    const listing = list({ ...scope, userId }, signal);
    let told = 0;
    for await (const text of render(listing)) {
      await spool.add(text);
      progress.pages(listing.state.pages - told);
      told = listing.state.pages;
    }
    progress.pages(listing.state.pages - told);
    if (listing.state.failure) throw listing.state.failure;
    rows += listing.state.count;
  }
  return rows;
}

/** Kinds of failure that may be of one user alone; any other ends the job. */
const OF_USER: ReadonlySet<AlipassError['kind']> = new Set([
  'business',
  'unavailable',
  'incomplete',
  'rejected',
  'untrusted',
]);

/** A call limit is the app's, and so is a disk that is full the machine's. */
function isOfUser(error: AlipassError): boolean {
  return OF_USER.has(error.kind) && !isLimited(error) && error.code !== 'output.unwritable';
}

/** Refusals that say of themselves that they are the user's, however many users stand one behind the other. */
const SURELY_OF_USER: ReadonlySet<string> = new Set(['isv.insufficient-user-permissions']);

/** Ends a job whose every user fails alike: with a wrong key, say, or a gateway that is gone. */
interface Breaker {
  passed(): void;
  /** Whether so many in a row failed in this way that it is no matter of users. */
  failed(error: AlipassError): boolean;
  /**
   * What the last of all users failed for, when it is a gateway that went away before the end: then the same command goes
   * on with them. Where nobody passed before, as when they alone are left, it is theirs.
   */
  atEnd(): AlipassError | undefined;
}

const MOST_ALIKE = 20;

/**
 * Whether a failure may well be everybody's: a gateway that says no to one user after the other may mean the caller, and
 * one that gives no usable answer is gone.
 */
export function isSuspicious(error: AlipassError): boolean {
  if (SURELY_OF_USER.has(error.code)) return false;
  return error.kind === 'rejected' || error.kind === 'untrusted' || isUnanswered(error);
}

/** Nobody answered, or nobody who could. A gateway that says in its own words that it can’t may mean the user. */
function isUnanswered({ kind, gateway }: AlipassError): boolean {
  return kind === 'unavailable' && gateway === undefined;
}

function createBreaker(): Breaker {
  let last: AlipassError | undefined;
  let [alike, unanswered] = [0, 0];
  let hasPassed = false;
  return {
    passed: () => {
      [alike, unanswered] = [0, 0];
      hasPassed = true;
    },
    failed: error => {
      alike = error.code === last?.code ? alike + 1 : 1;
      unanswered = isUnanswered(error) ? unanswered + 1 : 0;
      last = error;
      return isSuspicious(error) && alike >= MOST_ALIKE;
    },
    atEnd: () => (hasPassed && unanswered > 1 ? last : undefined),
  };
}
