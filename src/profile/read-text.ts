import { readFile } from 'node:fs';

/** Reads a file as UTF-8. By callback, as node:fs/promises costs a millisecond to load and is not there yet. */
export function readText(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    readFile(path, 'utf8', (error, text) => (error ? reject(error) : resolve(text)));
  });
}
