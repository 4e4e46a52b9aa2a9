import { type Group, PASS_FIELDS, type PassField, type PassStatus, type Time } from '../protocol/api';
import type { Language } from '../terminal/language';

const s = (count: number): string => (count === 1 ? '' : 's');
const es = (count: number): string => (count === 1 ? '' : 'es');
/** A number of things. */
const countOf = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
const inOrAgo = (count: number, unit: string, ahead: boolean): string =>
  ahead ? `in ${count} ${unit}${s(count)}` : `${count} ${unit}${s(count)} ago`;

const seen = (passes: number, pages: number): string =>
  `${countOf(passes, 'pass', 'passes')} on ${countOf(pages, 'page')}`;
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

/** In the middle of a line a field goes by its name. */
const NAMES = Object.fromEntries(PASS_FIELDS.map(name => [name, name])) as Record<PassField, string>;

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
    goesOn: (done: string, all: string) => `Going on where it was: ${done} of ${all} users are done.`,
    ended: (done: string, all: string, rows: string, calls: string, time: string) =>
      `${done} of ${all} users done: ${rows} passes, ${calls} calls in ${time}.`,
    merged: (users: string, rows: string, parts: string) =>
      `${users} users with ${rows} passes, of ${parts === '1' ? '1 part' : `${parts} parts`}.`,
  },
  check: {
    outcomes: { ok: 'ok', failed: 'failed', error: 'error' },
    statuses: { ok: 'ok', failed: 'failed', unknown: 'unknown' },
    subject: (time: string, group: string, user: string) => `${time} ${group} passes of ${user}`,
    met: (expectations: number, passes: number, pages: number) =>
      `${countOf(expectations, 'expectation')} met; ${seen(passes, pages)}.`,
    notMet: (failed: number, expectations: number, passes: number, pages: number) =>
      `${failed} of ${countOf(expectations, 'expectation')} not met; ${seen(passes, pages)}.`,
    notRun: 'The check could not be run.',
    more: (count: number) => `and ${count} more`,
    expectation: 'expectation',
    found: 'found',
    foundIs: (found: string) => `found: ${found}`,
    isNotMet: (expectation: string) => `not met: ${expectation}`,
    all: (count: number) => `all ${count}`,
    otherwise: (count: number, of: number) => `${count} of ${of} otherwise`,
    noMerchant: (count: number) => `none of ${countOf(count, 'merchant')}`,
    conforming: (count: number) => `${countOf(count, 'pass', 'passes')} as the API page says`,
    deviations: (count: number) => countOf(count, 'deviation'),
    notListed: 'not listed',
    noListing: 'there is no listing',
    noStatus: 'no status',
    ofPass: (passId: string, says: string) => `pass ${passId}: ${says}`,
    ofNoPass: (says: string) => `pass without an id: ${says}`,
  },
  faults: {
    kinds: {
      text: 'text',
      number: 'a number',
      boolean: 'a boolean',
      null: 'null',
      list: 'a list',
      object: 'an object',
      pass: 'a pass',
    },
    unknown: 'is no field of the API page',
    missing: 'is missing',
    otherKind: (kind: string, wanted: string) => `is ${kind}, not ${wanted}`,
    otherEntry: (kind: string, wanted: string) => `holds ${kind}, not ${wanted}`,
    noTime: (text: string) => `is ${text}, not a time as yyyy-MM-dd HH:mm:ss`,
    noStatus: (text: string, statuses: string) => `is ${text}, not one of ${statuses}`,
    long: (length: number, longest: number) => `has ${length} characters, more than ${longest}`,
  },
  changes: {
    kinds: { added: 'added', removed: 'removed', changed: 'changed', trouble: 'trouble' },
    fields: NAMES,
    none: '(none)',
    sum: (added: number, removed: number, changed: number, same: number) =>
      `${added} added, ${removed} removed, ${changed} changed, ${same} the same`,
  },
  watch: {
    title: (time: string, group: string, user: string) => `${time} passes in group ${group} of user ${user}`,
    watching: (passes: number) => `Watching ${countOf(passes, 'pass', 'passes')}.`,
    time: (time: string) => `${time} Beijing time`,
    looking: 'looking…',
    next: (seconds: number) => `next look in ${seconds} s`,
    noListing: 'no listing yet',
    passes: (count: number) => countOf(count, 'pass', 'passes'),
    looks: (count: number) => countOf(count, 'look'),
    noChange: 'No change so far. Ctrl-C ends the watch.',
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
