import type { Context } from '../context';
import { AlipassError } from '../errors';
import { trustCertificates } from '../gateway/certificate-trust';
import { createClient } from '../gateway/client';
import {
  MOST_RECORDING_BYTES,
  readRecording,
  type Recording,
  type RecordingHeader,
} from '../gateway/recording';
import { playExchanges } from '../gateway/recording-player';
import type { Sender } from '../gateway/request';
import { formatTrace } from '../gateway/trace';
import { type Proof, type Trust, trustKey } from '../gateway/trust';
import { type KeyReader, readKeyText } from '../profile/key-source';
import {
  DEFAULTS,
  environmentSource,
  type ResolvedSetting,
  type ResolvedSettings,
  resolveSettings,
  type Source,
} from '../profile/resolve';
import { flagOf, type SettingName, settingOf, type Slot } from '../profile/settings';
import { type Certificate, parseCertificates, rootSn } from '../protocol/certificate';
import { parseCharset } from '../protocol/charset';
import { fingerprintOf } from '../protocol/key-form';
import { parsePublicKey } from '../protocol/keys';
import type { SignType } from '../protocol/signature';
import type { Conversation } from '../terminal/conversation';
import { type Connection, profileSource, readEncryptKey, trustAnybody } from './connect';
import type { ConnectionOptions } from './flags';
import { readInputBytes, requireOneReader } from './input';
import { keyReader } from './private-key';

/**
 * Makes a client that is answered from the recording which `--replay` names: no network, no waiting, no private key;
 * its clock stands at the time of the recording. The recording says who asks and how; flags outrank it, and flags and a
 * profile that is named say by what answers are proven.
 * @throws usage for flags that contradict it; config and untrusted as {@link readRecording}
 */
export async function openReplay(
  context: Context,
  options: ConnectionOptions,
  conversation: Conversation,
): Promise<Connection> {
  refuseRivals(options);
  const where = options.replay!;
  const recording = readRecording(await readInputBytes(context, where, MOST_RECORDING_BYTES), where);
  const sources = await proofSources(context, options);
  const settings = settle(context, options, sources.slice(1), recording.header);
  const reader = keyReader(context, conversation);
  const sender = await readSender(settings, recording.header, where, reader);
  const trust = options.skipVerify
    ? trustAnybody(reader)
    : await chooseTrust(context, { recording, where, sources, reader, conversation });
  const now = (): number => recording.recordedAtMs;
  const client = createClient(
    { ...sender, trust, retries: Number(settings.retries!.value) },
    {
      exchange: playExchanges(recording, where, sender),
      now,
      random: context.random,
      sleep: async () => {},
      trace: event => conversation.detail(formatTrace(event)),
    },
  );
  return { client, now };
}

/** Flags that a replay has no use for, and what is wrong with each. */
function refuseRivals({ replay, record, mask, sandbox, settings }: ConnectionOptions): void {
  const rivals: readonly (readonly [boolean, string, string])[] = [
    [record !== undefined, '--record', 'A copy of the file does as well.'],
    [mask, '--mask', 'Whether user ids are masked is said by the recording.'],
    [sandbox, '--sandbox', 'Keep one of them: each answers in place of a gateway.'],
    [settings.gateway !== undefined, '--gateway', 'Leave it out: a replay calls nobody.'],
  ];
  const rival = rivals.find(([given]) => given);
  if (rival) {
    throw new AlipassError('usage', 'usage.conflict', `--replay does not go with ${rival[1]}`, {
      hint: rival[2],
    });
  }
  requireOneReader(replay!, Object.fromEntries(READ_FROM_FILES.map(name => [flagOf(name), settings[name]])));
}

const READ_FROM_FILES = [
  'encrypt_key_file',
  'alipay_public_key_file',
  'alipay_cert_file',
  'alipay_root_cert_file',
] as const satisfies readonly SettingName[];

/** What proves answers and opens them, but not who asks. */
const PROOF_SLOTS: ReadonlySet<Slot> = new Set([
  'alipayPublicKey',
  'alipayCert',
  'alipayRootCert',
  'encryptKey',
]);

