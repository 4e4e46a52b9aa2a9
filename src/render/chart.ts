import type { Count, EndSpan, Summary } from '../passes/summary';
import { safeText } from '../terminal/safe-text';
import type { Style } from '../terminal/style';
import { paintStatus, statusWord } from './columns';
import type { Words } from './words';
import { cutToWidth, displayWidth, padToWidth, wrapToWidth } from './width';

/** What a summary is drawn with. */
export interface ChartView {
  /** Columns of the terminal; Infinity where there is none. */
  readonly width: number;
  readonly style: Style;
  readonly words: Words;
  /** Whether there is more to draw with than ASCII. */
  readonly utf8: boolean;
}

/** What stands above the numbers. */
export interface ChartHead {
  readonly userId: string;
  /** Beijing time. */
  readonly time: string;
  readonly complete: boolean;
}

interface Bar {
  readonly label: string;
  readonly count: number;
  readonly note?: string;
  readonly paint?: (text: string) => string;
}

const INDENT = '  ';
const DEFAULT_WIDTH = 80;
/** Longer bars tell no more. */
const MOST_BAR_WIDTH = 60;
const LEAST_BAR_WIDTH = 4;
/** The part of a line that a label may take. */
const LABEL_SHARE = 0.45;
const MOST_MERCHANTS = 10;
/** Days whose passes are to be used now. */
const SOON_SPANS = 3;

/** Counts as bars, and when usable passes end: each number is written out, so colour and length only help. */
export function formatSummary(summary: Summary, head: ChartHead, view: ChartView): string {
  const { style, words } = view;
  const title = words.summary.title(summary.count, head.userId, head.time);
  const sections = [
    lines(title, view).map(line => style.heading(line)),
    head.complete ? [] : lines(words.summary.incomplete, view).map(line => style.warning(line)),
    summary.count === 0 ? [] : section(words.summary.status, statusBars(summary, view), view),
    summary.groups.length < 2 ? [] : section(words.summary.group, groupBars(summary, view), view),
    summary.count === 0 ? [] : section(words.summary.merchant, merchantBars(summary, view), view),
    summary.usable === 0
      ? lines(words.summary.noneUsable, view)
      : section(words.summary.expiry(summary.usable), endBars(summary, view), view),
  ];
  const shown = sections.filter(it => it.length > 0).map(it => it.map(line => `${line}\n`).join(''));
  return shown.join('\n');
}

function lines(text: string, { width }: ChartView): string[] {
  return width === Infinity ? [text] : wrapToWidth(text, width);
}

function statusBars({ statuses }: Summary, { style, words }: ChartView): Bar[] {
  return statuses.map(({ name, count }) => ({
    label: name === null ? words.summary.statusless : statusWord(name, words),
    count,
    paint: bar => paintStatus(bar, name, style),
  }));
}

function groupBars({ groups }: Summary, { words }: ChartView): Bar[] {
  return groups.map(({ group, current, past }) => ({
    label: words.groups[group],
    count: current + past,
    note: `${words.times.current} ${current}, ${words.times.past} ${past}`,
  }));
}

function merchantBars({ merchants }: Summary, { words }: ChartView): Bar[] {
  const shown = merchants.length > MOST_MERCHANTS + 1 ? merchants.slice(0, MOST_MERCHANTS) : merchants;
  const rest = merchants.slice(shown.length);
  const bars = shown.map(({ name, count }) => ({ label: name ?? words.summary.nameless, count }));
  return rest.length === 0 ? bars : [...bars, { label: words.summary.others(rest.length), count: sum(rest) }];
}

const sum = (counts: readonly Count[]): number => counts.reduce((total, { count }) => total + count, 0);

function endBars({ ends }: Summary, { style, words }: ChartView): Bar[] {
  const { over, spans, later, unknown } = ends;
  const last = later > 0 ? spans.length - 1 : spans.findLastIndex(({ count }) => count > 0);
  const drawn = spans.slice(0, last + 1).map((span, i) => ({
    label: spanLabel(span, i, words),
    count: span.count,
    paint: i < SOON_SPANS ? style.warning : style.good,
  }));
  const others: (Bar | false)[] = [
    over > 0 && { label: words.summary.ended, count: over, paint: style.bad },
    ...drawn,
    later > 0 && { label: words.summary.later, count: later },
    unknown > 0 && { label: words.summary.endless, count: unknown },
  ];
  return others.filter(it => it !== false);
}

/** `26-11-23 today`, `26-11-25 Wed`, `26-11-30 … 12-06`. */
function spanLabel({ unit, from, to }: EndSpan, index: number, { summary, relative }: Words): string {
  if (unit !== 'day') return `${from.slice(2)} … ${to.slice(5)}`;
  const weekday = summary.weekdays[new Date(`${from}T00:00:00Z`).getUTCDay()]!;
  const near = [relative.today, relative.tomorrow][index];
  return `${from.slice(2)} ${near ?? weekday}`;
}

/** A title and its bars, in proportion to the largest. */
function section(title: string, bars: readonly Bar[], view: ChartView): string[] {
  const width = view.width === Infinity ? DEFAULT_WIDTH : view.width;
  const safe = bars.map(bar => ({ ...bar, label: safeText(bar.label) }));
  const labelWidth = Math.min(
    Math.max(...safe.map(({ label }) => displayWidth(label))),
    Math.floor(width * LABEL_SHARE),
  );
  const countWidth = Math.max(...safe.map(({ count }) => String(count).length));
  const fixed = INDENT.length + labelWidth + 1 + countWidth + 1;
  const noteWidth = Math.max(0, ...safe.map(({ note = '' }) => displayWidth(note))) + INDENT.length;
  const notes = noteWidth > INDENT.length && fixed + noteWidth + LEAST_BAR_WIDTH * 2 <= width;
  const space = width - fixed - (notes ? noteWidth : 0);
  const barWidth = Math.min(MOST_BAR_WIDTH, Math.max(LEAST_BAR_WIDTH, space));
  const most = Math.max(1, ...safe.map(({ count }) => count));
  const rows = safe.map(({ label, count, note, paint }) => {
    const drawn = drawBar((count / most) * barWidth, view.utf8);
    const named = padToWidth(cutToWidth(label, labelWidth), labelWidth);
    const head = `${INDENT}${named} ${String(count).padStart(countWidth)}`;
    const bar = drawn && ` ${paint ? paint(drawn) : drawn}`;
    const tail = notes && note ? ' '.repeat(barWidth - drawn.length) + (drawn ? '' : ' ') + INDENT : '';
    return `${head}${bar}${tail && tail + view.style.faint(note!)}`;
  });
  return [...lines(title, view).map(line => view.style.heading(line)), ...rows];
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of so many columns, to an eighth of one; what is not nothing is always seen. */
function drawBar(columns: number, utf8: boolean): string {
  if (columns === 0) return '';
  if (!utf8) return '#'.repeat(Math.max(1, Math.round(columns)));
  const eighths = Math.max(1, Math.round(columns * 8));
  return '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7]!;
}
