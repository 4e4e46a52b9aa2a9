/** What the client reports while it works, for `--verbose`. Nothing here holds a secret. */
export type TraceEvent =
  | { readonly stage: 'signed'; readonly method: string; readonly charset: string; readonly signType: string }
  | { readonly stage: 'answered'; readonly status: number; readonly bytes: number; readonly ms: number }
  | { readonly stage: 'opened'; readonly verified: boolean; readonly traceId: string | undefined }
  | { readonly stage: 'retry'; readonly reason: string; readonly delayMs: number };

export type Trace = (event: TraceEvent) => void;

/** One line for people. */
export function formatTrace(event: TraceEvent): string {
  switch (event.stage) {
    case 'signed':
      return `signed    ${event.method}, ${event.signType}, ${event.charset}`;
    case 'answered':
      return `answered  HTTP ${event.status}, ${event.bytes} bytes, ${event.ms.toFixed(0)} ms`;
    case 'opened':
      return `${event.verified ? 'verified' : 'opened, unproven'}  trace ${event.traceId ?? '(none)'}`;
    case 'retry':
      return `retry     in ${event.delayMs} ms: ${event.reason}`;
  }
}