function only(slots: ReadonlySet<Slot>, source: Source): Source {
  const entries = Object.entries(source.values).filter(([name]) =>
    slots.has(settingOf(name as SettingName)?.slot),
  );
  return { ...source, values: Object.fromEntries(entries) };
}

/** Where a proof of one’s own may be demanded, the flags first. The environment and the current profile are for calls. */
async function proofSources(
  context: Context,
  { settings, profile }: ConnectionOptions,
): Promise<readonly Source[]> {
  const flags: Source = { kind: 'flag', label: 'flag', values: settings };
  const named = profile === undefined ? [] : await profileSource(context, profile);
  return [flags, ...named].map(source => only(PROOF_SLOTS, source));
}

function settle(
  context: Context,
  { settings, replay }: ConnectionOptions,
  named: readonly Source[],
  { gateway, app_id, charset, sign_type, retries }: RecordingHeader,
): ResolvedSettings {
  const flags: Source = { kind: 'flag', label: 'flag', values: settings };
  // A secret that no recording holds may as well come from where secrets are kept.
  const secrets = only(new Set<Slot>(['encryptKey']), environmentSource(context.env));
  const recorded = { gateway, app_id, charset, sign_type, retries };
  return resolveSettings([
    flags,
    secrets,
    ...named,
    { kind: 'recording', label: `recording ${replay}`, values: recorded },
    DEFAULTS,
  ]);
}

async function readSender(
  settings: ResolvedSettings,
  { encrypt_type: encryptType }: RecordingHeader,
  where: string,
  reader: KeyReader,
): Promise<Sender> {
  const charsetLabel = settings.charset!.value;
  if (encryptType && !settings.encryptKey) throw noEncryptKey(where);
  return {
    appId: settings.appId!.value,
    signType: settings.signType!.value as SignType,
    charset: parseCharset(charsetLabel)!,
    charsetLabel,
    // Without content encryption there is nothing to open, whatever the profile is for.
    encryptKey: encryptType ? await readEncryptKey(settings.encryptKey, reader) : undefined,
  };
}

function noEncryptKey(where: string): AlipassError {
  const message = `${where} was recorded under content encryption, and holds no AES key, as that is a secret`;
  return new AlipassError('config', 'encrypt_key.missing', message, {
    hint: 'Give the app’s AES key with --encrypt-key-file or ALIPASS_ENCRYPT_KEY.',
  });
}

interface Replaying {
  readonly recording: Recording;
  /** The recording's name. */
  readonly where: string;
  readonly sources: readonly Source[];
  readonly reader: KeyReader;
  readonly conversation: Conversation;
}

/** A proof of one's own, or else the one that the recording keeps; says which, and what it is worth. */
async function chooseTrust(context: Context, replaying: Replaying): Promise<Trust> {
  const { recording, where, sources, reader, conversation } = replaying;
  const { header } = recording;
  const origin = `Replaying ${where}, recorded at ${header.recorded_at} (Beijing time) of ${header.gateway}.`;
  const demanded = await demandedTrust(sources, recording, reader);
  if (demanded) {
    conversation.remark(`${origin} Answers are verified with a proof of your own. ${WORTH}`);
    return demanded;
  }
  const { trust, what, flag } = keptTrust(recording, where);
  if (await isAnotherConfigured(context, recording, reader)) {
    const doubt = 'Your settings have another, so whoever handed the file on may have written the answers';
    conversation.warn(
      `${origin} Answers are verified with ${what} that it keeps. ${doubt}: ${flag} demands yours`,
    );
  } else {
    const kept = `Answers are verified with ${what} that it keeps; ${flag} demands a proof of your own.`;
    conversation.remark(`${origin} ${kept} ${WORTH}`);
  }
  return trust;
}

/** A signature covers an answer's node: not its question, nor its place, nor the time. */
const WORTH = 'That proves who wrote the answers, not what was asked, nor when.';

