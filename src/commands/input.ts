import { readFile } from 'node:fs/promises';
import type { Context } from '../context';
import { AlipassError, systemCode } from '../errors';

/** Reads a file that an argument names, or stdin for `-`, as bytes. @throws usage `input.unreadable` */
export async function readInputBytes(context: Context, path: string): Promise<Buffer> {
  if (path !== '-') return readNamed(path);
  const chunks: Buffer[] = [];
  for await (const chunk of context.stdin()) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks);
}

/** The same as UTF-8 text, without a BOM. */
export async function readInput(context: Context, path: string): Promise<string> {
  return (await readInputBytes(context, path)).toString('utf8').replace(/^\ufeff/, '');
}

async function readNamed(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const reason = systemCode(cause) === 'ENOENT' ? 'there is no such file' : systemCode(cause);
    throw new AlipassError('usage', 'input.unreadable', `${path} can’t be read: ${reason}`, { cause });
  }
}
