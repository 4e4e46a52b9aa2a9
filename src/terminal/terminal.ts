import type { Writable } from 'node:stream';
import { isatty } from 'node:tty';
import { AlipassError, systemCode } from '../errors';

/** A stream that text goes to. */
export interface Output {
  readonly isTTY: boolean;
  /** Columns of the terminal; Infinity where there is none. */
  readonly columns: number;
  /** Lines of the terminal; Infinity where there is none. */
  readonly rows?: number | undefined;
  /** Resolves when the text is on its way, so that a slow reader slows the writer. @throws {@link ClosedPipe} */
  write(text: string | Uint8Array): Promise<void>;
}

/** The reader has gone away, as `head` does when it has enough: no error, but nothing more to do. */
export class ClosedPipe extends Error {}

type ProcessStream = Writable & { readonly columns?: number; readonly rows?: number };

/**
 * Wraps a stream of the process, by the number of its file descriptor. The stream itself is opened with the first
 * write, as that takes a millisecond or two and most calls never write to stderr.
 */
export function createOutput(open: () => ProcessStream, descriptor: number): Output {
  const isTTY = isatty(descriptor);
  let opened: ProcessStream | undefined;
  const stream = (): ProcessStream => {
    // Without a listener, a closed pipe would end the process with a stack trace.
    opened ??= open().on('error', () => {});
    return opened;
  };
  return {
    isTTY,
    get columns() {
      return isTTY ? stream().columns || 80 : Infinity;
    },
    get rows() {
      return isTTY ? stream().rows || 24 : undefined;
    },
    write: text =>
      new Promise((resolve, reject) => {
        stream().write(text, error => {
          if (!error) resolve();
          else reject(systemCode(error) === 'EPIPE' ? new ClosedPipe() : unwritable(error));
        });
      }),
  };
}

function unwritable(cause: Error): AlipassError {
  const reason = systemCode(cause) === 'ENOSPC' ? 'the disk is full' : (systemCode(cause) ?? cause.message);
  return new AlipassError('unavailable', 'output.unwritable', `The output can’t be written: ${reason}`, {
    cause,
  });
}
