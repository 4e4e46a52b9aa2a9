import type { KeyObject } from 'node:crypto';
import type { Context } from '../context';
import { AlipassError } from '../errors';
import { trustCertificates } from '../gateway/certificate-trust';
import type { Caller } from '../gateway/request';
import type { Trust } from '../gateway/trust';
import { createCertificateKeeper } from '../profile/certificate-keeper';
import { type KeyReader, readKeyText } from '../profile/key-source';
import type { ResolvedSetting, ResolvedSettings } from '../profile/resolve';
import { type Certificate, parseCertificates, requireValidDates, rootSn } from '../protocol/certificate';
import { isSamePair } from '../protocol/keys';
import type { ConnectionOptions } from './flags';

/** The SNs that say which certificate and which roots the app uses. @throws config when one is not fit for it */
export async function readOwnSns(
  settings: ResolvedSettings,
  privateKey: KeyObject,
  reader: KeyReader,
  nowMs: number,
): Promise<Pick<Caller, 'appCertSn' | 'alipayRootCertSn'>> {
  const own = await readFirst(settings.appCert!, reader);
  requireValidDates(own.certificate, nowMs, own.where, 'config');
  if (!isSamePair(privateKey, own.certificate.x509.publicKey)) throw foreignCertificate(own.where);
  const roots = await readKeyText(settings.alipayRootCert!, reader);
  return {
    appCertSn: own.certificate.sn,
    alipayRootCertSn: rootSn(parseCertificates(roots.text, roots.where), roots.where),
  };
}

/** Proves answers by certificates, fetching those that are not known. @throws config for files that are not fit */
export async function openTrust(
  context: Context,
  settings: ResolvedSettings,
  privateKey: KeyObject,
  reader: KeyReader,
  { record }: ConnectionOptions,
): Promise<Trust> {
  const roots = await readKeyText(settings.alipayRootCert!, reader);
  const alipay = settings.alipayCert && (await readFirst(settings.alipayCert, reader));
  if (alipay && isSamePair(privateKey, alipay.certificate.x509.publicKey)) throw ownCertificate(alipay.where);
  const keeper = createCertificateKeeper(context.configDirectory, reader.warn);
  return trustCertificates({
    configured: alipay?.certificates ?? [],
    roots: parseCertificates(roots.text, roots.where),
    appKey: privateKey,
    // What is fetched is part of a recording, and what was kept before it is not.
    keeper: record === undefined ? keeper : { ...keeper, read: async () => undefined },
    now: context.now,
  });
}

async function readFirst(
  setting: ResolvedSetting,
  reader: KeyReader,
): Promise<{ certificate: Certificate; certificates: readonly Certificate[]; where: string }> {
  const { text, where } = await readKeyText(setting, reader);
  const certificates = parseCertificates(text, where);
  return { certificate: certificates[0]!, certificates, where };
}

function foreignCertificate(where: string): AlipassError {
  const message = `${where} does not belong to the app’s private key`;
  return new AlipassError('config', 'certificate.foreign', message, {
    hint: 'Certificate and key are made together: look for the .key or .txt file beside the .csr.',
  });
}

function ownCertificate(where: string): AlipassError {
  const message = `${where} is the app’s own certificate where Alipay’s belongs`;
  return new AlipassError('config', 'key.app_key_as_alipay', message, {
    hint: 'From open.alipay.com take alipayCertPublicKey_RSA2.crt, not appCertPublicKey_….crt.',
  });
}
