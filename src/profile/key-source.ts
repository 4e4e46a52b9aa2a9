import { statSync } from 'node:fs';
import { addAbortSignal, type Readable } from 'node:stream';
import { AlipassError, quote, systemCode } from '../errors';
import { readText } from './read-text';
import type { ResolvedSetting } from './resolve';

/** What reading a key may touch besides files. */
export interface KeyReader {
  readonly stdin: () => Readable;
  readonly platform: string;
  readonly signal: AbortSignal;
  readonly warn: (message: string) => void;
}

/** A key's text, and how its source is called in errors. */
export interface KeyText {
  readonly text: string;
  readonly where: string;
}

/**
 * Reads a key from where its setting says: a file, stdin, a command's output, or the setting itself.
 * @throws config `key.file`, `key.command`
 */
export async function readKeyText(setting: ResolvedSetting, reader: KeyReader): Promise<KeyText> {
  const { name, value, source } = setting;
  if (name === 'private_key_command')
    return { text: await runCommand(value, reader), where: `the output of ${source}` };
  if (!name.endsWith('_file')) return { text: value, where: source };
  if (name === 'private_key_file') warnOfReaders(value, reader);
  return readKeyFile(value, source, reader);
}

/** Reads a key file, or stdin for `-`; `source` says in errors what named it. @throws config `key.file` */
export async function readKeyFile(path: string, source: string, reader: KeyReader): Promise<KeyText> {
  if (path === '-') return { text: (await readStdin(reader)).toString('utf8'), where: 'the key on stdin' };
  return { text: await readFile(path, source), where: path };
}

/** All of stdin, or a little more than `mostBytes` of it. @throws the signal's reason when it is aborted before stdin ends */
export async function readStdin(
  { stdin, signal }: Pick<KeyReader, 'stdin' | 'signal'>,
  mostBytes = Infinity,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of addAbortSignal(signal, stdin())) {
      const bytes = Buffer.from(chunk as Buffer);
      chunks.push(bytes);
      length += bytes.length;
      if (length > mostBytes) break;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
  return Buffer.concat(chunks);
}

async function readFile(path: string, source: string): Promise<string> {
  try {
    return await readText(path);
  } catch (cause) {
    const reasons: Readonly<Record<string, string>> = {
      ENOENT: 'there is no such file',
      EACCES: 'you may not read it',
      EISDIR: 'it is a directory',
    };
    const code = systemCode(cause) ?? 'unknown';
    throw new AlipassError(
      'config',
      'key.file',
      `The key file ${quote(path)} can’t be read: ${reasons[code] ?? code}`,
      {
        hint: `It was named by ${source}.`,
        cause,
      },
    );
  }
}

/** A private key that others can read is no longer private; the call goes on, as it may be meant so. */
export function warnOfReaders(path: string, { platform, warn }: KeyReader): void {
  if (platform !== 'win32' && path !== '-' && isOpenToOthers(path)) {
    warn(`Others can read the private key ${path}: chmod 600 makes it yours alone`);
  }
}

function isOpenToOthers(path: string): boolean {
  try {
    const stats = statSync(path);
    return stats.isFile() && (stats.mode & 0o077) !== 0;
  } catch {
    return false; // What is wrong with the path is for the reading to say.
  }
}

const MAX_OUTPUT_BYTES = 1024 * 1024;
/** Long enough for a person to unlock a vault. */
const COMMAND_TIMEOUT_MS = 60_000;

async function runCommand(command: string, { signal }: KeyReader): Promise<string> {
  const { exec } = await import('node:child_process');
  return new Promise((resolve, reject) => {
    const options = { signal, maxBuffer: MAX_OUTPUT_BYTES, timeout: COMMAND_TIMEOUT_MS };
    const child = exec(command, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      if (signal.aborted) return reject(signal.reason as Error);
      const said = stderr.trim().split('\n').at(-1) ?? '';
      const exit = error.killed
        ? `was ended after ${COMMAND_TIMEOUT_MS / 1000} s`
        : `ended with ${error.code ?? error.signal}`;
      // Not its command line, which may hold a secret, and not its output, which may hold the key.
      const message = `The private key command ${exit}${said && `: ${said.slice(0, 200)}`}`;
      reject(new AlipassError('config', 'key.command', message));
    });
    child.stdin?.end();
  });
}
