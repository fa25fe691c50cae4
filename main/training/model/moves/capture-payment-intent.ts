import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import { type MetadataChange, changedMetadata } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { scheduleDispute } from './dispute-charge.ts';
import { findPaymentIntent, latestCharge } from './find.ts';
import { unexpectedState } from './unexpected-state.ts';

/** A capture as a client asked for it; without an amount the whole hold is taken. */
export interface CaptureOrder {
  readonly amountToCapture?: number | undefined;
  readonly metadata?: MetadataChange | undefined;
}

/** Takes the money of a hold. One capture only: what is not taken is released. */
export function capturePaymentIntent(
  ledger: Ledger,
  id: string,
  order: CaptureOrder,
): Stripe.PaymentIntent {
  const held = findPaymentIntent(ledger, id);
  if (held.status !== 'requires_capture') {
    throw unexpectedState(held, 'captured', ['requires_capture']);
  }
  const amount = order.amountToCapture ?? held.amount_capturable;
  if (amount > held.amount_capturable) {
    throw invalidRequest(
      `The amount to capture (${amount}) is greater than the amount you can capture (${held.amount_capturable}).`,
      { code: 'amount_too_large', param: 'amount_to_capture' },
    );
  }
  const charge = latestCharge(ledger, held);
  const captured = ledger.charges.replace({
    ...charge,
    amount_captured: amount,
    // The part of a hold that is not captured shows as refunded, as for a released hold.
    amount_refunded: charge.amount - amount,
    balance_transaction: ledger.ids.next('txn'),
    captured: true,
  });
  const paymentIntent = ledger.paymentIntents.replace({
    ...held,
    amount_capturable: 0,
    amount_received: amount,
    metadata: changedMetadata(held.metadata, order.metadata),
    status: 'succeeded',
  });
  ledger.emit('charge.captured', captured);
  ledger.emit('payment_intent.succeeded', paymentIntent);
  scheduleDispute(ledger, captured);
  return paymentIntent;
}
