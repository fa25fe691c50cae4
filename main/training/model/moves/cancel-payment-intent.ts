import type Stripe from 'stripe';

import type { Ledger } from '../ledger.ts';
import { findPaymentIntent } from './find.ts';
import { releaseHold } from './release-hold.ts';
import { unexpectedState } from './unexpected-state.ts';

const cancelable: readonly string[] = [
  'requires_payment_method',
  'requires_capture',
  'requires_confirmation',
  'requires_action',
  'processing',
];

/** Ends a PaymentIntent for good and gives back its hold, if it has one. */
export function cancelPaymentIntent(
  ledger: Ledger,
  id: string,
  reason: string | null,
): Stripe.PaymentIntent {
  const open = findPaymentIntent(ledger, id);
  if (!cancelable.includes(open.status)) {
    throw unexpectedState(open, 'canceled', cancelable);
  }
  return endPaymentIntent(ledger, open, {
    reason,
    chargeEvent: 'charge.refunded',
    atSec: ledger.nowSec(),
  });
}

/** How a PaymentIntent ends: by whose reason, with which event for its hold, and when. */
export interface Ending {
  readonly reason: string | null;
  readonly chargeEvent: 'charge.refunded' | 'charge.expired';
  readonly atSec: number;
}

/** Moves a PaymentIntent to `canceled`, whoever brought it about. */
export function endPaymentIntent(
  ledger: Ledger,
  open: Stripe.PaymentIntent,
  ending: Ending,
): Stripe.PaymentIntent {
  if (open.status === 'requires_capture') {
    releaseHold(ledger, open, ending.chargeEvent, ending.atSec);
  }
  const paymentIntent = ledger.paymentIntents.replace({
    ...open,
    amount_capturable: 0,
    canceled_at: ending.atSec,
    cancellation_reason: ending.reason,
    status: 'canceled',
  });
  ledger.emit('payment_intent.canceled', paymentIntent, ending.atSec);
  return paymentIntent;
}
