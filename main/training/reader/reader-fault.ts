/** A mishap that can be armed; the next command it fits meets it, once. */
export type ReaderFault =
  /** The card was authorized, but the answer never came: an error without a PaymentIntent. */
  | { readonly kind: 'process_reply_lost_after_effect' }
  /** Nothing was authorized and no answer came: to the page the same as the one above. */
  | { readonly kind: 'process_reply_lost_before_effect' }
  /** Stripe was not reached, and the reader knows it: an error with `requires_confirmation`. */
  | { readonly kind: 'process_connectivity_trouble' }
  | { readonly kind: 'reader_lost_during_collect' }
  | { readonly kind: 'reader_lost_during_process'; readonly effect: 'before' | 'after' }
  | { readonly kind: 'slow_authorization'; readonly extraMs: number };

/** The mishaps a collect can meet; all others wait for a process. */
const collectFaults: readonly ReaderFault['kind'][] = ['reader_lost_during_collect'];

/** The armed mishaps, in the order they were armed. */
export class ArmedFaults {
  #armed: readonly ReaderFault[] = [];

  arm(fault: ReaderFault): void {
    this.#armed = [...this.#armed, fault];
  }

  /** Takes the first armed mishap that fits a command, if there is one. */
  take(command: 'collect' | 'process'): ReaderFault | undefined {
    const fault = this.#armed.find(
      ({ kind }) => collectFaults.includes(kind) === (command === 'collect'),
    );
    this.#armed = this.#armed.filter((armed) => armed !== fault);
    return fault;
  }

  disarmAll(): void {
    this.#armed = [];
  }
}
