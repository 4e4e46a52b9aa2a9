import { type ResolvedSetting, type ResolvedSettings, usesCertificates } from '../../profile/resolve';
import type { Slot } from '../../profile/settings';
import { readKeyText } from '../../profile/key-source';
import { GATEWAYS } from '../../protocol/api';
import { type Certificate, parseCertificates } from '../../protocol/certificate';
import { parseEncryptKey } from '../../protocol/encryption';
import { labelWarning } from '../../protocol/key-form';
import { isSamePair, parseAnyKey, parsePublicKey } from '../../protocol/keys';
import { formatBeijingTime } from '../../protocol/time';
import { openCaller, openPrivateKey, resolveConnection } from '../connect';
import { keyReader, unlock } from '../private-key';
import { type Check, examine, fail, type Finding, pass, passed, type Patient, skip, warn } from './finding';

/** What can be examined without a network, in this order. */
export const LOCAL_CHECKS: readonly Check[] = [
  checkSettings,
  checkPrivateKey,
  checkAlipayKey,
  checkCertificates,
  checkEncryptKey,
  checkGateway,
  checkZone,
];

/** What a call may not do without, by slot, as users know it. */
const KEY_MODE = {
  appId: '--app-id',
  privateKey: '--private-key-file',
  alipayPublicKey: '--alipay-public-key-file',
};
const CERTIFICATE_MODE = {
  appId: '--app-id',
  privateKey: '--private-key-file',
  alipayRootCert: '--alipay-root-cert-file',
};

async function checkSettings({ context, connection }: Patient): Promise<readonly Finding[]> {
  return examine('settings', async () => {
    const settings = await resolveConnection(context, connection);
    const required = usesCertificates(settings) ? CERTIFICATE_MODE : KEY_MODE;
    const missing = Object.entries(required).filter(([slot]) => !settings[slot as Slot]);
    const sources = Object.values(settings).map(({ name, source }) => `${name} (${source})`);
    if (missing.length === 0) return [pass('settings', sources.join(', '))];
    const remedy =
      'alipass profile add NAME keeps settings; alipass profile show --resolved shows each with its source.';
    return [
      fail(
        'settings',
        `Missing: ${missing.map(([, flag]) => flag).join(', ')}. There are: ${sources.join(', ')}`,
        remedy,
      ),
    ];
  });
}

const LEAST_BITS = 2048;

async function checkPrivateKey({ context, connection, conversation }: Patient): Promise<readonly Finding[]> {
  return examine('private key', async () => {
    const { privateKey, settings } = await openPrivateKey(context, connection, conversation);
    const bits = privateKey.asymmetricKeyDetails?.modulusLength ?? 0;
    const { text, where } = await readKeyText(settings.privateKey!, keyReader(context, conversation));
    const written = await unlock(context, where, passphrase => parseAnyKey(text, where, passphrase));
    const mixUp = labelWarning(written);
    if (mixUp) {
      const remedy = 'alipass reads it, Java clients do not: alipass keys convert writes it anew.';
      return [warn('private key', mixUp, remedy)];
    }
    const says = `RSA, ${bits} bits, from ${settings.privateKey!.source}`;
    if (bits >= LEAST_BITS) return [pass('private key', says)];
    return [warn('private key', says, 'RSA2 asks for 2048 bits: alipass keys generate makes a new pair.')];
  });
}

async function checkAlipayKey(
  { context, connection, conversation }: Patient,
  before: readonly Finding[],
): Promise<readonly Finding[]> {
  return examine('alipay key', async () => {
    const settings = await resolveConnection(context, connection);
    if (usesCertificates(settings))
      return [skip('alipay key', 'certificate mode: certificates stand in its place')];
    if (!settings.alipayPublicKey) return [];
    const { text, where } = await readKeyText(settings.alipayPublicKey, keyReader(context, conversation));
    const key = parsePublicKey(text, where);
    if (passed(before, 'private key')) {
      const { privateKey } = await openPrivateKey(context, connection, conversation);
      if (isSamePair(privateKey, key)) {
        const remedy = 'On open.alipay.com copy 支付宝公钥 (Alipay’s key), not 应用公钥 (the app’s).';
        return [fail('alipay key', `${where} is the app’s own public key`, remedy)];
      }
    }
    return [pass('alipay key', `RSA, ${key.asymmetricKeyDetails?.modulusLength} bits, not the app’s own`)];
  });
}

