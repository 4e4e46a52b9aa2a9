import { createHash, X509Certificate } from 'node:crypto';
import { AlipassError, quote } from '../errors';
import { decodeInteger, decodeObjectIdentifier, readDerValues } from './der';
import { formatDistinguishedName } from './distinguished-name';
import { formatBeijingTime } from './time';

/** An X.509 certificate and what certificate mode asks of it (docs/protocol.md, "Certificate mode"). */
export interface Certificate {
  readonly x509: X509Certificate;
  /** What the gateway calls the certificate by: see {@link snOf}. */
  readonly sn: string;
  /** The names as Java’s `X500Principal.getName()` writes them (RFC 2253). */
  readonly issuer: string;
  readonly subject: string;
  /** Milliseconds since the epoch, as is {@link notAfterMs}. */
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** Whether an RSA key signed it: the OID of its signature algorithm starts with 1.2.840.113549.1.1. */
  readonly rsaSigned: boolean;
}

/** The SN of a certificate: 32 hex digits, the MD5 of its issuer's RFC 2253 name and its serial number in decimal. */
export function snOf(issuer: string, serial: bigint): string {
  return createHash('md5').update(`${issuer}${serial}`, 'utf8').digest('hex');
}

/**
 * Reads every certificate of a PEM file or bundle, in file order; text and blocks of other kinds around them are
 * passed over, BOM and CRLF forgiven. One bare base64 line is taken too, of the DER or of a PEM file. `where` names
 * the source in errors.
 * @throws config `certificate.unreadable`, also when one certificate of several is broken or cut off
 */
export function parseCertificates(text: string, where: string): Certificate[] {
  const bodies = pemBodies(text);
  if (bodies.length > 0) {
    const nth = (i: number): string => (bodies.length > 1 ? `certificate ${i + 1} of ${where}` : where);
    return bodies.map((body, i) => parseDer(decodeBase64(body), nth(i)));
  }
  const bytes = decodeBase64(text);
  const inner = bytes?.toString('utf8') ?? '';
  return pemBodies(inner).length > 0 ? parseCertificates(inner, where) : [parseDer(bytes, where)];
}

/** The base64 between the marks of each certificate; undefined for one whose end mark is missing. */
function pemBodies(text: string): (string | undefined)[] {
  const [, ...blocks] = text.split(/-----BEGIN (?:X509 )?CERTIFICATE-----/);
  return blocks.map(block => /^([^-]*)-----END (?:X509 )?CERTIFICATE-----/.exec(block)?.[1]);
}

function decodeBase64(text: string | undefined): Buffer | undefined {
  const compact = text?.replace(/[\s\ufeff]/g, '') ?? '';
  return /^[A-Za-z0-9+/]+={0,2}$/.test(compact) ? Buffer.from(compact, 'base64') : undefined;
}

function parseDer(der: Buffer | undefined, where: string): Certificate {
  try {
    if (der) return readCertificate(der);
  } catch {
    // Neither OpenSSL nor our own reader says anything that would help a person: the hint does.
  }
  throw new AlipassError('config', 'certificate.unreadable', `${where} is not a readable X.509 certificate`, {
    hint: 'It must be PEM or one base64 line; openssl x509 -inform der -in FILE turns a binary certificate into PEM.',
  });
}

/** RFC 5280, section 4.1: a certificate is its signed part, the algorithm of the signature, and the signature. */
function readCertificate(der: Buffer): Certificate {
  const x509 = new X509Certificate(der);
  // Node.js also takes a PEM block hidden in the bytes, or leaves their rest: what it verifies must be what is read here.
  if (!x509.raw.equals(der)) throw new RangeError('bytes that are not one certificate');
  const [whole] = readDerValues(der);
  const [signed, algorithm] = readDerValues(whole!.content);
  // The version, tagged [0], is left out of certificates of version 1.
  const fields = readDerValues(signed!.content).filter(({ tag }) => tag !== 0xa0);
  const [serial, , issuer, , subject] = fields.map(({ content }) => content);
  const issuerName = formatDistinguishedName(issuer!);
  const [algorithmType] = readDerValues(algorithm!.content);
  return {
    x509,
    sn: snOf(issuerName, decodeInteger(serial!)),
    issuer: issuerName,
    subject: formatDistinguishedName(subject!),
    notBeforeMs: parseTime(x509.validFrom),
    notAfterMs: parseTime(x509.validTo),
    rsaSigned: decodeObjectIdentifier(algorithmType!.content).startsWith('1.2.840.113549.1.1.'),
  };
}

/** Reads a time as OpenSSL prints it, such as `Nov 23 04:00:00 2026 GMT`. @throws RangeError for another form */
function parseTime(text: string): number {
  const epochMs = Date.parse(text);
  if (Number.isNaN(epochMs)) throw new RangeError(`a certificate with the date ${text}`);
  return epochMs;
}

