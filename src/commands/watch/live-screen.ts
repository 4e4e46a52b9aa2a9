import type { Context } from '../../context';
import type { PassQuery } from '../../passes/query';
import { formatBeijingTime } from '../../protocol/time';
import { changeText } from '../../render/changes';
import { cutToWidth, padToWidth } from '../../render/width';
import { openLiveView } from '../../terminal/live-view';
import { safeText } from '../../terminal/safe-text';
import type { Style } from '../../terminal/style';
import type { ChangeEvent, Screen } from './event';

/** What is kept to be shown; the oldest goes first. */
const MOST_LINES = 500;
/** The countdown moves, and a terminal that was resized is drawn anew, this often. */
const TICK_MS = 1_000;

const PAINT = { added: 'good', removed: 'bad', changed: 'warning', trouble: 'bad' } as const;

interface Line {
  readonly at: string;
  readonly word: keyof typeof PAINT;
  readonly passId: string;
  readonly says: string;
}

/** A view that stays: how things stand on top, the latest changes first below it. They are printed again at the end. */
export async function openLiveScreen(context: Context, query: PassQuery, style: Style): Promise<Screen> {
  const { stdout, sleep, signal, now } = context;
  const view = await openLiveView(stdout);
  const lines: Line[] = [];
  const state = {
    passes: undefined as number | undefined,
    looks: 0,
    nextMs: undefined as number | undefined,
  };
  const draw = (): Promise<void> =>
    view.draw(frame(lines, headOf(state, query, now()), stdout.columns, style));
  const add = (line: Line): Promise<void> => {
    lines.unshift(line);
    lines.length = Math.min(lines.length, MOST_LINES);
    return draw();
  };
  await draw();
  return {
    change: event => add(lineOf(event)),
    trouble: (text, at) => add({ at, word: 'trouble', passId: '', says: safeText(text) }),
    looked: count => {
      state.looks++;
      state.passes = count ?? state.passes;
      return draw();
    },
    pause: async ms => {
      const endMs = now() + ms;
      state.nextMs = endMs;
      for (let leftMs = ms; leftMs > 0; leftMs = endMs - now()) {
        await draw();
        await sleep(Math.min(TICK_MS, leftMs), signal);
      }
      state.nextMs = undefined;
      await draw();
    },
    close: async () => {
      await view.close();
      for (const line of lines.toReversed()) await stdout.write(`${format(line, 0, style, Infinity)}\n`);
    },
  };
}

function lineOf(event: ChangeEvent): Line {
  return { at: event.at, word: event.change, passId: safeText(event.pass_id), says: changeText(event) };
}

interface State {
  readonly passes: number | undefined;
  readonly looks: number;
  readonly nextMs: number | undefined;
}

function headOf(
  { passes, looks, nextMs }: State,
  { userId, group, time }: PassQuery,
  nowMs: number,
): string[] {
  const next = nextMs === undefined ? 'looking…' : `next look in ${Math.ceil((nextMs - nowMs) / 1000)} s`;
  const known = passes === undefined ? 'no listing yet' : `${passes} ${passes === 1 ? 'pass' : 'passes'}`;
  return [
    `${time} passes in group ${group} of user ${userId}`,
    `${formatBeijingTime(nowMs)} Beijing time  ·  ${next}  ·  ${known}  ·  ${looks} ${looks === 1 ? 'look' : 'looks'}`,
  ];
}

function frame(lines: readonly Line[], head: readonly string[], width: number, style: Style): string[] {
  const [title = '', status = ''] = head.map(line => cutToWidth(line, width));
  const idWidth = Math.max(0, ...lines.map(({ passId }) => passId.length));
  const table = lines.map(line => format(line, idWidth, style, width));
  const empty = [style.faint(cutToWidth('No change so far. Ctrl-C ends the watch.', width))];
  return [style.heading(title), status, '', ...(table.length === 0 ? empty : table)];
}

function format({ at, word, passId, says }: Line, idWidth: number, style: Style, width: number): string {
  const id = padToWidth(passId, idWidth);
  const text = cutToWidth(`${at}  ${padToWidth(word, 7)}  ${id && `${id}  `}${says}`, width);
  // Painted after it was cut, where the word is still whole.
  return text.replace(word, it => style[PAINT[word]](it));
}
