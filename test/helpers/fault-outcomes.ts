/** What the built `alipass list` makes of a fault. */
export interface FaultOutcome {
  readonly fault: string;
  /** A second one beside it. */
  readonly and?: string;
  readonly because: string;
  readonly exit: number;
  /** Of stderr; nothing may stand there where this is left out. */
  readonly says?: RegExp;
  /** Passes that come out, and calls that the gateway sees; not told where the clock decides. */
  readonly passes?: number;
  readonly calls?: number;
  /** How many passes the user holds; 3 when left out, which takes two calls. */
  readonly holds?: number;
  /** Flags of `list`; one retry and a time-out that no test reaches when left out. */
  readonly args?: readonly string[];
  /** Which settings are used: flags of `serve`. */
  readonly mode?: '--certificates' | '--encrypt';
}

const patience = ['--timeout', '30s'];
const once = [...patience, '--retries', '0'];
const hurry = ['--timeout', '300ms', '--retries', '0'];

const way: FaultOutcome[] = [
  { fault: 'latency=20ms', because: 'late is not lost', exit: 0, passes: 3, calls: 2 },
  {
    fault: 'latency=1m',
    because: '--timeout is over first',
    exit: 6,
    says: /No whole answer within 300 ms[^]*try {2}Raise --timeout/,
    passes: 0,
    args: hurry,
  },
  {
    fault: 'timeout',
    because: 'no answer',
    exit: 6,
    says: /No whole answer within 300 ms/,
    passes: 0,
    args: hurry,
  },
  {
    fault: 'timeout@call=1',
    because: 'the call is sent again',
    exit: 0,
    passes: 3,
    // A busy machine may be too late for a second answer, too.
    args: ['--timeout', '1s', '--retries', '5'],
  },
  {
    fault: 'reset',
    because: 'no answer',
    exit: 6,
    says: /connection was cut .*ECONNRESET/,
    passes: 0,
    calls: 2,
  },
  { fault: 'reset@call=1', because: 'the call is sent again', exit: 0, passes: 3, calls: 3 },
  {
    fault: 'reset@page=2',
    because: 'what came before comes out',
    exit: 6,
    says: /connection was cut/,
    passes: 100,
    calls: 3,
    holds: 150,
  },
  {
    fault: 'cut',
    because: 'half an answer is none',
    exit: 6,
    says: /connection was cut/,
    passes: 0,
    calls: 2,
  },
  {
    fault: 'cut=0',
    because: 'the body never comes',
    exit: 6,
    says: /connection was cut/,
    passes: 0,
    calls: 2,
  },
  { fault: 'cut=10@call=2', because: 'the call is sent again', exit: 0, passes: 3, calls: 3 },
  { fault: 'slow=1000000', because: 'slow is not lost', exit: 0, passes: 3, calls: 2 },
  {
    fault: 'slow=50',
    because: '--timeout is for the whole answer',
    exit: 6,
    says: /No whole answer within 300 ms/,
    passes: 0,
    args: hurry,
  },
];

const place: FaultOutcome[] = [
  {
    fault: 'http=429',
    because: 'no answer',
    exit: 6,
    says: /HTTP 429: an empty body\n {2}try {2}Too many calls/,
    passes: 0,
    calls: 2,
  },
  {
    fault: 'http=503',
    because: 'no answer',
    exit: 6,
    says: /HTTP 503: an empty body\n {2}try {2}.*try again in a while/,
    passes: 0,
    calls: 2,
  },
  { fault: 'http=503@call=1', because: 'the call is sent again', exit: 0, passes: 3, calls: 3 },
  {
    fault: 'http=404',
    because: 'not sent again: that is no gateway',
    exit: 6,
    says: /HTTP 404: an empty body\n {2}try {2}Check --gateway/,
    passes: 0,
    calls: 1,
  },
  { fault: 'html', because: 'no answer', exit: 6, says: /HTTP 502: <html>/, passes: 0, calls: 2 },
  { fault: 'html@call=1', because: 'the call is sent again', exit: 0, passes: 3, calls: 3 },
  {
    fault: 'html=200',
    because: 'no answer',
    exit: 6,
    says: /no JSON but <html>.*\n {2}try {2}A proxy or a login page/,
    passes: 0,
    calls: 2,
  },
];

