import type { EventName } from '../preload/contract/channels.ts';
import type { Events } from '../preload/contract/contract.ts';

export type Listener = (name: EventName, payload: Events[EventName]) => void;

/** What main tells the window. A listener that is not there yet misses nothing it will not be told again. */
export class KioskEvents {
  readonly #listeners = new Set<Listener>();

  tell<Name extends EventName>(name: Name, payload: Events[Name]): void {
    for (const listener of this.#listeners) listener(name, payload);
  }

  /** Returns a function that stops listening. */
  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
