import { AlipassError } from '../errors';
import { requestSignedText } from '../protocol/canonical';
import type { Params } from '../protocol/params';
import { publicParams, type RecordedExchange, type RecordedResponse, type Recording } from './recording';
import type { Exchange, Sender } from './request';
import type { RawResponse } from './response';

/** The parameters that decide an answer beside biz_content; the others say when, and by whose key. */
const DECIDING = ['app_id', 'method', 'charset', 'sign_type', 'format', 'version'] as const;

/**
 * Answers from a recording. Requests that ask the same are answered in recorded order, and the last answer stays: a
 * failure and the success of its retry come back as they came. `where` names the recording in errors.
 * @throws config `recording.no_answer` for what was not asked when it was made
 */
export function playExchanges(
  recording: Recording,
  where: string,
  sender: Pick<Sender, 'encryptKey' | 'charset'>,
): Exchange {
  const { header, exchanges } = recording;
  const waiting = new Map<string, RecordedExchange[]>();
  for (const exchange of exchanges) {
    const question = questionOf(exchange.request);
    const others = waiting.get(question);
    if (others) others.push(exchange);
    else waiting.set(question, [exchange]);
  }
  return async (params, signal) => {
    signal.throwIfAborted();
    const asked = publicParams(params, sender, header.masked);
    const answers = waiting.get(questionOf(asked));
    if (!answers) throw noAnswer(asked, exchanges, where);
    const { request, response } = answers.length > 1 ? answers.shift()! : answers[0]!;
    // What was sent when it was recorded: the answer may speak of that, its timestamp and all.
    const sent = header.encrypt_type ? { ...request, biz_content: params['biz_content']! } : request;
    return { sent: { params: sent, signedText: requestSignedText(sent) }, raw: rawResponse(response) };
  };
}

function rawResponse({ status, headers, body, body_base64: base64 }: RecordedResponse): RawResponse {
  const bytes = body === undefined ? Buffer.from(base64!, 'base64') : Buffer.from(body, 'utf8');
  return { status, headers, bytes };
}

/** Everything that decides the answer, by name. */
function fieldsOf(params: Params): Map<string, string> {
  const deciding = DECIDING.map(name => [name, params[name] ?? ''] as const);
  const content = Object.entries(parseContent(params['biz_content'] ?? ''));
  const fields = content.map(([name, value]) => [`biz_content.${name}`, JSON.stringify(value)] as const);
  // A charset's name is the same in any case.
  return new Map([...deciding, ...fields, ['charset', (params['charset'] ?? '').toLowerCase()]]);
}

/** The order of the members decides nothing, and may change with the version. */
function questionOf(params: Params): string {
  return JSON.stringify([...fieldsOf(params)].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function parseContent(content: string): object {
  try {
    return Object(JSON.parse(content)) as object;
  } catch {
    return { content };
  }
}

const MOST_SHOWN = 5;

function noAnswer(asked: Params, exchanges: readonly RecordedExchange[], where: string): AlipassError {
  const message = `${where} holds no answer to ${asked['method']} with ${asked['biz_content']}`;
  const again = 'Ask as it was recorded, or record again with --record.';
  const has = exchanges.length === 0 ? 'It holds no answer at all' : differences(asked, exchanges);
  return new AlipassError('config', 'recording.no_answer', message, { hint: `${has}. ${again}` });
}

type RecordedFields = ReadonlyMap<string, string>;

/** Which fields were never recorded with the value that is asked for, and with which they were. */
function differences(asked: Params, exchanges: readonly RecordedExchange[]): string {
  const wanted = fieldsOf(asked);
  const known = alike(
    wanted,
    exchanges.map(({ request }) => fieldsOf(request)),
  );
  const names = new Set([wanted, ...known].flatMap(fields => [...fields.keys()]));
  const parts = [...names].flatMap(name => difference(name, wanted, known) ?? []);
  return parts.length > 0
    ? `Asked for ${parts.join('; ')}`
    : 'It holds each of these values, but not together';
}

/** Those of the same method, if there are any. */
function alike(wanted: RecordedFields, known: readonly RecordedFields[]): readonly RecordedFields[] {
  const same = known.filter(fields => fields.get('method') === wanted.get('method'));
  return same.length > 0 ? same : known;
}

function difference(
  name: string,
  wanted: RecordedFields,
  known: readonly RecordedFields[],
): string | undefined {
  const valueOf = (fields: RecordedFields): string => fields.get(name) ?? 'none';
  const values = [...new Set(known.map(valueOf))];
  if (values.includes(valueOf(wanted))) return undefined;
  const shown = values.slice(0, MOST_SHOWN).join(', ') + (values.length > MOST_SHOWN ? ', …' : '');
  return `${name.replace('biz_content.', '')} ${valueOf(wanted)} (recorded: ${shown})`;
}
