import type { KeyObject } from 'node:crypto';

/** Fetches the PEM text of the certificate with that SN from the gateway; nothing proves it yet. */
export type DownloadCertificate = (sn: string) => Promise<string>;

/** What proves answers, all of it public: Alipay's key as bare SPKI, or certificates as PEM; neither where nothing does. */
export interface Proof {
  readonly alipay_public_key?: string;
  readonly alipay_root_cert?: string;
  /** The configured certificate first, then what came with it. */
  readonly alipay_cert?: string;
}

/** How answers are proven to be Alipay's. */
export interface Trust {
  /** Whether a success must name its certificate: certificate mode. */
  readonly needsCertificateSn: boolean;
  /**
   * The key that proves an answer which names the certificate `sn`, or names none.
   * @throws untrusted when that certificate is not to be trusted
   */
  keyOf(sn: string | undefined, download: DownloadCertificate): Promise<KeyObject>;
  /** What proves answers, for a recording of them to keep. */
  proof(): Proof;
}

/** Key mode: one public key proves all. */
export function trustKey(alipayPublicKey: KeyObject): Trust {
  return {
    needsCertificateSn: false,
    keyOf: async () => alipayPublicKey,
    proof: () => ({
      alipay_public_key: alipayPublicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    }),
  };
}

/** Asks for no proof: for `--insecure-skip-verify`, and for a certificate, which proves itself. */
export const NO_PROOF: Trust = {
  needsCertificateSn: false,
  keyOf: () => Promise.reject(new Error('no key proves what needs no proof')),
  proof: () => ({}),
};
