import type { Decline } from './declines.ts';

/** Refusals of kept cards that wait for their next charge. Nothing of it is kept over a restart. */
export class ArmedDeclines {
  readonly #next = new Map<string, Decline>();

  /** The next charge of this card without its holder is refused, once. */
  arm(paymentMethod: string, decline: Decline): void {
    this.#next.set(paymentMethod, decline);
  }

  disarm(paymentMethod: string): void {
    this.#next.delete(paymentMethod);
  }

  /** Takes what is armed for this card, if anything is. */
  take(paymentMethod: string): Decline | undefined {
    const decline = this.#next.get(paymentMethod);
    this.#next.delete(paymentMethod);
    return decline;
  }
}
