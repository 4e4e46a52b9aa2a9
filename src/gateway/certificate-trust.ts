import type { KeyObject } from 'node:crypto';
import { AlipassError } from '../errors';
import {
  type Certificate,
  parseCertificates,
  requireChain,
  requireValidDates,
} from '../protocol/certificate';
import type { DownloadCertificate, Trust } from './trust';

/** Where certificates that were fetched are kept for next time. */
export interface CertificateKeeper {
  read(sn: string): Promise<string | undefined>;
  write(sn: string, pem: string): Promise<void>;
}

export interface CertificateTrustOptions {
  /** The Alipay certificate that the user configured, if any; the user vouches for it, so its dates alone are checked. */
  readonly configured: Certificate | undefined;
  readonly roots: readonly Certificate[];
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
  const { configured } = options;
  return {
    needsCertificateSn: true,
    keyOf: (sn = configured?.sn, download) => {
      if (sn === undefined) throw noCertificate();
      const key = known.get(sn) ?? findKey(sn, options, download);
      known.set(sn, key);
      key.catch(() => known.delete(sn));
      return key;
    },
  };
}

async function findKey(
  sn: string,
  { configured, roots, keeper, now }: CertificateTrustOptions,
  download: DownloadCertificate,
): Promise<KeyObject> {
  if (configured?.sn === sn) {
    requireValidDates(configured, now(), 'The Alipay certificate', 'untrusted');
    return configured.x509.publicKey;
  }
  // The SN comes from the wire, and becomes a file name.
  if (!/^[0-9a-f]{32}$/.test(sn))
    throw wrongCertificate('The answer names no certificate SN but something else');
  const kept = await keeper.read(sn);
  const pem = kept ?? (await download(sn));
  const key = checkChain(sn, pem, roots, now());
  if (kept === undefined) await keeper.write(sn, pem);
  return key;
}

function checkChain(sn: string, pem: string, roots: readonly Certificate[], nowMs: number): KeyObject {
  const certificates = readCertificates(sn, pem);
  const leaf = certificates.find(certificate => certificate.sn === sn);
  if (!leaf) throw wrongCertificate(`The gateway sent another certificate than ${sn}`);
  requireValidDates(leaf, nowMs, `The certificate ${sn}`, 'untrusted');
  requireChain(leaf, certificates, roots, nowMs);
  return leaf.x509.publicKey;
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
