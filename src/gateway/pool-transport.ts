import { connect as connectTcp, isIP, type OnReadOpts, type Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { urlToHttpOptions } from 'node:url';
import { AnswerReader } from './answer-reader';
import {
  type CallEvents,
  type CallOptions,
  CONNECT_TIMEOUT_MS,
  CutConnection,
  makeCall,
  noConnectionWithin,
  requestHeaders,
  splitUrl,
} from './http-call';
import type { SignedRequest } from './request';
import type { Transport } from './transport';

export interface PoolOptions extends CallOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** A server may close what was idle for some seconds just when a call is on its way. */
const MOST_IDLE_MS = 4_000;
const MOST_BYTES_A_READ = 64 * 1024;

/**
 * A transport for thousands of calls. It speaks HTTP/1.1 by itself, one call at a time on each connection, as undici and
 * node:http take as long for a call as all else that is done for it but for its signature. Knows no proxy.
 */
export function createPoolTransport(options: PoolOptions): Transport {
  const pools = new Map<string, Promise<Pool>>();
  return async (request, signal) => {
    const { origin, path } = splitUrl(request.url);
    if (!pools.has(origin)) pools.set(origin, openPool(origin, options));
    const pool = await pools.get(origin)!;
    signal.throwIfAborted();
    return makeCall(request, signal, options, events => pool.send(request, path, events));
  };
}

async function openPool(origin: string, options: PoolOptions): Promise<Pool> {
  const url = new URL(origin);
  return new Pool(url.host, await openConnect(url), options);
}

/** Begins a connection whose bytes are read as `onread` says. */
type Connect = (onread: OnReadOpts) => Socket;

/** Begins connections to the server of a URL. */
async function openConnect(url: URL): Promise<Connect> {
  const secure = url.protocol === 'https:';
  const host = urlToHttpOptions(url).hostname as string;
  const target = { host, port: Number(url.port || (secure ? 443 : 80)), noDelay: true };
  if (!secure) return onread => connectTcp({ ...target, onread });
  const { connect } = await import('node:tls');
  const servername = isIP(host) ? '' : host;
  const secureTarget = { ...target, servername, ALPNProtocols: ['http/1.1'] };
  return onread => connect({ ...secureTarget, onread } as ConnectionOptions);
}

/** The connections to one server. */
class Pool {
  /** The one that was used last stands last, and is taken first. */
  private readonly idle: { readonly connection: Connection; readonly sinceMs: number }[] = [];

  constructor(
    private readonly host: string,
    private readonly connect: Connect,
    private readonly options: PoolOptions,
  ) {}

  /** Sends a request on a connection that is free, or on a new one; returns how it is broken off. */
  send(request: SignedRequest, path: string, events: CallEvents): () => void {
    const connection = this.take() ?? this.open();
    connection.send(this.format(request, path), events);
    return () => connection.close();
  }

  private take(): Connection | undefined {
    for (let last; (last = this.idle.pop()); last.connection.close()) {
      const isFresh = this.options.now() < last.sinceMs + MOST_IDLE_MS;
      if (isFresh && last.connection.isOpen()) return last.connection;
    }
    return undefined;
  }

  private open(): Connection {
    const timeoutMs = Math.min(this.options.timeoutMs, CONNECT_TIMEOUT_MS);
    const connection: Connection = new Connection(this.connect, timeoutMs, () =>
      this.idle.push({ connection, sinceMs: this.options.now() }),
    );
    return connection;
  }

  /** The form is ASCII, and so is all else. */
  private format(request: SignedRequest, path: string): string {
    const { body } = request;
    const headers = requestHeaders(request, this.options);
    let text = `POST ${path} HTTP/1.1\r\nhost: ${this.host}\r\ncontent-length: ${body.length}\r\n`;
    for (const name in headers) text += `${name}: ${headers[name]}\r\n`;
    return `${text}\r\n${body}`;
  }
}

/** A connection, and the call that is on it. */
class Connection {
  private readonly socket: Socket;
  private reader = new AnswerReader();
  /** Undefined while it is idle. */
  private events: CallEvents | undefined;

  constructor(
    connect: Connect,
    connectTimeoutMs: number,
    private readonly onIdle: () => void,
  ) {
    // Into one buffer, and past the machinery of streams.
    const socket = connect({
      buffer: Buffer.allocUnsafe(MOST_BYTES_A_READ),
      callback: (length, buffer) => this.read(Buffer.from(buffer.subarray(0, length))),
    });
    this.socket = socket;
    const timer = setTimeout(() => this.fail(noConnectionWithin(connectTimeoutMs)), connectTimeoutMs);
    const stop = (): void => clearTimeout(timer);
    socket.once('connect', stop).once('close', stop);
    socket.on('error', error => this.fail(error));
    socket.on('close', () => (this.reader.end() ? this.finish() : this.fail(new CutConnection())));
  }

  send(text: string, events: CallEvents): void {
    this.reader = new AnswerReader();
    this.events = events;
    this.socket.ref();
    this.socket.write(text, 'latin1');
  }

  isOpen(): boolean {
    return !this.socket.destroyed;
  }

  /** Whatever is on it is told nothing. */
  close(): void {
    this.events = undefined;
    this.socket.destroy();
  }

  /** True, as it always goes on. */
  private read(piece: Buffer): true {
    try {
      if (this.reader.add(piece)) this.finish();
    } catch (error) {
      this.fail(error);
    }
    return true;
  }

  private finish(): void {
    const { events, reader } = this;
    this.events = undefined;
    if (!events || !reader.leavesConnection()) this.socket.destroy();
    else this.rest();
    events?.finish(reader.answer());
  }

  /** From now on it does not keep the process from ending. */
  private rest(): void {
    this.socket.unref();
    this.onIdle();
  }

  private fail(error: unknown): void {
    const { events } = this;
    this.close();
    events?.fail(error);
  }
}
