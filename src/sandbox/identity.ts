import type { KeyObject } from 'node:crypto';
import { parseCertificates, rootSn } from '../protocol/certificate';
import { parseEncryptKey } from '../protocol/encryption';
import { parsePrivateKey, parsePublicKey } from '../protocol/keys';
import type { SandboxTexts } from './files';

/** The app id of the API page: the only app that the sandbox knows. */
export const SANDBOX_APP_ID = '2014072300007148';

/** A key that the platform signs with, and the certificate that it names under certificate mode. */
export interface AlipayKey {
  readonly privateKey: KeyObject;
  readonly certPem: string;
  readonly certSn: string;
}

/** Who the sandbox's one app is, and with what the platform proves itself. */
export interface SandboxIdentity {
  readonly appId: string;
  readonly appPublicKey: KeyObject;
  readonly appCertSn: string;
  readonly alipayRootCertSn: string;
  readonly encryptKey: Buffer;
  /** `current` is what clients are told; the others come by faults. */
  readonly alipay: Readonly<Record<'current' | 'rotated' | 'expired', AlipayKey>>;
}

/** Reads the sandbox's keys and certificates; `where` says in errors where a text came from. @throws config */
export function parseIdentity(
  texts: SandboxTexts,
  where: (name: keyof SandboxTexts) => string,
): SandboxIdentity {
  const snOf = (name: keyof SandboxTexts): string => parseCertificates(texts[name], where(name))[0]!.sn;
  const alipayKey = (key: keyof SandboxTexts, cert: keyof SandboxTexts): AlipayKey => ({
    privateKey: parsePrivateKey(texts[key], where(key)),
    certPem: texts[cert],
    certSn: snOf(cert),
  });
  const root = parseCertificates(texts.alipayRootCert, where('alipayRootCert'));
  return {
    appId: SANDBOX_APP_ID,
    appPublicKey: parsePublicKey(texts.appPublicKey, where('appPublicKey')),
    appCertSn: snOf('appCert'),
    alipayRootCertSn: rootSn(root, where('alipayRootCert')),
    encryptKey: parseEncryptKey(texts.encryptKey, where('encryptKey')),
    alipay: {
      current: alipayKey('alipayPrivateKey', 'alipayCert'),
      rotated: alipayKey('rotatedPrivateKey', 'rotatedCert'),
      expired: alipayKey('alipayPrivateKey', 'expiredCert'),
    },
  };
}
