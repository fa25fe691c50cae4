import type { Money } from './money.ts';
import type { PaymentIntentFacts } from './payment-intent.ts';

/** A PaymentIntent as far as its money goes, as read or as listed. */
export type SeenMoney = Pick<
  PaymentIntentFacts,
  | 'status'
  | 'amount'
  | 'currency'
  | 'amountCapturable'
  | 'amountReceived'
  | 'amountRefunded'
  | 'captureBeforeMs'
>;

/** The money Stripe shows as held, or as received and not given back. */
export function moneyIn(seen: SeenMoney): Money {
  const { currency, amountCapturable, amountReceived, amountRefunded } = seen;
  // A hold that was released shows as refunded, though nothing was ever received.
  const kept = Math.max(0, amountReceived - amountRefunded);
  return { amount: amountCapturable + kept, currency };
}

/** True when it can't hold or take money any more, or has given all of it back. */
export function isQuiet(seen: SeenMoney): boolean {
  const isOver = seen.status === 'canceled' || seen.status === 'succeeded';
  return isOver && moneyIn(seen).amount === 0;
}
