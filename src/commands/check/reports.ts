import { appendFile } from 'node:fs/promises';
import type { Context } from '../../context';
import { AlipassError, usageError } from '../../errors';
import { checkJson, type CheckResult } from '../../render/check';
import { loadWords } from '../../render/words';
import { languageOf } from '../../terminal/language';
import type { Talk } from '../flags';
import { PUBLIC_MODE, unwritable } from '../new-files';
import { writeWhole } from '../whole-file';

/** Where a check is reported, besides stdout. */
export interface ReportTarget {
  readonly kind: 'junit' | 'json' | 'github';
  /** The file; the step summary of GitHub Actions when there is no need to name one. */
  readonly path: string | undefined;
}

/** Reads `--report KIND[=FILE]`; in GitHub Actions its own report comes by itself. @throws usage */
export function parseReports(
  texts: readonly string[],
  env: Context['env'],
  wantsGithub: boolean,
): ReportTarget[] {
  const targets = texts.map(parseReport);
  const asked = targets.some(({ kind }) => kind === 'github');
  const there = env['GITHUB_ACTIONS'] === 'true' || Boolean(env['GITHUB_STEP_SUMMARY']);
  if (asked && !there) {
    throw usageError('--report', 'github', 'used in GitHub Actions: GITHUB_STEP_SUMMARY is not set here');
  }
  if (asked && !wantsGithub) {
    throw new AlipassError(
      'usage',
      'usage.conflict',
      '--report github and --no-github contradict each other',
    );
  }
  return asked || !there || !wantsGithub ? targets : [...targets, { kind: 'github', path: undefined }];
}

function parseReport(text: string): ReportTarget {
  if (text === 'github') return { kind: 'github', path: undefined };
  const [, kind, path] = /^(junit|json)=(.+)$/s.exec(text) ?? [];
  if (path) return { kind: kind as 'junit' | 'json', path };
  throw usageError('--report', text, 'junit=FILE, json=FILE or github');
}

/** Writes each report, whole or not at all. @throws config `file.unwritable`, once the others are written */
export async function writeReports(
  context: Context,
  { reports, talk }: { readonly reports: readonly ReportTarget[]; readonly talk: Talk },
  result: CheckResult,
): Promise<void> {
  const ends = await Promise.allSettled(reports.map(target => writeReport(context, target, talk, result)));
  const failed = ends.find(end => end.status === 'rejected');
  if (failed) throw failed.reason;
}

async function writeReport(
  context: Context,
  { kind, path }: ReportTarget,
  talk: Talk,
  result: CheckResult,
): Promise<void> {
  switch (kind) {
    case 'junit':
      return writeWhole(path!, (await import('../../render/check-junit')).junitXml(result), PUBLIC_MODE);
    case 'json':
      return writeWhole(path!, checkJson(result), PUBLIC_MODE);
    case 'github':
      return reportToGithub(context, talk, result);
  }
}

/** Annotations go to stderr, which GitHub reads as well, so that stdout is the answer alone. */
async function reportToGithub({ env, stderr }: Context, { lang }: Talk, result: CheckResult): Promise<void> {
  const { annotations, stepSummary } = await import('../../render/check-github');
  const words = await loadWords(languageOf(lang, env));
  if (env['GITHUB_ACTIONS'] === 'true') await stderr.write(annotations(result, words));
  const path = env['GITHUB_STEP_SUMMARY'];
  if (!path) return;
  await appendFile(path, stepSummary(result, words)).catch(cause => {
    throw unwritable(path, cause);
  });
}
