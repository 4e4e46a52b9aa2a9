import { parseCharset } from '../protocol/charset';
import { decodeForm } from '../protocol/form';
import type { SentRequest } from '../protocol/params';

/** A request's two forms, url-encoded as they were sent. */
type Forms = readonly [query: string, body: string];

/** The ways to write a request down, the surest first; each gives undefined for what it does not know. */
const RECOGNISERS: readonly ((text: string) => Forms | undefined)[] = [
  text => (isRequestJson(text) ? formsOfJson(text) : undefined),
  // `alipass request --as http`, and what proxies and browsers save: request line, headers, blank line, body.
  text => formsOf(/^POST [^ ?]*\??(?<query>\S*) HTTP\/[\d.]+\n(?:.+\n)*(?:\n(?<body>[^]*))?$/.exec(text)),
  // `alipass request --as curl`
  text => formsOf(/^curl [^]*--url '[^'?]*\??(?<query>[^']*)'[^]*<<'FORM'\n(?<body>[^]*)\nFORM$/.exec(text)),
  // A URL, and its form body on the next lines.
  text => formsOf(/^(?:\w+:\/\/[^\s?]*|[^\s?=&]*\?)\??(?<query>.*)(?<body>[^]*)$/.exec(text)),
];

/** Whether a text is what `alipass request --as json` writes. */
export function isRequestJson(text: string): boolean {
  return /^\{\s*"schema":\s*"alipass\.request\/1"/.test(text);
}

/** Reads a request as it was saved; a form that is neither URL nor body is taken for a URL's query. */
export function readSentRequest(bytes: Buffer): SentRequest {
  const text = bytes
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .replaceAll('\r\n', '\n')
    .trim();
  const forms = RECOGNISERS.reduce<Forms | undefined>((found, read) => found ?? read(text), undefined);
  const [query, body] = (forms ?? [text, '']).map(joinLines);
  const label = new URLSearchParams(`${query}&${body}`).get('charset');
  const charset = parseCharset(label ?? '') ?? 'utf-8';
  return { query: decodeForm(query!, charset), body: decodeForm(body!, charset) };
}

function formsOf(match: RegExpExecArray | null): Forms | undefined {
  return match ? [match.groups!['query']!, match.groups!['body'] ?? ''] : undefined;
}

function formsOfJson(text: string): Forms | undefined {
  try {
    const { url, body } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return [String(url).replace(/^[^?]*\??/, ''), String(body)];
  } catch {
    return undefined;
  }
}

/** A form that was wrapped, or written with a parameter on each line. */
function joinLines(form: string): string {
  return form
    .trim()
    .split(/\s*\n\s*/)
    .join('&');
}
