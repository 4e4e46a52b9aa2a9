import { parseWords } from '../parse';
import { GROUPS, type Time, TIME_STATUS } from '../protocol/api';
import { parseQuery, parseScope, type PassQuery, type QueryScope, type QueryText } from './query';

/**
 * Reads a query whose group and time may be left out: one for each that is not said, the current ones first.
 * @throws usage as {@link parseQuery}
 */
export function parseQueries(text: QueryText): PassQuery[] {
  const groups = text.group === undefined ? GROUPS : [text.group];
  const times = text.time === undefined ? Object.keys(TIME_STATUS) : [text.time];
  return times.flatMap(time => groups.map(group => parseQuery({ ...text, group, time })));
}

/**
 * Reads what to ask of every user, where `group` and `time` are lists of words: a scope for each of the two together.
 * @throws usage as {@link parseQuery}
 */
export function parseScopes(text: Omit<QueryText, 'user'>): QueryScope[] {
  if (text.group === undefined) return [parseScope(text)];
  const groups = distinct(parseWords('--group', text.group, GROUPS));
  const times = distinct(parseWords('--time', text.time ?? 'current', Object.keys(TIME_STATUS) as Time[]));
  return times.flatMap(time => groups.map(group => parseScope({ ...text, group, time })));
}

function distinct<T>(words: readonly T[]): T[] {
  return [...new Set(words)];
}
