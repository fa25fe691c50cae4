import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';

/** The PaymentMethods of a customer, newest first. */
export function* paymentMethodsOf(
  ledger: Ledger,
  customer: string,
): Generator<Stripe.PaymentMethod> {
  for (const row of ledger.paymentMethods.newestFirst()) {
    if (row.customer === customer) {
      yield row;
    }
  }
}

/** Returns a PaymentMethod of this customer. Refuses one of another, of none, and an unknown one. */
export function attachedTo(
  ledger: Ledger,
  customer: string,
  id: string,
  param: string,
): Stripe.PaymentMethod {
  const paymentMethod = ledger.paymentMethods.get(id);
  if (paymentMethod?.customer !== customer) {
    throw invalidRequest(
      `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
      { code: 'resource_missing', param },
    );
  }
  return paymentMethod;
}
