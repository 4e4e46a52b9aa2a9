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
  return value.trim() === '';
}

/** Leaves out the parameters that are neither sent nor signed. */
export function withoutBlanks(params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => !isBlank(value)));
}

/** Splits the parameters into those of the URL query and those of the form body. */
export function placeParams(params: Params): { query: Params; body: Params } {
  const entries = Object.entries(params);
  return {
    query: Object.fromEntries(entries.filter(([name]) => !BODY_PARAMS.has(name))),
    body: Object.fromEntries(entries.filter(([name]) => BODY_PARAMS.has(name))),
  };
}
