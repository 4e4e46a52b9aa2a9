import { generateKeyPair } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Context } from '../../context';
import { usageError } from '../../errors';
import { EXIT } from '../../exit';
import { parseWord } from '../../parse';
import { encodeKey, fingerprintOf } from '../../protocol/key-form';
import type { Conversation } from '../../terminal/conversation';
import type { CommandDeclaration, Verb } from '../command';
import { converse } from '../converse';
import { REPORT_FLAGS, reportFormatOf, type Talk, TALK_FLAGS, talkOf } from '../flags';
import { PRIVATE_MODE, PUBLIC_MODE, writeNewFiles } from '../new-files';
import { writeReport } from '../report';

/** Modulus lengths. RSA2 takes none below 2048 (docs.open.alipay.com/291/106115). */
const BITS = ['2048', '3072', '4096'] as const;
const PRIVATE_FORMS = ['pkcs8', 'pkcs1'] as const;

/** All that `keys generate` needs to know. */
export interface GenerateOptions {
  readonly bits: number;
  /** A directory, or what the two names begin with. */
  readonly out: string;
  readonly form: (typeof PRIVATE_FORMS)[number];
  readonly bare: boolean;
  readonly format: 'table' | 'json';
  readonly talk: Talk;
}

export const generate: Verb & CommandDeclaration = {
  name: 'generate',
  summary: 'make an app’s key pair',
  flags: [
    { syntax: '--bits <n>', help: `${BITS.join(', ')} (default: 2048)`, heading: 'Options', choices: BITS },
    {
      syntax: '--out <path>',
      help: 'a directory, or what the names begin with: shop makes shop-private-key.pem (default: ./app)',
      heading: 'Options',
      completes: 'directory',
    },
    {
      syntax: '--form <word>',
      help: 'of the private key: pkcs8 or pkcs1 (default: pkcs8)',
      heading: 'Options',
      choices: PRIVATE_FORMS,
    },
    { syntax: '--bare', help: 'one base64 line in a .txt file, as Alipay’s key tool', heading: 'Options' },
    ...REPORT_FLAGS,
    ...TALK_FLAGS,
  ],
  examples: [
    { line: 'alipass keys generate', does: 'app-private-key.pem and app-public-key.pem, right here' },
    {
      line: 'alipass keys generate --out shop --bits 4096',
      does: 'shop-private-key.pem and its public half',
    },
  ],
  run: (context, { flags }) =>
    runGenerate(context, {
      bits: Number(parseBits(flags['bits'] as string | undefined)),
      out: (flags['out'] as string | undefined) ?? '.',
      form: parseWord('--form', (flags['form'] as string | undefined) ?? 'pkcs8', PRIVATE_FORMS),
      bare: flags['bare'] === true,
      format: reportFormatOf(flags),
      talk: talkOf(flags),
    }),
};

function parseBits(text = '2048'): string {
  const why = ': RSA2 takes no key shorter than 2048 bits, and shorter ones are no longer safe';
  const allowed = `one of ${BITS.join(', ')}${Number(text) < 2048 ? why : ''}`;
  if ((BITS as readonly string[]).includes(text)) return text;
  throw usageError('--bits', text, allowed);
}

/** Makes a pair and writes both halves, or neither. */
export async function runGenerate(context: Context, options: GenerateOptions): Promise<number> {
  const { bits, form, bare, talk } = options;
  const conversation = await converse(context, talk);
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: bits });
  const paths = await pathsOf(options);
  await writeNewFiles([
    { path: paths.private, text: encodeKey(privateKey, form, bare), mode: PRIVATE_MODE },
    { path: paths.public, text: encodeKey(privateKey, 'spki', bare), mode: PUBLIC_MODE },
  ]);
  await writeReport(context, talk, options.format, {
    json: {
      schema: 'alipass.key-pair/1',
      private_key_file: paths.private,
      public_key_file: paths.public,
      form,
      bits,
      fingerprint: fingerprintOf(privateKey),
    },
    head: ['Half', 'File'],
    rows: Object.entries(paths),
    labelled: true,
    empty: '',
  });
  sayNextSteps(conversation, paths);
  return EXIT.done;
}

async function pathsOf({ out, bare }: GenerateOptions): Promise<Record<'private' | 'public', string>> {
  const isDirectory =
    /[/\\]$/.test(out) ||
    (await stat(out).then(
      it => it.isDirectory(),
      () => false,
    ));
  const prefix = isDirectory ? join(out, 'app') : out;
  const extension = bare ? 'txt' : 'pem';
  return {
    private: `${prefix}-private-key.${extension}`,
    public: `${prefix}-public-key.${extension}`,
  };
}

function sayNextSteps(conversation: Conversation, paths: Record<'private' | 'public', string>): void {
  const upload = `alipass keys convert ${paths.public} --to spki --bare`;
  const add = `alipass profile add NAME --app-id ID --private-key-file ${paths.private} --alipay-public-key-file FILE`;
  conversation.note('Next, on open.alipay.com, under the app’s signing settings:');
  conversation.note(`1. Upload the public half as 应用公钥; the line to paste: \`${upload}\``);
  conversation.note('2. Copy 支付宝公钥 (Alipay’s key), which it shows in return, to a file.');
  conversation.note(`3. Keep both under a name: \`${add}\``);
}