const refusal: FaultOutcome[] = [
  {
    fault: 'code=isv.invalid-signature',
    because: 'refused: not sent again',
    exit: 4,
    says: /isv\.invalid-signature 验签出错[^]*try {2}The gateway signed the same text as we did/,
    passes: 0,
    calls: 1,
  },
  {
    fault: 'code=KP.AE_ALIPASS_NOTEXIST',
    because: 'a no to the business: not sent again',
    exit: 5,
    says: /40004 Business Failed: KP\.AE_ALIPASS_NOTEXIST 卡券不存在/,
    passes: 0,
    calls: 1,
  },
  {
    fault: 'code=SYSTEM_ERROR',
    because: 'sent again in vain',
    exit: 5,
    says: /SYSTEM_ERROR/,
    passes: 0,
    calls: 2,
  },
  { fault: 'code=SYSTEM_ERROR@call=1', because: 'the call is sent again', exit: 0, passes: 3, calls: 3 },
  { fault: 'code=BIZ_ERROR@call=1', because: 'the call is sent again', exit: 0, passes: 3, calls: 3 },
  {
    fault: 'code=isp.unknow-error',
    because: 'busy',
    exit: 6,
    says: /20000 .*: isp\.unknow-error/,
    passes: 0,
    calls: 2,
  },
  { fault: 'code=isp.unknow-error@call=1', because: 'the call is sent again', exit: 0, passes: 3, calls: 3 },
  {
    fault: 'code=isv.app-call-limited@call=1',
    because: 'sent again after a while',
    exit: 0,
    passes: 3,
    calls: 3,
  },
  {
    fault: 'rate=2',
    because: 'it backs off for longer than a second',
    exit: 0,
    passes: 250,
    holds: 250,
    args: [...patience, '--retries', '2'],
  },
  {
    fault: 'rate=1',
    because: 'the limit is told when nothing is tried again',
    exit: 6,
    says: /40005 Call Limited: isv\.app-call-limited/,
    holds: 5000,
    args: once,
  },
  { fault: 'clock=+5m', because: 'near enough', exit: 0, passes: 3, calls: 2 },
  {
    fault: 'clock=+2h',
    because: 'the timestamp is too old for it',
    exit: 4,
    says: /isv\.invalid-timestamp[^]*try {2}.*clock/,
    passes: 0,
    calls: 1,
  },
  {
    fault: 'clock=-3d',
    because: 'the timestamp is of days to come',
    exit: 4,
    says: /clock/,
    passes: 0,
    calls: 1,
  },
];

const content: FaultOutcome[] = [
  {
    fault: 'page-cap=50',
    because: 'the listing is whole all the same',
    exit: 0,
    passes: 120,
    calls: 4,
    holds: 120,
  },
  {
    fault: 'repeat-page',
    because: 'never a loop: nothing new is an error',
    exit: 9,
    says: /Page 2 holds only passes of earlier pages: the gateway repeats itself/,
    passes: 100,
    calls: 2,
    holds: 250,
  },
  {
    fault: 'repeat-page',
    because: 'on a short page, too',
    exit: 9,
    says: /repeats itself/,
    passes: 3,
    calls: 2,
  },
  { fault: 'gbk-as-utf8', because: 'the bytes tell it', exit: 0, passes: 3, calls: 2 },
  {
    fault: 'gbk-as-utf8',
    because: 'within the cipher, too',
    exit: 0,
    passes: 3,
    calls: 2,
    mode: '--encrypt',
  },
];

const proof: FaultOutcome[] = [
  { fault: 'bad-sign', because: 'not sent again', exit: 7, says: /does not verify/, passes: 0, calls: 1 },
  {
    fault: 'bad-sign',
    because: 'in certificate mode, too',
    exit: 7,
    says: /does not verify/,
    passes: 0,
    calls: 1,
    mode: '--certificates',
  },
  {
    fault: 'no-sign',
    because: 'nothing proves it',
    exit: 7,
    says: /carries no signature/,
    passes: 0,
    calls: 1,
  },
  {
    fault: 'sha1-sign',
    because: 'RSA2 was asked for',
    exit: 7,
    says: /does not verify[^]*--sign-type/,
    passes: 0,
    calls: 1,
  },
  {
    fault: 'sha1-sign',
    because: 'it is what --sign-type RSA asks for',
    exit: 0,
    passes: 3,
    calls: 2,
    args: [...once, '--sign-type', 'RSA'],
  },
  {
    fault: 'duplicate-node',
    because: 'one is forged',
    exit: 7,
    says: /two members named .*forged/,
    passes: 0,
    calls: 1,
  },
  {
    fault: 'duplicate-node=before',
    because: 'one is forged',
    exit: 7,
    says: /two members named .*forged/,
    passes: 0,
    calls: 1,
  },
  {
    fault: 'rotated-cert',
    because: 'the key that is set is another',
    exit: 7,
    says: /does not verify/,
    passes: 0,
    calls: 1,
  },
  {
    fault: 'rotated-cert',
    because: 'the new certificate is fetched and checked',
    exit: 0,
    passes: 3,
    calls: 3,
    mode: '--certificates',
  },
  {
    fault: 'rotated-cert',
    and: 'reset@call=2',
    because: 'that the new certificate can’t be fetched now is no forgery',
    exit: 6,
    says: /The certificate [0-9a-f]{32}, which proves the answer, can’t be fetched: The connection was cut/,
    passes: 0,
    calls: 2,
    args: once,
    mode: '--certificates',
  },
  {
    fault: 'rotated-cert',
    and: 'reset@call=2',
    because: 'both calls are sent again',
    exit: 0,
    passes: 3,
    calls: 5,
    mode: '--certificates',
  },
  {
    fault: 'rotated-cert',
    and: 'code=isv.alipay-cert-not-exist@call=2',
    because: 'there is no such certificate: not sent again',
    exit: 7,
    says: /can’t be fetched: .*isv\.alipay-cert-not-exist/,
    passes: 0,
    calls: 2,
    mode: '--certificates',
  },
  { fault: 'expired-cert', because: 'the key alone counts', exit: 0, passes: 3, calls: 2 },
  {
    fault: 'expired-cert',
    because: 'the certificate is fetched, and refused',
    exit: 7,
    says: /has expired: it is valid from/,
    passes: 0,
    calls: 2,
    mode: '--certificates',
  },
];

/** Every fault with what becomes of it. */
export const FAULT_OUTCOMES: readonly FaultOutcome[] = [...way, ...place, ...refusal, ...content, ...proof];
