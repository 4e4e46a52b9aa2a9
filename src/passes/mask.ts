import { maskId } from '../gateway/recording';
import { openJson, JSON_FIELDS } from './field';
import type { Listing } from './pages';
import type { Pass } from './pass';

/** A user id by its form: 16 digits that begin with 2088 and are no part of a longer number. */
const USER_ID = /(?<!\d)2088\d{12}(?!\d)/g;

/** Text whose user ids are `2088********1234`. */
export function maskText(text: string): string {
  return text.replace(USER_ID, maskId);
}

/** A JSON value whose user ids are masked, in names too. */
export function maskValue(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'number') return maskNumber(value);
  if (Array.isArray(value)) return value.map(maskValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [maskText(name), maskValue(it)]));
}

function maskNumber(value: number): unknown {
  const masked = maskText(String(value));
  return masked === String(value) ? value : masked;
}

const STRING_OR_ID = new RegExp(`"(?:[^"\\\\]|\\\\.)*"|${USER_ID.source}`, 'g');

/** JSON text stays JSON: an id that stood there as a number becomes a text. */
function maskJson(json: string): string {
  return json.replace(STRING_OR_ID, it => (it.startsWith('"') ? maskText(it) : `"${maskId(it)}"`));
}

function maskPass(pass: Pass): Pass {
  const masked = Object.entries(pass).map(([name, value]) => {
    const isJson = (JSON_FIELDS as readonly string[]).includes(name) && typeof value === 'string';
    return [name, isJson && openJson(value) !== undefined ? maskJson(value) : maskValue(value)];
  });
  return Object.fromEntries(masked) as Pass;
}

/** A listing without whole user ids, in its passes and in its query. */
export function maskListing(listing: Listing): Listing {
  const { query } = listing;
  const { partnerId } = query;
  const shown = { ...query, userId: maskText(query.userId), partnerId: partnerId && maskText(partnerId) };
  return { query: shown, state: listing.state, pages: maskPages(listing) };
}

async function* maskPages({ pages }: Listing): AsyncGenerator<readonly Pass[]> {
  for await (const page of pages) yield page.map(maskPass);
}
