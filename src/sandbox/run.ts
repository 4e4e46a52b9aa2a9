import type { CallRecord } from './call-record';
import { control, isControlPath } from './control';
import type { FaultBoard } from './fault-board';
import { createSandboxGateway, type SandboxAnswer, type SandboxGateway } from './gateway';
import type { DatasetAt } from './holding';
import type { SandboxIdentity } from './identity';
import { type HttpRequest, type Reply, serveLoopback, textReply } from './server';
import { createSandboxState, newSnapshot, type SandboxState } from './state';
import { openStateFile } from './state-file';

/** All that a sandbox on a port is made of. */
export interface SandboxSetup {
  readonly identity: SandboxIdentity;
  readonly datasetAt: DatasetAt;
  readonly faults: FaultBoard;
  /** 0 takes a free one. */
  readonly port: number;
  readonly strict: boolean;
  /** Keeps what changes beyond the end of the program. */
  readonly stateFile: string | undefined;
  /** Hears of every call in the order they came, and before they are answered. */
  readonly onCall: ((record: CallRecord) => void | Promise<void>) | undefined;
  /** Hears of what goes wrong in the sandbox itself; the call is answered 500. */
  readonly onFailure?: (error: unknown) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** A sandbox that listens on loopback. */
export interface RunningSandbox {
  /** The gateway's URL. */
  readonly url: string;
  /** The control interface's. */
  readonly controlUrl: string;
  readonly state: SandboxState;
  /** Stops listening; calls under way have a second to end. */
  close(): Promise<void>;
}

const GATEWAY_PATH = '/gateway.do';

/** Serves a gateway and its control interface on one port. @throws config for a port or a state file that can't be used */
export async function runSandbox(setup: SandboxSetup): Promise<RunningSandbox> {
  const state = await openState(setup);
  const { identity, faults, now, random, strict } = setup;
  const gateway = createSandboxGateway({ identity, state, now, random, strict, faults: faults.plan });
  const reporter = await createCallReporter(setup);
  const answer = async (request: HttpRequest): Promise<Reply> => {
    if (isControlPath(request.path)) return control(request, { state, faults });
    if (request.path !== GATEWAY_PATH) return textReply(404, `The gateway is at ${GATEWAY_PATH}.`);
    return callGateway(gateway, request, now, reporter);
  };
  const server = await serveLoopback(answer, setup.port, { onFailure: setup.onFailure });
  return {
    url: server.origin + GATEWAY_PATH,
    controlUrl: `${server.origin}/control`,
    state,
    close: async () => {
      await server.close();
      await reporter.end();
    },
  };
}

/** The state of a first start, or the one that was kept; the data follow from when that start was. */
async function openState({ stateFile, datasetAt, now }: SandboxSetup): Promise<SandboxState> {
  const file = stateFile === undefined ? undefined : openStateFile(stateFile);
  const kept = await file?.read();
  const snapshot = kept ?? newSnapshot(now());
  if (!kept) await file?.write(snapshot);
  return createSandboxState(snapshot, { datasetAt, now, ...(file ? { keep: it => file.write(it) } : {}) });
}

async function callGateway(
  gateway: SandboxGateway,
  { query, body }: HttpRequest,
  now: () => number,
  reporter: CallReporter,
): Promise<Reply> {
  const answer = await reporter.report(gateway({ query, body }));
  const { effects } = answer.call;
  const date = new Date(now() + (effects.clockMs ?? 0)).toUTCString();
  return { ...answer, headers: { ...answer.headers, date }, effects };
}

/** Tells of calls, one after the other. */
interface CallReporter {
  /** Passes an answer on once it is told. */
  report(answering: Promise<SandboxAnswer>): Promise<SandboxAnswer>;
  /** Waits for what is being told. */
  end(): Promise<void>;
}

const NO_REPORTER: CallReporter = { report: answering => answering, end: async () => {} };

/** Signatures are made side by side: of calls at once, the later one may have its answer first. */
async function createCallReporter({ onCall, identity, now }: SandboxSetup): Promise<CallReporter> {
  if (!onCall) return NO_REPORTER;
  const { recordCall } = await import('./call-log');
  let last: Promise<unknown> = Promise.resolve();
  return {
    report: answering => {
      const before = last;
      const told = answering.then(async answer => {
        await before;
        await onCall(recordCall(answer, identity.appPublicKey, now()));
        return answer;
      });
      last = told.catch(() => {});
      return told;
    },
    end: async () => void (await last),
  };
}
