import type { PassField, PassStatus } from '../protocol/api';
import type { Style } from '../terminal/style';

/** A column of the table that people see. */
export interface Column {
  readonly field: PassField;
  readonly title: string;
  /** The lower, the later it is left out when the terminal is narrow. */
  readonly rank: number;
  /** Columns narrower than this say nothing; undefined when the text must never be cut, as in ids. */
  readonly minWidth?: number;
  readonly show?: (text: string) => string;
}

/** Coupons are valid to the minute at best: seconds only cost width. */
const toMinute = (time: string): string => time.slice(0, 16);

export const TABLE_COLUMNS: readonly Column[] = [
  { field: 'pass_id', title: 'Pass ID', rank: 0 },
  { field: 'mechant_name', title: 'Merchant', rank: 3, minWidth: 10 },
  { field: 'logo_text', title: 'Title', rank: 2, minWidth: 12 },
  { field: 'second_logo_text', title: 'Subtitle', rank: 5, minWidth: 12 },
  { field: 'status', title: 'Status', rank: 1 },
  { field: 'start_date', title: 'Valid from', rank: 6, show: toMinute },
  { field: 'end_date', title: 'Valid until', rank: 4, show: toMinute },
];

/** How each status is painted; the word itself is always there for those who see no colour. */
export const STATUS_PAINT: Readonly<Record<PassStatus, keyof Style>> = {
  can_use: 'good',
  used: 'faint',
  expired: 'warning',
  closed: 'bad',
};
