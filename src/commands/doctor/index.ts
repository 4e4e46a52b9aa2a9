import type { Context } from '../../context';
import { AlipassError } from '../../errors';
import { EXIT } from '../../exit';
import { loadStyle, wantsColor } from '../../terminal/style';
import type { CommandDeclaration } from '../command';
import { wantsRecording } from '../connect';
import { converse, phrasebookOf } from '../converse';
import {
  CONNECTION_FLAGS,
  connectionOf,
  type ConnectionOptions,
  RECORD_FLAGS,
  REPORT_FLAGS,
  reportFormatOf,
  type Talk,
  TALK_FLAGS,
  talkOf,
} from '../flags';
import { type Finding, type Patient, skip } from './finding';
import { LOCAL_CHECKS } from './local';
import { NETWORK_CHECKS } from './network';
import { askingOnce, warningOnce } from './once';

/** All that `doctor` needs to know. */
export interface DoctorOptions {
  /** Nothing is sent anywhere. */
  readonly offline: boolean;
  readonly connection: ConnectionOptions;
  readonly format: 'table' | 'json';
  readonly talk: Talk;
}

export const doctor: CommandDeclaration = {
  flags: [
    { syntax: '--offline', help: 'look at settings and keys alone; send nothing', heading: 'Options' },
    ...CONNECTION_FLAGS,
    ...RECORD_FLAGS,
    ...REPORT_FLAGS,
    ...TALK_FLAGS,
  ],
  examples: [
    { line: 'alipass doctor', does: 'what is wrong with the current profile? exit 0 nothing, 8 something' },
    { line: 'alipass doctor --sandbox', does: 'how it looks when all is well' },
  ],
  run: (context, { flags }) =>
    runDoctor(context, {
      offline: flags['offline'] === true,
      connection: connectionOf(flags),
      format: reportFormatOf(flags),
      talk: talkOf(flags),
    }),
};

/** Examines everything that a call depends on; a fault never hides the ones after it. Returns 8 when one failed. */
export async function runDoctor(context: Context, options: DoctorOptions): Promise<number> {
  if (wantsRecording(options.connection)) await refuseRecording(options);
  const patient: Patient = {
    context: askingOnce(context),
    connection: options.connection,
    conversation: warningOnce(await converse(context, options.talk)),
  };
  const checks = options.offline ? LOCAL_CHECKS : [...LOCAL_CHECKS, ...NETWORK_CHECKS];
  const findings: Finding[] = [];
  for (const check of checks) {
    const found = await check(patient, findings);
    findings.push(...found.map(finding => tellOnce(finding, findings)));
  }
  const failed = findings.some(({ status }) => status === 'fail');
  await write(context, options, findings);
  return failed ? EXIT.no : EXIT.done;
}

/** What can't be recorded is no finding: nothing was examined yet. @throws usage */
async function refuseRecording({ offline, connection }: DoctorOptions): Promise<void> {
  if (offline) {
    throw new AlipassError(
      'usage',
      'usage.conflict',
      '--offline calls nobody, so there is nothing to --record',
      {
        hint: 'Leave one of them out.',
      },
    );
  }
  (await import('../record')).requireRecordable(connection);
}

/** What stopped a check before is no new fault when it stops another. */
function tellOnce(finding: Finding, before: readonly Finding[]): Finding {
  const first = before.find(({ status, says }) => status === 'fail' && says === finding.says);
  return first ? skip(finding.check, `what failed at ${first.check} comes first`) : finding;
}

async function write(
  context: Context,
  { format, talk }: DoctorOptions,
  findings: readonly Finding[],
): Promise<void> {
  const { stdout, env } = context;
  if (format === 'json') {
    const healthy = findings.every(({ status }) => status !== 'fail');
    return stdout.write(`${JSON.stringify({ schema: 'alipass.doctor/1', healthy, findings }, null, 2)}\n`);
  }
  const { formatFindings } = await import('../../render/findings');
  const style = await loadStyle(wantsColor(talk.color, env, stdout.isTTY));
  await stdout.write(formatFindings(findings, style, stdout.columns, await phrasebookOf(context, talk)));
}
