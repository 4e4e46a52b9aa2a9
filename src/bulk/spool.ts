import { type FileHandle, open, rm } from 'node:fs/promises';
import { unwritable } from './unwritable';

/** As much of a user is held in memory; what is beyond goes to a file. */
const MOST_HELD_CHARACTERS = 1024 * 1024;

/** The rows of one user until all are there, so that a file never has half of them. Use it, then dispose of it. */
export interface Spool {
  /** @throws `output.unwritable` */
  add(text: string): Promise<void>;
  /** Hands out what was added, in pieces. */
  drain(take: (piece: Uint8Array) => Promise<void>): Promise<void>;
  /** In characters of what is held in memory. */
  readonly held: number;
  dispose(): Promise<void>;
}

/** An empty spool; `pathOf` says where a file may be, should one be needed. */
export function createSpool(pathOf: () => string | Promise<string>): Spool {
  return new SpillingSpool(pathOf);
}

class SpillingSpool implements Spool {
  held = 0;
  private texts: string[] = [];
  private spilled: { readonly path: string; readonly file: FileHandle } | undefined;

  constructor(private readonly pathOf: () => string | Promise<string>) {}

  async add(text: string): Promise<void> {
    this.texts.push(text);
    this.held += text.length;
    if (this.held > MOST_HELD_CHARACTERS) await this.spill();
  }

  async drain(take: (piece: Uint8Array) => Promise<void>): Promise<void> {
    if (this.spilled) {
      const stream = this.spilled.file.createReadStream({ start: 0, autoClose: false });
      for await (const piece of stream as AsyncIterable<Uint8Array>) await take(piece);
    }
    if (this.held > 0) await take(Buffer.from(this.texts.join('')));
  }

  async dispose(): Promise<void> {
    this.texts = [];
    if (!this.spilled) return;
    await this.spilled.file.close();
    await rm(this.spilled.path, { force: true });
    this.spilled = undefined;
  }

  private async spill(): Promise<void> {
    const path = this.spilled?.path ?? (await this.pathOf());
    try {
      this.spilled ??= { path, file: await open(path, 'wx+', 0o600) };
      await this.spilled.file.appendFile(this.texts.join(''));
    } catch (cause) {
      throw unwritable(path, cause);
    }
    [this.texts, this.held] = [[], 0];
  }
}
