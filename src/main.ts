import type { Context } from './context';
import { AlipassError } from './errors';
import { EXIT, EXIT_BY_KIND } from './exit';
import type { HelpWords } from './render/help-words';
import { type Language, spokenLanguage } from './terminal/language';
import type { ColorChoice } from './terminal/style';
import { ClosedPipe } from './terminal/terminal';

export { createContext } from './context';

/** Longer lines of help are hard to read. */
const MAX_HELP_WIDTH = 100;

/** Runs a command line (without the program's name) and returns its exit code; never throws, never exits. */
export async function main(argv: readonly string[], context: Context): Promise<number> {
  try {
    if (asksForVersion(argv)) {
      await context.stdout.write(`${context.version}\n`);
      return EXIT.done;
    }
    if (argv[0] === '__complete') return await completeNames(context);
    const words = await loadWordsOfHelp(spokenLanguage(argv, context.env));
    const { readCommandLine } = await import('./program');
    const request = await readCommandLine(argv, context.version, {
      width: Math.min(context.stdout.columns, MAX_HELP_WIDTH),
      ...words,
    });
    if ('command' in request) {
      return await request.command.run(words ? asking(words.say, context) : context, request.input);
    }
    await context.stdout.write(request.text);
    return EXIT.done;
  } catch (error) {
    if (error instanceof ClosedPipe) return EXIT.done;
    return await reportError(error, argv, context);
  }
}

/** Undefined for English, which is what the code says. */
async function loadWordsOfHelp(language: Language): Promise<HelpWords | undefined> {
  return language === 'en' ? undefined : (await import('./render/help-words')).loadHelpWords(language);
}

/** A context whose questions are asked in the words of `say`. */
function asking(say: HelpWords['say'], context: Context): Context {
  return { ...context, askSecret: question => context.askSecret(say(question)) };
}

/** Asked for alone, as scripts do to see whether there is a program at all, the version needs no parser. */
function asksForVersion(argv: readonly string[]): boolean {
  return argv.length === 1 && /^(-V|--version)$/.test(argv[0]!);
}

/**
 * The names of the profiles, one a line: all that a completion script asks of the program, at every Tab. What is
 * wrong there shows elsewhere.
 */
async function completeNames({ profiles, stdout }: Context): Promise<number> {
  const names = await (await profiles()).read().then(
    ({ byName }) => [...byName.keys()],
    () => [],
  );
  await stdout.write(names.map(name => `${name}\n`).join(''));
  return EXIT.done;
}

async function reportError(error: unknown, argv: readonly string[], context: Context): Promise<number> {
  const failure = error instanceof AlipassError ? error : bug(error, context);
  const text = wantsJson(argv) ? await asJson(failure) : await asText(failure, argv, context);
  await context.stderr.write(text).catch(() => {});
  return EXIT_BY_KIND[failure.kind];
}

async function asJson(failure: AlipassError): Promise<string> {
  const { errorJson } = await import('./render/error');
  return errorJson(failure);
}

async function asText(
  failure: AlipassError,
  argv: readonly string[],
  { env, stderr }: Context,
): Promise<string> {
  const [{ formatError }, { loadPhrasebook }, { loadStyle, wantsColor }] = await Promise.all([
    import('./render/error'),
    import('./render/phrases'),
    import('./terminal/style'),
  ]);
  return formatError(
    failure,
    await loadStyle(wantsColor(colorChoice(argv), env, stderr.isTTY)),
    stderr.columns,
    await loadPhrasebook(spokenLanguage(argv, env)),
  );
}

/** Whether errors are to be JSON: asked of the raw words, as the command line itself may be what is wrong. */
function wantsJson(argv: readonly string[]): boolean {
  return /(^|\0)(-o|--format|--as)[=\0]?(json|ndjson)(\0|$)/.test(argv.join('\0'));
}

/** What `--color` asks for, of the raw words too. */
function colorChoice(argv: readonly string[]): ColorChoice {
  const asked = /(?:^|\0)--color[=\0](always|never)(?:\0|$)/.exec(argv.join('\0'));
  return (asked?.[1] ?? 'auto') as ColorChoice;
}

/** Anything that was not thrown on purpose. */
function bug(error: unknown, { env }: Context): AlipassError {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = env['ALIPASS_DEBUG'] && error instanceof Error ? `\n${error.stack}` : '';
  return new AlipassError(
    'internal',
    'internal',
    `alipass failed in a way it should not: ${message}${stack}`,
    {
      hint: 'Please report it, with the command and what ALIPASS_DEBUG=1 adds.',
      cause: error,
    },
  );
}
