import type Stripe from 'stripe';

import type { Decline } from '../declines.ts';

/** What a PaymentIntent remembers of the decline that sent it back. */
export function lastPaymentError(
  decline: Decline,
  charge: string,
  paymentMethod: Stripe.PaymentMethod,
): Stripe.PaymentIntent.LastPaymentError {
  return {
    type: 'card_error',
    charge,
    code: decline.code,
    decline_code: decline.declineCode,
    doc_url: `https://docs.stripe.com/error-codes/${decline.code.replaceAll('_', '-')}`,
    message: decline.message,
    payment_method: paymentMethod,
  };
}
