import { resolve } from 'node:path';
import { createHead, formatLine, type JobFacts } from '../../bulk/journal';
import {
  type Merged,
  mergeParts,
  type MissingShards,
  missingShards,
  openPart,
  type Part,
  requireOneWhole,
} from '../../bulk/merge';
import { jobFiles } from '../../bulk/row-file';
import { formatShard } from '../../bulk/shard';
import type { Context } from '../../context';
import { AlipassError, usageError } from '../../errors';
import { EXIT } from '../../exit';
import { grouped } from '../../render/job-progress';
import { loadWords } from '../../render/words';
import { languageOf } from '../../terminal/language';
import type { CommandDeclaration, Verb } from '../command';
import { converse } from '../converse';
import { type Talk, TALK_FLAGS, talkOf } from '../flags';
import { openFile, type Sink } from '../sink';
import { createFailures } from './leftovers';

/** All that `export merge` needs to know. */
export interface MergeOptions {
  readonly parts: readonly string[];
  readonly output: string;
  readonly talk: Talk;
}

export const merge: Verb & CommandDeclaration = {
  name: 'merge',
  summary: 'join the outputs of shards, or of users once more, and tell what is missing',
  args: [
    {
      syntax: '<parts...>',
      help: 'files that export --output wrote, with their journals',
      completes: 'file',
    },
  ],
  flags: [
    {
      syntax: '--output <file>',
      help: 'the file to write, with a journal beside it (required)',
      heading: 'Output',
      completes: 'file',
    },
    ...TALK_FLAGS,
  ],
  examples: [
    {
      line: 'alipass export merge part-1.ndjson part-2.ndjson --output all.ndjson',
      does: 'exit 0: every shard and every user is there; 9: what is missing is told',
    },
  ],
  run: (context, { args, flags }) => {
    const output = flags['output'] as string | undefined;
    if (!output) throw usageError('--output', output, 'the file to write');
    return runMerge(context, { parts: args, output, talk: talkOf(flags) });
  },
};

/** Joins parts. @throws incomplete when something is missing, once all that is there is written; config, usage */
export async function runMerge(
  context: Context,
  { parts: paths, output, talk }: MergeOptions,
): Promise<number> {
  const conversation = await converse(context, talk);
  const { job } = await loadWords(languageOf(talk.lang, context.env));
  refuseOverwriting(paths, output);
  const all = await Promise.all(paths.map(openPart));
  requireOneWhole(all);
  const parts = all.filter(({ finished }) => finished);
  if (parts.length === 0) throw nothingFinished();
  const absent = absentParts(all);
  const merged = await writeAll(parts, output, { isWhole: absent.length === 0, signal: context.signal });
  const failures = createFailures(`${output}.failures.csv`);
  for (const [user, code] of merged.failed) await failures.add(user, new AlipassError('business', code, ''));
  await failures.finish();
  conversation.remark(job.merged(grouped(merged.users), grouped(merged.rows), grouped(parts.length)));
  if (absent.length > 0 || failures.count > 0) throw incomplete(absent, output, failures.count);
  return EXIT.done;
}

function refuseOverwriting(paths: readonly string[], output: string): void {
  const twice = paths.find((path, i) => paths.map(it => resolve(it)).indexOf(resolve(path)) < i);
  if (twice !== undefined) throw usageError('part', twice, 'named once');
  if (paths.some(path => resolve(path) === resolve(output))) {
    throw usageError('--output', output, 'another file than the parts');
  }
}

interface Terms {
  /** Whether every part is there, so that what is written may be taken for all that was asked for. */
  readonly isWhole: boolean;
  readonly signal: AbortSignal;
}

/** The file and its journal, both or none. */
async function writeAll(parts: readonly Part[], output: string, terms: Terms): Promise<Merged> {
  const rows = await openFile(output);
  const journal = await openFile(jobFiles(output).journal).catch(async error => {
    await rows.abandon();
    throw error;
  });
  try {
    const merged = await writeInto(parts, rows, journal, terms);
    await rows.finish();
    await journal.finish();
    return merged;
  } catch (error) {
    await Promise.all([rows.abandon(), journal.abandon()]);
    throw error;
  }
}

async function writeInto(
  parts: readonly Part[],
  rows: Sink,
  journal: Sink,
  { isWhole, signal }: Terms,
): Promise<Merged> {
  const { job: first, began_at_ms, start } = parts[0]!.head;
  const { '--shard': _, ...job } = first;
  const users = parts.reduce((sum, { head }) => sum + head.users, 0);
  await journal.to.write(formatLine(createHead({ began_at_ms, job: joinLists(job, parts), users, start })));
  const merged = await mergeParts(parts, {
    write: bytes => {
      signal.throwIfAborted();
      return rows.to.write(bytes);
    },
    keep: entry => journal.to.write(formatLine(entry)),
  });
  for (const [user, failed] of merged.failed) await journal.to.write(formatLine({ user, failed }));
  // Without this line it is no part for another merge, which would know nothing of what is missing here.
  if (isWhole) {
    await journal.to.write(formatLine({ finished: true, done: merged.users, failed: merged.failed.size }));
  }
  return merged;
}

function joinLists(job: JobFacts, parts: readonly Part[]): JobFacts {
  const lists = [...new Set(parts.map(({ head }) => head.job['users']))];
  return { ...job, users: lists.join(', ') };
}

/** Parts that are not there, in words. */
function absentParts(all: readonly Part[]): string[] {
  const unfinished = all.filter(({ finished }) => !finished);
  return [
    ...unfinished.map(({ path }) => `${path} is not finished: run its command again`),
    ...missingShards(all).map(it => `no part is shard ${shardsText(it)}`),
  ];
}

const MOST_SHARDS_NAMED = 10;

function shardsText({ list, count, missing }: MissingShards): string {
  const named = missing.slice(0, MOST_SHARDS_NAMED).map(index => formatShard({ index, count }));
  const more = missing.length - named.length;
  return `${named.join(', ')}${more > 0 ? `, and ${grouped(more)} more` : ''} of ${list}`;
}

function incomplete(absent: readonly string[], output: string, failed: number): AlipassError {
  const users = failed > 0 ? [`users that failed and are done in no part: ${grouped(failed)}`] : [];
  return new AlipassError('incomplete', 'merge.incomplete', `${output} is not whole`, {
    details: [...absent, ...users],
    hint:
      failed > 0
        ? `${output}.failures.csv has the users that failed: export them once more, and merge that as well.`
        : 'What is there is written; merge again once the rest is there.',
  });
}

function nothingFinished(): AlipassError {
  return new AlipassError('config', 'merge.unfinished', 'None of the parts is finished', {
    hint: 'Run their commands again: each goes on where it was.',
  });
}
