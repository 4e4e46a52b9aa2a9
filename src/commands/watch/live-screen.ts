import type { Context } from '../../context';
import type { PassQuery } from '../../passes/query';
import { formatBeijingTime } from '../../protocol/time';
import { changeText, type EventKind, KIND_PAINT, padKind } from '../../render/changes';
import { cutToWidth, displayWidth, padToWidth } from '../../render/width';
import type { Words } from '../../render/words';
import { openLiveView } from '../../terminal/live-view';
import { safeText } from '../../terminal/safe-text';
import type { Style } from '../../terminal/style';
import type { ChangeEvent, Screen } from './event';

/** What is kept to be shown; the oldest goes first. */
const MOST_LINES = 500;
/** The countdown moves, and a terminal that was resized is drawn anew, this often. */
const TICK_MS = 1_000;

interface Line {
  readonly at: string;
  readonly kind: EventKind;
  readonly passId: string;
  readonly says: string;
}

/** A view that stays: how things stand on top, the latest changes first below it. They are printed again at the end. */
export async function openLiveScreen(
  context: Context,
  query: PassQuery,
  style: Style,
  words: Words,
): Promise<Screen> {
  const { stdout, sleep, signal, now } = context;
  const view = await openLiveView(stdout);
  const lines: Line[] = [];
  const state = {
    passes: undefined as number | undefined,
    looks: 0,
    nextMs: undefined as number | undefined,
  };
  const draw = (): Promise<void> => {
    const nowMs = now();
    const timeAt = timeAtOf(lines, formatBeijingTime(nowMs));
    const lineView = { width: stdout.columns, timeAt, style, words };
    return view.draw(frame(lines, headOf(state, query, nowMs, words), lineView));
  };
  const add = (line: Line): Promise<void> => {
    lines.unshift(line);
    lines.length = Math.min(lines.length, MOST_LINES);
    return draw();
  };
  await draw();
  return {
    change: event => add(lineOf(event, words)),
    trouble: (text, at) => add({ at, kind: 'trouble', passId: '', says: safeText(text) }),
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
      const whole = { width: Infinity, timeAt: 0, style, words };
      for (const line of lines.toReversed()) await stdout.write(`${format(line, 0, whole)}\n`);
    },
  };
}

function lineOf(event: ChangeEvent, words: Words): Line {
  const { at, change, pass_id } = event;
  return { at, kind: change, passId: safeText(pass_id), says: changeText(event, words) };
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
  { watch, groups, times }: Words,
): string[] {
  const state = [
    watch.time(formatBeijingTime(nowMs)),
    nextMs === undefined ? watch.looking : watch.next(Math.ceil((nextMs - nowMs) / 1000)),
    passes === undefined ? watch.noListing : watch.passes(passes),
    watch.looks(looks),
  ];
  return [watch.title(times[time], groups[group], userId), state.join('  ·  ')];
}

/** What lines are drawn with; `width` in columns. */
interface LineView {
  readonly width: number;
  /** Where the times of lines begin: after the day, when there is but one. */
  readonly timeAt: number;
  readonly style: Style;
  readonly words: Words;
}

/** The day stands in the head: when all lines are of it, they need not repeat it. */
function timeAtOf(lines: readonly Line[], now: string): number {
  const day = now.slice(0, 'yyyy-MM-dd '.length);
  return lines.every(({ at }) => at.startsWith(day)) ? day.length : 0;
}

function frame(lines: readonly Line[], head: readonly string[], view: LineView): string[] {
  const { width, style, words } = view;
  const [title = '', status = ''] = head.map(line => cutToWidth(line, width));
  const idWidth = Math.max(0, ...lines.map(({ passId }) => displayWidth(passId)));
  const table = lines.map(line => format(line, idWidth, view));
  const empty = [style.faint(cutToWidth(words.watch.noChange, width))];
  return [style.heading(title), status, '', ...(table.length === 0 ? empty : table)];
}

function format({ at, kind, passId, says }: Line, idWidth: number, view: LineView): string {
  const { width, timeAt, style, words } = view;
  const id = passId && `${padToWidth(passId, idWidth)}  `;
  const word = words.changes.kinds[kind];
  const text = cutToWidth(`${at.slice(timeAt)}  ${padKind(word, words)}  ${id}${says}`, width);
  // Painted after it was cut, where the word is still whole.
  return text.replace(word, it => style[KIND_PAINT[kind]](it));
}
