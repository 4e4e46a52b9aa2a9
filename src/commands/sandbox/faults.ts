import type { Context } from '../../context';
import { EXIT } from '../../exit';
import type { View } from '../../render/format';
import { loadStyle, wantsColor } from '../../terminal/style';
import type { CommandDeclaration, Verb } from '../command';
import { phrasebookOf } from '../converse';
import { REPORT_FLAGS, reportFormatOf, type Talk, TALK_FLAGS, talkOf } from '../flags';

/** All that `sandbox faults` needs to know. */
export interface FaultsOptions {
  readonly format: 'table' | 'json';
  readonly talk: Talk;
}

export const faults: Verb & CommandDeclaration = {
  name: 'faults',
  summary: 'list what can be made to go wrong, when, and with which codes',
  flags: [...REPORT_FLAGS, ...TALK_FLAGS],
  examples: [
    { line: 'alipass sandbox faults', does: 'every fault, condition and code' },
    {
      line: 'alipass sandbox serve --fault reset@call=1 --fault code=SYSTEM_ERROR@p=0.3',
      does: 'cut the first call off, and refuse three of ten',
    },
  ],
  run: (context, { flags }) => runFaults(context, { format: reportFormatOf(flags), talk: talkOf(flags) }),
};

/** Lists the language of faults: from its tables, without a gateway. */
export async function runFaults(context: Context, { format, talk }: FaultsOptions): Promise<number> {
  const { stdout, env } = context;
  const { describeFaults, formatFaultList } = await import('./fault-list');
  if (format === 'json') {
    const json = { schema: 'alipass.faults/1', ...describeFaults() };
    await stdout.write(`${JSON.stringify(json, null, 2)}\n`);
    return EXIT.done;
  }
  const style = await loadStyle(wantsColor(talk.color, env, stdout.isTTY));
  const view: View = { width: stdout.columns, style };
  await stdout.write(formatFaultList(view, await phrasebookOf(context, talk)));
  return EXIT.done;
}
