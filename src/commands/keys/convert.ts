import type { Context } from '../../context';
import { EXIT } from '../../exit';
import { parseWord } from '../../parse';
import { ENCODED_FORMS, type EncodedForm, encodeKey, halfOfForm } from '../../protocol/key-form';
import { requireRsa } from '../../protocol/keys';
import type { CommandDeclaration, Verb } from '../command';
import { converse } from '../converse';
import { type Talk, TALK_FLAGS, talkOf } from '../flags';
import { PRIVATE_MODE, PUBLIC_MODE, writeNewFiles } from '../new-files';
import { readKey } from './read';

/** All that `keys convert` needs to know. */
export interface ConvertOptions {
  readonly path: string;
  readonly form: EncodedForm;
  readonly bare: boolean;
  /** Undefined for stdout. */
  readonly output: string | undefined;
  readonly talk: Talk;
}

export const convert: Verb & CommandDeclaration = {
  name: 'convert',
  summary: 'write a key in another form, or take the public key out of a private one',
  args: [{ syntax: '<file>', help: 'a key or certificate, PEM or base64; - reads stdin', completes: 'file' }],
  flags: [
    {
      syntax: '--to <form>',
      help: `${ENCODED_FORMS.join(', ')} (required)`,
      heading: 'Options',
      choices: ENCODED_FORMS,
    },
    { syntax: '--bare', help: 'one base64 line, without PEM’s marks', heading: 'Options' },
    {
      syntax: '--output <file>',
      help: 'a new file, in place of stdout; a private key is yours alone to read',
      heading: 'Options',
      completes: 'file',
    },
    ...TALK_FLAGS,
  ],
  examples: [
    {
      line: 'alipass keys convert app-private-key.pem --to pkcs8 --bare --output app-private-key.txt',
      does: 'for Java',
    },
    {
      line: 'alipass keys convert app-private-key.pem --to spki --bare',
      does: '应用公钥, as open.alipay.com takes it',
    },
  ],
  run: (context, { args, flags }) =>
    runConvert(context, {
      path: args[0]!,
      form: parseWord('--to', flags['to'] as string | undefined, ENCODED_FORMS),
      bare: flags['bare'] === true,
      output: flags['output'] as string | undefined,
      talk: talkOf(flags),
    }),
};

/** Writes the key in the form asked for; a passphrase that it had is not kept. */
export async function runConvert(context: Context, options: ConvertOptions): Promise<number> {
  const { path, form, bare, output, talk } = options;
  const conversation = await converse(context, talk);
  const { written, where } = await readKey(context, conversation, path);
  const text = encodeKey(requireRsa(written.key, where), form, bare);
  if (output === undefined) {
    await context.stdout.write(text);
    return EXIT.done;
  }
  const mode = halfOfForm(form) === 'private' ? PRIVATE_MODE : PUBLIC_MODE;
  await writeNewFiles([{ path: output, text, mode }]);
  conversation.remark(`Wrote ${output}.`);
  return EXIT.done;
}
