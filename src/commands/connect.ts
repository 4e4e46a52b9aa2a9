import type { KeyObject } from 'node:crypto';
import type { Context } from '../context';
import { AlipassError } from '../errors';
import { createClient, type GatewayClient, signedExchange } from '../gateway/client';
import { proxyFromEnvironment } from '../gateway/proxy';
import { formatTrace, type Trace } from '../gateway/trace';
import type { Pace } from '../gateway/pace';
import type { Caller } from '../gateway/request';
import type { Transport } from '../gateway/transport';
import { NO_PROOF, type Trust, trustKey } from '../gateway/trust';
import { parseDuration } from '../parse';
import { type KeyReader, readKeyText } from '../profile/key-source';
import { findProfile } from '../profile/profile';
import {
  DEFAULTS,
  environmentSource,
  type ResolvedSetting,
  type ResolvedSettings,
  resolveSettings,
  type Source,
  usesCertificates,
  withoutIdentity,
} from '../profile/resolve';
import type { Slot } from '../profile/settings';
import { parseCharset } from '../protocol/charset';
import { parseEncryptKey } from '../protocol/encryption';
import { parsePrivateKey, parsePublicKey } from '../protocol/keys';
import type { SignType } from '../protocol/signature';
import type { Sandbox } from '../sandbox/open';
import type { Conversation } from '../terminal/conversation';
import type { ConnectionOptions } from './flags';
import { keyReader, refuseOwnKey, unlock } from './private-key';

/** Who calls which gateway: all that signing needs. */
export interface OpenCaller {
  readonly caller: Caller;
  readonly gatewayUrl: string;
  readonly settings: ResolvedSettings;
}

/** A client, and the clock of its world in milliseconds since the epoch: at a replay, the recording's. */
export interface Connection {
  readonly client: GatewayClient;
  readonly now: () => number;
  /** What the call is made with; undefined at a replay. */
  readonly settings?: ResolvedSettings;
}

/**
 * Makes the client that the settings ask for: of the real gateway, with `--sandbox` of the built-in one, with
 * `--replay` of a recording. A client that makes thousands of calls has a `pace`.
 * @throws config when something that a call needs is missing or wrong; usage for a bad flag.
 */
export async function connect(
  context: Context,
  options: ConnectionOptions,
  conversation: Conversation,
  pace?: Pace,
): Promise<Connection> {
  if (options.replay !== undefined) {
    return (await import('./replay')).openReplay(context, options, conversation);
  }
  const recorder = wantsRecording(options) ? await import('./record') : undefined;
  recorder?.requireRecordable(options);
  const sandbox = await openSandboxIf(options, context);
  const settings = await settle(context, options, sandbox);
  requireSettings(settings, ['gateway', 'appId', 'privateKey', ...proofSlots(settings, options)]);
  const reader = keyReader(context, conversation);
  const caller = await readCaller(context, settings, reader);
  const trust = await chooseTrust(context, options, settings, caller, reader);
  const transport = sandbox
    ? sandboxTransport(sandbox)
    : await networkTransport(context, settings, pace ? 'thousands' : 'few');
  // A line for each of so many calls would tell nobody anything.
  const trace: Trace = pace ? () => {} : event => conversation.detail(formatTrace(event));
  const exchange = signedExchange(caller, settings.gateway!.value, transport, trace);
  const client = createClient(
    { ...caller, trust, retries: Number(settings.retries!.value) },
    {
      exchange: recorder
        ? await recorder.startRecording({ context, options, settings, caller, trust, exchange })
        : exchange,
      now: context.now,
      random: context.random,
      sleep: context.sleep,
      trace,
      pace,
    },
  );
  return { client, now: context.now, settings };
}

/** Whether the flags of a recording are used at all, be it rightly. */
export function wantsRecording({ record, mask }: ConnectionOptions): boolean {
  return record !== undefined || mask;
}

