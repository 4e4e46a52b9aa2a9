import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Context } from '../context';
import { AlipassError, systemCode } from '../errors';
import { readStdin } from '../profile/key-source';
import type { ConnectionOptions } from './flags';

type InputContext = Pick<Context, 'stdin' | 'signal'>;

/**
 * Reads a file that an argument names, or stdin for `-`, as bytes: `mostBytes` of them.
 * @throws usage `input.unreadable`, `input.too_large`; the signal's reason when it is aborted before stdin ends
 */
export async function readInputBytes(
  context: InputContext,
  path: string,
  mostBytes = Infinity,
): Promise<Buffer> {
  const bytes = path === '-' ? await readStdin(context, mostBytes) : await readNamed(path, mostBytes);
  if (bytes.length > mostBytes) throw tooLarge(path, mostBytes);
  return bytes;
}

function tooLarge(path: string, mostBytes: number): AlipassError {
  const message = `${path} is larger than ${mostBytes} bytes, which is as much as can be read of it`;
  return new AlipassError('usage', 'input.too_large', message);
}

/** The same as UTF-8 text, without a BOM. */
export async function readInput(context: InputContext, path: string): Promise<string> {
  return (await readInputBytes(context, path)).toString('utf8').replace(/^\ufeff/, '');
}

/**
 * Refuses a second reader of stdin, which would find it empty. `keyFiles` are paths by their flags; `what` takes the
 * path. @throws usage
 */
export function requireOneReader(
  path: string,
  keyFiles: Readonly<Record<string, string | undefined>>,
  what = 'The file',
): void {
  const flag = Object.keys(keyFiles).find(it => keyFiles[it] === '-');
  if (path !== '-' || flag === undefined) return;
  const message = `${what} - and ${flag} - both read stdin, which can’t be read twice`;
  throw new AlipassError('usage', 'input.stdin_twice', message, { hint: 'Give one of them as a file.' });
}

/** The key files that the command line names, by their flags. */
export function keyFilesOf({ settings }: ConnectionOptions): Readonly<Record<string, string | undefined>> {
  return {
    '--private-key-file': settings.private_key_file,
    '--alipay-public-key-file': settings.alipay_public_key_file,
  };
}

async function readNamed(path: string, mostBytes: number): Promise<Buffer> {
  try {
    if ((await stat(path)).size > mostBytes) throw tooLarge(path, mostBytes);
    return await readFile(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): unknown {
  if (cause instanceof AlipassError) return cause;
  const reason = systemCode(cause) === 'ENOENT' ? 'there is no such file' : systemCode(cause);
  return new AlipassError('usage', 'input.unreadable', `${path} can’t be read: ${reason}`, { cause });
}

/**
 * What an argument names, to be read as often as one likes: a file piece by piece, whatever can be read only once from
 * memory, `mostBytes` of it. Errors as {@link readInputBytes}, a file's when it is read.
 */
export async function openInput(
  context: InputContext,
  path: string,
  mostBytes: number,
): Promise<() => AsyncIterable<Uint8Array>> {
  const isFile =
    path !== '-' && (await stat(path).catch(cause => Promise.reject(unreadable(path, cause)))).isFile();
  if (isFile) return () => readPieces(context, path);
  const bytes = await readInputBytes(context, path, mostBytes);
  return async function* () {
    yield bytes;
  };
}

async function* readPieces({ signal }: InputContext, path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Uint8Array>) {
      signal.throwIfAborted();
      yield piece;
    }
  } catch (cause) {
    throw unreadable(path, cause);
  }
}
