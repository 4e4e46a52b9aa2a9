import { exec } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import { AlipassError, systemCode } from '../errors';
import type { ResolvedSetting } from './resolve';

/** What reading a key may touch besides files. */
export interface KeyReader {
  readonly stdin: () => Readable;
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
  if (value === '-') return { text: await readAll(reader.stdin()), where: 'the key on stdin' };
  if (name === 'private_key_file') await warnOfReaders(value, reader.warn);
  return { text: await readKeyFile(value, source), where: value };
}

async function readKeyFile(path: string, source: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
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
      `The key file ${path} can’t be read: ${reasons[code] ?? code}`,
      {
        hint: `It was named by ${source}.`,
        cause,
      },
    );
  }
}

/** A private key that others can read is no longer private; the call goes on, as it may be meant so. */
async function warnOfReaders(path: string, warn: (message: string) => void): Promise<void> {
  if (process.platform === 'win32') return;
  const stats = await stat(path).catch(() => undefined);
  if (stats?.isFile() && stats.mode & 0o077) {
    warn(`Others can read the private key ${path}: chmod 600 makes it yours alone`);
  }
}

const MAX_OUTPUT_BYTES = 1024 * 1024;

async function runCommand(command: string, { signal }: KeyReader): Promise<string> {
  return new Promise((resolve, reject) => {
    exec(command, { signal, maxBuffer: MAX_OUTPUT_BYTES }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      if (signal.aborted) return reject(signal.reason as Error);
      const said = stderr.trim().split('\n').at(-1) ?? '';
      const exit = error.code === undefined ? '' : ` with ${error.code}`;
      // Not its command line, which may hold a secret, and not its output, which may hold the key.
      const message = `The private key command ended${exit}${said && `: ${said.slice(0, 200)}`}`;
      reject(new AlipassError('config', 'key.command', message, { cause: error.code }));
    });
  });
}
