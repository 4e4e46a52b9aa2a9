import { createInterface } from 'node:readline';
import { type Readable, Writable } from 'node:stream';
import { AlipassError } from '../errors';
import { safeText } from './safe-text';
import type { Output } from './terminal';

/**
 * Asks for a secret on a terminal: the question goes to `output`, what is typed goes nowhere.
 * @throws interrupted on Ctrl-C and Ctrl-D, or the signal's reason when it is aborted; closed pipe
 */
export async function askSecret(
  question: string,
  input: Readable,
  output: Output,
  signal: AbortSignal,
): Promise<string> {
  signal.throwIfAborted();
  const echo = new Writable({ write: (_chunk, _encoding, done) => done() });
  // Turns the terminal's echo off, so it comes before the question: quick fingers and pipes answer at once.
  const lines = createInterface({ input, output: echo, terminal: true, historySize: 0 });
  try {
    return await new Promise((resolve, reject) => {
      const interrupted = new AlipassError('interrupted', 'interrupted', 'Interrupted');
      lines.once('line', resolve);
      lines.once('SIGINT', () => reject(interrupted));
      lines.once('close', () => reject(interrupted));
      output.write(safeText(question)).catch(reject);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
  } finally {
    lines.close();
    // The line feed that was typed went nowhere either.
    await output.write('\n');
  }
}
