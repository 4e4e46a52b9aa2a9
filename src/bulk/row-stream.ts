import type { RowSink } from './row-file';
import { createSpool } from './spool';

/** Rows to a stream, one user after the other, at the speed of its reader. `pathOf` as for a spool. */
export function createRowStream(
  write: (bytes: Uint8Array) => Promise<void>,
  pathOf: () => Promise<string>,
): RowSink {
  let line: Promise<void> = Promise.resolve();
  return {
    spool: () => createSpool(pathOf),
    done: async (_user, _rows, spool) => {
      const turn = line.then(async () => {
        for await (const piece of spool.pieces()) await write(piece);
        await spool.dispose();
      });
      line = turn.catch(() => {});
      await turn;
    },
    failed: async () => {},
  };
}
