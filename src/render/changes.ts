import type { Change, FieldChange } from '../passes/changes';
import { safeText } from '../terminal/safe-text';
import type { Style } from '../terminal/style';
import { statusWord } from './columns';
import { formatMoment } from './relative';
import { cutToWidth, displayWidth, padToWidth } from './width';
import type { Words } from './words';

/** What becomes of a pass, and of a look that came to nothing. */
export type EventKind = Change['change'] | 'trouble';

/** How each kind is painted; the word itself is always there. */
export const KIND_PAINT: Readonly<Record<EventKind, keyof Style>> = {
  added: 'good',
  removed: 'bad',
  changed: 'warning',
  trouble: 'bad',
};
/** Columns; a longer text says no more of what changed. */
const LONGEST_VALUE = 60;
/** Of a pass that came or went, what tells it from others. */
const TELLING = ['status', 'end_date', 'mechant_name', 'logo_text'] as const;

/** How the values of some fields are said. */
const LOOKS: Readonly<Record<string, (text: string, words: Words) => string>> = {
  status: statusWord,
  start_date: formatMoment,
  end_date: formatMoment,
  gmt_create: formatMoment,
};

/** A change in a line: `changed  7000790003  status can_use → used`. */
export function changeLine(change: Change, style: Style, words: Words): string {
  const word = words.changes.kinds[change.change];
  const kind = padKind(word, words).replace(word, style[KIND_PAINT[change.change]]);
  return `${kind}  ${safeText(change.pass_id)}  ${changeText(change, words)}`.trimEnd();
}

/** The word for a kind, filled so that all kinds take as many columns. */
export function padKind(word: string, { changes: { kinds } }: Words): string {
  return padToWidth(word, Math.max(...Object.values(kinds).map(displayWidth)));
}

/** What changed of a pass, without its name. */
export function changeText(change: Change, words: Words): string {
  if (change.change === 'changed') {
    return Object.entries(change.fields)
      .map(it => fieldText(it, words))
      .join(', ');
  }
  const fields = change.change === 'added' ? change.after : change.before;
  const telling = TELLING.filter(name => fields[name] !== undefined);
  return telling.map(name => valueText(name, fields[name], words)).join(', ');
}

/** Times go by their short form, unless that would hide what changed. */
function fieldText([name, { before, after }]: [string, FieldChange], words: Words): string {
  const { fields } = words.changes;
  const known = Object.hasOwn(fields, name) ? fields[name as keyof typeof fields] : safeText(name);
  const short = [before, after].map(it => valueText(name, it, words));
  const told = short[0] === short[1] ? [before, after].map(it => valueText('', it, words)) : short;
  return `${known} ${told.join(' → ')}`;
}

/** A value of a field; without a name, as it came. */
function valueText(name: string, value: unknown, words: Words): string {
  if (value === undefined) return words.changes.none;
  const said = typeof value === 'string' ? value : JSON.stringify(value);
  return cutToWidth(safeText(LOOKS[name]?.(said, words) ?? said), LONGEST_VALUE);
}
