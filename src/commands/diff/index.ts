import type { Context } from '../../context';
import { AlipassError } from '../../errors';
import { EXIT } from '../../exit';
import { type Change, compareListings } from '../../passes/changes';
import { changeLine } from '../../render/changes';
import { loadWords } from '../../render/words';
import { languageOf } from '../../terminal/language';
import { loadStyle, wantsColor } from '../../terminal/style';
import type { CommandDeclaration } from '../command';
import { converse } from '../converse';
import { REPORT_FLAGS, reportFormatOf, type Talk, TALK_FLAGS, talkOf } from '../flags';
import { readInput } from '../input';
import { comparable, readSavedListing, type SavedListing } from './saved-listing';

/** All that `diff` needs to know. */
export interface DiffOptions {
  /** Paths; `-` is stdin. */
  readonly before: string;
  readonly after: string;
  /** Compare listings of different things, and such as are not whole. */
  readonly force: boolean;
  readonly format: 'table' | 'json';
  readonly talk: Talk;
}

export const diff: CommandDeclaration = {
  args: [
    { syntax: '<before>', help: 'a listing as list -o json, ndjson or csv wrote it; - reads stdin' },
    { syntax: '<after>', help: 'a later one' },
  ],
  flags: [
    {
      syntax: '--force',
      help: 'compare listings of different users, groups or times, and such as are not whole',
      heading: 'Options',
    },
    ...REPORT_FLAGS,
    ...TALK_FLAGS,
  ],
  examples: [
    { line: 'alipass diff monday.json tuesday.json', does: 'what changed? exit 0 nothing, 8 something' },
    {
      line: 'alipass list --user 2088102122458832 --group card -o json | alipass diff monday.json -',
      does: 'what changed since',
    },
  ],
  run: (context, { args, flags }) =>
    runDiff(context, {
      before: args[0]!,
      after: args[1]!,
      force: flags['force'] === true,
      format: reportFormatOf(flags),
      talk: talkOf(flags),
    }),
};

/** Tells what changed from one saved listing to another. Returns 8 when something did. @throws usage */
export async function runDiff(context: Context, options: DiffOptions): Promise<number> {
  if (options.before === '-' && options.after === '-') {
    throw new AlipassError('usage', 'input.stdin_twice', 'Both listings are -: stdin can’t be read twice');
  }
  const read = async (path: string): Promise<SavedListing> =>
    readSavedListing(await readInput(context, path), path === '-' ? 'stdin' : path);
  const [before, after] = [await read(options.before), await read(options.after)];
  const { remark, warn } = await converse(context, options.talk);
  for (const { where, passes, meta } of [before, after]) {
    if (passes.size === 0 && !meta) remark(`${where} has no passes.`);
  }
  const doubt = doubtOf(before, after);
  if (doubt && !options.force) throw doubt;
  if (doubt) warn(doubt.message);
  const [earlier, later] = comparable(before, after);
  const changes = [...compareListings(earlier, later)];
  await write(context, options, changes, later.size);
  return changes.length === 0 ? EXIT.done : EXIT.no;
}

/** What two listings must have in common for their difference to mean something. */
const SAME = ['user_id', 'group_type', 'time_status'] as const;

/** Why the difference would mislead; only JSON tells. */
function doubtOf(before: SavedListing, after: SavedListing): AlipassError | undefined {
  const hint = '--force compares them all the same.';
  const partial = [before, after].find(({ meta }) => meta && meta['complete'] !== true);
  if (partial) {
    const why = `${partial.where} is not whole (stopped_because: ${String(partial.meta!['stopped_because'])})`;
    return new AlipassError(
      'usage',
      'listing.incomplete',
      `${why}: passes that are missing would count as removed`,
      {
        hint,
      },
    );
  }
  const [a, b] = [before.meta, after.meta];
  const name = a && b && SAME.find(it => a[it] !== b[it]);
  if (!name) return undefined;
  const message = `The listings differ in ${name}: ${String(a[name])} in ${before.where}, ${String(b[name])} in ${after.where}`;
  return new AlipassError('usage', 'listing.unlike', message, { hint });
}

async function write(
  { stdout, env }: Context,
  { format, talk }: DiffOptions,
  changes: readonly Change[],
  passes: number,
): Promise<void> {
  const count = (word: Change['change']): number => changes.filter(({ change }) => change === word).length;
  const counts = { added: count('added'), removed: count('removed'), changed: count('changed') };
  const unchanged = passes - counts.added - counts.changed;
  if (format === 'json') {
    const same = changes.length === 0;
    const report = { schema: 'alipass.diff/1', same, ...counts, unchanged, changes };
    return stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  }
  const style = await loadStyle(wantsColor(talk.color, env, stdout.isTTY));
  const words = await loadWords(languageOf(talk.lang, env));
  const lines = changes.map(change => changeLine(change, style, words));
  const sum = words.changes.sum(counts.added, counts.removed, counts.changed, unchanged);
  await stdout.write(`${[...lines, sum].join('\n')}\n`);
}
