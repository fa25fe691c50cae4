import type { RefusalBody } from '../wire.ts';

/** What the document leaves open, or what goes wrong inside the shop. May be changed at any time. */
export interface MarianaBehaviour {
  /** Who takes the money: Stripe at once, or the platform when a status poll shows it a hold. */
  captures: 'automatic' | 'by_platform';
  /** At which poll after the charge the cart turns. */
  noticesAfterPolls: number;
  /** With a text, checkout fails so after the card was charged. */
  failsAfterCharge: string | null;
  /** What becomes of the cart when a card is declined. */
  onDecline: 'stays_open' | 'fails';
  /** What the body of a 401, 403 or 422 holds; the document promises none. */
  refusals: RefusalBody;
  /** How a field without a value is written. */
  noValue: 'null' | 'left_out';
  /** How a bankcard's id is written: a number in the example, a text in the schema. */
  bankcardIds: 'number' | 'text';
  /** Paths whose calls this token may not make, such as `register_terminal`. */
  readonly forbidden: Set<string>;
}

export function marianaBehaviour(): MarianaBehaviour {
  return {
    captures: 'automatic',
    noticesAfterPolls: 1,
    failsAfterCharge: null,
    onDecline: 'stays_open',
    refusals: 'none',
    noValue: 'null',
    bankcardIds: 'number',
    forbidden: new Set(),
  };
}
