import type { Context } from '../../context';
import { EXIT } from '../../exit';
import { fingerprintOf, KEY_FORMS } from '../../protocol/key-form';
import { isSamePair } from '../../protocol/keys';
import type { Say } from '../../render/phrases';
import { safeText } from '../../terminal/safe-text';
import type { CommandDeclaration, Verb } from '../command';
import { converse, phrasebookOf } from '../converse';
import { REPORT_FLAGS, reportFormatOf, type Talk, TALK_FLAGS, talkOf } from '../flags';
import { type KeyFile, readKey } from './read';

/** All that `keys match` needs to know. */
export interface MatchOptions {
  readonly paths: readonly [string, string];
  readonly format: 'table' | 'json';
  readonly talk: Talk;
}

export const match: Verb & CommandDeclaration = {
  name: 'match',
  summary: 'do two keys belong to one pair? exit 0 when they do, 8 when not',
  args: [
    { syntax: '<file>', help: 'a key or certificate, PEM or base64; - reads stdin', completes: 'file' },
    { syntax: '<other-file>', help: 'another one', completes: 'file' },
  ],
  flags: [...REPORT_FLAGS, ...TALK_FLAGS],
  examples: [
    {
      line: 'alipass keys match app-private-key.pem app-public-key.pem',
      does: 'is this the public key that was uploaded?',
    },
  ],
  run: (context, { args, flags }) =>
    runMatch(context, {
      paths: [args[0]!, args[1]!],
      format: reportFormatOf(flags),
      talk: talkOf(flags),
    }),
};

/** Tells whether two keys are of one pair, and which half each is. Exit 8 when they are not. */
export async function runMatch(context: Context, { paths, format, talk }: MatchOptions): Promise<number> {
  const conversation = await converse(context, talk);
  // One after the other: both may ask for a passphrase.
  const first = await readKey(context, conversation, paths[0]);
  const second = await readKey(context, conversation, paths[1]);
  const isPair = isSamePair(first.written.key, second.written.key);
  const say = await phrasebookOf(context, talk);
  const text = format === 'json' ? matchJson(isPair, first, second) : matchText(isPair, [first, second], say);
  await context.stdout.write(text);
  return isPair ? EXIT.done : EXIT.no;
}

function matchJson(match: boolean, ...files: KeyFile[]): string {
  const shown = files.map(({ where, written }) => ({
    file: where,
    half: written.key.type,
    form: written.form,
    fingerprint: fingerprintOf(written.key),
  }));
  return `${JSON.stringify({ schema: 'alipass.key-match/1', match, files: shown }, null, 2)}\n`;
}

function matchText(match: boolean, files: readonly KeyFile[], say: Say): string {
  const halves = files.map(({ written }) => written.key.type);
  const twice = match && halves[0] === halves[1];
  const lines = files.map(
    ({ where, written }) =>
      `  ${written.key.type} half: ${safeText(where)} (${KEY_FORMS[written.form].title})`,
  );
  const verdict = match ? 'one pair' : 'not one pair';
  const detail = twice ? `: the same ${halves[0]} key twice` : '';
  return `${say(verdict + detail)}\n${lines.map(say).join('\n')}\n`;
}
