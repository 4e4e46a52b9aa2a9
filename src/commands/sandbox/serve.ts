import { once } from 'node:events';
import { open, rm } from 'node:fs/promises';
import type { Context } from '../../context';
import { AlipassError } from '../../errors';
import { EXIT } from '../../exit';
import { parseCount } from '../../parse';
import { SETTING_NAMES, settingOf } from '../../profile/settings';
import { shellQuote } from '../../render/shell';
import type { CallRecord } from '../../sandbox/call-record';
import type { Fault } from '../../sandbox/faults';
import type { SandboxFiles } from '../../sandbox/files';
import { MAX_SEED } from '../../sandbox/dice';
import type { RunningSandbox } from '../../sandbox/run';
import type { Conversation } from '../../terminal/conversation';
import type { CommandDeclaration, Flag, Offer, Verb } from '../command';
import { converse } from '../converse';
import { type FlagRow, flagUnder, type Talk, TALK_FLAGS, talkOf } from '../flags';
import { PRIVATE_MODE, unwritable } from '../new-files';
import { writeWhole } from '../whole-file';
import { DEFAULT_PORT } from './default-port';
import { DATA_FLAGS, openDataset, type ServedData } from './dataset-flags';
import { FAULT_FLAGS, readFaults } from './fault-flags';

/** All that `sandbox serve` needs to know. */
export interface ServeOptions {
  readonly port: number;
  readonly strict: boolean;
  readonly openData: () => Promise<ServedData>;
  readonly faults: readonly Fault[];
  /** Decides what is left to chance. */
  readonly seed: number;
  readonly stateFile: string | undefined;
  readonly logFile: string | undefined;
  readonly readyFile: string | undefined;
  /** Which settings to print; the gateway takes every mode at any time. */
  readonly certificates: boolean;
  readonly encrypt: boolean;
  readonly talk: Talk;
}

const FILE: Offer = { completes: 'file' };

const SERVE_FLAGS: readonly Flag[] = (
  [
    ['--port <n>', `0 takes a free one (default: ${DEFAULT_PORT})`],
    ['--strict', 'also check the timestamp’s age, and refuse unknown parameters'],
    ['--state <file>', 'keep changes in this file, over restarts', FILE],
    ['--log <file>', 'append a line of JSON for each call', FILE],
    ['--ready-file <file>', 'write the settings there as JSON once it listens; removed at the end', FILE],
    ['--certificates', 'print the settings of certificate mode'],
    ['--encrypt', 'print the settings of content encryption as well'],
  ] as readonly FlagRow[]
).map(flagUnder('Options'));

export const serve: Verb & CommandDeclaration = {
  name: 'serve',
  summary: 'serve the built-in gateway on a port, for clients of any language, until stopped',
  flags: [...SERVE_FLAGS, ...DATA_FLAGS, ...FAULT_FLAGS, ...TALK_FLAGS],
  examples: [
    {
      line: 'alipass sandbox serve --port 8788 > sandbox.env',
      does: 'settings as shell exports, one a line',
    },
    { line: '. ./sandbox.env && alipass list --user 2088888888888888 --group voucher', does: 'call it' },
    { line: 'alipass sandbox serve --fault http=503@call=1 --fault latency=2s@page=2', does: 'with faults' },
  ],
  run: async (context, { flags }) =>
    runServe(context, {
      port: parseCount('--port', flags['port'] as string | undefined, 0, 65_535) ?? DEFAULT_PORT,
      strict: flags['strict'] === true,
      openData: () => openDataset(flags),
      faults: await readFaults(context, flags),
      seed: parseCount('--seed', flags['seed'] as string | undefined, 0, MAX_SEED) ?? 1,
      stateFile: flags['state'] as string | undefined,
      logFile: flags['log'] as string | undefined,
      readyFile: flags['readyFile'] as string | undefined,
      certificates: flags['certificates'] === true,
      encrypt: flags['encrypt'] === true,
      talk: talkOf(flags),
    }),
};

/** Serves until SIGINT or SIGTERM, which is its normal end. Prints what a client needs as shell exports. */
export async function runServe(context: Context, options: ServeOptions): Promise<number> {
  const conversation = await converse(context, options.talk);
  await removeReadyFile(options.readyFile);
  const log = await openLog(options.logFile, conversation);
  const { sandbox, files, appId } = await startSandbox(context, options, conversation, async record => {
    await log?.write(record);
    conversation.detail(describeCall(record));
  });
  const settings = settingsOf(sandbox.url, appId, files, options);
  try {
    await announce(context, conversation, sandbox, settings, options.readyFile);
    if (!context.signal.aborted) await once(context.signal, 'abort');
    await leavePromptLine(context);
  } finally {
    await sandbox.close();
    await log?.close();
    await removeReadyFile(options.readyFile);
  }
  return EXIT.done;
}

/** The terminal has written ^C, and nothing behind it: what comes next begins a line of its own. */
async function leavePromptLine({ signal, stderr }: Context): Promise<void> {
  const interrupted = signal.reason instanceof AlipassError && signal.reason.kind === 'interrupted';
  if (interrupted && stderr.isTTY) await stderr.write('\n');
}

/** The file stands for a sandbox that listens: one that another run left says what is not so. @throws config `file.unwritable` */
async function removeReadyFile(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  await rm(path, { force: true }).catch(cause => {
    throw unwritable(path, cause);
  });
}

