import { isBlank, type Params } from './params';

/**
 * The text that is signed for a request: every parameter but `sign` and the blank ones, sorted by name in
 * ASCII order, as `k=v` joined with `&`, values raw. `sign_type` is part of it (docs/protocol.md, "Requests").
 */
export function requestSignedText(params: Params): string {
  return Object.keys(params)
    .filter(name => name !== 'sign' && !isBlank(params[name]!))
    .sort()
    .map(name => `${name}=${params[name]}`)
    .join('&');
}
