import { readFileSync } from 'node:fs';
import type { CallRecord } from '../../src/sandbox/call-record';
import { createSampleDataset } from '../../src/sandbox/dataset';
import { createFaultBoard } from '../../src/sandbox/fault-board';
import { parseFault } from '../../src/sandbox/faults';
import type { SandboxFiles } from '../../src/sandbox/files';
import { openIdentity } from '../../src/sandbox/open';
import { runSandbox, type RunningSandbox } from '../../src/sandbox/run';
import type { DatasetAt } from '../../src/sandbox/holding';
import { createCaller, type Caller } from './sandbox-caller';
import { temporaryDirectory } from './directory';

export const NOON = Date.parse('2026-11-23T12:00:00+08:00');
export const NOON_TEXT = '2026-11-23 12:00:00';

export interface SandboxWorld {
  readonly strict?: boolean;
  readonly faults?: readonly string[];
  readonly stateFile?: string;
  readonly datasetAt?: DatasetAt;
  readonly now?: () => number;
  readonly random?: () => number;
}

/** A sandbox on a port of its own, in process, with all that it says of its calls, and a caller that shares nothing with it. */
export interface TestSandbox extends RunningSandbox {
  readonly files: SandboxFiles;
  readonly caller: Caller;
  readonly records: CallRecord[];
}

let identity: ReturnType<typeof openIdentity> | undefined;

/** Keys are made once for a test file. */
export async function startTestSandbox(world: SandboxWorld = {}): Promise<TestSandbox> {
  const { now = () => NOON, random = () => 0.5, strict = false, stateFile, faults = [] } = world;
  identity ??= openIdentity(temporaryDirectory(), NOON);
  const opened = await identity;
  const records: CallRecord[] = [];
  const running = await runSandbox({
    identity: opened.identity,
    datasetAt: world.datasetAt ?? createSampleDataset,
    faults: createFaultBoard(
      faults.map(it => parseFault(it, 'fault')),
      { seed: 1, now },
    ),
    port: 0,
    strict,
    stateFile,
    onCall: record => void records.push(record),
    now,
    random,
  });
  const caller = createCaller(running.url, {
    appPrivateKey: readFileSync(opened.files.appPrivateKey, 'utf8'),
    alipayPublicKey: readFileSync(opened.files.alipayPublicKey, 'utf8'),
  });
  return { ...running, files: opened.files, caller, records };
}
