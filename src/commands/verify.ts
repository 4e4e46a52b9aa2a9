import { createPublicKey, type KeyObject } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import type { Context } from '../context';
import { AlipassError } from '../errors';
import { EXIT } from '../exit';
import { parseWord } from '../parse';
import { readKeyText } from '../profile/key-source';
import type { ResolvedSettings } from '../profile/resolve';
import { type Charset, decodeText, parseCharset } from '../protocol/charset';
import { readEnvelope } from '../protocol/envelope';
import { decodeForm } from '../protocol/form';
import { parsePublicKey } from '../protocol/keys';
import { SIGN_TYPES, type SignType } from '../protocol/signature';
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
import { readInputBytes } from './input';
import { writeReport } from './report';

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
    { syntax: '<file>', help: 'a saved answer, a request’s URL or form, or a signed text; - reads stdin' },
  ],
  flags: [
    { syntax: '--kind <word>', help: `${KINDS.join(', ')} (default: found out)`, heading: 'Options' },
    { syntax: '--signature <base64>', help: 'the signature of a text', heading: 'Options' },
    {
      syntax: '--public-key-file <path>',
      help: 'the key to verify with (default: Alipay’s for an answer, the app’s for a request)',
      heading: 'Options',
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
  const conversation = await converse(context, options.talk);
  const bytes = await readInputBytes(context, options.path);
  const kind = options.kind ?? kindOf(bytes, options);
  const { key, source } = await openKey(context, options, kind, conversation);
  const verdict = JUDGES[kind](bytes, key, options);
  const verifies = verdict.code === 'verifies';
  const facts = {
    verifies,
    kind,
    code: verdict.code,
    says: verdict.says,
    hint: verdict.hint || null,
    key: source,
  };
  await writeReport(context, options.talk, options.format, {
    json: { schema: 'alipass.verdict/1', ...facts },
    head: [verifies ? 'Yes' : 'No', verdict.says],
    rows: [['kind', kind], ['key', source], ...(verdict.hint ? [['try', verdict.hint]] : [])],
    empty: '',
  });
  return verifies ? EXIT.done : EXIT.no;
}

/** An answer is JSON, a request holds parameters with a sign, and a text comes with its signature. */
function kindOf(bytes: Buffer, { signature }: VerifyOptions): Kind {
  if (signature !== undefined) return 'text';
  const start = bytes.toString('latin1').trimStart();
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

type Judge = (bytes: Buffer, key: KeyObject, options: VerifyOptions) => Verdict;

const JUDGES: Readonly<Record<Kind, Judge>> = {
  answer: (bytes, key, { signType }) => {
    const charset: Charset = isUtf8(bytes) ? 'utf-8' : 'GBK';
    const members = readEnvelope(trimEnd(bytes), charset);
    const node = members.find(({ name }) => name.endsWith('_response'));
    if (!node)
      throw new AlipassError('usage', 'verify.no_node', 'The answer has no member that ends in _response');
    const sign = members.find(({ name }) => name === 'sign');
    const text = sign && (JSON.parse(decodeText(sign.bytes, charset)) as unknown);
    return judgeAnswer({ node: node.bytes, charset, sign: text ? String(text) : undefined, signType }, key);
  },
  request: (bytes, key) => {
    const parts = bytes
      .toString('latin1')
      .trim()
      .split(/\s*\n\s*/);
    const forms = parts.map(part => part.replace(/^[^?=&]*\?/, ''));
    const charset = parseCharset(new URLSearchParams(forms.join('&')).get('charset') ?? '') ?? 'utf-8';
    // As the gateway merges them: the query, which comes first, wins.
    const pairs = new Map(forms.toReversed().flatMap(form => decodeForm(form, charset)));
    return judgeRequest({ pairs: [...pairs], charset }, key);
  },
  text: (bytes, key, { signature, signType }) => {
    if (signature !== undefined) return judgeText(bytes, signature, signType, key);
    throw new AlipassError('usage', 'usage.missing', '--signature is required: base64, for a text');
  },
};

function trimEnd(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.toString('latin1').trimEnd().length);
}

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
    const { privateKey } = await openPrivateKey(context, connection, conversation);
    return { key: createPublicKey(privateKey), source: 'the app’s own (from its private key)' };
  }
  const settings = await resolveConnection(context, connection);
  const { text, where } = await readKeyText(requireAlipayKey(settings), reader);
  return { key: parsePublicKey(text, where), source: `Alipay’s (${where})` };
}

function requireAlipayKey(settings: ResolvedSettings): NonNullable<ResolvedSettings['alipayPublicKey']> {
  const setting = settings.alipayCert ?? settings.alipayPublicKey;
  if (setting) return setting;
  throw new AlipassError('config', 'config.missing', 'Verifying an answer needs Alipay’s public key', {
    hint: 'Give it with --public-key-file, or set it in the profile.',
  });
}