/** Reads the app's private key alone, for what needs no app id. Errors as {@link connect}. */
export async function openPrivateKey(
  context: Context,
  options: ConnectionOptions,
  conversation: Conversation,
): Promise<{ privateKey: KeyObject; settings: ResolvedSettings }> {
  const settings = await resolveConnection(context, options);
  requireSettings(settings, ['privateKey']);
  const { text, where } = await readKeyText(settings.privateKey!, keyReader(context, conversation));
  const privateKey = await unlock(context, where, passphrase => parsePrivateKey(text, where, passphrase));
  return { privateKey, settings };
}

/** Reads what signing needs and no more: Alipay's key may be missing. Errors as {@link connect}. */
export async function openCaller(
  context: Context,
  options: ConnectionOptions,
  conversation: Conversation,
): Promise<OpenCaller> {
  const settings = await resolveConnection(context, options);
  requireSettings(settings, [
    'gateway',
    'appId',
    'privateKey',
    ...proofSlots(settings, { ...options, skipVerify: true }),
  ]);
  const caller = await readCaller(context, settings, keyReader(context, conversation));
  return { caller, gatewayUrl: settings.gateway!.value, settings };
}

/** What a call would use, and where each value comes from. @throws config or usage for a value that is not allowed */
export async function resolveConnection(
  context: Context,
  options: ConnectionOptions,
): Promise<ResolvedSettings> {
  return settle(context, options, await openSandboxIf(options, context));
}

async function openSandboxIf(options: ConnectionOptions, context: Context): Promise<Sandbox | undefined> {
  if (!options.sandbox) return undefined;
  const rival = options.profile !== undefined ? '--profile' : options.settings.gateway && '--gateway';
  if (rival) {
    throw new AlipassError('usage', 'usage.conflict', `--sandbox and ${rival} name two gateways`, {
      hint: 'Keep one of them: what --sandbox lists is sample data.',
    });
  }
  return (await import('../sandbox/open')).openSandbox(context);
}

/**
 * Settings from first to last source. The sandbox takes the place of the profile, and says who calls unless
 * a flag does: a shell that is set up for production changes nothing there.
 */
async function settle(
  context: Context,
  options: ConnectionOptions,
  sandbox: Sandbox | undefined,
): Promise<ResolvedSettings> {
  const flags: Source = { kind: 'flag', label: 'flag', values: options.settings };
  const environment = environmentSource(context.env);
  if (sandbox)
    return resolveSettings([flags, withoutIdentity(environment), sandboxSource(sandbox), DEFAULTS]);
  return resolveSettings([flags, environment, ...(await profileSource(context, options.profile)), DEFAULTS]);
}

/** The profile that is named, or else the current one; none when there is none. @throws config `profile.unknown` */
export async function profileSource(context: Context, flag: string | undefined): Promise<Source[]> {
  const profiles = await (await context.profiles()).read();
  const name = flag ?? (context.env['ALIPASS_PROFILE'] || profiles.current);
  if (name === undefined) return [];
  return [{ kind: 'profile', label: `profile "${name}"`, values: findProfile(profiles, name) }];
}

/** A name that no resolver knows (RFC 2606): a mistake can never send a sandbox call to a network. */
const SANDBOX_URL = 'http://sandbox.invalid/gateway.do';

function sandboxSource({ appId, files }: Sandbox): Source {
  return {
    kind: 'sandbox',
    label: 'sandbox',
    values: {
      gateway: SANDBOX_URL,
      app_id: appId,
      private_key_file: files.appPrivateKey,
      alipay_public_key_file: files.alipayPublicKey,
    },
  };
}

/** The sandbox in process, standing where the network would. */
function sandboxTransport({ gateway }: Sandbox): Transport {
  return (request, signal) => {
    signal.throwIfAborted();
    return gateway({ query: new URL(request.url).search.slice(1), body: request.body });
  };
}

