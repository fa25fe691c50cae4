import type Stripe from 'stripe';

import { type ApiError, invalidRequest } from '../api-error.ts';

/**
 * Stripe's refusal of a move the PaymentIntent's status does not allow. It carries the PaymentIntent,
 * so that a client which lost an answer learns what happened.
 */
export function unexpectedState(
  paymentIntent: Stripe.PaymentIntent,
  done: string,
  allowed: readonly string[],
): ApiError {
  return invalidRequest(
    `This PaymentIntent could not be ${done} because it has a status of ${paymentIntent.status}. Only a PaymentIntent with one of the following statuses may be ${done}: ${allowed.join(', ')}.`,
    { code: 'payment_intent_unexpected_state', payment_intent: paymentIntent },
  );
}
