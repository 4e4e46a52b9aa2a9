import type { Output } from './terminal';

const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';
/** Told to terminals that can hold the screen still until a frame is whole; others ignore it. */
const BEGIN_FRAME = '\u001b[?2026h\u001b[H';
const END_FRAME = '\u001b[J\u001b[?2026l';
const END_LINE = '\u001b[K';

/** A screen of its own that is drawn over and over. */
export interface LiveView {
  /** Draws as many of the lines as the terminal has room for; none may be wider than it. */
  draw(lines: readonly string[]): Promise<void>;
  /** Brings the former screen and its cursor back. */
  close(): Promise<void>;
}

/**
 * Takes over a terminal until it is closed. A frame is one write that draws over the last, so nothing flickers, and
 * it is cut to the terminal as it is then, so that a change of its size is caught up with by the next frame.
 */
export async function openLiveView(output: Output): Promise<LiveView> {
  await output.write(ENTER);
  return {
    draw: lines => {
      const shown = lines.slice(0, output.rows);
      return output.write(BEGIN_FRAME + shown.map(line => line + END_LINE).join('\r\n') + END_FRAME);
    },
    close: () => output.write(LEAVE),
  };
}
