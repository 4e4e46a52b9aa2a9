import { compile, isRegistered, search, tokenize } from '@jmespath-community/jmespath';
import { AlipassError } from '../errors';
import type { Pass } from '../passes/pass';
import { nearWords } from '../nearness';

/** A question to all passes of a listing; the answer is any JSON value. @throws usage */
export type PassesQuestion = (passes: readonly Pass[]) => unknown;

/** Reads a JMESPath expression. @throws usage that shows where it is wrong; so does the question, for wrong types */
export function parseQuestion(text: string): PassesQuestion {
  requireSyntax(text);
  requireFunctions(text);
  return passes => {
    try {
      return search(passes as unknown as Parameters<typeof search>[0], text);
    } catch (error) {
      throw wrongQuery(`--query can’t be answered: ${(error as Error).message.replace(/\.$/, '')}`, text);
    }
  };
}

/** The library tells what is wrong but not where. */
function requireSyntax(text: string): void {
  try {
    compile(text);
  } catch (error) {
    const at = text.trim() === '' ? 0 : (lexicalFault(text) ?? grammaticalFault(text));
    const what = at >= text.length ? 'it ends too early' : reasonOf(error as Error);
    throw wrongQuery(`--query is not JMESPath: ${what}`, text, at);
  }
}

function reasonOf({ message }: Error): string {
  return message.replace(/^syntax(?: error)?[:,]\s*/i, '').replace(/\.$/, '');
}

/** Where the longest beginning ends that can be cut into tokens; undefined when all of it can. */
function lexicalFault(text: string): number | undefined {
  for (let length = text.length; length >= 0; length--) {
    if (succeeds(() => tokenize(text.slice(0, length)))) return length === text.length ? undefined : length;
  }
  return 0;
}

/** The first token after which nothing could mend the expression: up to there it only ended too early. */
function grammaticalFault(text: string): number {
  const tokens = tokenize(text).filter(({ type }) => String(type) !== 'EOF');
  const wrong = tokens.findIndex((_, i) => {
    const beginning = text.slice(0, tokens[i + 1]?.start ?? text.length);
    return !succeeds(() => compile(beginning), /EOF/);
  });
  return wrong < 0 ? text.length : tokens[wrong]!.start;
}

function succeeds(run: () => unknown, allowed = /^$/): boolean {
  try {
    run();
    return true;
  } catch (error) {
    return allowed.test((error as Error).message);
  }
}

/** Unknown functions are told before any call is made, not when one of them has a pass to work on. */
function requireFunctions(text: string): void {
  const tokens = tokenize(text);
  const unknown = tokens.find(
    ({ value, type }, i) =>
      String(type) === 'UnquotedIdentifier' &&
      String(tokens[i + 1]?.type) === 'Lparen' &&
      !isRegistered(String(value)),
  );
  if (!unknown) return;
  const near = nearWords(String(unknown.value), FUNCTIONS);
  const meant = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : undefined;
  throw wrongQuery(`--query has no function ${String(unknown.value)}`, text, unknown.start, meant);
}

/** The functions of the JMESPath specification, for suggestions. */
const FUNCTIONS = (
  'abs avg ceil contains ends_with floor join keys length map max max_by merge min min_by not_null reverse sort ' +
  'sort_by starts_with sum to_array to_number to_string type values group_by items from_items zip find_first ' +
  'find_last lower upper split replace trim pad_left pad_right'
).split(' ');

const MOST_SHOWN = 30;

function wrongQuery(message: string, text: string, at?: number, meant?: string): AlipassError {
  return new AlipassError(
    'usage',
    'usage.invalid',
    at === undefined ? message : `${message}, ${placeOf(text, at)}`,
    {
      hint: [meant, "jmespath.org has a tutorial; texts stand in single quotes: [?status=='can_use'].pass_id"]
        .filter(Boolean)
        .join(' '),
    },
  );
}

/** `at character 5, here: ‹[?a=›→‹=b]›`: the text around a place, on one line. */
function placeOf(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - MOST_SHOWN), at);
  const after = text.slice(at, at + MOST_SHOWN);
  const dots = [at > MOST_SHOWN ? '…' : '', at + MOST_SHOWN < text.length ? '…' : ''];
  return `at character ${at + 1}: ${dots[0]}${before} ▸ ${after}${dots[1]}`;
}
