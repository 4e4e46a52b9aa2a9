import type { Context } from '../context';
import { AlipassError, quote } from '../errors';
import { EXIT } from '../exit';
import { knownCodes } from '../protocol/codes';
import { findCode, nearCodes } from '../protocol/near-codes';
import { type Language, languageOf } from '../terminal/language';
import { loadStyle, wantsColor } from '../terminal/style';
import type { CommandDeclaration } from './command';
import { REPORT_FLAGS, reportFormatOf, type Talk, TALK_FLAGS, talkOf } from './flags';

/** All that `explain` needs to know. */
export interface ExplainOptions {
  /** A known code; all of them when undefined. */
  readonly code: string | undefined;
  readonly language: Language;
  readonly format: 'table' | 'json';
  readonly talk: Talk;
}

export const explain: CommandDeclaration = {
  args: [
    {
      syntax: '[code]',
      help: 'code or sub_code of an answer, in any case; every code when left out',
      choices: knownCodes(),
    },
  ],
  flags: [...REPORT_FLAGS, ...TALK_FLAGS],
  examples: [
    { line: 'alipass explain isv.invalid-signature', does: 'what it means, why it comes, what to do' },
    { line: 'alipass explain 40004 --lang zh', does: 'in Chinese' },
    { line: 'alipass explain', does: 'every code, on one line each' },
  ],
  run: async (context, { args, flags }) => {
    const talk = talkOf(flags);
    return runExplain(context, {
      code: args[0] === undefined ? undefined : parseCode(args[0]),
      language: languageOf(talk.lang, context.env),
      format: reportFormatOf(flags),
      talk,
    });
  },
};

/** Prints what a code means, or every code: from tables, without settings or a network. */
export async function runExplain(context: Context, options: ExplainOptions): Promise<number> {
  const text = options.format === 'json' ? await asJson(options) : await asText(context, options);
  await context.stdout.write(text);
  return EXIT.done;
}

async function asJson({ code }: ExplainOptions): Promise<string> {
  const { explainCode } = await import('../render/explanation');
  const json =
    code === undefined
      ? { schema: 'alipass.explanations/1', codes: knownCodes().map(explainCode) }
      : { schema: 'alipass.explanation/1', ...explainCode(code) };
  return `${JSON.stringify(json, null, 2)}\n`;
}

async function asText({ stdout, env }: Context, options: ExplainOptions): Promise<string> {
  const { explainCode, formatCodeList, formatExplanation } = await import('../render/explanation');
  const style = await loadStyle(wantsColor(options.talk.color, env, stdout.isTTY));
  const view = { width: stdout.columns, style };
  return options.code === undefined
    ? formatCodeList(options.language, view)
    : formatExplanation(explainCode(options.code), options.language, view);
}

/** Reads a code in whatever case. @throws usage with the codes that may be meant */
function parseCode(text: string): string {
  const code = findCode(text);
  if (code !== undefined) return code;
  const near = nearCodes(text);
  const meant = near.length === 0 ? '' : `Did you mean ${near.join(', ')}? `;
  throw new AlipassError('usage', 'usage.unknown_code', `There is no explanation of code ${quote(text)}`, {
    hint: `${meant}alipass explain lists every code.`,
  });
}
