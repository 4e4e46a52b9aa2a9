/** A part of something that can be aborted, with an end of its own. */
export interface Fork {
  /** Aborted by its owner, or with the whole. */
  readonly controller: AbortController;
  /** To be called in the end, as the whole may go on for hours. */
  release(): void;
}

/** Makes a part of what ends with `signal`. */
export function forkSignal(signal: AbortSignal): Fork {
  const controller = new AbortController();
  const passOn = (): void => controller.abort(signal.reason);
  if (signal.aborted) passOn();
  signal.addEventListener('abort', passOn);
  return { controller, release: () => signal.removeEventListener('abort', passOn) };
}
