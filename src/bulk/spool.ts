import { type FileHandle, open, rm } from 'node:fs/promises';
import { unwritable } from './unwritable';

/** As much of a user is held in memory; what is beyond goes to a file. */
const MOST_HELD_CHARACTERS = 1024 * 1024;

/** The rows of one user until all are there, so that a file never has half of them. Use it, then dispose of it. */
export interface Spool {
  /** @throws `output.unwritable` */
  add(text: string): Promise<void>;
  /** What was added, in pieces. */
  pieces(): AsyncIterable<Uint8Array>;
  /** In characters of what is held in memory. */
  readonly held: number;
  dispose(): Promise<void>;
}

/** An empty spool; `pathOf` says where a file may be, should one be needed. */
export function createSpool(pathOf: () => string | Promise<string>): Spool {
  let texts: string[] = [];
  let held = 0;
  let spilled: { readonly path: string; readonly file: FileHandle } | undefined;

  async function spill(): Promise<void> {
    const path = spilled?.path ?? (await pathOf());
    try {
      spilled ??= { path, file: await open(path, 'wx+', 0o600) };
      await spilled.file.appendFile(texts.join(''));
    } catch (cause) {
      throw unwritable(path, cause);
    }
    [texts, held] = [[], 0];
  }

  return {
    add: async text => {
      texts.push(text);
      held += text.length;
      if (held > MOST_HELD_CHARACTERS) await spill();
    },
    async *pieces() {
      if (spilled) {
        yield* spilled.file.createReadStream({ start: 0, autoClose: false }) as AsyncIterable<Uint8Array>;
      }
      if (held > 0) yield Buffer.from(texts.join(''));
    },
    get held() {
      return held;
    },
    dispose: async () => {
      texts = [];
      if (!spilled) return;
      await spilled.file.close();
      await rm(spilled.path, { force: true });
      spilled = undefined;
    },
  };
}
