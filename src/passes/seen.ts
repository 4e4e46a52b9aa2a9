import { NumberSet } from './number-set';

/**
 * A set of pass ids in 16 to 32 bytes each, so that a million of them cost no more than a page: ids are kept as 53-bit
 * hashes. A false "seen" has a chance of one in 10^10 at a million ids.
 */
export class SeenIds {
  private readonly hashes = new NumberSet();

  /** Adds an id; false when it was there already. */
  add(id: string): boolean {
    return this.hashes.add(hash53(id));
  }
}

/** Two 32-bit multiplicative hashes with different seeds, mixed into 53 bits; never 0. */
function hash53(text: string): number {
  let low = 0x9e3779b9;
  let high = 0x85ebca6b;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    low = Math.imul(low ^ unit, 0x9e3779b1);
    high = Math.imul(high ^ unit, 0x5f356495);
  }
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  return (high >>> 0) * 0x200000 + (low >>> 11) || 1;
}
