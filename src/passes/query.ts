import { AlipassError, usageError } from '../errors';
import type { GatewayRequest } from '../gateway/request';
import { parseCount, parseWord } from '../parse';
import { isUserId, type Group, GROUPS, PASS_QUERY_METHOD, type Time, TIME_STATUS } from '../protocol/api';

/** Which passes to ask for, and how. */
export interface PassQuery extends QueryScope {
  /** 16 digits, beginning with 2088. */
  readonly userId: string;
}

/** A query but for whose passes it asks for. */
export interface QueryScope {
  readonly group: Group;
  readonly time: Time;
  readonly partnerId?: string | undefined;
  /** GB/T 2260, six digits. */
  readonly cityCode?: string | undefined;
  /** Whether shops are listed; the gateway wants a city for that. */
  readonly shops: boolean;
  readonly pageSize: number;
  /** This page only; all of them when undefined. Pages count from 1. */
  readonly page?: number | undefined;
  /** Stop after so many passes. */
  readonly limit?: number | undefined;
  /** A safety net: a listing that is longer ends as incomplete. */
  readonly maxPages: number;
}

/** A query as text, from the command line. */
export type QueryText = Readonly<
  Partial<
    Record<
      'user' | 'group' | 'time' | 'partner' | 'city' | 'pageSize' | 'page' | 'limit' | 'maxPages',
      string
    >
  >
> & { readonly shops?: boolean };

const DEFAULT_PAGE_SIZE = 100;
const DEFAULT_MAX_PAGES = 100_000;
/** A Java int: the API page says Number and gives no upper limit. */
const MAX_NUMBER = 2_147_483_647;

/**
 * Reads and checks a query before any call is made; the rules are the API page's.
 * @throws usage naming the flag, the value and what is allowed.
 */
export function parseQuery(text: QueryText): PassQuery {
  if (text.user === undefined && text.group === undefined) throw nothingAsked();
  return { userId: parseMember('--user', text.user), ...parseScope(text) };
}

/** Reads a query but for the user. @throws as {@link parseQuery} */
export function parseScope(text: Omit<QueryText, 'user'>): QueryScope {
  const scope = {
    group: parseWord('--group', text.group, GROUPS),
    time: parseWord('--time', text.time ?? 'current', Object.keys(TIME_STATUS) as Time[]),
    partnerId: text.partner === undefined ? undefined : parseMember('--partner', text.partner),
    cityCode: parseCity(text.city),
    shops: text.shops ?? false,
    pageSize: parseCount('--page-size', text.pageSize, 1, MAX_NUMBER) ?? DEFAULT_PAGE_SIZE,
    page: parseCount('--page', text.page, 1, MAX_NUMBER),
    limit: parseCount('--limit', text.limit, 1, MAX_NUMBER),
    maxPages: parseCount('--max-pages', text.maxPages, 1, MAX_NUMBER) ?? DEFAULT_MAX_PAGES,
  };
  if (scope.shops && !scope.cityCode) {
    throw usageError('--city', undefined, '--shops needs the six digits of a city, such as --city 320100');
  }
  return scope;
}

/** The request for one page of the query. */
export function pageRequest(query: PassQuery, page: number): GatewayRequest {
  const bizContent = JSON.stringify({
    user_id: query.userId,
    partner_id: query.partnerId,
    group_type: query.group,
    time_status: TIME_STATUS[query.time],
    city_code: query.cityCode,
    need_shopinfo: query.shops || undefined,
    page_size: query.pageSize,
    page_num: page,
  });
  return { method: PASS_QUERY_METHOD, bizContent };
}

function nothingAsked(): AlipassError {
  const message = `--user and --group are required: whose passes, and which of ${GROUPS.join(', ')}`;
  return new AlipassError('usage', 'usage.missing', message, {
    hint: 'For example --user 2088888888888888 --group voucher.',
  });
}

function parseMember(flag: string, value: string | undefined): string {
  if (value !== undefined && isUserId(value)) return value;
  const count = value !== undefined && /^\d+$/.test(value) ? ` (this has ${value.length})` : '';
  throw usageError(flag, value, `an Alipay id of 16 digits that begins with 2088${count}`);
}

function parseCity(value: string | undefined): string | undefined {
  if (value === undefined || /^[1-9]\d{5}$/.test(value)) return value;
  throw usageError('--city', value, 'the six digits of a city (GB/T 2260), such as 320100');
}
