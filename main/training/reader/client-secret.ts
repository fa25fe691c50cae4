import type Stripe from 'stripe';

import { missingResource } from '../model/api-error.ts';
import type { Ledger } from '../model/ledger.ts';

/** Finds the PaymentIntent a client secret opens. Refuses one that fits none, without naming it. */
export function findByClientSecret(ledger: Ledger, clientSecret: string): Stripe.PaymentIntent {
  const [id = ''] = clientSecret.split('_secret_', 1);
  const paymentIntent = ledger.paymentIntents.get(id);
  if (paymentIntent?.client_secret !== clientSecret) {
    throw missingResource('payment_intent', id, 'intent', 404);
  }
  return paymentIntent;
}
