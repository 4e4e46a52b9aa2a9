import type { KeyObject } from 'node:crypto';
import { AlipassError } from '../errors';
import {
  type Certificate,
  parseCertificates,
  requireChain,
  requireValidDates,
} from '../protocol/certificate';
import { isSamePair } from '../protocol/keys';
import type { DownloadCertificate, Trust } from './trust';

/** Where certificates that were fetched are kept for next time. */
export interface CertificateKeeper {
  read(sn: string): Promise<string | undefined>;
  write(sn: string, pem: string): Promise<void>;
}

export interface CertificateTrustOptions {
  /**
   * The Alipay certificate that the user configured, if any, and what came with it; the user vouches for it, so its
   * dates alone are checked.
   */
  readonly configured: readonly Certificate[];
  readonly roots: readonly Certificate[];
  /**
   * The app's own key: no answer is proven by it, though its certificate hangs below the same roots. Undefined where
   * nobody signs: at a replay.
   */
  readonly appKey: KeyObject | undefined;
  readonly keeper: CertificateKeeper;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Certificate mode: an answer names its certificate. One that is not known is fetched, checked up to the root
 * bundle, and kept (docs/protocol.md, "Certificate mode").
 */
export function trustCertificates(options: CertificateTrustOptions): Trust {
  const known = new Map<string, Promise<KeyObject>>();
  const [configured] = options.configured;
  return {
    needsCertificateSn: true,
    keyOf: (sn = configured?.sn, download) => {
      if (sn === undefined) throw noCertificate();
      const key = known.get(sn) ?? findKey(sn, options, download);
      known.set(sn, key);
      key.catch(() => known.delete(sn));
      return key;
    },
    proof: () => ({
      alipay_root_cert: pemOf(options.roots),
      ...(configured ? { alipay_cert: pemOf(options.configured) } : {}),
    }),
  };
}

/** Certificates alone, whatever else their files hold. */
function pemOf(certificates: readonly Certificate[]): string {
  return certificates.map(({ x509 }) => x509.toString()).join('');
}

async function findKey(
  sn: string,
  options: CertificateTrustOptions,
  download: DownloadCertificate,
): Promise<KeyObject> {
  const { keeper, now } = options;
  const [configured] = options.configured;
  if (configured?.sn === sn) {
    requireValidDates(configured, now(), 'The Alipay certificate', 'untrusted');
    return provingKey(configured, options);
  }
  // The SN comes from the wire, and becomes a file name.
  if (!/^[0-9a-f]{32}$/.test(sn))
    throw wrongCertificate('The answer names no certificate SN but something else');
  const kept = await keeper.read(sn);
  if (kept !== undefined) {
    try {
      return checkFetched(sn, kept, options);
    } catch {
      // Damaged, or no longer good: a fresh one may be.
    }
  }
  const pem = await download(sn);
  const key = checkFetched(sn, pem, options);
  await keeper.write(sn, pem);
  return key;
}

function checkFetched(sn: string, pem: string, options: CertificateTrustOptions): KeyObject {
  const { roots, now } = options;
  const [configured] = options.configured;
  const certificates = readCertificates(sn, pem);
  const leaf = certificates.find(certificate => certificate.sn === sn);
  if (!leaf) throw wrongCertificate(`The gateway sent another certificate than ${sn}`);
  requireValidDates(leaf, now(), `The certificate ${sn}`, 'untrusted');
  requireChain(leaf, certificates, roots, now());
  if (configured && organisationOf(leaf) !== organisationOf(configured)) {
    throw wrongCertificate(
      `The certificate ${sn} is for ${leaf.subject}, not for whom the configured one is`,
    );
  }
  return provingKey(leaf, options);
}

/** Merchants' certificates hang below the same roots as Alipay's: a chain alone does not make one Alipay's. */
function provingKey({ x509, sn }: Certificate, { appKey }: CertificateTrustOptions): KeyObject {
  if (x509.ca) throw wrongCertificate(`The certificate ${sn} is that of an authority`);
  if (appKey && isSamePair(x509.publicKey, appKey))
    throw wrongCertificate(`The certificate ${sn} is the app’s own`);
  return x509.publicKey;
}

/** A subject without its common name, which may change when a certificate is renewed. */
function organisationOf({ subject }: Certificate): string {
  return subject.replace(/(^|,)CN=(?:\\.|[^,\\])*/, '');
}

/** What cannot be read is no fault of the user's settings: the gateway sent it. */
function readCertificates(sn: string, pem: string): Certificate[] {
  try {
    return parseCertificates(pem, `The certificate ${sn}`);
  } catch (cause) {
    throw wrongCertificate((cause as Error).message);
  }
}

function noCertificate(): AlipassError {
  return wrongCertificate('The answer does not name its certificate (alipay_cert_sn)');
}

function wrongCertificate(message: string): AlipassError {
  return new AlipassError('untrusted', 'certificate.wrong', message, {
    hint: 'Check --gateway and that the app is in certificate mode on open.alipay.com.',
  });
}