/** Whether the environment or the current profile would prove answers otherwise; what can’t be read proves nothing. */
async function isAnotherConfigured(
  context: Context,
  recording: Recording,
  reader: KeyReader,
): Promise<boolean> {
  const { header } = recording;
  const profile = await profileSource(context, undefined).catch(() => []);
  const sources = [environmentSource(context.env), ...profile].map(it => withoutStdin(only(PROOF_SLOTS, it)));
  const configured = await demandedTrust(sources, recording, reader).catch(() => undefined);
  const proof = configured?.proof();
  return proof !== undefined && PROOFS.some(name => proof[name] !== header[name]);
}

const PROOFS = ['alipay_public_key', 'alipay_root_cert', 'alipay_cert'] as const satisfies (keyof Proof)[];

/** A second look at stdin would find it empty. */
function withoutStdin(source: Source): Source {
  const entries = Object.entries(source.values).filter(([, value]) => value !== '-');
  return { ...source, values: Object.fromEntries(entries) };
}

/** The proof that a flag demands, or else the named profile; undefined when neither does. @throws config */
async function demandedTrust(
  sources: readonly Source[],
  recording: Recording,
  reader: KeyReader,
): Promise<Trust | undefined> {
  for (const source of sources) {
    const { alipayPublicKey: key, alipayCert: cert, alipayRootCert: roots } = resolveSettings([source]);
    const certificates = cert ?? roots;
    if (certificates && (recording.header.alipay_root_cert || !key)) {
      return demandCertificates(
        await readCertificates(cert, reader),
        await readCertificates(roots, reader),
        recording,
      );
    }
    if (key) {
      const { text, where } = await readKeyText(key, reader);
      return trustKey(parsePublicKey(text, where));
    }
  }
  return undefined;
}

async function readCertificates(
  setting: ResolvedSetting | undefined,
  reader: KeyReader,
): Promise<Certificate[]> {
  if (!setting) return [];
  const { text, where } = await readKeyText(setting, reader);
  return parseCertificates(text, where);
}

/** The certificate that the recording keeps is worth as much as one that was fetched: it must prove itself. */
function demandCertificates(
  configured: readonly Certificate[],
  roots: readonly Certificate[],
  { header, recordedAtMs }: Recording,
): Trust {
  const trust = trustByCertificates(configured, roots, recordedAtMs);
  const kept = header.alipay_cert;
  const holds = (sn: string): boolean =>
    kept !== undefined && parseCertificates(kept, 'the recording').some(certificate => certificate.sn === sn);
  return {
    ...trust,
    keyOf: (sn, download) => trust.keyOf(sn, async wanted => (holds(wanted) ? kept! : download(wanted))),
  };
}

/** The proof that the recording keeps of itself, how it is called, and the flag that gives another. */
function keptTrust(
  { header, recordedAtMs }: Recording,
  where: string,
): { trust: Trust; what: string; flag: string } {
  const { alipay_public_key: key, alipay_root_cert: roots, alipay_cert: cert } = header;
  if (key !== undefined) {
    const alipayPublicKey = parsePublicKey(key, `alipay_public_key of ${where}`);
    const what = `the key (SHA-256 ${fingerprintOf(alipayPublicKey)})`;
    return { trust: trustKey(alipayPublicKey), what, flag: '--alipay-public-key-file' };
  }
  const rootCertificates = parseCertificates(roots!, `alipay_root_cert of ${where}`);
  const configured = cert === undefined ? [] : parseCertificates(cert, `alipay_cert of ${where}`);
  return {
    trust: trustByCertificates(configured, rootCertificates, recordedAtMs),
    what: `the root certificates (SN ${rootSn(rootCertificates, where)})`,
    flag: '--alipay-cert-file',
  };
}

function trustByCertificates(
  configured: readonly Certificate[],
  roots: readonly Certificate[],
  recordedAtMs: number,
): Trust {
  return trustCertificates({
    configured,
    roots,
    appKey: undefined,
    // Nothing is needed from, or left in, the config directory.
    keeper: { read: async () => undefined, write: async () => {} },
    now: () => recordedAtMs,
  });
}
