import type Stripe from 'stripe';

import type { Ledger } from '../ledger.ts';
import { latestCharge } from './find.ts';

/** Gives a hold back: the charge shows it as refunded in full. Appends the event given. */
export function releaseHold(
  ledger: Ledger,
  paymentIntent: Stripe.PaymentIntent,
  eventType: 'charge.refunded' | 'charge.expired',
  atSec: number,
): void {
  const charge = latestCharge(ledger, paymentIntent);
  const released = ledger.charges.replace({
    ...charge,
    amount_refunded: charge.amount,
    refunded: true,
  });
  ledger.emit(eventType, released, atSec);
}
