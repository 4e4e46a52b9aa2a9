import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Context } from '../context';
import { systemCode } from '../errors';
import { ClosedPipe, type Output } from '../terminal/terminal';
import { unwritable } from './new-files';

/** Where a listing goes, if not simply to stdout. */
export interface Sink {
  readonly to: Output;
  /** All is written. */
  finish(): Promise<void>;
  /** No more will come; also after a `finish` that failed. */
  abandon(): Promise<void>;
}

const STDOUT = /^(?:-|\/dev\/(?:stdout|fd\/1)|\/proc\/self\/fd\/1)$/;

/** Whether a path means stdout. */
export function isStdout(path: string): boolean {
  return STDOUT.test(path);
}

/** A pager that starts with the first text, so that nothing else is on the terminal any more; else stdout itself. */
export function openPager({ stdout, env, startPager }: Context): Sink {
  const command = env['ALIPASS_PAGER'] ?? env['PAGER'] ?? 'less -FRSX';
  let pager: ReturnType<Context['startPager']> | undefined;
  const close = async (): Promise<void> => {
    const opened = await pager;
    pager = undefined;
    await opened?.close();
  };
  return {
    to: {
      isTTY: true,
      get columns() {
        return stdout.columns;
      },
      write: async text => ((await (pager ??= startPager(command))) ?? stdout).write(text),
    },
    finish: close,
    abandon: close,
  };
}

/** Whether there is somebody to page for, and a pager wanted: an empty variable or `cat` means none. */
export function wantsPager({ stdout, env }: Pick<Context, 'stdout' | 'env'>): boolean {
  const command = env['ALIPASS_PAGER'] ?? env['PAGER'];
  return stdout.isTTY && !env['CI'] && env['TERM'] !== 'dumb' && !/^\s*(?:cat\s*)?$/.test(command ?? 'less');
}

/**
 * A file that is written whole or not at all: into a draft beside it, which takes its place at the end. A symbolic link
 * is followed; a new file has the mode of the umask, a replaced one keeps its own. What is no plain file, such as a
 * pipe or a device, is written as it is. The draft ends in a name of its own, or in `.` and `draftName`, by which one that
 * a killed run left is written over. @throws `file.unwritable`
 */
export async function openFile(path: string, draftName?: string): Promise<Sink> {
  try {
    const target = await targetOf(path);
    const there = await stat(target).catch(() => undefined);
    if (there?.isDirectory()) throw Object.assign(new Error('a directory'), { code: 'EISDIR' });
    if (/^\/(?:dev|proc)\//.test(path) || (there && !there.isFile()))
      return direct(path, await open(path, 'a'));
    const draft = `${target}.${draftName ?? randomUUID()}`;
    const file = await open(draft, draftName === undefined ? 'wx' : 'w', 0o666);
    if (there) await file.chmod(there.mode & 0o777);
    return draftSink(path, target, draft, file);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/** Where a path leads, also when nothing is there yet. */
async function targetOf(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    const link = await readlink(path).catch(() => undefined);
    return link === undefined ? path : targetOf(resolve(dirname(path), link));
  }
}

function fileOutput(path: string, file: FileHandle): Output {
  return {
    isTTY: false,
    columns: Infinity,
    write: async text => {
      await file.appendFile(text).catch(cause => {
        throw systemCode(cause) === 'EPIPE' ? new ClosedPipe() : unwritable(path, cause);
      });
    },
  };
}

function direct(path: string, file: FileHandle): Sink {
  const close = (): Promise<void> => file.close();
  return { to: fileOutput(path, file), finish: close, abandon: close };
}

function draftSink(path: string, target: string, draft: string, file: FileHandle): Sink {
  return {
    to: fileOutput(path, file),
    finish: async () => {
      await file.close();
      await rename(draft, target).catch(cause => {
        throw unwritable(path, cause);
      });
    },
    abandon: async () => {
      await file.close();
      await rm(draft, { force: true });
    },
  };
}
