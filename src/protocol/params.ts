/** Request parameters by name; values are raw text, not url-encoded. */
export type Params = Readonly<Record<string, string>>;

/**
 * Parameters that travel in the form body. All others go in the URL query, where the gateway insists on
 * finding `charset`. It merges both, the query winning (docs/protocol.md, "Requests").
 */
const BODY_PARAMS: ReadonlySet<string> = new Set(['biz_content', 'app_auth_token']);

/** Common parameters without which the gateway answers 40001, in the order it looks for them. */
export const REQUIRED_PARAMS = {
  method: 'isv.missing-method',
  app_id: 'isv.missing-app-id',
  sign_type: 'isv.missing-signature-type',
  sign: 'isv.missing-signature',
  timestamp: 'isv.missing-timestamp',
  version: 'isv.missing-version',
} as const;

/** Empty and blank values are neither sent nor signed. */
export function isBlank(value: string): boolean {
  return !/\S/.test(value);
}

/** Leaves out the parameters that are neither sent nor signed. */
export function withoutBlanks(params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => !isBlank(value)));
}

/** Parameters in the order they stood; a name may come twice. */
export type Pairs = readonly (readonly [name: string, value: string])[];

/** A request as it was sent: the parameters of its URL and of its body, `sign` among them. */
export interface SentRequest {
  readonly query: Pairs;
  readonly body: Pairs;
}

/** Where a parameter travels. */
export function placeOf(name: string): keyof SentRequest {
  return BODY_PARAMS.has(name) ? 'body' : 'query';
}

/** Splits the parameters into those of the URL query and those of the form body. */
export function placeParams(params: Params): SentRequest {
  const placed: Record<keyof SentRequest, [name: string, value: string][]> = { query: [], body: [] };
  for (const pair of Object.entries(params)) placed[placeOf(pair[0])].push(pair);
  return placed;
}

/** What the gateway makes of a request: query first, and of a name that comes twice the first (docs/protocol.md, "Requests"). */
export function mergedPairs({ query, body }: SentRequest): Pairs {
  const seen = new Set<string>();
  return [...query, ...body].filter(([name]) => !seen.has(name) && seen.add(name));
}

/** The parameters of a request, as the gateway sees them. */
export function mergedParams(request: SentRequest): Params {
  return Object.fromEntries(mergedPairs(request));
}

/** Every common parameter that a document names (API page; docs/protocol.md, "Requests"). */
export const KNOWN_PARAMS: ReadonlySet<string> = new Set([
  ...Object.keys(REQUIRED_PARAMS),
  'format',
  'charset',
  'biz_content',
  'app_auth_token',
  'auth_token',
  'target_app_id',
  'app_cert_sn',
  'alipay_root_cert_sn',
  'encrypt_type',
  'notify_url',
  'return_url',
  'prod_code',
  'ws_service_url',
  'alipay_sdk',
]);
