import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Context } from '../context';
import { AlipassError } from '../errors';
import { EXIT } from '../exit';
import { parseWord } from '../parse';
import { readKeyText } from '../profile/key-source';
import { type ResolvedSettings, usesCertificates } from '../profile/resolve';
import { requestSignedText } from '../protocol/canonical';
import { parsePublicKey } from '../protocol/keys';
import { SIGN_TYPES, type SignType } from '../protocol/signature';
import { mergedParams } from '../protocol/params';
import { judgeAnswer, judgeRequest, judgeText } from '../protocol/suspects';
import type { Verdict } from '../protocol/verdict';
import type { Conversation } from '../terminal/conversation';
import type { CommandDeclaration, Input } from './command';
import { openPrivateKey, resolveConnection } from './connect';
import { keyReader } from './private-key';
import { converse } from './converse';
import {
  CONNECTION_FLAGS,
  connectionOf,
  type ConnectionOptions,
  REPORT_FLAGS,
  reportFormatOf,
  type Talk,
  TALK_FLAGS,
  talkOf,
} from './flags';
import { keyFilesOf, readInputBytes, requireOneReader } from './input';
import { writeReport } from './report';
import { charsetOf, readSavedAnswer } from './saved-answer';
import { isRequestJson, readSentRequest } from './sent-request';

const KINDS = ['answer', 'request', 'text'] as const;
type Kind = (typeof KINDS)[number];

/** All that `verify` needs to know. */
export interface VerifyOptions {
  /** A file's path, or `-`. */
  readonly path: string;
  /** What the file holds; found out when undefined. */
  readonly kind: Kind | undefined;
  /** The signature of a text, base64. */
  readonly signature: string | undefined;
  readonly publicKeyFile: string | undefined;
  /** Undefined unless the command line says which. */
  readonly signType: SignType | undefined;
  readonly connection: ConnectionOptions;
  readonly format: 'table' | 'json';
  readonly talk: Talk;
}

export const verify: CommandDeclaration = {
  args: [
    {
      syntax: '<file>',
      help: 'a saved answer, a request’s URL or form or what alipass request wrote, or a signed text; - reads stdin',
      completes: 'file',
    },
  ],
  flags: [
    {
      syntax: '--kind <word>',
      help: `${KINDS.join(', ')} (default: found out)`,
      heading: 'Options',
      choices: KINDS,
    },
    { syntax: '--signature <base64>', help: 'the signature of a text', heading: 'Options' },
    {
      syntax: '--public-key-file <path>',
      help: 'the key to verify with (default: Alipay’s for an answer, the app’s for a request)',
      heading: 'Options',
      completes: 'file',
    },
    ...CONNECTION_FLAGS,
    ...REPORT_FLAGS,
    ...TALK_FLAGS,
  ],
  examples: [
    { line: 'alipass verify answer.json', does: 'is this saved answer Alipay’s? exit 0 yes, 8 no' },
    {
      line: "echo 'https://openapi.alipay.com/gateway.do?app_id=…&sign=…' | alipass verify -",
      does: 'why does the gateway refuse this request? A form body may follow on further lines',
    },
    {
      line: 'alipass verify text.txt --signature MEUC… --public-key-file key.pem',
      does: 'any text and signature',
    },
  ],
  run: (context, input) => runVerify(context, verifyOptions(input)),
};

function verifyOptions({ args, flags }: Input): VerifyOptions {
  const text = (name: string): string | undefined => flags[name] as string | undefined;
  const signType = text('signType');
  return {
    path: args[0]!,
    kind: text('kind') === undefined ? undefined : parseWord('--kind', text('kind'), KINDS),
    signature: text('signature'),
    publicKeyFile: text('publicKeyFile'),
    signType:
      signType === undefined
        ? undefined
        : parseWord('--sign-type', signType, Object.keys(SIGN_TYPES) as SignType[]),
    connection: connectionOf(flags),
    format: reportFormatOf(flags),
    talk: talkOf(flags),
  };
}

/** Says whether a signature verifies, with which key, and if not, why. Returns 0 for yes and 8 for no. */
export async function runVerify(context: Context, options: VerifyOptions): Promise<number> {
  requireOneReader(options.path, {
    '--public-key-file': options.publicKeyFile,
    ...keyFilesOf(options.connection),
  });
  const conversation = await converse(context, options.talk);
  const bytes = await readInputBytes(context, options.path);
  const kind = options.kind ?? kindOf(bytes, options);
  const { key, source } = await openKey(context, options, kind, conversation);
  const { verdict, node, signedText } = JUDGES[kind](bytes, key, options);
  const verifies = verdict.accepted === true;
  const facts = {
    verifies,
    kind,
    code: verdict.code,
    says: verdict.says,
    hint: verdict.hint || null,
    key: source,
    ...(node !== undefined && { node }),
    ...(signedText !== undefined && { signed_text: signedText }),
  };
  await writeReport(context, options.talk, options.format, {
    json: { schema: 'alipass.verdict/1', ...facts },
    head: [verifies ? 'Yes' : 'No', verdict.says],
    rows: [
      ['kind', kind],
      ['key', source],
      ...(node === undefined ? [] : [['node', node]]),
      ...(signedText === undefined ? [] : [['signed text', signedText]]),
      ...(verdict.hint ? [['try', verdict.hint]] : []),
    ],
    labelled: true,
    empty: '',
  });
  return verifies ? EXIT.done : EXIT.no;
}

