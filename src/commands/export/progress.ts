import type { Context } from '../../context';
import { callsPerSecond, formatJobProgress, type JobCounts, secondsLeft } from '../../render/job-progress';
import type { Words } from '../../render/words';
import type { Conversation } from '../../terminal/conversation';
import { speaksUtf8 } from '../../terminal/language';
import type { Progress } from '../../terminal/progress';
import { writeWhole } from '../whole-file';

/** How a run ended, as programs are told; `running` until then. */
export type RunState = 'running' | 'finished' | 'stopped';

/** Tells how far an export is: on a terminal, in the log of `--verbose`, and in a file for programs. */
export interface Teller {
  /** Something went on. */
  tell(counts: JobCounts): void;
  end(counts: JobCounts, state: RunState): Promise<void>;
}

export interface TellerOptions {
  readonly conversation: Conversation;
  readonly progress: Progress;
  readonly words: Words;
  /** For programs; none when undefined. */
  readonly file: string | undefined;
}

/** Columns of a line for the spinner and the space behind it, and for `^C`, lest that wraps what is to be wiped out. */
const BESIDE_PROGRESS = 5;
const SHOW_EVERY_MS = 100;
const LOG_EVERY_MS = 10_000;
const FILE_EVERY_MS = 1_000;

/** Works by events, not by timers: where nothing goes on, nothing is told. */
export function createTeller(context: Context, options: TellerOptions): Teller {
  const { conversation, progress, words, file } = options;
  const { now, env, stderr } = context;
  const utf8 = speaksUtf8(env);
  const isShowTime = every(SHOW_EVERY_MS, now, true);
  const isLogTime = every(LOG_EVERY_MS, now, false);
  const isFileTime = every(FILE_EVERY_MS, now, true);
  let writing: Promise<void> | undefined;
  const write = async (counts: JobCounts, state: RunState): Promise<void> => {
    if (file !== undefined) await writeWhole(file, progressJson(counts, state, now()), 0o644);
  };
  return {
    tell: counts => {
      const text = (): string => formatJobProgress(counts, words, utf8, stderr.columns - BESIDE_PROGRESS);
      if (stderr.isTTY && isShowTime()) progress.update(text());
      if (!stderr.isTTY && isLogTime()) conversation.detail(text());
      if (file === undefined || writing || !isFileTime()) return;
      // A file that can’t be written now is told of in the end.
      writing = write(counts, 'running')
        .catch(() => {})
        .finally(() => (writing = undefined));
    },
    end: async (counts, state) => {
      progress.stop();
      await writing;
      await write(counts, state);
    },
  };
}

/** True when asked for the first time in so many milliseconds; the very first time as `first` says. */
function every(ms: number, now: () => number, first: boolean): () => boolean {
  let nextMs = first ? -Infinity : now() + ms;
  return () => {
    if (now() < nextMs) return false;
    nextMs = now() + ms;
    return true;
  };
}

/** Members are only ever added. */
function progressJson(counts: JobCounts, state: RunState, nowMs: number): string {
  const json = {
    schema: 'alipass.progress/1',
    state,
    updated_at: new Date(nowMs).toISOString(),
    users: { total: counts.users, done: counts.done, done_before: counts.before, failed: counts.failed },
    rows: counts.rows,
    calls: counts.pages,
    calls_per_second: Math.round(callsPerSecond(counts) * 10) / 10,
    elapsed_seconds: Math.round(counts.elapsedMs / 1000),
    seconds_left: state === 'running' ? (secondsLeft(counts) ?? null) : null,
  };
  return `${JSON.stringify(json)}\n`;
}
