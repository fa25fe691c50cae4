import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import type { MetadataChange } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { addRefund } from './add-refund.ts';
import { findReferenced, latestCharge } from './find.ts';
import { refundable } from './refundable.ts';

/** A refund as a client asked for it. Exactly one of the two ids is given. */
export interface RefundOrder {
  readonly paymentIntent: string | undefined;
  readonly charge: string | undefined;
  /** Smallest unit; undefined for all that is left. */
  readonly amount: number | undefined;
  readonly reason: string | undefined;
  readonly metadata: MetadataChange | undefined;
}

/**
 * Gives back what a charge took, in part or whole. Refuses an Interac charge, which only the card
 * itself can be given back to on a reader. https://docs.stripe.com/api/refunds/create
 */
export function createRefund(ledger: Ledger, order: RefundOrder): Stripe.Refund {
  const charge = chargeToRefund(ledger, order);
  if (charge.payment_method_details?.type === 'interac_present') {
    throw invalidRequest(
      `Charge ${charge.id} was made with Interac. It can only be refunded in person, with the card it was made with.`,
      {
        code: 'charge_not_refundable',
        param: order.charge === undefined ? 'payment_intent' : 'charge',
      },
    );
  }
  return addRefund(ledger, {
    charge,
    amount: refundable(charge, order.amount),
    reason: order.reason ?? null,
    metadata: order.metadata,
  });
}

/** A hold cannot be refunded: its PaymentIntent must be canceled. */
function chargeToRefund(ledger: Ledger, order: RefundOrder): Stripe.Charge {
  if (order.charge !== undefined) {
    return findReferenced(ledger.charges, 'charge', order.charge);
  }
  const paymentIntent = findReferenced(
    ledger.paymentIntents,
    'payment_intent',
    order.paymentIntent ?? '',
  );
  if (paymentIntent.status !== 'succeeded') {
    throw invalidRequest(
      `This PaymentIntent (${paymentIntent.id}) does not have a successful charge to refund.`,
      { param: 'payment_intent' },
    );
  }
  return latestCharge(ledger, paymentIntent);
}
