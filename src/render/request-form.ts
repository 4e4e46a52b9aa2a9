import type { Params } from '../protocol/params';
import type { Style } from '../terminal/style';
import type { Say } from './phrases';

/** Where a program finds a secret when it runs; its source text never holds one. */
export type SecretSource = { readonly file: string } | { readonly variable: string };

/** A signed request, and what a program must know to make one like it. */
export interface ShownRequest {
  readonly gatewayUrl: string;
  /** Every parameter that is sent, `sign` included. */
  readonly params: Params;
  readonly signedText: string;
  /** The gateway's URL with the query, as a client puts it on the wire. */
  readonly url: string;
  readonly contentType: string;
  /** Url-encoded, so ASCII in every charset. */
  readonly body: string;
  readonly privateKey: SecretSource;
  readonly alipayPublicKey: SecretSource;
  /** Undefined when the request carries none. */
  readonly appAuthToken: SecretSource | undefined;
}

/** Writes a request as text of one form; only what is for people alone is in the words of `say`. */
export type FormatRequest = (request: ShownRequest, style: Style, say?: Say) => string;

interface RequestForm {
  /** Holds the request just as it is sent, and so an app auth token as well. */
  readonly verbatim: boolean;
  /** A program for a vendor's SDK, which signs anew: in key mode and in plain text alone, so far. */
  readonly program: boolean;
  readonly load: () => Promise<FormatRequest>;
}

const loadText = (): Promise<typeof import('./request-text')> => import('./request-text');
const loadCode = (): Promise<typeof import('./request-code')> => import('./request-code');

/** The forms that a request can be shown in; each is loaded when it is used. */
export const REQUEST_FORMS = {
  text: { verbatim: false, program: false, load: async () => (await loadText()).formatText },
  curl: { verbatim: true, program: false, load: async () => (await loadText()).formatCurl },
  http: { verbatim: true, program: false, load: async () => (await loadText()).formatHttp },
  json: { verbatim: true, program: false, load: async () => (await loadText()).formatJson },
  java: { verbatim: false, program: true, load: async () => (await loadCode()).formatJava },
  dotnet: { verbatim: false, program: true, load: async () => (await loadCode()).formatDotnet },
  php: { verbatim: false, program: true, load: async () => (await loadCode()).formatPhp },
  node: { verbatim: false, program: true, load: async () => (await loadCode()).formatNode },
} as const satisfies Readonly<Record<string, RequestForm>>;

export type RequestFormName = keyof typeof REQUEST_FORMS;
export const REQUEST_FORM_NAMES = Object.keys(REQUEST_FORMS) as RequestFormName[];
