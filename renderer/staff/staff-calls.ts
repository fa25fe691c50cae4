import type { CommandName } from '../../preload/contract/channels.ts';
import type { KioskBridge, Requests, Responses } from '../../preload/contract/contract.ts';
import type { Refusal } from '../../preload/contract/envelope.ts';

/** What main said: the answer, or why there is none. */
export type Told<Value> =
  | { readonly kind: 'told'; readonly value: Value }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

const faultOfOurs: Refusal = { code: 'internal', messageKey: 'internal', retryable: true };

/** The staff page's one way to main. Whoever asks hears of a refusal; of `locked` the page hears first. */
export class StaffCalls {
  readonly #bridge: KioskBridge;
  readonly #onLocked: () => void;

  constructor(bridge: KioskBridge, onLocked: () => void) {
    this.#bridge = bridge;
    this.#onLocked = onLocked;
  }

  /** Asks main. Never rejects: a fault of the bridge is a refusal of ours. */
  async ask<Name extends CommandName>(
    name: Name,
    request: Requests[Name],
  ): Promise<Told<Responses[Name]>> {
    try {
      const answer = await this.#bridge.ask(name, request);
      if (answer.ok) return { kind: 'told', value: answer.value };
      if (answer.error.code === 'locked') this.#onLocked();
      return { kind: 'refused', refusal: answer.error };
    } catch {
      return { kind: 'refused', refusal: faultOfOurs };
    }
  }
}
