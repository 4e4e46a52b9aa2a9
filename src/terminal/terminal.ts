import type { Writable } from 'node:stream';
import { systemCode } from '../errors';

/** A stream that text goes to. */
export interface Output {
  readonly isTTY: boolean;
  /** Columns of the terminal; Infinity where there is none. */
  readonly columns: number;
  /** Resolves when the text is on its way, so that a slow reader slows the writer. @throws {@link ClosedPipe} */
  write(text: string): Promise<void>;
}

/** The reader has gone away, as `head` does when it has enough: no error, but nothing more to do. */
export class ClosedPipe extends Error {}

/** Wraps a stream of the process. */
export function createOutput(stream: Writable & { isTTY?: boolean; columns?: number }): Output {
  // Without a listener, a closed pipe would end the process with a stack trace.
  stream.on('error', () => {});
  const isTTY = stream.isTTY === true;
  return {
    isTTY,
    get columns() {
      return isTTY ? stream.columns || 80 : Infinity;
    },
    write: text =>
      new Promise((resolve, reject) => {
        stream.write(text, error => {
          if (!error) resolve();
          else reject(systemCode(error) === 'EPIPE' ? new ClosedPipe() : error);
        });
      }),
  };
}
