import { createPublicKey, type KeyObject, sign } from 'node:crypto';

/** Who a certificate is for, and who vouches for it. */
export interface CertificateOrder {
  readonly subject: string;
  readonly subjectKey: KeyObject;
  readonly issuer: string;
  readonly issuerKey: KeyObject;
  readonly serial: number;
  readonly isCa: boolean;
  /** Milliseconds since the epoch; the certificate lasts from here for {@link CERTIFICATE_YEARS}. */
  readonly notBeforeMs: number;
}

/** How long a certificate lasts. */
export const CERTIFICATE_YEARS = 10;
const OID = {
  sha256WithRsa: '2a864886f70d01010b',
  commonName: '550403',
  basicConstraints: '551d13',
} as const;

/** Makes an X.509 certificate (RFC 5280) as PEM: just enough of one for a sandbox. Names are common names. */
export function createCertificate(order: CertificateOrder): string {
  const algorithm = sequence(value(0x06, fromHex(OID.sha256WithRsa)), value(0x05));
  const signedPart = sequence(
    value(0xa0, integer(2)),
    integer(order.serial),
    algorithm,
    name(order.issuer),
    sequence(time(order.notBeforeMs, 0), time(order.notBeforeMs, CERTIFICATE_YEARS)),
    name(order.subject),
    createPublicKey(order.subjectKey).export({ type: 'spki', format: 'der' }),
    value(0xa3, sequence(basicConstraints(order.isCa))),
  );
  const signature = sign('sha256', signedPart, order.issuerKey);
  const der = sequence(signedPart, algorithm, value(0x03, Buffer.of(0), signature));
  const lines = der.toString('base64').match(/.{1,64}/g)!;
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function value(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

function sequence(...parts: Buffer[]): Buffer {
  return value(0x30, ...parts);
}

function integer(number: number): Buffer {
  const hex = number.toString(16);
  const bytes = fromHex(hex.padStart(hex.length + (hex.length % 2), '0'));
  return value(0x02, bytes[0]! < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]));
}

function name(commonName: string): Buffer {
  return sequence(
    value(0x31, sequence(value(0x06, fromHex(OID.commonName)), value(0x0c, Buffer.from(commonName)))),
  );
}

/** GeneralizedTime, to the second. */
function time(epochMs: number, plusYears: number): Buffer {
  const date = new Date(epochMs);
  date.setUTCFullYear(date.getUTCFullYear() + plusYears);
  return value(0x18, Buffer.from(`${date.toISOString().replace(/[-:T]|\..*/g, '')}Z`));
}

function basicConstraints(isCa: boolean): Buffer {
  const content = sequence(...(isCa ? [value(0x01, Buffer.of(0xff))] : []));
  return sequence(
    value(0x06, fromHex(OID.basicConstraints)),
    value(0x01, Buffer.of(0xff)),
    value(0x04, content),
  );
}

function fromHex(hex: string): Buffer {
  return Buffer.from(hex, 'hex');
}
