import { decodeObjectIdentifier, readDerValues, type DerValue } from './der';

/** The attributes that RFC 2253 gives a short name; Java writes any other as its object identifier. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
};

/** The string types that Java writes as text, by tag; values of any other type stand as hex. */
const STRING_TAGS: ReadonlySet<number> = new Set([
  0x0c, // UTF8String
  0x13, // PrintableString
  0x14, // T61String
  0x16, // IA5String
  0x1b, // GeneralString
  0x1e, // BMPString
]);

/**
 * Writes a name (its DER content) as RFC 2253 has it, in the dialect of Java's `X500Principal.getName()`: that text
 * goes into the SN of a certificate, so each byte of it counts (docs/protocol.md, "Certificate mode").
 * @throws RangeError for bytes that are not DER
 */
export function formatDistinguishedName(content: Buffer): string {
  const parts = readDerValues(content).map(part =>
    readDerValues(part.content).map(formatAttribute).join('+'),
  );
  return parts.toReversed().join(',');
}

function formatAttribute(attribute: DerValue): string {
  const [type, value] = readDerValues(attribute.content);
  if (!type || !value) throw new RangeError('an attribute of a name lacks its type or value');
  const oid = decodeObjectIdentifier(type.content);
  const name = SHORT_NAMES[oid];
  return name !== undefined && STRING_TAGS.has(value.tag)
    ? `${name}=${escapeText(value.content.toString('utf8'))}`
    : `${name ?? oid}=#${value.encoded.toString('hex')}`;
}

/** Java escapes `=` and `#` everywhere, a NUL as `\00`, and at both ends a carriage return as well as a space. */
function escapeText(text: string): string {
  return text
    .replace(/[,=+<>#;"\\]/g, '\\$&')
    .replaceAll('\0', '\\00')
    .replace(/^[ \r]+|[ \r]+$/g, ends => ends.replace(/./gs, '\\$&'));
}
