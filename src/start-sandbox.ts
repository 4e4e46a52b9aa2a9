import type { CallRecord } from './sandbox/call-log';
import { createSampleDataset } from './sandbox/dataset';
import { createFaultBoard } from './sandbox/fault-board';
import { parseFault } from './sandbox/faults';
import { makeTexts, type SandboxTexts } from './sandbox/files';
import { parseIdentity } from './sandbox/identity';
import { runSandbox } from './sandbox/run';
import { type ChangeText, parseChanges } from './sandbox/control';

export type { CallRecord, ChangeText };

/** What a sandbox for a test may be told; all of it may be left out. */
export interface StartOptions {
  /** 0, the default, takes a free port of the loopback interface. */
  readonly port?: number;
  /** Faults as `alipass sandbox faults` lists them: `http=503@call=1`. */
  readonly faults?: readonly string[];
  /** Decides what is left to chance; 1 when left out. */
  readonly seed?: number;
  /** Checks the timestamp's age, and refuses parameters that no document names. */
  readonly strict?: boolean;
  /** Keeps changes in this file, over restarts. */
  readonly stateFile?: string;
  /** Milliseconds since the epoch; the clock when left out. */
  readonly now?: () => number;
}

/** A gateway on a port, with the keys that a client needs: made for this sandbox alone, and in no file. */
export interface StartedSandbox extends Pick<
  SandboxTexts,
  'appPrivateKey' | 'alipayPublicKey' | 'appCert' | 'alipayCert' | 'alipayRootCert' | 'encryptKey'
> {
  readonly url: string;
  readonly controlUrl: string;
  readonly appId: string;
  /** The calls so far, those of the request log; the last thousand are kept. */
  readonly calls: readonly CallRecord[];
  /** Changes what users hold, or the time: all of it or nothing. @throws AlipassError, usage */
  change(...changes: ChangeText[]): Promise<void>;
  /** Puts faults in the place of those in force; calls are counted anew. @throws AlipassError, usage */
  inject(...faults: string[]): void;
  close(): Promise<void>;
}

const MOST_CALLS = 1_000;

/** Starts a sandbox in this process: the gateway that `alipass sandbox serve` runs, for a test of one's own client. */
export async function startSandbox(options: StartOptions = {}): Promise<StartedSandbox> {
  const { port = 0, seed = 1, strict = false, now = Date.now, stateFile } = options;
  const faults = (options.faults ?? []).map(text => parseFault(text, 'faults'));
  const texts = await makeTexts(now());
  const identity = parseIdentity(texts, name => name);
  const board = createFaultBoard(faults, { seed, now });
  const calls: CallRecord[] = [];
  const sandbox = await runSandbox({
    identity,
    openDataset: createSampleDataset,
    faults: board,
    port,
    strict,
    stateFile,
    onCall: record => {
      calls.push(record);
      if (calls.length > MOST_CALLS) calls.shift();
    },
    now,
    random: Math.random,
  });
  const { appPrivateKey, alipayPublicKey, appCert, alipayCert, alipayRootCert, encryptKey } = texts;
  return {
    appPrivateKey,
    alipayPublicKey,
    appCert,
    alipayCert,
    alipayRootCert,
    encryptKey,
    url: sandbox.url,
    controlUrl: sandbox.controlUrl,
    appId: identity.appId,
    calls,
    change: (...changes) => sandbox.state.change(parseChanges(changes)),
    inject: (...texts) => board.set(texts),
    close: sandbox.close,
  };
}
