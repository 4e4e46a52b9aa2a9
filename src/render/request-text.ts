import { requestSignedText } from '../protocol/canonical';
import { type Params, placeOf } from '../protocol/params';
import { safeText } from '../terminal/safe-text';
import { ENGLISH_SAY } from './phrases';
import type { FormatRequest } from './request-form';
import { shellQuote } from './shell';

/** Names the shape of the JSON output; a change that breaks readers gets another number. */
const SCHEMA = 'alipass.request/1';

/** For people: where each parameter travels, what is signed, and the signature. An app auth token is masked. */
export const formatText: FormatRequest = (request, { heading, faint }, say = ENGLISH_SAY) => {
  const title = (text: string): string => heading(say(text));
  const params = withoutToken(request.params);
  const names = Object.keys(params)
    .filter(name => name !== 'sign')
    .sort();
  const width = Math.max(...names.map(name => name.length));
  const rows = names.map(name => {
    return `${faint(placeOf(name).padEnd('query'.length))}  ${name.padEnd(width)}  ${safeText(params[name]!)}`;
  });
  const sections = [
    [title('Gateway'), `POST ${safeText(request.gatewayUrl)}`, `Content-Type: ${request.contentType}`],
    [title('Parameters, sorted, each with its place'), ...rows],
    [title('Signed text'), safeText(requestSignedText(params))],
    [title(`Signature (${params['sign_type']}), in the query as sign`), params['sign']],
  ];
  return `${sections.map(lines => lines.join('\n')).join('\n\n')}\n`;
};

function withoutToken(params: Params): Params {
  return params['app_auth_token'] ? { ...params, app_auth_token: '(set, not shown)' } : params;
}

/** A command for a POSIX shell that sends the request and prints the gateway's answer. */
export const formatCurl: FormatRequest = ({ url, contentType, body }) => {
  const words = [
    'curl --silent --show-error',
    `--url ${shellQuote(url)}`,
    `--header ${shellQuote(`Content-Type: ${contentType}`)}`,
    // On stdin: a process list shows no app auth token. curl drops the line end.
    "--data @- <<'FORM'",
  ];
  return `${words.join(' \\\n  ')}\n${body}\nFORM\n`;
};

/** The bytes of a lone HTTP/1.1 request (RFC 9112): CRLF after each header, nothing after the body. */
export const formatHttp: FormatRequest = ({ url, contentType, body }) => {
  const { host, pathname, search } = new URL(url);
  const lines = [
    `POST ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    `Content-Type: ${contentType}`,
    `Content-Length: ${body.length}`,
    'Connection: close',
    '',
    body,
  ];
  return lines.join('\r\n');
};

/** One object with all that a program needs to send the request, or to sign it again and compare. */
export const formatJson: FormatRequest = ({ url, contentType, body, params, signedText }) => {
  const fields = {
    schema: SCHEMA,
    url,
    method: 'POST',
    headers: { 'Content-Type': contentType },
    body,
    params,
    signed_text: signedText,
    sign: params['sign'],
  };
  return `${JSON.stringify(fields, null, 2)}\n`;
};
