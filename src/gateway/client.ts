import type { KeyObject } from 'node:crypto';
import { type Caller, type GatewayRequest, requestParams, signRequest } from './request';
import { openResponse, type ResultNode } from './response';
import { withRetry } from './retry';
import type { Trace } from './trace';
import type { Transport } from './transport';

/** Everything the client must know of its caller and of the gateway. */
export interface ClientSettings extends Caller {
  readonly gatewayUrl: string;
  readonly alipayPublicKey: KeyObject;
  readonly retries: number;
}

/** The world that the client acts in; tests bring their own. */
export interface ClientWorld {
  readonly transport: Transport;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly random: () => number;
  readonly trace: Trace;
}

/** Calls a gateway method and returns its verified result; errors as in {@link openResponse}. */
export type GatewayClient = (request: GatewayRequest, signal: AbortSignal) => Promise<ResultNode>;

/** The signing client: sign, send, open, and try again where the tables say that it may help. */
export function createClient(settings: ClientSettings, world: ClientWorld): GatewayClient {
  const { trace, now } = world;

  async function attempt(request: GatewayRequest, signal: AbortSignal): Promise<ResultNode> {
    const startedAt = now();
    const signed = await signRequest(
      requestParams(request, settings, startedAt),
      settings,
      settings.gatewayUrl,
    );
    trace({
      stage: 'signed',
      method: request.method,
      charset: settings.charsetLabel,
      signType: settings.signType,
    });
    const raw = await world.transport(signed, signal);
    trace({ stage: 'answered', status: raw.status, bytes: raw.bytes.length, ms: now() - startedAt });
    const node = openResponse(raw, { ...settings, method: request.method });
    trace({ stage: 'verified', traceId: node.traceId });
    return node;
  }

  return (request, signal) =>
    withRetry(() => attempt(request, signal), {
      retries: settings.retries,
      signal,
      sleep: world.sleep,
      random: world.random,
      onRetry: (error, delayMs) => trace({ stage: 'retry', reason: error.message, delayMs }),
    });
}
