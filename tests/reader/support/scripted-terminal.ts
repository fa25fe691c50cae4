import type { Reader, Terminal, TerminalProps } from '@stripe/terminal-js';
import { aReader } from './readers.ts';
import { ScriptedCollect } from './scripted-collect.ts';

/** The part of Stripe's Terminal that the driver uses and that answers later. */
type Method =
  | 'discoverReaders'
  | 'connectReader'
  | 'disconnectReader'
  | 'clearCachedCredentials'
  | 'setReaderDisplay'
  | 'clearReaderDisplay'
  | 'collectPaymentMethod'
  | 'cancelCollectPaymentMethod'
  | 'processPayment'
  | 'collectSetupIntentPaymentMethod'
  | 'cancelCollectSetupIntentPaymentMethod'
  | 'confirmSetupIntent'
  | 'collectRefundPaymentMethod'
  | 'cancelCollectRefundPaymentMethod'
  | 'processRefund';

type Answer = () => Promise<unknown>;

/** An answer of the SDK's form for what it expects to go wrong: it resolves. */
export function refuses(code: unknown, more: object = {}): Answer {
  return () => Promise.resolve({ error: { code, message: 'refused by the script', ...more } });
}

/** A fault of the SDK itself: the promise rejects. */
export function rejects(): Answer {
  return () => Promise.reject(new Error('rejected by the script'));
}

/** A fault of the SDK before it has made a promise. */
export function throws(): Answer {
  return () => {
    throw new Error('thrown by the script');
  };
}

/** An answer that never comes. */
export function staysSilent(): Answer {
  return () => new Promise(() => undefined);
}

/** An answer that comes after `ms` milliseconds. */
export function takes(ms: number, answer: Answer = () => Promise.resolve({})): Answer {
  return () =>
    new Promise((resolve, reject) => {
      setTimeout(() => void answer().then(resolve, reject), ms);
    });
}

/**
 * A Terminal that behaves as Stripe's does with one idle reader next to it, unless the test has written another
 * answer for the next call of a method. Keeps what it was asked, in order.
 */
export class ScriptedTerminal {
  readonly calls: { readonly method: Method; readonly args: readonly unknown[] }[] = [];
  readonly collect = new ScriptedCollect();
  readers: readonly Reader[] = [aReader()];
  connection = 'connected';
  #connected: Reader | null = aReader();
  #props: Partial<TerminalProps> = {};
  readonly #scripts = new Map<Method, Answer[]>();

  /** Writes the answer to the next call of `method` that has none yet. */
  next(method: Method, ...answers: readonly Answer[]): this {
    this.#scripts.set(method, [...(this.#scripts.get(method) ?? []), ...answers]);
    return this;
  }

  /** As it is when a page has just loaded. */
  unconnected(): this {
    this.connection = 'not_connected';
    this.#connected = null;
    return this;
  }

  /** The reader goes away by itself. */
  lose(): void {
    this.unconnected();
    this.#props.onUnexpectedReaderDisconnect?.({});
  }

  /** As the SDK takes it: the callbacks it will call. */
  wire(props: Partial<TerminalProps>): Terminal {
    this.#props = props;
    this.collect.onPaymentStatus = (status) => {
      // The words are an enum to the compiler only.
      props.onPaymentStatusChange?.({ status: status as never });
    };
    return this.#face();
  }

  asked(method: Method): readonly (readonly unknown[])[] {
    return this.calls.filter((call) => call.method === method).map(({ args }) => args);
  }

  methods(): readonly Method[] {
    return this.calls.map(({ method }) => method);
  }

  #face(): Terminal {
    const method =
      (name: Method, usual: (...args: readonly unknown[]) => Promise<unknown>) =>
      (...args: readonly unknown[]): Promise<unknown> => {
        this.calls.push({ method: name, args });
        const scripted = this.#scripts.get(name)?.shift();
        return scripted === undefined ? usual(...args) : scripted();
      };
    const done = (): Promise<unknown> => Promise.resolve({});
    const face = {
      getConnectionStatus: () => this.connection,
      getPaymentStatus: () => (this.#connected === null ? 'not_ready' : 'ready'),
      getConnectedReader: () => this.#connected,
      discoverReaders: method('discoverReaders', () =>
        Promise.resolve({ discoveredReaders: this.readers }),
      ),
      connectReader: method('connectReader', (reader) => this.#connect(reader as Reader)),
      disconnectReader: method('disconnectReader', () => {
        this.unconnected();
        return done();
      }),
      clearCachedCredentials: method('clearCachedCredentials', done),
      setReaderDisplay: method('setReaderDisplay', done),
      clearReaderDisplay: method('clearReaderDisplay', done),
      collectPaymentMethod: method('collectPaymentMethod', () => this.collect.begin()),
      cancelCollectPaymentMethod: method('cancelCollectPaymentMethod', () => this.collect.cancel()),
      processPayment: method('processPayment', () =>
        Promise.resolve({ paymentIntent: { id: 'pi_scripted', status: 'requires_capture' } }),
      ),
      collectSetupIntentPaymentMethod: method('collectSetupIntentPaymentMethod', () =>
        this.collect.begin(),
      ),
      cancelCollectSetupIntentPaymentMethod: method('cancelCollectSetupIntentPaymentMethod', () =>
        this.collect.cancel(),
      ),
      confirmSetupIntent: method('confirmSetupIntent', () =>
        Promise.resolve({ setupIntent: { id: 'seti_scripted', status: 'succeeded' } }),
      ),
      collectRefundPaymentMethod: method('collectRefundPaymentMethod', () => this.collect.begin()),
      cancelCollectRefundPaymentMethod: method('cancelCollectRefundPaymentMethod', () =>
        this.collect.cancel(),
      ),
      processRefund: method('processRefund', () =>
        Promise.resolve({ refund: { id: 're_scripted', status: 'succeeded' } }),
      ),
    };
    // Stripe's class has many more methods, and enums that do not exist at run time.
    return face as unknown as Terminal;
  }

  #connect(reader: Reader): Promise<unknown> {
    this.connection = 'connected';
    this.#connected = reader;
    return Promise.resolve({ reader });
  }
}
