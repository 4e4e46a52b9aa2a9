import { type FileHandle, open, readdir, rename, rm, stat, truncate } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AlipassError } from '../errors';
import {
  createHead,
  type FailedEntry,
  formatLine,
  type JobState,
  type JournalEntry,
  type JournalHead,
} from './journal';
import { createSpool, type Spool } from './spool';
import { unwritable } from './unwritable';

/** The files of a job, by the path of its output. */
export function jobFiles(output: string): Readonly<Record<'partial' | 'journal' | 'lock' | 'spill', string>> {
  return {
    partial: `${output}.partial`,
    journal: `${output}.journal`,
    lock: `${output}.lock`,
    spill: `${output}.spill-`,
  };
}

/** Where the rows of users go: all of a user's, or none. */
export interface RowSink {
  spool(): Spool;
  /**
   * Takes the rows of a user over, and says so with `kept` once they can’t be lost any more; resolves when there is room
   * for more. @throws what kept rows from being written
   */
  done(user: string, rows: number, spool: Spool, kept: () => void): Promise<void>;
  failed(user: string, code: string): Promise<void>;
}

/** How many users are done in all, and how many failed in the last run. */
export interface FinishCounts {
  readonly done: number;
  readonly failed: number;
}

/** Rows in a file with a journal beside it: after whatever end, {@link openRowFile} goes on behind what is in both. */
export interface RowFile extends RowSink {
  /** Puts the file in its place; the journal stays, as a receipt. Reads `counts` when all is written. */
  finish(counts: FinishCounts): Promise<void>;
  /** Writes what was taken over, as far as that can be. */
  close(): Promise<void>;
}

/** So much may wait for the disk before workers do. */
const MOST_WAITING_CHARACTERS = 4 * 1024 * 1024;
/** A write for each user would cost more than the rows. */
const GATHER_MS = 100;

interface Waiting {
  readonly user: string;
  readonly rows: number;
  readonly spool: Spool;
  readonly kept: () => void;
}

/**
 * Begins a job, or goes on with one: what is in its files beyond `state` is cut off. `start` is written above all rows.
 * @throws config `job.lost` when rows are gone that the journal counts; `output.unwritable`, here and later
 */
export async function openRowFile(
  output: string,
  state: JobState | undefined,
  fresh: Omit<JournalHead, 'schema' | 'start'>,
  start: string,
): Promise<RowFile> {
  const files = jobFiles(output);
  try {
    await removeSpills(files.spill);
    if (state) await cutOff(files, state);
    // The journal first: one that says `finished` must not stand beside a file that is being begun.
    const journal = await open(files.journal, state ? 'a' : 'w');
    const rows = await open(files.partial, state ? 'r+' : 'w');
    if (state) return new JournaledFile(output, rows, journal, state.end);
    await rows.writeFile(start);
    await journal.writeFile(formatLine(createHead({ ...fresh, start: Buffer.byteLength(start) })));
    return new JournaledFile(output, rows, journal, Buffer.byteLength(start));
  } catch (cause) {
    throw unwritable(output, cause);
  }
}

async function cutOff({ partial, journal }: ReturnType<typeof jobFiles>, state: JobState): Promise<void> {
  const size = await stat(partial).then(
    it => it.size,
    () => 0,
  );
  if (size < state.end) {
    const message = `${partial} has ${size} bytes, where its journal counts ${state.end}: rows are gone`;
    throw new AlipassError('config', 'job.lost', message, { hint: '--restart begins the export anew.' });
  }
  await truncate(partial, state.end);
  await truncate(journal, state.size);
}

async function removeSpills(spill: string): Promise<void> {
  const names = await readdir(dirname(spill));
  const left = names.filter(name => name.startsWith(basename(spill)));
  await Promise.all(left.map(name => rm(join(dirname(spill), name), { force: true })));
}

