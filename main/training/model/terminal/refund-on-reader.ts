import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import type { MetadataChange } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { find, findReferenced } from '../moves/find.ts';
import { checkRefundInPerson } from '../moves/refund-in-person.ts';
import { promptForCard } from './prompt-for-card.ts';
import { refundMetadata } from './purpose.ts';

/** A refund on a reader as a client ordered it. */
export interface ReaderRefundOrder {
  readonly charge: string | undefined;
  readonly paymentIntent: string | undefined;
  /** Smallest unit; all that is left without it. */
  readonly amount: number | undefined;
  readonly metadata: MetadataChange | undefined;
  readonly config: Stripe.Terminal.Reader.Action.RefundPayment.RefundPaymentConfig | undefined;
}

/**
 * Asks on a reader for the card that money goes back to. Refuses a charge that is not refunded in
 * person, as every card but Interac's is, and one of which less is left.
 */
export function refundOnReader(
  ledger: Ledger,
  id: string,
  order: ReaderRefundOrder,
): Stripe.Terminal.Reader {
  find(ledger.readers, 'reader', id);
  const charge = chargeOf(ledger, order);
  const amount = checkRefundInPerson(charge, order.amount);
  const metadata = refundMetadata(order.metadata);
  return promptForCard(ledger, id, {
    card: {
      type: 'refund_payment',
      purpose: { kind: 'refund', charge: charge.id, amount, metadata },
      cancelable: order.config?.enable_customer_cancellation === true,
    },
    shown: {
      refund_payment: {
        amount,
        ...(order.charge === undefined ? {} : { charge: order.charge }),
        ...(order.paymentIntent === undefined ? {} : { payment_intent: order.paymentIntent }),
        ...(metadata.length === 0 ? {} : { metadata: Object.fromEntries(metadata) }),
        ...(order.config === undefined ? {} : { refund_payment_config: order.config }),
      },
    },
  });
}

/** The charge that was named, or the PaymentIntent's latest. */
function chargeOf(ledger: Ledger, order: ReaderRefundOrder): Stripe.Charge {
  if (order.charge !== undefined) {
    return findReferenced(ledger.charges, 'charge', order.charge);
  }
  const id = order.paymentIntent ?? '';
  const paymentIntent = findReferenced(ledger.paymentIntents, 'payment_intent', id);
  const latest = paymentIntent.latest_charge;
  if (typeof latest !== 'string') {
    throw invalidRequest('This PaymentIntent does not have a successful charge to refund.', {
      param: 'payment_intent',
    });
  }
  return find(ledger.charges, 'charge', latest);
}
