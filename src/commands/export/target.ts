import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changedFacts, type JobFacts, type JobState, readState } from '../../bulk/journal';
import { lockJob } from '../../bulk/lock';
import { type FinishCounts, jobFiles, openRowFile, type RowSink } from '../../bulk/row-file';
import { createRowStream } from '../../bulk/row-stream';
import type { Context } from '../../context';
import { AlipassError } from '../../errors';
import { NumberSet } from '../../passes/number-set';

/** Where the rows of an export go, and what an earlier run of the same one has done. */
export interface Target {
  readonly sink: RowSink;
  /** Users that are done; the job adds those that it meets. */
  readonly seen: NumberSet;
  /** Rows that are there. */
  readonly rows: number;
  /** When the first run began, by which passes are judged: milliseconds since the epoch. */
  readonly beganAtMs: number;
  /** All users were tried. */
  finish(counts: FinishCounts): Promise<void>;
  /** The job ended before that. */
  close(): Promise<void>;
}

/** Rows to stdout: they can’t be gone on with. */
export function openStdout({ stdout, now }: Context, start: string): Target {
  const sink = createRowStream(
    start,
    bytes => stdout.write(bytes),
    async () => join(tmpdir(), `alipass-${randomUUID()}`),
  );
  return { sink, seen: new NumberSet(), rows: 0, beganAtMs: now(), finish: sink.finish, close: nothing };
}

const nothing = async (): Promise<void> => {};

/** What makes a job, and what of it is told in its journal. */
export interface JobOfFile {
  readonly output: string;
  readonly facts: JobFacts;
  readonly users: number;
  /** What stands above the rows. */
  readonly start: string;
  /** Whether an earlier run counts for nothing. */
  readonly restart: boolean;
}

/**
 * Opens the file of a job, or goes on with it. @throws config when another run is at it, or when another job was begun
 * there
 */
export async function openTarget(context: Context, job: JobOfFile): Promise<Target> {
  const { output, facts, users, start, restart } = job;
  const files = jobFiles(output);
  const unlock = await lockJob(files.lock, context);
  try {
    const before = restart ? undefined : await readState(files.journal);
    // A finished journal is the receipt of the file that is there, which is made anew. If the run ended before that was
    // put in its place, this one does it, and tries once more who had failed.
    const isReceipt = before?.finished && !existsSync(files.partial);
    // A journal without a user done keeps nothing: the app id or gateway that nobody could be listed with may be mended.
    const state = isReceipt || before?.done.size === 0 ? undefined : before;
    if (state) requireSame(state, facts, output);
    const beganAtMs = state?.head.began_at_ms ?? context.now();
    const file = await openRowFile(output, state, { began_at_ms: beganAtMs, job: facts, users }, start);
    return {
      sink: file,
      seen: state?.done ?? new NumberSet(),
      rows: state?.rows ?? 0,
      beganAtMs,
      finish: counts => file.finish(counts).finally(unlock),
      close: () => file.close().finally(unlock),
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

function requireSame({ head }: JobState, facts: JobFacts, output: string): void {
  const changed = changedFacts(head.job, facts).map(
    ({ name, before, after }) => `${name} was ${before}, and is ${after} now`,
  );
  if (changed.length === 0) return;
  const message = `Another export was begun in ${output} and is not finished`;
  throw new AlipassError('config', 'job.changed', message, {
    details: changed,
    hint: 'Finish that one with what it began with, choose another --output, or begin anew with --restart.',
  });
}