async function startSandbox(
  context: Context,
  options: ServeOptions,
  conversation: Conversation,
  onCall: (record: CallRecord) => Promise<void>,
): Promise<{ sandbox: RunningSandbox; files: SandboxFiles; appId: string }> {
  const { configDirectory, now, random } = context;
  const [{ openIdentity }, { runSandbox }, { createFaultBoard }] = await Promise.all([
    import('../../sandbox/open'),
    import('../../sandbox/run'),
    import('../../sandbox/fault-board'),
  ]);
  const { files, identity } = await openIdentity(configDirectory, now());
  const { datasetAt, says } = await options.openData();
  conversation.note(`Serving ${says}.`);
  const wantsCalls = options.logFile !== undefined || options.talk.verbose;
  const sandbox = await runSandbox({
    ...options,
    identity,
    faults: createFaultBoard(options.faults, { seed: options.seed, now }),
    datasetAt,
    onCall: wantsCalls ? onCall : undefined,
    onFailure: warnOnceEach(conversation),
    now,
    random,
  });
  return { sandbox, files, appId: identity.appId };
}

/** What went wrong in the sandbox itself, each thing once: a client that retries would repeat it without end. */
export function warnOnceEach({ warn }: Pick<Conversation, 'warn'>): (error: unknown) => void {
  const told = new Set<string>();
  return error => {
    const text = `The sandbox could not answer a call: ${String(error)}`;
    if (!told.has(text)) warn(text);
    told.add(text);
  };
}

type Settings = Readonly<Record<string, string>>;

/** Says on stdout, on stderr and in the ready file how to call. */
async function announce(
  context: Context,
  conversation: Conversation,
  { url, controlUrl }: RunningSandbox,
  settings: Settings,
  readyFile: string | undefined,
): Promise<void> {
  if (readyFile !== undefined) {
    const ready = { schema: 'alipass.sandbox/1', url, control_url: controlUrl, settings };
    await writeWhole(readyFile, `${JSON.stringify(ready, null, 2)}\n`, PRIVATE_MODE);
  }
  await context.stdout.write(formatExports(settings));
  conversation.remark(`The sandbox gateway listens at ${url}; Ctrl-C stops it.`);
}

function settingsOf(
  url: string,
  appId: string,
  files: SandboxFiles,
  { certificates, encrypt }: ServeOptions,
): Settings {
  return {
    ALIPASS_GATEWAY: url,
    ALIPASS_APP_ID: appId,
    ALIPASS_PRIVATE_KEY_FILE: files.appPrivateKey,
    ...(certificates
      ? {
          ALIPASS_APP_CERT_FILE: files.appCert,
          ALIPASS_ALIPAY_CERT_FILE: files.alipayCert,
          ALIPASS_ALIPAY_ROOT_CERT_FILE: files.alipayRootCert,
        }
      : { ALIPASS_ALIPAY_PUBLIC_KEY_FILE: files.alipayPublicKey }),
    ...(encrypt ? { ALIPASS_ENCRYPT_KEY_FILE: files.encryptKey } : {}),
  };
}

function formatExports(settings: Settings): string {
  const lines = Object.entries(settings).map(([name, value]) => `export ${name}=${shellQuote(value)}\n`);
  return `unset ${RIVALS.filter(name => !(name in settings)).join(' ')}\n${lines.join('')}`;
}

/** Variables that would contradict these settings, or decide instead of them. */
const RIVALS: readonly string[] = SETTING_NAMES.map(settingOf).flatMap(({ identity, env }) =>
  identity && env ? [env] : [],
);

/** A call in a line, for `--verbose`. */
function describeCall(record: CallRecord): string {
  const { call, method, arguments: asked, answer, passed, faults } = record;
  const said = (name: string): string =>
    name in asked ? JSON.stringify(asked[name]).replace(/^"|"$/g, '') : '';
  const page = said('page_num');
  const what = [said('user_id'), said('group_type'), page && `page ${page}`];
  const result = answer.sub_code ?? answer.code ?? `HTTP ${answer.status}`;
  const checks = answer.sub_code ? `; passed: ${passed.join(', ') || 'nothing'}` : '';
  const why = record.why ?? record.signature?.says;
  const struck = faults ? `; faults: ${JSON.stringify(faults)}` : '';
  return `${call}  ${method ?? 'no method'}  ${what.filter(Boolean).join(' ')}  ${result}${why ? `: ${why}` : ''}${checks}${struck}`;
}

interface Log {
  write(record: CallRecord): Promise<void>;
  close(): Promise<void>;
}

/**
 * The request log: a line for each call, appended before the call is answered. A line that can’t be written is warned
 * of once, and stops no call.
 * @throws config `file.unwritable`
 */
async function openLog(path: string | undefined, { warn }: Conversation): Promise<Log | undefined> {
  if (path === undefined) return undefined;
  const file = await open(path, 'a', 0o600).catch(cause => {
    throw unwritable(path, cause);
  });
  let warned = false;
  return {
    write: async record => {
      await file.appendFile(`${JSON.stringify(record)}\n`).catch(cause => {
        if (!warned) warn(unwritable(path, cause).message);
        warned = true;
      });
    },
    close: () => file.close(),
  };
}
