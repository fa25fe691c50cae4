import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts';

export type { Protocol };

type Parameters = Protocol.CommandParameters;
type Answers = Protocol.CommandReturnValues;
type Events = Protocol.Events;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Pending {
  readonly method: string;
  readonly sessionId: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One conversation with Chromium over its debugging pipe: JSON messages that end in a NUL byte. */
export class CdpConnection {
  readonly browser: CdpSession;
  /** Resolves when Chromium has gone away, for whatever reason. */
  readonly closed: Promise<void>;
  private readonly toChromium: Writable;
  private readonly sessions = new Map<string, CdpSession>();
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  private isClosed = false;

  constructor(toChromium: Writable, fromChromium: Readable) {
    this.toChromium = toChromium;
    this.browser = this.session('');
    this.closed = new Promise((resolve) => {
      fromChromium.once('close', () => {
        this.dispose();
        resolve();
      });
    });
    // Writing to a Chromium that has just gone is answered by `closed`, not by a crash.
    toChromium.on('error', () => undefined);
    let rest = Buffer.alloc(0);
    fromChromium.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
        const text = rest.toString('utf8', 0, end);
        rest = rest.subarray(end + 1);
        this.receive(JSON.parse(text) as Message);
      }
    });
  }

  /** The session with this id: one per attached target, `''` for the browser itself. */
  session(sessionId: string): CdpSession {
    const known = this.sessions.get(sessionId);
    if (known) return known;
    const made = new CdpSession(this, sessionId);
    this.sessions.set(sessionId, made);
    return made;
  }

  /** Sends one command. Rejects with Chromium's message, or when Chromium goes away. */
  async send(sessionId: string, method: string, params: unknown): Promise<unknown> {
    if (this.isClosed) throw new Error(`${method}: Chromium has gone away`);
    const id = ++this.lastId;
    const answer = new Promise((resolve, reject) => {
      this.pending.set(id, { method, sessionId, resolve, reject });
    });
    const message = { id, method, params, ...(sessionId === '' ? {} : { sessionId }) };
    this.toChromium.write(`${JSON.stringify(message)}\0`);
    return answer;
  }

  /** Forgets a session whose target is gone: what was asked of it is rejected. */
  forget(sessionId: string): void {
    this.sessions.delete(sessionId);
    for (const [id, asked] of this.pending) {
      if (asked.sessionId !== sessionId) continue;
      this.pending.delete(id);
      asked.reject(new Error(`${asked.method}: the page has gone away`));
    }
  }

  private receive(message: Message): void {
    if (message.id === undefined) {
      if (message.method === undefined) return;
      this.sessions.get(message.sessionId ?? '')?.deliver(message.method, message.params);
      return;
    }
    const asked = this.pending.get(message.id);
    this.pending.delete(message.id);
    if (message.error) asked?.reject(new Error(`${asked.method}: ${message.error.message}`));
    else asked?.resolve(message.result);
  }

  private dispose(): void {
    this.isClosed = true;
    for (const asked of this.pending.values()) {
      asked.reject(new Error(`${asked.method}: Chromium has gone away`));
    }
    this.pending.clear();
  }
}

/** The commands and events of one target, typed by Chromium's own protocol description. */
export class CdpSession {
  readonly id: string;
  private readonly connection: CdpConnection;
  private readonly emitter = new EventEmitter().setMaxListeners(0);

  constructor(connection: CdpConnection, id: string) {
    this.connection = connection;
    this.id = id;
  }

  /** Sends one command to this target. */
  async send<M extends keyof Parameters & keyof Answers>(
    method: M,
    params?: Parameters[M],
  ): Promise<Answers[M]> {
    return (await this.connection.send(this.id, method, params ?? {})) as Answers[M];
  }

  /** Sends a command whose failure only means that the page or Chromium has gone meanwhile. */
  tell<M extends keyof Parameters & keyof Answers>(method: M, params?: Parameters[M]): void {
    this.connection.send(this.id, method, params ?? {}).catch(() => undefined);
  }

  on<E extends keyof Events>(event: E, listener: (params: Events[E]) => void): void {
    this.emitter.on(event, listener);
  }

  /** Hands on an event that came from Chromium. */
  deliver(method: string, params: unknown): void {
    this.emitter.emit(method, params);
  }

  /** Lets go of the target: nothing more is heard from it. */
  end(): void {
    this.emitter.removeAllListeners();
    this.connection.forget(this.id);
  }
}
