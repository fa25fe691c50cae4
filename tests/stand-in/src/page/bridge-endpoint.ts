import { readValue, writeValue } from '../structured-clone.ts';
import type { Extension, Wire } from '../structured-clone.ts';

type Message =
  | { readonly kind: 'call'; readonly id: number; readonly target: number; readonly args: Wire }
  | { readonly kind: 'return'; readonly id: number; readonly ok: boolean; readonly value: Wire }
  | { readonly kind: 'settle'; readonly id: number; readonly ok: boolean; readonly value: Wire }
  | { readonly kind: 'expose'; readonly key: string; readonly value: Wire };

type Callable = (...args: unknown[]) => unknown;

/** The function that the preload's world always offers: where an attempt to open a window goes. */
export const openWindowTarget = 0;

/**
 * One end of the bridge between a page and its preload script. The worlds share only the DOM, so
 * messages are text in events of a secret name; events are synchronous, so calls are too. Values
 * are copied, functions and promises become proxies, prototypes and symbols are dropped:
 * https://www.electronjs.org/docs/latest/api/context-bridge#parameter--error--return-type-support
 */
export class BridgeEndpoint {
  onExpose: (key: string, value: unknown) => void = () => undefined;
  private readonly functions: Callable[] = [];
  private readonly idsOfFunctions = new WeakMap<Callable, number>();
  private readonly promises = new Map<number, PromiseWithResolvers<unknown>>();
  private readonly returned = new Map<number, { ok: boolean; value: Wire }>();
  private readonly tell: (message: Message) => void;
  private lastId = 0;

  constructor(secret: string, side: 'page' | 'preload') {
    const other = side === 'page' ? 'preload' : 'page';
    // The page may later replace these; the bridge keeps the ones it woke up with.
    const { CustomEvent: Event, JSON: json } = globalThis;
    const dispatch = globalThis.dispatchEvent.bind(globalThis);
    this.tell = (message) => {
      dispatch(new Event(`${secret}-${other}`, { detail: json.stringify(message) }));
    };
    globalThis.addEventListener(`${secret}-${side}`, (event) => {
      if (!(event instanceof Event) || typeof event.detail !== 'string') return;
      event.stopImmediatePropagation();
      this.hear(json.parse(event.detail) as Message);
    });
  }

  /** Makes a function callable from the other world under a number, in order from 0. */
  offer(offered: Callable): number {
    const known = this.idsOfFunctions.get(offered);
    if (known !== undefined) return known;
    this.functions.push(offered);
    this.idsOfFunctions.set(offered, this.functions.length - 1);
    return this.functions.length - 1;
  }

  /** Shows a value to the other world under a key of its window. */
  expose(key: string, value: unknown): void {
    this.tell({ kind: 'expose', key, value: this.write(value) });
  }

  /** Calls a function that the other world offered, and returns its result or throws its error. */
  call(target: number, args: readonly unknown[]): unknown {
    const id = ++this.lastId;
    this.tell({ kind: 'call', id, target, args: this.write([...args]) });
    const answer = this.returned.get(id);
    this.returned.delete(id);
    if (!answer) throw new Error('The other side of the context bridge is gone.');
    const value = this.read(answer.value);
    if (!answer.ok) throw value;
    return value;
  }

  private hear(message: Message): void {
    switch (message.kind) {
      case 'call': {
        this.tell({ kind: 'return', id: message.id, ...this.run(message.target, message.args) });
        return;
      }
      case 'return': {
        this.returned.set(message.id, message);
        return;
      }
      case 'settle': {
        const waiting = this.promises.get(message.id);
        this.promises.delete(message.id);
        const value = this.read(message.value);
        if (message.ok) waiting?.resolve(value);
        else waiting?.reject(value);
        return;
      }
      case 'expose': {
        this.onExpose(message.key, this.read(message.value));
        return;
      }
    }
  }

  private run(target: number, args: Wire): { ok: boolean; value: Wire } {
    try {
      const values = this.read(args);
      const called = this.functions[target];
      if (!called || !Array.isArray(values)) throw new Error('No such function on the bridge.');
      return { ok: true, value: this.write(called(...(values as unknown[]))) };
    } catch (error) {
      return { ok: false, value: this.writeError(error) };
    }
  }

  private writeError(error: unknown): Wire {
    try {
      return this.write(error);
    } catch {
      return writeValue(new Error(String(error)));
    }
  }

  private readonly extension: Extension = {
    write: (value) => {
      if (typeof value === 'function') return ['function', this.offer(value as Callable)];
      if (value instanceof Promise) return ['promise', this.follow(value)];
      return undefined;
    },
    read: ([tag, number]) => {
      if (tag === 'function') {
        return (...args: unknown[]) => this.call(Number(number), args);
      }
      if (tag === 'promise') {
        const waiting = Promise.withResolvers<unknown>();
        this.promises.set(Number(number), waiting);
        return waiting.promise;
      }
      throw new Error(`unknown on the bridge: ${tag}`);
    },
  };

  private follow(promise: Promise<unknown>): number {
    const id = ++this.lastId;
    promise.then(
      (value) => {
        try {
          this.tell({ kind: 'settle', id, ok: true, value: this.write(value) });
        } catch (error) {
          this.tell({ kind: 'settle', id, ok: false, value: this.writeError(error) });
        }
      },
      (error: unknown) => {
        this.tell({ kind: 'settle', id, ok: false, value: this.writeError(error) });
      },
    );
    return id;
  }

  private write(value: unknown): Wire {
    return writeValue(value, this.extension);
  }

  private read(wire: Wire): unknown {
    return readValue(wire, this.extension);
  }
}
