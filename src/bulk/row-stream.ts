import type { RowSink } from './row-file';
import { createSpool } from './spool';

/** Rows in a stream. */
export interface RowStream extends RowSink {
  /** All users were tried: what stands above the rows is there in any case. */
  finish(): Promise<void>;
}

/**
 * Rows to a stream, one user after the other, at the speed of its reader; `start` goes above the first. `pathOf` as for a
 * spool.
 */
export function createRowStream(
  start: string,
  write: (text: string | Uint8Array) => Promise<void>,
  pathOf: () => Promise<string>,
): RowStream {
  let waiting = start;
  const begin = async (): Promise<void> => {
    const text = waiting;
    waiting = '';
    if (text !== '') await write(text);
  };
  let line: Promise<void> = Promise.resolve();
  return {
    spool: () => createSpool(pathOf),
    done: async (_user, _rows, spool, kept) => {
      const turn = line.then(async () => {
        await begin();
        await spool.drain(write);
        await spool.dispose();
        kept();
      });
      line = turn.catch(() => {});
      await turn;
    },
    failed: async () => {},
    finish: begin,
  };
}
