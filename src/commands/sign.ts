import type { Context } from '../context';
import { AlipassError, quote, usageError } from '../errors';
import { EXIT } from '../exit';
import { requestParams } from '../gateway/request';
import { pageRequest, type PassQuery } from '../passes/query';
import { requestSignedText } from '../protocol/canonical';
import { encodeText, parseCharset } from '../protocol/charset';
import { type Member, readEnvelope } from '../protocol/envelope';
import { type Params, withoutBlanks } from '../protocol/params';
import { digestHex } from '../protocol/verdict';
import { SIGN_TYPES, signBytes, type SignType } from '../protocol/signature';
import { formatBeijingTime } from '../protocol/time';
import type { Conversation } from '../terminal/conversation';
import type { CommandDeclaration, Flag, Input } from './command';
import { openCaller, type OpenCaller, openPrivateKey } from './connect';
import { converse, phrasebookOf } from './converse';
import {
  CONNECTION_FLAGS,
  connectionOf,
  type ConnectionOptions,
  ONE_PAGE_FLAGS,
  queryOf,
  REPORT_FLAGS,
  reportFormatOf,
  type Talk,
  TALK_FLAGS,
  talkOf,
  TIMESTAMP_FLAG,
  timestampOf,
} from './flags';
import { keyFilesOf, readInput, requireOneReader } from './input';

/** All that `sign` needs to know: parameters as they stand in a file, or a query to make them of. */
export interface SignOptions {
  readonly source: { readonly path: string } | { readonly query: PassQuery };
  /** Milliseconds since the epoch, in place of the clock. */
  readonly timestampMs: number | undefined;
  readonly connection: ConnectionOptions;
  readonly format: 'table' | 'json';
  readonly talk: Talk;
}

const SIGN_QUERY_FLAGS: readonly Flag[] = ONE_PAGE_FLAGS.map(flag => ({
  ...flag,
  help: flag.help.replace('(required)', '(required without a file)'),
}));

export const sign: CommandDeclaration = {
  args: [
    {
      syntax: '[file]',
      help: 'a JSON object of all parameters, signed as they stand; - reads stdin',
      completes: 'file',
    },
  ],
  flags: [...SIGN_QUERY_FLAGS, TIMESTAMP_FLAG, ...CONNECTION_FLAGS, ...REPORT_FLAGS, ...TALK_FLAGS],
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
  const connection = connectionOf(flags);
  if (path !== undefined) {
    refuseQueryFlags(path, flags);
    requireOneReader(path, keyFilesOf(connection));
  }
  return {
    source: path === undefined ? { query: queryOf(flags) } : { path },
    timestampMs: timestampOf(flags),
    connection,
    format: reportFormatOf(flags),
    talk: talkOf(flags),
  };
}

/** A file is signed as it stands: a query beside it would have no effect. @throws usage */
function refuseQueryFlags(path: string, flags: Input['flags']): void {
  const names = SIGN_QUERY_FLAGS.map(({ syntax }) => syntax.slice('--'.length).split(' ')[0]!);
  const given = names.filter(name => flags[name.replace(/-(\w)/g, (_, it: string) => it.toUpperCase())]);
  if (given.length === 0) return;
  const message = `--${given.join(', --')} would have no effect: ${path} is signed as it stands`;
  throw new AlipassError('usage', 'sign.two_sources', message, { hint: 'Give a file or a query, not both.' });
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
  const say = await phrasebookOf(context, options.talk);
  await context.stdout.write(options.format === 'json' ? formatJson(steps) : formatSigning(steps, say));
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

/**
 * A JSON object whose values are text, or JSON that stands for its text, as biz_content often does: taken as it
 * stands in the file, since reading and writing it would change long numbers and white space.
 */
function parseParams(text: string, where: string): Params {
  const values = parseObject(text, where);
  const entries = membersOf(text, where).map(({ name, bytes }) => {
    const value = values[name];
    if (value !== null) return [name, typeof value === 'string' ? value : bytes.toString('utf8')];
    const message = `${quote(name)} in ${where} is null, which has no text to sign`;
    throw new AlipassError('usage', 'params.null', message, {
      hint: 'Leave it out, or give its text in quotes.',
    });
  });
  return Object.fromEntries(entries) as Params;
}

function parseObject(text: string, where: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AlipassError('usage', 'params.not_json', `${where} is not JSON`, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new AlipassError('usage', 'params.not_object', `${where} is not a JSON object of parameters`);
}

/** The parameters of what is known to be a JSON object, each once. */
function membersOf(text: string, where: string): Member[] {
  try {
    return readEnvelope(Buffer.from(text), 'utf-8');
  } catch (cause) {
    throw new AlipassError('usage', 'params.duplicate', `${where} has two parameters of the same name`, {
      hint: 'A parameter is sent and signed once: leave one of them out.',
      cause,
    });
  }
}

function signTypeOf(params: Params): SignType {
  const signType = params['sign_type'] ?? 'RSA2';
  if (Object.hasOwn(SIGN_TYPES, signType)) return signType as SignType;
  throw usageError('sign_type', signType, `one of ${Object.keys(SIGN_TYPES).join(', ')}`);
}
