import { GROUPS, TIME_STATUS } from '../protocol/api';
import { parseQuery, type PassQuery, type QueryText } from './query';

/**
 * Reads a query whose group and time may be left out: one for each that is not said, the current ones first.
 * @throws usage as {@link parseQuery}
 */
export function parseQueries(text: QueryText): PassQuery[] {
  const groups = text.group === undefined ? GROUPS : [text.group];
  const times = text.time === undefined ? Object.keys(TIME_STATUS) : [text.time];
  return times.flatMap(time => groups.map(group => parseQuery({ ...text, group, time })));
}
