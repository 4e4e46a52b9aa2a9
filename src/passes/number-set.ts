/**
 * A set of whole numbers from 1 to 2^53 - 1 in 16 to 32 bytes each, so that millions of them cost no more than a few
 * pages: open addressing in one array of doubles.
 */
export class NumberSet {
  /** Few at first: most users hold few passes, and V8 keeps so small an array within its own heap. */
  private slots = new Float64Array(8);
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** Adds a number; false when it was there already. */
  add(value: number): boolean {
    if (this.count * 2 >= this.slots.length) this.grow();
    const slot = slotOf(this.slots, value);
    if (this.slots[slot] === value) return false;
    this.slots[slot] = value;
    this.count++;
    return true;
  }

  has(value: number): boolean {
    return this.slots[slotOf(this.slots, value)] === value;
  }

  private grow(): void {
    const wider = new Float64Array(this.slots.length * 2);
    for (const value of this.slots) if (value !== 0) wider[slotOf(wider, value)] = value;
    this.slots = wider;
  }
}

/** Where a number is, or else the free place for it. */
function slotOf(slots: Float64Array, value: number): number {
  const mask = slots.length - 1;
  let slot = mix(value) & mask;
  while (slots[slot] !== 0 && slots[slot] !== value) slot = (slot + 1) & mask;
  return slot;
}

/** Spreads numbers that follow a pattern, as ids do. */
function mix(value: number): number {
  const low = Math.imul(value % 0x100000000, 0x9e3779b1);
  const high = Math.imul(Math.floor(value / 0x100000000), 0x85ebca6b);
  const mixed = Math.imul(low ^ high ^ (low >>> 16), 0xc2b2ae35);
  return mixed ^ (mixed >>> 15);
}
