import type { Change } from '../../passes/changes';

/** A change with the Beijing time at which it was seen. */
export type ChangeEvent = { readonly schema: 'alipass.change/1'; readonly at: string } & Change;

/** What a watch shows its changes and its state on. */
export interface Screen {
  /** A change. */
  change(event: ChangeEvent): Promise<void>;
  /** Something that kept a look or a command from its end; the watch goes on. */
  trouble(text: string, at: string): Promise<void>;
  /** A look ended, with so many passes; undefined when there was no answer. */
  looked(count: number | undefined): Promise<void>;
  /** Waits, in milliseconds. @throws the signal's reason */
  pause(ms: number): Promise<void>;
  close(): Promise<void>;
}
