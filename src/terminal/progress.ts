import type { Output } from './terminal';

/** Shows that work goes on. */
export interface Progress {
  update(text: string): void;
  /** Removes what is shown; further updates show nothing. */
  stop(): void;
}

/** Quick calls show nothing: ora costs 30 ms to load, and a flash of a spinner tells nobody anything. */
const SHOW_AFTER_MS = 200;

const SILENT: Progress = { update: () => {}, stop: () => {} };

/** A spinner on a terminal's stderr; nothing anywhere else. */
export function createProgress(output: Output, enabled: boolean, color: boolean): Progress {
  if (!enabled || !output.isTTY) return SILENT;
  let text = '';
  let spinner: { text: string; stop(): unknown } | undefined;
  let timer: NodeJS.Timeout | undefined = setTimeout(() => {
    void import('ora').then(({ default: ora }) => {
      if (timer) spinner = ora({ text, discardStdin: false, color: color && 'cyan' }).start();
    });
  }, SHOW_AFTER_MS);
  return {
    update(latest) {
      text = latest;
      if (spinner) spinner.text = latest;
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      spinner?.stop();
    },
  };
}
