/** One DER value: its tag octet, its content, and the whole of it as encoded. */
export interface DerValue {
  readonly tag: number;
  readonly content: Buffer;
  readonly encoded: Buffer;
}

/**
 * Reads the values that stand one after the other in `bytes`, such as a SEQUENCE's content. Tags of one octet and
 * definite lengths only, which is all that a certificate's fields use.
 * @throws RangeError for bytes that are not DER
 */
export function readDerValues(bytes: Buffer): DerValue[] {
  const values: DerValue[] = [];
  for (let rest = bytes; rest.length > 0;) {
    const value = readDerValue(rest);
    values.push(value);
    rest = rest.subarray(value.encoded.length);
  }
  return values;
}

/** Reads the value that `bytes` begins with. */
function readDerValue(bytes: Buffer): DerValue {
  const tag = bytes.readUInt8(0);
  if ((tag & 0x1f) === 0x1f) throw new RangeError('a DER tag of more than one octet');
  const { start, length } = readLength(bytes);
  const end = start + length;
  if (end > bytes.length) throw new RangeError('a DER value is cut short');
  return { tag, content: bytes.subarray(start, end), encoded: bytes.subarray(0, end) };
}

/** Where the content starts and how long it is; the length stands after the tag, in one octet or in counted ones. */
function readLength(bytes: Buffer): { start: number; length: number } {
  const first = bytes.readUInt8(1);
  if (first < 0x80) return { start: 2, length: first };
  const octets = first - 0x80;
  if (octets < 1 || octets > 4) throw new RangeError('a DER length of no use');
  return { start: 2 + octets, length: bytes.readUIntBE(2, octets) };
}

/** An INTEGER's content as a number of any size, two's complement. */
export function decodeInteger(content: Buffer): bigint {
  return BigInt.asIntN(content.length * 8, BigInt(`0x${content.toString('hex')}`));
}

/** An OBJECT IDENTIFIER's content in dotted form, such as `2.5.4.3`. */
export function decodeObjectIdentifier(content: Buffer): string {
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const octet of content) {
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    if (octet < 0x80) {
      arcs.push(arc);
      arc = 0n;
    }
  }
  // The first number holds two arcs, 40 · first + second, where first is at most 2.
  const [joined = 0n, ...others] = arcs;
  const top = joined < 80n ? joined / 40n : 2n;
  return [top, joined - top * 40n, ...others].join('.');
}
