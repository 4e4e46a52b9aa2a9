import { connect as connectTcp, isIP, type OnReadOpts, type Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { urlToHttpOptions } from 'node:url';
import { AnswerReader } from './answer-reader';
import {
  type CallEvents,
  type CallOptions,
  connectTimeoutMs,
  CutConnection,
  limitConnecting,
  makeCall,
  requestHeaders,
  splitUrl,
} from './http-call';
import type { SignedRequest } from './request';
import type { Transport } from './transport';

/** What a pool must know: how to call, and the clock. */
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
  return new Pool(url.host, await connector(url), options);
}

/** Begins a connection whose bytes are read as `onread` says. */
type Connect = (onread: OnReadOpts) => Socket;

/** Begins connections to the server of a URL. */
async function connector(url: URL): Promise<Connect> {
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
    for (;;) {
      const last = this.idle.pop();
      if (!last) return undefined;
      const isFresh = this.options.now() < last.sinceMs + MOST_IDLE_MS;
      if (isFresh && last.connection.isOpen()) return last.connection;
      last.connection.close();
    }
  }

  private open(): Connection {
    return new Connection(this.connect, connectTimeoutMs(this.options), connection =>
      this.idle.push({ connection, sinceMs: this.options.now() }),
    );
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
    timeoutMs: number,
    private readonly onIdle: (connection: Connection) => void,
  ) {
    // Into one buffer, and past the machinery of streams.
    this.socket = connect({
      buffer: Buffer.allocUnsafe(MOST_BYTES_A_READ),
      callback: (length, buffer) => {
        this.read(Buffer.from(buffer.subarray(0, length)));
        return true;
      },
    });
    limitConnecting(this.socket, timeoutMs, error => this.fail(error));
    this.socket.on('error', error => this.fail(error));
    this.socket.on('close', () =>
      this.reader.isWholeAtEnd() ? this.finish() : this.fail(new CutConnection()),
    );
  }

  send(text: string, events: CallEvents): void {
    this.reader = new AnswerReader();
    this.events = events;
    this.socket.ref();
    this.socket.write(text, 'latin1');
  }

  isOpen(): boolean {
    return this.socket.writable;
  }

  /** Whatever is on it is told nothing. */
  close(): void {
    this.events = undefined;
    this.socket.destroy();
  }

  private read(piece: Buffer): void {
    let isWhole;
    try {
      isWhole = this.reader.add(piece);
    } catch (error) {
      return this.fail(error);
    }
    if (isWhole) this.finish();
  }

  private finish(): void {
    const { events, reader } = this;
    this.events = undefined;
    // Nobody asked for what comes behind an answer.
    if (!events) return this.close();
    afterNextPoll(() => {
      if (reader.allowsAnother() && this.isOpen()) this.rest();
      else this.close();
      events.finish(reader.answer());
    });
  }

  /** From now on it does not keep the process from ending. */
  private rest(): void {
    this.socket.unref();
    this.onIdle(this);
  }

  private fail(error: unknown): void {
    const { events } = this;
    this.close();
    events?.fail(error);
  }
}

/**
 * What a server sends right behind an answer, an end or more bytes, is known only once the loop has polled again: another
 * call that had begun on the connection would fail, or take those bytes for its answer. The first of two immediates comes
 * before that poll.
 */
function afterNextPoll(act: () => void): void {
  setImmediate(() => setImmediate(act));
}