function networkTransport(
  context: Context,
  settings: ResolvedSettings,
  calls: 'thousands' | 'few',
): Promise<Transport> {
  const timeoutMs = parseDuration('timeout', settings.timeout!.value);
  const proxy = settings.proxy?.value ?? proxyFromEnvironment(settings.gateway!.value, context.env);
  return context.transport({ timeoutMs, proxy }, calls);
}

/** What a call may not do without, and how each is given. */
const REQUIRED = {
  gateway: 'the gateway (--gateway)',
  appId: 'the app id (--app-id or ALIPASS_APP_ID)',
  privateKey: 'the app’s private key (--private-key-file or ALIPASS_PRIVATE_KEY)',
  alipayRootCert: 'the bundle of root certificates (--alipay-root-cert-file)',
  alipayPublicKey: 'Alipay’s public key (--alipay-public-key-file or ALIPASS_ALIPAY_PUBLIC_KEY)',
} as const satisfies Partial<Record<Slot, string>>;

function requireSettings(settings: ResolvedSettings, slots: readonly (keyof typeof REQUIRED)[]): void {
  const missing = slots.filter(slot => !settings[slot]).map(slot => REQUIRED[slot]);
  if (missing.length === 0) return;
  throw new AlipassError('config', 'config.missing', `A call needs ${missing.join('; ')}`, {
    hint: 'alipass profile add NAME keeps them under a name; --sandbox needs none of them.',
  });
}

/** What proving answers needs, by the mode that the settings choose. */
function proofSlots(
  settings: ResolvedSettings,
  { skipVerify }: ConnectionOptions,
): (keyof typeof REQUIRED)[] {
  if (usesCertificates(settings)) return ['alipayRootCert'];
  return skipVerify ? [] : ['alipayPublicKey'];
}

const certificateMode = (): Promise<typeof import('./certificate-mode')> => import('./certificate-mode');

async function readCaller(context: Context, settings: ResolvedSettings, reader: KeyReader): Promise<Caller> {
  const { text, where } = await readKeyText(settings.privateKey!, reader);
  const privateKey = await unlock(context, where, passphrase => parsePrivateKey(text, where, passphrase));
  const charsetLabel = settings.charset!.value;
  return {
    appId: settings.appId!.value,
    privateKey,
    signType: settings.signType!.value as SignType,
    charset: parseCharset(charsetLabel)!,
    charsetLabel,
    appAuthToken: settings.appAuthToken?.value,
    encryptKey: await readEncryptKey(settings.encryptKey, reader),
    ...(usesCertificates(settings)
      ? await (await certificateMode()).readOwnSns(settings, privateKey, reader, context.now())
      : {}),
  };
}

/** Reads the key of content encryption, if there is one. @throws config */
export async function readEncryptKey(
  setting: ResolvedSetting | undefined,
  reader: KeyReader,
): Promise<Buffer | undefined> {
  if (!setting) return undefined;
  const { text, where } = await readKeyText(setting, reader);
  return parseEncryptKey(text, where);
}

/** Trusts anybody, and says so as loudly as can be. */
export function trustAnybody({ warn }: KeyReader): Trust {
  warn('Answers are not verified (--insecure-skip-verify): anybody on the way can write them');
  return NO_PROOF;
}

/** How answers are to be proven: by certificates, by one key, or not at all. */
async function chooseTrust(
  context: Context,
  options: ConnectionOptions,
  settings: ResolvedSettings,
  caller: Caller,
  reader: KeyReader,
): Promise<Trust> {
  if (options.skipVerify) return trustAnybody(reader);
  if (usesCertificates(settings))
    return (await certificateMode()).openTrust(context, settings, caller.privateKey, reader, options);
  return trustKey(await readAlipayKey(settings, caller, reader));
}

async function readAlipayKey(
  settings: ResolvedSettings,
  caller: Caller,
  reader: KeyReader,
): Promise<KeyObject> {
  const { text, where } = await readKeyText(settings.alipayPublicKey!, reader);
  const alipayPublicKey = parsePublicKey(text, where);
  refuseOwnKey(alipayPublicKey, caller.privateKey, where);
  return alipayPublicKey;
}