/**
 * The `alipay_root_cert_sn` of a root bundle: the SNs of its RSA-signed certificates, in file order, joined by `_`.
 * The bundle also holds certificates of other algorithms, which the gateway leaves out.
 * @throws config `certificate.no_root` when none is RSA-signed
 */
export function rootSn(certificates: readonly Certificate[], where: string): string {
  const sns = certificates.filter(({ rsaSigned }) => rsaSigned).map(({ sn }) => sn);
  if (sns.length > 0) return sns.join('_');
  throw new AlipassError('config', 'certificate.no_root', `${where} holds no certificate signed with RSA`, {
    hint: 'It must be the root bundle that Alipay offers for download (alipayRootCert.crt).',
  });
}

/**
 * Refuses a certificate out of its time; both ends belong to it. `kind` is `config` for the user's own files and
 * `untrusted` for what the gateway sent.
 * @throws `certificate.expired`, `certificate.not_yet_valid`, naming the dates in Beijing time
 */
export function requireValidDates(
  certificate: Certificate,
  nowMs: number,
  where: string,
  kind: 'config' | 'untrusted',
): void {
  const fault = faultOfDates(certificate, nowMs);
  if (!fault) return;
  throw new AlipassError(kind, `certificate.${fault}`, `${where} ${describeDates(certificate, fault)}`, {
    hint:
      fault === 'expired'
        ? 'Download the renewed certificate from open.alipay.com.'
        : 'Check this machine’s clock.',
  });
}

type DateFault = 'expired' | 'not_yet_valid';

function faultOfDates({ notBeforeMs, notAfterMs }: Certificate, nowMs: number): DateFault | undefined {
  if (nowMs < notBeforeMs) return 'not_yet_valid';
  return nowMs > notAfterMs ? 'expired' : undefined;
}

function describeDates({ notBeforeMs, notAfterMs }: Certificate, fault: DateFault): string {
  const what = fault === 'expired' ? 'has expired' : 'is not valid yet';
  return `${what}: it is valid from ${formatBeijingTime(notBeforeMs)} to ${formatBeijingTime(notAfterMs)}, Beijing time`;
}

/**
 * Checks that `leaf` is one of `roots`, or leads to one through `others`: each certificate on the way signed by the
 * next, which must be a CA within its dates. The leaf’s own dates are {@link requireValidDates}’s to check; path
 * length and name constraints are not looked at.
 * @throws untrusted `certificate.chain`, naming where the chain breaks
 */
export function requireChain(
  leaf: Certificate,
  others: readonly Certificate[],
  roots: readonly Certificate[],
  nowMs: number,
): void {
  const reached = [leaf];
  let lastBreak = '';
  // Grows while it is walked; a certificate is reached once, so CAs that sign each other make no loop.
  for (const certificate of reached) {
    if (roots.some(root => isSame(root, certificate))) return;
    const issuers = [...roots, ...others].filter(({ subject }) => subject === certificate.issuer);
    const flaws = issuers.map(issuer => flawOf(issuer, certificate, nowMs));
    const sound = issuers.filter((_, i) => flaws[i] === undefined);
    reached.push(...sound.filter(issuer => !reached.some(it => isSame(it, issuer))));
    if (sound.length === 0) {
      const why = flaws[0] ?? `no certificate of its issuer ${quote(certificate.issuer)} is at hand`;
      lastBreak = `breaks at ${quote(certificate.subject)}: ${why}`;
    }
  }
  const end = lastBreak || `ends at ${quote(reached.at(-1)!.subject)}, which is none of the roots`;
  throw new AlipassError('untrusted', 'certificate.chain', `the certificate chain ${end}`, {
    hint: 'Check that the root bundle is Alipay’s newest (alipayRootCert.crt, from open.alipay.com).',
  });
}

/** What keeps `issuer` from vouching for the certificate that names it. */
function flawOf(issuer: Certificate, certificate: Certificate, nowMs: number): string | undefined {
  if (!issuer.x509.ca) return `its issuer ${quote(issuer.subject)} is not a CA`;
  const fault = faultOfDates(issuer, nowMs);
  if (fault) return `its issuer ${quote(issuer.subject)} ${describeDates(issuer, fault)}`;
  return isSignedBy(certificate, issuer) ? undefined : `its issuer ${quote(issuer.subject)} did not sign it`;
}

function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return certificate.x509.verify(issuer.x509.publicKey);
  } catch {
    return false; // A key of a kind that this Node.js cannot check, such as SM2.
  }
}

function isSame(a: Certificate, b: Certificate): boolean {
  return a.x509.raw.equals(b.x509.raw);
}
