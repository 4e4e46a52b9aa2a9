import { describe, expect, it } from 'vitest';
import { AlipassError } from '../../src/errors';
import { listPasses, type StopReason } from '../../src/passes/pages';
import { renderJson, renderNdjson } from '../../src/render/json';
import { loadStyle } from '../../src/terminal/style';
import { clientOf, listingOf, passes, QUERY, textOf } from '../helpers/passes';

const VIEW = { width: 80, style: await loadStyle(false) };

interface Output {
  readonly schema: string;
  readonly passes: unknown[];
  readonly meta: Record<string, unknown>;
}

const parse = (text: string): Output => JSON.parse(text) as Output;

describe('renderJson', () => {
  it.each([
    ['no page', []],
    ['one page', [passes(0, 2)]],
    ['three pages', [passes(0, 2), passes(2, 4), passes(4, 5)]],
  ])('renderJson writes one object for %s', async (_, pages) => {
    const text = await textOf(renderJson(listingOf(pages), VIEW));
    const all = pages.flat();
    expect(parse(text)).toEqual({
      schema: 'alipass.list/1',
      passes: all,
      meta: {
        count: all.length,
        pages: pages.length,
        complete: true,
        stopped_because: 'end',
        verified: true,
        user_id: '2088888888888888',
        group_type: 'voucher',
        time_status: 'CURRENT',
      },
    });
    expect(Object.keys(parse(text))).toEqual(['schema', 'passes', 'meta']);
    expect(text.endsWith('}\n')).toBe(true);
    expect(text.split('\n')).toHaveLength(Math.max(all.length, 0) + 3);
  });

  it.each<[StopReason, complete: boolean]>([
    ['end', true],
    ['limit', false],
    ['page', false],
    ['max_pages', false],
    ['repeated_page', false],
    ['error', false],
  ])('renderJson says of a listing stopped because of %s that complete is %s', async (reason, complete) => {
    const { meta } = parse(await textOf(renderJson(listingOf([passes(0, 1)], { reason }), VIEW)));
    expect(meta).toMatchObject({ stopped_because: reason, complete });
  });

  it('renderJson is whole where the listing breaks off at a later page', async () => {
    const failure = new AlipassError('unavailable', 'network.timeout', 'no answer');
    const client = clientOf(page => (page === 1 ? passes(0, 100) : failure));
    const output = parse(
      await textOf(renderJson(listPasses(client, QUERY, new AbortController().signal), VIEW)),
    );
    expect(output.passes).toEqual(passes(0, 100));
    expect(output.meta).toMatchObject({ count: 100, complete: false, stopped_because: 'error' });
  });

  it.each([
    ['unknown fields', { pass_id: '1', new_field: { a: [1] } }],
    ['hostile text', { pass_id: '1', logo_text: '\x1b[2J\u202e\ud800"\\\n' }],
    ['Chinese', { pass_id: '1', logo_text: '盒马' }],
  ])('renderJson keeps %s as they are', async (_, pass) => {
    const { passes } = parse(await textOf(renderJson(listingOf([[pass]]), VIEW)));
    expect(passes).toEqual([pass]);
  });
});

describe('renderNdjson', () => {
  it('renderNdjson writes a pass a line', async () => {
    const text = await textOf(renderNdjson(listingOf([passes(0, 2), passes(2, 3)]), VIEW));
    const lines = text.split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map(line => JSON.parse(line) as unknown)).toEqual(passes(0, 3));
  });

  it('renderNdjson of no passes is nothing', async () => {
    expect(await textOf(renderNdjson(listingOf([]), VIEW))).toBe('');
  });

  it('renderNdjson keeps a newline inside a text off the line', async () => {
    const text = await textOf(renderNdjson(listingOf([[{ pass_id: 'a\nb' }]]), VIEW));
    expect(text).toBe('{"pass_id":"a\\nb"}\n');
  });
});
