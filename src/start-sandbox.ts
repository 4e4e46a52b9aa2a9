import { AlipassError } from './errors';
import type { CallRecord } from './sandbox/call-record';
import type { ChangeText } from './sandbox/change-text';
import { createSampleDataset } from './sandbox/dataset';
import type { DatasetAt } from './sandbox/holding';
import { createGeneratedDataset } from './sandbox/generator';
import { createFaultBoard } from './sandbox/fault-board';
import { parseFault } from './sandbox/faults';
import { makeTexts, type SandboxTexts } from './sandbox/files';
import { parseIdentity } from './sandbox/identity';
import { runSandbox } from './sandbox/run';
import { parseStartOptions, type StartOptions } from './sandbox/start-options';
import { makeChanges, parseChanges } from './sandbox/control';

export { AlipassError };
export type { CallRecord, ChangeText, StartOptions };

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
  /** Changes what users hold, or the time: all of it or nothing. @throws AlipassError, usage; `sandbox.closed` after close */
  change(...changes: OneOrMore<ChangeText>[]): Promise<void>;
  /** Puts faults in the place of those in force; calls are counted anew. @throws as {@link change} */
  inject(...faults: OneOrMore<string>[]): void;
  close(): Promise<void>;
}

/** A list may stand for what is in it. */
type OneOrMore<T> = T | readonly T[];

const MOST_CALLS = 1_000;

/**
 * Starts a sandbox in this process: the gateway that `alipass sandbox serve` runs, for a test of one's own client.
 * @throws AlipassError, usage for what it can't be told; config for a file or a port that can't be used
 */
export async function startSandbox(told: StartOptions = {}): Promise<StartedSandbox> {
  const options = parseStartOptions(told);
  const { port = 0, seed = 1, strict = false, now = Date.now, stateFile } = options;
  const faults = (options.faults ?? []).map(text => parseFault(text, 'faults'));
  const texts = await makeTexts(now());
  const identity = parseIdentity(texts, name => name);
  const board = createFaultBoard(faults, { seed, now });
  const calls: CallRecord[] = [];
  const sandbox = await runSandbox({
    identity,
    datasetAt: await openDataset(options),
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
  let isOpen = true;
  const requireOpen = (): void => {
    if (!isOpen) throw new AlipassError('usage', 'sandbox.closed', 'The sandbox is closed');
  };
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
    change: async (...changes) => {
      requireOpen();
      await makeChanges(parseChanges(changes.flat()), { state: sandbox.state, faults: board });
    },
    inject: (...texts) => {
      requireOpen();
      board.set(texts.flat());
    },
    close: async () => {
      isOpen = false;
      await sandbox.close();
    },
  };
}

async function openDataset({ data, generate, seed = 1 }: StartOptions): Promise<DatasetAt> {
  if (data !== undefined) {
    const { readDataset } = await import('./sandbox/data-file');
    return (await readDataset(data)).datasetAt;
  }
  if (!generate) return createSampleDataset;
  return startMs => createGeneratedDataset({ ...generate, seed, startMs });
}