/** Rows come to the disk before the line of the journal that counts them. */
class JournaledFile implements RowFile {
  private spools = 0;
  private waiting: Waiting[] = [];
  private failures: FailedEntry[] = [];
  /** Characters that wait in memory. */
  private held = 0;
  private writing: Promise<void> | undefined;
  /** Ends what {@link gather} waits for. */
  private hurry: () => void = () => {};
  private broken: AlipassError | undefined;

  /** `end` is where the rows end that count. */
  constructor(
    private readonly output: string,
    private readonly rows: FileHandle,
    private readonly journal: FileHandle,
    private end: number,
  ) {}

  spool(): Spool {
    return createSpool(() => `${jobFiles(this.output).spill}${this.spools++}`);
  }

  async done(user: string, rows: number, spool: Spool, kept: () => void): Promise<void> {
    if (this.broken) throw this.broken;
    this.waiting.push({ user, rows, spool, kept });
    this.held += spool.held;
    this.writing ??= this.writeAll();
    if (this.held > MOST_WAITING_CHARACTERS) await this.written();
  }

  async failed(user: string, code: string): Promise<void> {
    if (this.broken) throw this.broken;
    this.failures.push({ user, failed: code });
    this.writing ??= this.writeAll();
  }

  async finish(counts: FinishCounts): Promise<void> {
    try {
      await this.written();
      await this.journal.appendFile(formatLine({ finished: true, done: counts.done, failed: counts.failed }));
      await this.journal.datasync();
      await this.closeFiles();
      await rename(jobFiles(this.output).partial, this.output);
    } catch (cause) {
      await this.closeFiles();
      throw unwritable(this.output, cause);
    }
  }

  async close(): Promise<void> {
    this.hurry();
    await this.writing;
    await this.closeFiles();
  }

  /** Also those of users whose rows could not be written. */
  private async closeFiles(): Promise<void> {
    await this.rows.close();
    await this.journal.close();
    if (this.broken) await removeSpills(jobFiles(this.output).spill);
  }

  private async written(): Promise<void> {
    this.hurry();
    await this.writing;
    if (this.broken) throw this.broken;
  }

  /** Writes until nothing waits. After a failure nothing more is written: whoever comes next is told. */
  private async writeAll(): Promise<void> {
    try {
      while (this.waiting.length > 0 || this.failures.length > 0) {
        await this.gather();
        await this.write();
      }
    } catch (cause) {
      this.broken = unwritable(this.output, cause);
    }
    this.writing = undefined;
  }

  private gather(): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, GATHER_MS);
      this.hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async write(): Promise<void> {
    const users = this.waiting;
    const lines: JournalEntry[] = this.failures;
    [this.waiting, this.failures, this.held] = [[], [], 0];
    const appended = createGatherer(this.rows, this.end);
    for (const { user, rows, spool } of users) {
      await spool.drain(appended.add);
      await spool.dispose();
      lines.push({ user, rows, end: appended.end() });
    }
    await appended.flush();
    await this.rows.datasync();
    await this.journal.appendFile(lines.map(formatLine).join(''));
    this.end = appended.end();
    for (const { kept } of users) kept();
  }
}

/** Pieces are written together until there is so much of them. */
const GATHERED_BYTES = 1024 * 1024;

interface Gatherer {
  add(piece: Uint8Array): Promise<void>;
  flush(): Promise<void>;
  /** Where the next piece will begin, in bytes. */
  end(): number;
}

function createGatherer(file: FileHandle, startsAt: number): Gatherer {
  let pieces: Uint8Array[] = [];
  let [position, gathered] = [startsAt, 0];
  const flush = async (): Promise<void> => {
    const bytes = Buffer.concat(pieces);
    await writeAt(file, bytes, position);
    position += bytes.length;
    [pieces, gathered] = [[], 0];
  };
  return {
    add: async piece => {
      pieces.push(piece);
      gathered += piece.length;
      if (gathered >= GATHERED_BYTES) await flush();
    },
    flush,
    end: () => position + gathered,
  };
}

/** A write may take a part only, as on a disk that is almost full. */
async function writeAt(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
}
