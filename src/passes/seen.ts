/**
 * A set of pass ids in 16 to 32 bytes each, so that a million of them cost no more than a page: ids are kept
 * as 53-bit hashes with open addressing. A false "seen" has a chance of one in 10^10 at a million ids.
 */
export class SeenIds {
  private slots = new Float64Array(1024);
  private size = 0;

  /** Adds an id; false when it was there already. */
  add(id: string): boolean {
    if (this.size * 2 >= this.slots.length) this.grow();
    const added = insert(this.slots, hash53(id));
    if (added) this.size++;
    return added;
  }

  private grow(): void {
    const wider = new Float64Array(this.slots.length * 2);
    for (const hash of this.slots) if (hash !== 0) insert(wider, hash);
    this.slots = wider;
  }
}

function insert(slots: Float64Array, hash: number): boolean {
  for (let slot = hash % slots.length; ; slot = (slot + 1) % slots.length) {
    if (slots[slot] === hash) return false;
    if (slots[slot] === 0) {
      slots[slot] = hash;
      return true;
    }
  }
}

/** Two 32-bit multiplicative hashes with different seeds, mixed into 53 bits; never 0, which marks a free slot. */
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
