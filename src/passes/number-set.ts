/** Beyond so many a set is kept in parts, which grow one by one: growing holds the old and the new at once. */
const SPLITS_AT = 16_384;
const PARTS = 32;

/**
 * A set of whole numbers from 1 to 2^53 - 1 in 16 to 32 bytes each, so that millions of them cost no more than a few
 * pages.
 */
export class NumberSet {
  private parts: readonly Part[] = [new Part()];
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** Adds a number; false when it was there already. */
  add(value: number): boolean {
    const hash = mix(value);
    if (!this.partOf(hash).add(value, hash)) return false;
    if (++this.count === SPLITS_AT) this.split();
    return true;
  }

  has(value: number): boolean {
    const hash = mix(value);
    return this.partOf(hash).has(value, hash);
  }

  /** By the high bits of the hash, as the low ones find the place within the part. */
  private partOf(hash: number): Part {
    return this.parts.length === 1 ? this.parts[0]! : this.parts[hash >>> 27]!;
  }

  private split(): void {
    const [whole] = this.parts;
    this.parts = Array.from({ length: PARTS }, () => new Part());
    for (const value of whole!.values()) {
      const hash = mix(value);
      this.partOf(hash).add(value, hash);
    }
  }
}

/** Open addressing in one array of doubles; 0 marks a free slot. */
class Part {
  /** Few at first: most users hold few passes, and V8 keeps so small an array within its own heap. */
  private slots = new Float64Array(8);
  private count = 0;

  add(value: number, hash: number): boolean {
    if (this.count * 2 >= this.slots.length) this.grow();
    const slot = slotOf(this.slots, value, hash);
    if (this.slots[slot] === value) return false;
    this.slots[slot] = value;
    this.count++;
    return true;
  }

  has(value: number, hash: number): boolean {
    return this.slots[slotOf(this.slots, value, hash)] === value;
  }

  values(): Float64Array {
    return this.slots.filter(value => value !== 0);
  }

  private grow(): void {
    const wider = new Float64Array(this.slots.length * 2);
    for (const value of this.slots) if (value !== 0) wider[slotOf(wider, value, mix(value))] = value;
    this.slots = wider;
  }
}

/** Where a number is, or else the free place for it. */
function slotOf(slots: Float64Array, value: number, hash: number): number {
  const mask = slots.length - 1;
  let slot = hash & mask;
  while (slots[slot] !== 0 && slots[slot] !== value) slot = (slot + 1) & mask;
  return slot;
}

/** Spreads numbers that follow a pattern, as ids do, over 32 bits. */
function mix(value: number): number {
  const low = Math.imul(value % 0x100000000, 0x9e3779b1);
  const high = Math.imul(Math.floor(value / 0x100000000), 0x85ebca6b);
  const mixed = Math.imul(low ^ high ^ (low >>> 16), 0xc2b2ae35);
  return mixed ^ (mixed >>> 15);
}
