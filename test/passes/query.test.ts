import { describe, expect, it } from 'vitest';
import { pageRequest, parseQuery, type QueryText } from '../../src/passes/query';
import { refusal } from '../helpers/refusal';

const USER = '2088888888888888';
const TEXT: QueryText = { user: USER, group: 'voucher' };
const fromText = (more: QueryText): unknown => parseQuery({ ...TEXT, ...more });

describe('parseQuery', () => {
  it('parseQuery fills in the defaults', () => {
    expect(parseQuery(TEXT)).toEqual({
      userId: USER,
      group: 'voucher',
      time: 'current',
      partnerId: undefined,
      cityCode: undefined,
      shops: false,
      pageSize: 100,
      page: undefined,
      limit: undefined,
      maxPages: 100_000,
    });
  });

  it.each<[QueryText, Record<string, unknown>]>([
    [{ user: '2088000000000000' }, { userId: '2088000000000000' }],
    [{ group: 'card' }, { group: 'card' }],
    [{ group: 'ticket' }, { group: 'ticket' }],
    [{ group: 'cert' }, { group: 'cert' }],
    [{ time: 'current' }, { time: 'current' }],
    [{ time: 'past' }, { time: 'past' }],
    [{ partner: USER }, { partnerId: USER }],
    [{ city: '320100' }, { cityCode: '320100', shops: false }],
    [
      { city: '320100', shops: true },
      { cityCode: '320100', shops: true },
    ],
    [{ pageSize: '1' }, { pageSize: 1 }],
    [{ pageSize: '2147483647' }, { pageSize: 2_147_483_647 }],
    [{ page: '1' }, { page: 1 }],
    [{ limit: '1' }, { limit: 1 }],
    [{ maxPages: '1' }, { maxPages: 1 }],
  ])('parseQuery accepts %j', (text, query) => {
    expect(fromText(text)).toMatchObject(query);
  });

  it.each<[QueryText, flag: string]>([
    [{ user: '1088888888888888' }, '--user'],
    [{ user: '208888888888888' }, '--user'],
    [{ user: '20888888888888888' }, '--user'],
    [{ user: '2088 88888888888' }, '--user'],
    [{ user: '２０８８888888888888' }, '--user'],
    [{ user: `${USER}\n` }, '--user'],
    [{ user: '' }, '--user'],
    [{ group: 'vouchers' }, '--group'],
    [{ group: 'VOUCHER' }, '--group'],
    [{ group: '' }, '--group'],
    [{ time: 'CURRENT' }, '--time'],
    [{ time: 'future' }, '--time'],
    [{ time: 'toString' }, '--time'],
    [{ partner: '20888' }, '--partner'],
    [{ partner: '' }, '--partner'],
    [{ city: '32010' }, '--city'],
    [{ city: '3201000' }, '--city'],
    [{ city: '020100' }, '--city'],
    [{ city: '' }, '--city'],
    [{ pageSize: '0' }, '--page-size'],
    [{ pageSize: '2147483648' }, '--page-size'],
    [{ pageSize: '1.5' }, '--page-size'],
    [{ pageSize: '1e2' }, '--page-size'],
    [{ pageSize: '' }, '--page-size'],
    [{ page: '0' }, '--page'],
    [{ page: '-1' }, '--page'],
    [{ limit: '0' }, '--limit'],
    [{ limit: 'all' }, '--limit'],
    [{ maxPages: '0' }, '--max-pages'],
  ])('parseQuery refuses %j, naming %s and the value', (text, flag) => {
    const error = refusal(() => fromText(text));
    expect(error).toMatchObject({ kind: 'usage', code: 'usage.invalid' });
    expect(error.message).toContain(`${flag} ${JSON.stringify(Object.values(text)[0])} must be`);
  });

  it.each<[QueryText, flag: string]>([
    [{ group: 'card' }, '--user'],
    [{ user: USER }, '--group'],
    [{ ...TEXT, shops: true }, '--city'],
  ])('parseQuery asks for what is missing in %j: %s', (text, flag) => {
    const error = refusal(() => parseQuery(text));
    expect(error).toMatchObject({ kind: 'usage', code: 'usage.missing' });
    expect(error.message).toContain(`${flag} is required`);
  });

  it('parseQuery counts the digits of an id of another length', () => {
    expect(refusal(() => fromText({ user: '20888' })).message).toContain('(this has 5)');
  });
});

const contentOf = (text: QueryText, page: number): unknown =>
  JSON.parse(pageRequest(parseQuery({ ...TEXT, ...text }), page).bizContent);

describe('pageRequest', () => {
  it('pageRequest asks for a page by the names of the API page', () => {
    expect(pageRequest(parseQuery(TEXT), 2).method).toBe('alipay.user.pass.grouplist.query');
    expect(contentOf({}, 2)).toEqual({
      user_id: USER,
      group_type: 'voucher',
      time_status: 'CURRENT',
      page_size: 100,
      page_num: 2,
    });
  });

  it('pageRequest sends all that the query holds', () => {
    expect(contentOf({ time: 'past', partner: USER, city: '320100', shops: true, pageSize: '7' }, 1)).toEqual(
      {
        user_id: USER,
        partner_id: USER,
        group_type: 'voucher',
        time_status: 'PAST',
        city_code: '320100',
        need_shopinfo: true,
        page_size: 7,
        page_num: 1,
      },
    );
  });
});