/** An answer is JSON, a request holds parameters with a sign, and a text comes with its signature. */
function kindOf(bytes: Buffer, { signature }: VerifyOptions): Kind {
  if (signature !== undefined) return 'text';
  const start = bytes.toString('latin1').trimStart();
  if (isRequestJson(start.replace(/^\xef\xbb\xbf/, ''))) return 'request';
  if (start.startsWith('{') || start.startsWith('\xef\xbb\xbf{')) return 'answer';
  if (/(^|[?&\s])sign=/.test(start)) return 'request';
  throw new AlipassError(
    'usage',
    'verify.unknown',
    'This is neither a JSON answer nor a request with a sign parameter',
    {
      hint: 'For a text, give its signature with --signature.',
    },
  );
}

/** A verdict, and what it was reached on. */
interface Judgement {
  readonly verdict: Verdict;
  /** The member of an answer that was judged: a signature does not say whose answer it is. */
  readonly node?: string;
  /** The text that the signature of a request should be over, without secrets. */
  readonly signedText?: string;
}

type Judge = (bytes: Buffer, key: KeyObject, options: VerifyOptions) => Judgement;

const JUDGES: Readonly<Record<Kind, Judge>> = {
  answer: (bytes, key, { signType }) => {
    const { node, ...answer } = readSavedAnswer(bytes);
    return { verdict: judgeAnswer({ node: node.bytes, ...answer, signType }, key), node: node.name };
  },
  request: (bytes, key) => {
    const request = readSentRequest(bytes);
    const params = mergedParams(request);
    const shown = params['app_auth_token'] ? { ...params, app_auth_token: '(set, not shown)' } : params;
    return { verdict: judgeRequest(request, key), signedText: requestSignedText(shown) };
  },
  text: (bytes, key, { signature, signType }) => {
    if (signature === undefined)
      throw new AlipassError('usage', 'usage.missing', '--signature is required: base64, for a text');
    return { verdict: judgeText({ bytes, charset: charsetOf(bytes), signature, signType }, key) };
  },
};

/** The key to verify with, and how it is called. */
async function openKey(
  context: Context,
  { connection, publicKeyFile }: VerifyOptions,
  kind: Kind,
  conversation: Conversation,
): Promise<{ key: KeyObject; source: string }> {
  const reader = keyReader(context, conversation);
  if (publicKeyFile !== undefined) {
    const setting = {
      name: 'alipay_public_key_file',
      value: publicKeyFile,
      kind: 'flag',
      source: '--public-key-file',
    } as const;
    const { text, where } = await readKeyText(setting, reader);
    return { key: parsePublicKey(text, where), source: publicKeyFile };
  }
  if (kind !== 'answer') {
    const { privateKey } = await openPrivateKey(context, connection, conversation).catch(nameThePublicKey);
    return { key: createPublicKey(privateKey), source: 'the app’s own (from its private key)' };
  }
  const settings = await resolveConnection(context, connection);
  const { text, where } = await readKeyText(requireAlipayKey(settings), reader);
  return { key: parsePublicKey(text, where), source: `Alipay’s (${where})` };
}

/** Says of a missing key what verifying needs, which is less than a call does. */
function nameThePublicKey(error: unknown): never {
  if (!(error instanceof AlipassError) || error.code !== 'config.missing') throw error;
  throw new AlipassError(
    'config',
    'config.missing',
    'Verifying a request or a text needs the app’s public key',
    {
      hint: 'Give it with --public-key-file; its private key (--private-key-file, or a profile) does as well.',
      cause: error,
    },
  );
}

function requireAlipayKey(settings: ResolvedSettings): NonNullable<ResolvedSettings['alipayPublicKey']> {
  const setting = usesCertificates(settings) ? settings.alipayCert : settings.alipayPublicKey;
  if (setting) return setting;
  throw new AlipassError('config', 'config.missing', 'Verifying an answer needs Alipay’s public key', {
    hint: 'Give it with --public-key-file, or set it in the profile.',
  });
}