const DAY_MS = 24 * 60 * 60 * 1000;
const SOON_DAYS = 30;

async function checkCertificates(patient: Patient): Promise<readonly Finding[]> {
  const { context, connection, conversation } = patient;
  return examine('certificates', async () => {
    const settings = await resolveConnection(context, connection);
    if (!usesCertificates(settings)) return [skip('certificates', 'key mode: there are none')];
    const dates = await datesOf(patient, settings);
    if (!dates.some(({ status }) => status === 'fail')) await openCaller(context, connection, conversation);
    return dates;
  });
}

async function datesOf({ context, conversation }: Patient, settings: ResolvedSettings): Promise<Finding[]> {
  const files = [settings.appCert, settings.alipayCert].filter(
    (it): it is ResolvedSetting => it !== undefined,
  );
  const findings: Finding[] = [];
  for (const setting of files) {
    const { text, where } = await readKeyText(setting, keyReader(context, conversation));
    findings.push(judgeDates(parseCertificates(text, where)[0]!, setting.name, context.now()));
  }
  return findings;
}

function judgeDates({ sn, notBeforeMs, notAfterMs }: Certificate, name: string, nowMs: number): Finding {
  const span = `${formatBeijingTime(notBeforeMs)} to ${formatBeijingTime(notAfterMs)}`;
  const daysLeft = Math.floor((notAfterMs - nowMs) / DAY_MS);
  const says = `${name}: SN ${sn}, valid ${span}`;
  const renew = 'Download the renewed certificate from open.alipay.com.';
  if (nowMs < notBeforeMs)
    return fail('certificates', `${says}: not valid yet`, 'Check this machine’s clock.');
  if (nowMs > notAfterMs) return fail('certificates', `${says}: expired`, renew);
  if (daysLeft < SOON_DAYS) return warn('certificates', `${says}: ${daysLeft} days left`, renew);
  return pass('certificates', `${says}: ${daysLeft} days left`);
}

async function checkEncryptKey({ context, connection, conversation }: Patient): Promise<readonly Finding[]> {
  return examine('encryption', async () => {
    const { encryptKey } = await resolveConnection(context, connection);
    if (!encryptKey) return [skip('encryption', 'content encryption is off')];
    const { text, where } = await readKeyText(encryptKey, keyReader(context, conversation));
    parseEncryptKey(text, where);
    return [pass('encryption', `AES, from ${encryptKey.source}`)];
  });
}

/** Alipay's sandbox moved; the old host still resolves for some, and refuses new apps. */
const RETIRED_HOST = 'openapi.alipaydev.com';

async function checkGateway({ context, connection }: Patient): Promise<readonly Finding[]> {
  return examine('gateway', async () => {
    const { gateway } = await resolveConnection(context, connection);
    const url = new URL(gateway!.value);
    const says = `${gateway!.value} (${gateway!.source})`;
    if (url.hostname === RETIRED_HOST) {
      return [fail('gateway', `${says}: this sandbox host is retired`, `Use ${GATEWAYS.alipaySandbox}.`)];
    }
    const own = /^(localhost|127\.|\[::1\]|.*\.invalid$)/.test(url.hostname);
    if (url.protocol === 'http:' && !own) {
      return [
        warn(
          'gateway',
          `${says}: not encrypted`,
          'Use https: answers are verified, but user ids travel in the open.',
        ),
      ];
    }
    const sandbox = gateway!.value === GATEWAYS.alipaySandbox;
    return [
      pass('gateway', sandbox ? `${says}: Alipay’s sandbox, which has apps and keys of its own` : says),
    ];
  });
}

async function checkZone({ context }: Patient): Promise<readonly Finding[]> {
  const zone = context.env['TZ'] || 'the system’s';
  return [
    pass(
      'zone',
      `Requests are stamped ${formatBeijingTime(context.now())}, in UTC+8, whatever the zone (${zone})`,
    ),
  ];
}
