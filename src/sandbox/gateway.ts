import { createAnswer, type HttpAnswer } from './answer';
import { checkRequest, type CheckResult, wrongSignature } from './checks';
import type { CallFacts, Effects, FaultPlan } from './effects';
import type { SandboxIdentity } from './identity';
import { performMethod } from './methods';
import {
  type Args,
  argumentText,
  readArguments,
  readRequest,
  type Reading,
  type SandboxRequest,
} from './reading';
import type { Refusal } from './refusal';
import type { SandboxState } from './state';

/** An answer with all that is to be said of how it came about. */
export interface SandboxAnswer extends HttpAnswer {
  readonly call: Call;
}

/** One call: what came, what was checked, what was made of it. */
export interface Call extends CallFacts, CheckResult {
  readonly reading: Reading;
  readonly args: Args;
  readonly effects: Effects;
}

export interface SandboxOptions {
  readonly identity: SandboxIdentity;
  readonly state: Pick<SandboxState, 'list'>;
  /** The gateway's own clock: milliseconds since the epoch. */
  readonly now: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Checks the timestamp's age and refuses parameters that no document names. */
  readonly strict?: boolean;
  readonly faults?: FaultPlan;
}

/** A gateway that can be held in the hand: checks requests and signs answers as docs/protocol.md describes. */
export type SandboxGateway = (request: SandboxRequest) => Promise<SandboxAnswer>;

/** No document names a window; fifteen minutes are common, and what `doctor` calls a wrong clock. */
const TIMESTAMP_WINDOW_MS = 15 * 60_000;

/** Creates a gateway. What it keeps between calls is their number; all else is in its state. */
export function createSandboxGateway(options: SandboxOptions): SandboxGateway {
  let calls = 0;
  return async request => {
    const call = judge(readRequest(request), ++calls, options);
    const { reading, refusal, effects } = call;
    const result = refusal ?? perform(call, options);
    const traceId = createTraceId(options.random);
    const answer = await createAnswer({ reading, result, traceId, effects }, options.identity);
    if (typeof result !== 'string') return { ...answer, call: { ...call, refusal: result } };
    return { ...answer, call: { ...call, passed: [...call.passed, 'arguments'] } };
  };
}

/** Reads what is asked for, checks it, and lets faults strike; what is wrong with the request comes first. */
function judge(reading: Reading, number: number, options: SandboxOptions): Call {
  const { identity, strict = false, faults, now } = options;
  const read = readArguments(reading, identity.encryptKey);
  const args = typeof read === 'string' ? {} : read;
  const page = argumentText(args, 'page_num');
  const userId = argumentText(args, 'user_id');
  const facts: CallFacts = { number, userId, page: page === undefined ? undefined : Number(page) };
  const effects = faults?.(facts) ?? {};
  const { passed, refusal } = checkRequest(reading, {
    ...identity,
    nowMs: now() + (effects.clockMs ?? 0),
    timestampWindowMs: strict || effects.clockMs !== undefined ? TIMESTAMP_WINDOW_MS : undefined,
    strict,
  });
  const unreadable = typeof read === 'string' ? { subCode: read, why: UNREADABLE[read]! } : undefined;
  const struck = effects.refuse === undefined ? undefined : refuse(effects.refuse, reading);
  return { ...facts, reading, args, effects, passed, refusal: refusal ?? struck ?? unreadable };
}

/** Why {@link readArguments} found none. */
const UNREADABLE: Readonly<Record<string, string>> = {
  'isv.illegal-json': 'biz_content is no JSON object',
  'isv.invalid-encrypt': 'biz_content is not enciphered with the encrypt key, in base64',
};

/** What a fault says no with: of a signature the gateway never says so without the text that it checked. */
function refuse(subCode: string, { params }: Reading): Refusal {
  return subCode === 'isv.invalid-signature' ? wrongSignature(params) : { subCode };
}

function perform({ reading, args, effects }: Call, options: SandboxOptions): string | Refusal {
  const { identity, state, strict = false } = options;
  const keys = Object.values(identity.alipay);
  const certificates = new Map(keys.map(({ certSn, certPem }) => [certSn, certPem]));
  return performMethod(reading.params['method']!, args, { list: state.list, certificates, strict }, effects);
}

function createTraceId(random: () => number): string {
  return Array.from({ length: 30 }, () => Math.floor(random() * 16).toString(16)).join('');
}
