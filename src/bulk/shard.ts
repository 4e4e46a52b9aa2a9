import { usageError } from '../errors';

/** One of `count` parts of the users; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

const MOST_SHARDS = 1_000_000;

/** Reads `3/8`. @throws usage naming `where` */
export function parseShard(where: string, text: string): Shard {
  const [, index, count] = /^(\d{1,7})\/(\d{1,7})$/.exec(text)?.map(Number) ?? [];
  if (index && count && index <= count && count <= MOST_SHARDS) return { index, count };
  throw usageError(where, text, `a part and how many there are, from 1/1 to ${MOST_SHARDS}/${MOST_SHARDS}`);
}

/** Writes it as {@link parseShard} reads it. */
export function formatShard({ index, count }: Shard): string {
  return `${index}/${count}`;
}

/**
 * Whether a user belongs to a shard: its id alone decides, so that every machine says the same, in any order of any
 * file. 32-bit FNV-1a of the digits, mixed by the finalizer of MurmurHash3, scaled to the count (docs/bulk.md).
 */
export function isInShard(userId: string, { index, count }: Shard): boolean {
  return Math.floor((hash32(userId) * count) / 2 ** 32) === index - 1;
}

function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
