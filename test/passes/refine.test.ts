import { describe, expect, it } from 'vitest';
import { AlipassError } from '../../src/errors';
import { listPasses } from '../../src/passes/pages';
import type { Pass } from '../../src/passes/pass';
import { parseRefine, refineListing, type RefineText } from '../../src/passes/refine';
import { clientOf, listingOf, passes, QUERY } from '../helpers/passes';
import { refusal } from '../helpers/refusal';

const PAGES: readonly (readonly Pass[])[] = [
  [
    { pass_id: '3', status: 'can_use' },
    { pass_id: '1', status: 'used' },
  ],
  [
    { pass_id: '2', status: 'can_use' },
    { pass_id: '4', status: 'used' },
  ],
];

async function refined(
  text: Partial<RefineText>,
  limit?: number,
  source = listingOf(PAGES),
): Promise<{ ids: string[]; state: unknown }> {
  const listing = refineListing(source, parseRefine({ shops: false, ...text }), { nowMs: 0, limit });
  const ids: string[] = [];
  for await (const page of listing.pages) ids.push(...page.map(pass => pass.pass_id));
  return { ids, state: listing.state };
}

describe('refineListing', () => {
  it.each<[Partial<RefineText>, number | undefined, string[], object]>([
    [{ status: 'can_use' }, undefined, ['3', '2'], { count: 2, listed: 4, pages: 2, reason: 'end' }],
    [{ sort: 'pass_id' }, undefined, ['1', '2', '3', '4'], { count: 4, listed: 4, reason: 'end' }],
    [{ sort: '-pass_id', status: 'used' }, undefined, ['4', '1'], { count: 2, reason: 'end' }],
    [{ sort: 'pass_id' }, 2, ['1', '2'], { count: 2, listed: 4, reason: 'limit' }],
    [{ sort: 'pass_id' }, 4, ['1', '2', '3', '4'], { count: 4, reason: 'end' }],
    [{ status: 'can_use' }, 1, ['3'], { count: 1, reason: 'limit' }],
    [{ status: 'can_use' }, 2, ['3', '2'], { count: 2, reason: 'end' }],
    [{ status: 'closed' }, undefined, [], { count: 0, listed: 4, reason: 'end' }],
  ])('refineListing by %j with limit %s hands out %j', async (text, limit, ids, state) => {
    const outcome = await refined(text, limit);
    expect(outcome.ids).toEqual(ids);
    expect(outcome.state).toMatchObject(state);
  });

  it('refineListing sorts what came before a later page failed, and keeps the failure', async () => {
    const failure = new AlipassError('unavailable', 'network.timeout', 'no answer');
    const client = clientOf(page => (page === 1 ? passes(0, 100) : failure));
    const source = listPasses(client, QUERY, new AbortController().signal);
    const { ids, state } = await refined({ sort: '-pass_id' }, undefined, source);
    expect([ids[0], ids.length]).toEqual(['P99', 100]);
    expect(state).toMatchObject({ reason: 'error', failure, count: 100 });
  });

  it('refineListing sorts a page of 200,000 passes', async () => {
    const page = Array.from({ length: 200_000 }, (_, i) => ({ pass_id: String(200_000 - i) }));
    const { ids } = await refined({ sort: 'pass_id' }, 1, listingOf([page]));
    expect(ids).toEqual(['1']);
  });

  it('parseRefine refuses --shop without --shops, as no shops come then', () => {
    expect(refusal(() => parseRefine({ shop: '1', shops: false })).message).toMatch(
      /--shop "1" must be used with --shops/,
    );
    expect(parseRefine({ shop: '1', shops: true }).filter.shop).toBe('1');
  });
});
