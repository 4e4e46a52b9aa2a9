import { AlipassError } from '../errors';
import { CERTIFICATE_DOWNLOAD_METHOD } from '../protocol/api';
import {
  type Caller,
  type Exchange,
  type GatewayRequest,
  requestParams,
  signRequest,
  type Sender,
} from './request';
import { openResponse, type ResultNode } from './response';
import { isLimited } from './fault';
import type { CallEnd, Pace } from './pace';
import { withRetry } from './retry';
import type { Trace } from './trace';
import type { Transport } from './transport';
import { NO_PROOF, type Trust } from './trust';

/** Everything the client must know of its caller and of the gateway. */
export interface ClientSettings extends Sender {
  readonly trust: Trust;
  readonly retries: number;
}

/** The world that the client acts in; tests bring their own. */
export interface ClientWorld {
  readonly exchange: Exchange;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
  readonly trace: Trace;
  /** The rate that this client shares with others; it calls as it likes when undefined. */
  readonly pace?: Pace | undefined;
}

/** Calls a gateway method and returns its verified result; errors as in {@link openResponse}. */
export type GatewayClient = (request: GatewayRequest, signal: AbortSignal) => Promise<ResultNode>;

/** The exchange with a gateway: signs what is asked, and sends it. */
export function signedExchange(
  caller: Caller,
  gatewayUrl: string,
  transport: Transport,
  trace: Trace,
): Exchange {
  return async (params, signal) => {
    const signed = await signRequest(params, caller, gatewayUrl);
    const method = params['method']!;
    trace({ stage: 'signed', method, charset: caller.charsetLabel, signType: caller.signType });
    return { sent: signed, raw: await transport(signed, signal) };
  };
}

/** The client: ask, open the answer, and try again where the tables say that it may help. */
export function createClient(settings: ClientSettings, world: ClientWorld): GatewayClient {
  const { trace, now, pace } = world;

  async function attempt(request: GatewayRequest, trust: Trust, signal: AbortSignal): Promise<ResultNode> {
    const { method } = request;
    const startedAt = now();
    const { sent, raw } = await world.exchange(requestParams(request, settings, startedAt), signal);
    trace({ stage: 'answered', status: raw.status, bytes: raw.bytes.length, ms: now() - startedAt });
    const download = (sn: string): Promise<string> => downloadCertificate(sn, signal);
    try {
      const { charset, signType, encryptKey } = settings;
      const node = await openResponse(raw, { method, charset, signType, encryptKey, trust, download });
      trace({ stage: 'opened', verified: node.verified, traceId: node.traceId });
      return node;
    } catch (error) {
      const { withDiagnosis, withoutSecrets } = await import('./diagnosis');
      throw withoutSecrets(withDiagnosis(error, sent), settings.appAuthToken);
    }
  }

  /** The answer itself is proven by nobody: the certificate in it must prove itself (see trust.ts). */
  async function downloadCertificate(sn: string, signal: AbortSignal): Promise<string> {
    const bizContent = JSON.stringify({ alipay_cert_sn: sn });
    const request = { method: CERTIFICATE_DOWNLOAD_METHOD, bizContent };
    const { value } = await attempt(request, NO_PROOF, signal).catch(error => {
      throw notFetched(sn, error);
    });
    const content = value['alipay_cert_content'];
    if (typeof content === 'string') return Buffer.from(content, 'base64').toString('utf8');
    throw new AlipassError(
      'untrusted',
      'certificate.missing',
      `The gateway has no content for certificate ${sn}`,
    );
  }

  async function attemptInTurn(request: GatewayRequest, signal: AbortSignal): Promise<ResultNode> {
    if (!pace) return attempt(request, settings.trust, signal);
    await pace.begun(signal);
    let how: CallEnd = 'failed';
    try {
      const node = await attempt(request, settings.trust, signal);
      how = 'passed';
      return node;
    } catch (error) {
      if (error instanceof AlipassError && isLimited(error)) how = 'limited';
      throw error;
    } finally {
      pace.ended(how);
    }
  }

  return (request, signal) =>
    withRetry(() => attemptInTurn(request, signal), {
      retries: settings.retries,
      waitsInLine: error => pace !== undefined && isLimited(error) && pace.worthWaiting(),
      signal,
      sleep: world.sleep,
      random: world.random,
      onRetry: (error, delayMs) => trace({ stage: 'retry', reason: error.message, delayMs }),
    });
}

/**
 * A refused download is told as itself, and not taken for a refusal of the call that needed it. One that may work
 * later is no reason to distrust the answer.
 */
function notFetched(sn: string, cause: unknown): unknown {
  if (!(cause instanceof AlipassError) || cause.kind === 'interrupted' || cause.kind === 'terminated')
    return cause;
  const message = `The certificate ${sn}, which proves the answer, can’t be fetched: ${cause.message}`;
  const { hint, retryable } = cause;
  const kind = cause.kind === 'unavailable' ? 'unavailable' : 'untrusted';
  return new AlipassError(kind, 'certificate.not_fetched', message, { hint, retryable, cause });
}
