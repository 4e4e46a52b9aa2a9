import type { Group, PassField, PassStatus, Time } from '../protocol/api';
import type { Language } from '../terminal/language';

const s = (count: number): string => (count === 1 ? '' : 's');
const es = (count: number): string => (count === 1 ? '' : 'es');
const inOrAgo = (count: number, unit: string, ahead: boolean): string =>
  ahead ? `in ${count} ${unit}${s(count)}` : `${count} ${unit}${s(count)} ago`;

const onPage = (page: number | undefined): string => (page === undefined ? '' : ` on page ${page}`);

const FIELDS: Readonly<Record<PassField, string>> = {
  pass_id: 'Pass ID',
  mechant_name: 'Merchant',
  logo_text: 'Title',
  second_logo_text: 'Subtitle',
  item_id: 'Item ID',
  start_date: 'Valid from',
  end_date: 'Valid until',
  gmt_create: 'Created',
  shop_id_list: 'Shops',
  data_info: 'Pass data',
  status: 'Status',
  ext_info: 'Extension',
};

const STATUSES: Readonly<Record<PassStatus, string>> = {
  can_use: 'can_use',
  used: 'used',
  expired: 'expired',
  closed: 'closed',
};

const GROUPS: Readonly<Record<Group, string>> = {
  card: 'card',
  voucher: 'voucher',
  ticket: 'ticket',
  cert: 'cert',
};

const TIMES: Readonly<Record<Time, string>> = { current: 'current', past: 'past' };

/**
 * What alipass says to people in English: texts, and functions where something stands within them. Every other
 * language has the same members ({@link Words}), so one that is missing does not compile.
 */
export const ENGLISH = {
  fields: FIELDS,
  statuses: STATUSES,
  groups: GROUPS,
  times: TIMES,
  relative: {
    now: 'now',
    today: 'today',
    tomorrow: 'tomorrow',
    yesterday: 'yesterday',
    minutes: (count: number, ahead: boolean) => inOrAgo(count, 'minute', ahead),
    hours: (count: number, ahead: boolean) => inOrAgo(count, 'hour', ahead),
    days: (count: number, ahead: boolean) => inOrAgo(count, 'day', ahead),
    months: (count: number, ahead: boolean) => inOrAgo(count, 'month', ahead),
    years: (count: number, ahead: boolean) => inOrAgo(count, 'year', ahead),
  },
  listing: {
    asking: 'Asking for passes…',
    soFar: (passes: number, pages: number) => `Passes so far: ${passes}, pages: ${pages}…`,
    none: (time: string, group: string, user: string, page: number | undefined) =>
      `No ${time} passes in group ${group} of user ${user}${onPage(page)}.`,
    noneFound: (count: number, time: string, group: string, user: string, page: number | undefined) =>
      `The query finds nothing among ${count} ${time} pass${es(count)} in group ${group} of user ${user}${onPage(page)}.`,
    noneWanted: (count: number, time: string, group: string, user: string, page: number | undefined) =>
      `None of ${count} ${time} pass${es(count)} in group ${group} of user ${user}${onPage(page)} is wanted by the filters.`,
    count: (count: number, time: string, group: string, user: string) =>
      `${count} ${time} pass${es(count)} in group ${group} of user ${user}.`,
    countAtLeast: (count: number, time: string, group: string, user: string) =>
      `${count} ${time} pass${es(count)} in group ${group} of user ${user}; there may be more.`,
  },
  show: {
    notFound: (passId: string, user: string, groups: readonly string[], times: readonly string[]) =>
      `User ${user} holds no pass ${passId}: searched ${groups.join(', ')} (${times.join(', ')}), each to its proven end.`,
    validity: 'Valid',
    brokenJson: 'broken JSON, as it came:',
    sameAs: (field: string) => `the same as ${field}`,
    missing: '(nothing)',
  },
  summary: {
    title: (count: number, user: string, time: string) =>
      `${count} pass${es(count)} of user ${user}, as of ${time} Beijing time`,
    incomplete: 'Not all passes could be read: these numbers are too low.',
    status: 'By status',
    group: 'By group',
    merchant: 'By merchant',
    expiry: (count: number) => `When the ${count} usable pass${es(count)} end`,
    noneUsable: 'No usable passes, so nothing ends.',
    others: (count: number) => `${count} more`,
    nameless: '(no name)',
    statusless: '(no status)',
    ended: 'already ended',
    later: 'later',
    endless: 'no end known',
    weekdays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as readonly string[],
  },
  /** Of many users; numbers come as texts, with their thousands apart. */
  job: {
    users: (done: string, all: string) => `${done} of ${all} users`,
    rows: (count: string) => `${count} passes`,
    rate: (count: string) => `${count} calls/s`,
    failed: (count: string) => `${count} failed`,
    left: (time: string) => `${time} left`,
    wasFinished: (path: string) => `The export was finished already; ${path} is in its place now.`,
    goesOn: (done: string, all: string) => `Going on where it was: ${done} of ${all} users are done.`,
    ended: (done: string, all: string, rows: string, calls: string, time: string) =>
      `${done} of ${all} users done: ${rows} passes, ${calls} calls in ${time}.`,
    merged: (users: string, rows: string, parts: string) =>
      `${users} users with ${rows} passes, of ${parts} parts.`,
  },
} as const;

/** A catalogue with the members of another, in whatever words. */
type Translation<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends readonly string[]
      ? readonly string[]
      : T[K] extends (...args: infer Args) => string
        ? (...args: Args) => string
        : Translation<T[K]>;
};

/** All that alipass says to people through its catalogue. Codes and the names of fields are no part of it. */
export type Words = Translation<typeof ENGLISH>;

/** The words of a language; any but English are loaded when they are spoken. */
export async function loadWords(language: Language = 'en'): Promise<Words> {
  return language === 'zh' ? (await import('./words-zh')).CHINESE : ENGLISH;
}
