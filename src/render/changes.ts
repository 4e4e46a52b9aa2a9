import type { Change, FieldChange } from '../passes/changes';
import { safeText } from '../terminal/safe-text';
import type { Style } from '../terminal/style';

const PAINT: Readonly<Record<Change['change'], keyof Style>> = {
  added: 'good',
  removed: 'bad',
  changed: 'warning',
};
const WORD_WIDTH = 'removed'.length;
/** A longer text says no more of what changed. */
const LONGEST_VALUE = 60;
/** Of a pass that came or went, what tells it from others. */
const TELLING = ['status', 'mechant_name', 'logo_text', 'end_date'] as const;

/** A change in a line: `changed  7000790003  status can_use → used`. */
export function changeLine(change: Change, style: Style): string {
  const word = style[PAINT[change.change]](change.change) + ' '.repeat(WORD_WIDTH - change.change.length);
  return `${word}  ${safeText(change.pass_id)}  ${changeText(change)}`.trimEnd();
}

/** What changed of a pass, without its name. */
export function changeText(change: Change): string {
  if (change.change === 'changed') {
    return Object.entries(change.fields).map(fieldText).join(', ');
  }
  const fields = change.change === 'added' ? change.after : change.before;
  return TELLING.flatMap(name => (fields[name] === undefined ? [] : [valueText(fields[name])])).join(', ');
}

function fieldText([name, { before, after }]: [string, FieldChange]): string {
  return `${safeText(name)} ${valueText(before)} → ${valueText(after)}`;
}

function valueText(value: unknown): string {
  if (value === undefined) return '(none)';
  const text = safeText(typeof value === 'string' ? value : JSON.stringify(value));
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}
