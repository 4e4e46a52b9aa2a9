import type { Context } from '../context';
import { AlipassError, usageError } from '../errors';
import { EXIT } from '../exit';
import { requestParams } from '../gateway/request';
import { pageRequest, type PassQuery } from '../passes/query';
import { requestSignedText } from '../protocol/canonical';
import { encodeText, parseCharset } from '../protocol/charset';
import { type Params, withoutBlanks } from '../protocol/params';
import { digestHex } from '../protocol/verdict';
import { SIGN_TYPES, signBytes, type SignType } from '../protocol/signature';
import { formatBeijingTime } from '../protocol/time';
import type { Conversation } from '../terminal/conversation';
import type { CommandDeclaration, Input } from './command';
import { openCaller, type OpenCaller, openPrivateKey } from './connect';
import { converse } from './converse';
import {
  CONNECTION_FLAGS,
  connectionOf,
  type ConnectionOptions,
  QUERY_FLAGS,
  queryOf,
  REPORT_FLAGS,
  reportFormatOf,
  type Talk,
  TALK_FLAGS,
  talkOf,
  TIMESTAMP_FLAG,
  timestampOf,
} from './flags';
import { readInput } from './input';

/** All that `sign` needs to know: parameters as they stand in a file, or a query to make them of. */
export interface SignOptions {
  readonly source: { readonly path: string } | { readonly query: PassQuery };
  /** Milliseconds since the epoch, in place of the clock. */
  readonly timestampMs: number | undefined;
  readonly connection: ConnectionOptions;
  readonly format: 'table' | 'json';
  readonly talk: Talk;
}

export const sign: CommandDeclaration = {
  args: [{ syntax: '[file]', help: 'a JSON object of all parameters, signed as they stand; - reads stdin' }],
  flags: [TIMESTAMP_FLAG, ...QUERY_FLAGS, ...CONNECTION_FLAGS, ...REPORT_FLAGS, ...TALK_FLAGS],
  examples: [
    {
      line: 'alipass sign --sandbox --user 2088888888888888 --group voucher --timestamp "2026-11-23 12:00:00"',
      does: 'each step of the signature of a list call, reproducibly',
    },
    { line: 'alipass sign params.json --private-key-file app.pem', does: 'sign parameters of any method' },
  ],
  run: (context, input) => runSign(context, signOptions(input)),
};

function signOptions({ args: [path], flags }: Input): SignOptions {
  return {
    source: path === undefined ? { query: queryOf(flags) } : { path },
    timestampMs: timestampOf(flags),
    connection: connectionOf(flags),
    format: reportFormatOf(flags),
    talk: talkOf(flags),
  };
}

/** Shows how a request is signed, step by step. Nothing is sent. */
export async function runSign(context: Context, options: SignOptions): Promise<number> {
  const conversation = await converse(context, options.talk);
  const { params, privateKey } = await readParams(context, options, conversation);
  if (params['app_auth_token']) conversation.warn('The output holds the app auth token, which is a secret');
  const signType = signTypeOf(params);
  const charset = parseCharset(params['charset'] ?? 'utf-8');
  if (!charset) throw usageError('charset', params['charset'], 'utf-8, GBK or gb2312');
  const signedText = requestSignedText(params);
  const bytes = encodeText(signedText, charset);
  const steps = {
    params: withoutBlanks(params),
    signed_text: signedText,
    charset,
    bytes: bytes.toString('hex'),
    digest: { algorithm: SIGN_TYPES[signType], hex: digestHex(bytes, signType) },
    sign_type: signType,
    sign: await signBytes(bytes, privateKey, signType),
  };
  const { formatSigning } = await import('../render/signing');
  await context.stdout.write(options.format === 'json' ? formatJson(steps) : formatSigning(steps));
  return EXIT.done;
}

function formatJson(steps: object): string {
  return `${JSON.stringify({ schema: 'alipass.signing/1', ...steps }, null, 2)}\n`;
}

type Signer = Pick<OpenCaller['caller'], 'privateKey'> & { readonly params: Params };

async function readParams(
  context: Context,
  options: SignOptions,
  conversation: Conversation,
): Promise<Signer> {
  const { source, connection, timestampMs } = options;
  if ('path' in source) {
    const { privateKey } = await openPrivateKey(context, connection, conversation);
    const params = parseParams(await readInput(context, source.path), source.path);
    const stamped = timestampMs === undefined ? {} : { timestamp: formatBeijingTime(timestampMs) };
    return { privateKey, params: { ...params, ...stamped } };
  }
  const { caller } = await openCaller(context, connection, conversation);
  const request = pageRequest(source.query, source.query.page ?? 1);
  const params = requestParams(request, caller, timestampMs ?? context.now());
  return { privateKey: caller.privateKey, params };
}

/** A JSON object whose values are text, or JSON that stands for its text, as biz_content often does. */
function parseParams(text: string, where: string): Params {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AlipassError('usage', 'params.not_json', `${where} is not JSON`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AlipassError('usage', 'params.not_object', `${where} is not a JSON object of parameters`);
  }
  const entries = Object.entries(value).map(([name, it]) => [
    name,
    typeof it === 'string' ? it : JSON.stringify(it),
  ]);
  return Object.fromEntries(entries) as Params;
}

function signTypeOf(params: Params): SignType {
  const signType = params['sign_type'] ?? 'RSA2';
  if (Object.hasOwn(SIGN_TYPES, signType)) return signType as SignType;
  throw usageError('sign_type', signType, `one of ${Object.keys(SIGN_TYPES).join(', ')}`);
}
