import type { KeyObject } from 'node:crypto';

/** Fetches the PEM text of the certificate with that SN from the gateway; nothing proves it yet. */
export type DownloadCertificate = (sn: string) => Promise<string>;

/** How answers are proven to be Alipay's. */
export interface Trust {
  /** Whether a success must name its certificate: certificate mode. */
  readonly needsCertificateSn: boolean;
  /**
   * The key that proves an answer which names the certificate `sn`, or names none.
   * @throws untrusted when that certificate is not to be trusted
   */
  keyOf(sn: string | undefined, download: DownloadCertificate): Promise<KeyObject>;
}

/** Key mode: one public key proves all. */
export function trustKey(alipayPublicKey: KeyObject): Trust {
  return { needsCertificateSn: false, keyOf: async () => alipayPublicKey };
}

/** Asks for no proof: for `--insecure-skip-verify`, and for a certificate, which proves itself. */
export const NO_PROOF: Trust = {
  needsCertificateSn: false,
  keyOf: () => Promise.reject(new Error('no key proves what needs no proof')),
};
