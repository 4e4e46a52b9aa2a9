import type { Params } from '../protocol/params';
import type { Effects } from './effects';

/** One call, as the request log tells it: a line of NDJSON. Names are only ever added to. */
export interface CallRecord {
  /** Beijing time. */
  readonly at: string;
  readonly call: number;
  readonly method: string | null;
  /** Query and body merged, without the values of tokens. */
  readonly params: Params;
  /** What biz_content holds, deciphered. */
  readonly arguments: Readonly<Record<string, unknown>>;
  /** The checks that were passed, in the gateway's order. */
  readonly passed: readonly string[];
  /** What is wrong with the request, where its sub_code does not say it: which argument, how far a timestamp is off. */
  readonly why?: string;
  readonly faults?: Effects;
  readonly answer: {
    /** The HTTP status; `code` and `sub_code` are the gateway's, where it came to speak. */
    readonly status: number;
    readonly code?: string;
    readonly sub_code?: string;
    readonly bytes: number;
  };
  /** Why a signature was refused. */
  readonly signature?: SignatureRecord;
}

/** What is wrong with a signature, and with what was signed. */
export interface SignatureRecord {
  readonly code: string;
  readonly says: string;
  readonly hint: string;
  /** The text that should have been signed. */
  readonly signed_text: string;
  /** Where the text that was signed differs, when a usual fault explains it. */
  readonly first_difference?: { readonly at: number; readonly gateway: string; readonly client: string };
}
