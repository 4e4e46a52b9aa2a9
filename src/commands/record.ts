import { existsSync, openSync, rmSync, writeFileSync } from 'node:fs';
import type { Context } from '../context';
import { AlipassError, systemCode, usageError } from '../errors';
import {
  createLineWriter,
  type RecordedExchange,
  RECORDING_SCHEMA,
  type RecordingHeader,
} from '../gateway/recording';
import { recordExchanges } from '../gateway/recording-writer';
import type { Caller, Exchange } from '../gateway/request';
import type { Trust } from '../gateway/trust';
import type { ResolvedSettings } from '../profile/resolve';
import { ENCRYPT_TYPE } from '../protocol/encryption';
import { formatBeijingTime } from '../protocol/time';
import type { ConnectionOptions } from './flags';
import { fileExists, PRIVATE_MODE, unwritable } from './new-files';

/** Refuses, before anything is done, what can’t be recorded. @throws usage */
export function requireRecordable({ record, mask, skipVerify }: ConnectionOptions): void {
  if (record === undefined && mask) {
    throw new AlipassError('usage', 'usage.missing', '--mask says how to record: it needs --record');
  }
  if (record === undefined) return;
  if (record === '' || record === '-') throw usageError('--record', record, 'the path of a new file');
  if (skipVerify) {
    throw new AlipassError(
      'usage',
      'usage.conflict',
      '--record keeps the key that proves the answers, and with --insecure-skip-verify there is none',
      { hint: 'Keep one of them.' },
    );
  }
  if (existsSync(record)) throw fileExists(record);
}

/** A call to be recorded. */
export interface Recorded {
  readonly context: Context;
  readonly options: ConnectionOptions;
  readonly settings: ResolvedSettings;
  readonly caller: Caller;
  readonly trust: Trust;
  readonly exchange: Exchange;
}

/**
 * Begins the file that `--record` names, and adds every exchange to it as it comes.
 * @throws usage `file.exists`, config `file.unwritable`; the latter also from the exchange
 */
export async function startRecording(recorded: Recorded): Promise<Exchange> {
  const { options, caller, exchange } = recorded;
  const path = options.record!;
  const writeLine = createLineWriter();
  const file = beginFile(path, writeLine(headerOf(recorded)));
  return recordExchanges(exchange, caller, options.mask, appender(file, path, writeLine));
}

/** Opens a new file with its first line in it; it stays open, whatever becomes of its path. */
function beginFile(path: string, line: string): number {
  let file: number | undefined;
  try {
    file = openSync(path, 'wx', PRIVATE_MODE);
    writeFileSync(file, line);
    return file;
  } catch (cause) {
    if (file !== undefined) rmSync(path, { force: true });
    throw systemCode(cause) === 'EEXIST' ? fileExists(path) : unwritable(path, cause);
  }
}

/** After a line that could not be written whole, no other may follow. */
function appender(
  file: number,
  path: string,
  writeLine: (exchange: RecordedExchange) => string,
): (exchange: RecordedExchange) => void {
  let failure: AlipassError | undefined;
  return exchange => {
    if (failure) throw failure;
    try {
      writeFileSync(file, writeLine(exchange));
    } catch (cause) {
      failure = unwritable(path, cause);
      throw failure;
    }
  };
}

function headerOf({ context, options, settings, caller, trust }: Recorded): RecordingHeader {
  return {
    schema: RECORDING_SCHEMA,
    recorded_at: formatBeijingTime(context.now()),
    // A query of the gateway’s own may hold what is nobody’s business.
    gateway: settings.gateway!.value.split('?')[0]!,
    app_id: caller.appId,
    charset: caller.charsetLabel,
    sign_type: caller.signType,
    retries: settings.retries!.value,
    encrypt_type: caller.encryptKey ? ENCRYPT_TYPE : '',
    masked: options.mask,
    ...trust.proof(),
  };
}
