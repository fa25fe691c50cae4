import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';
import { find } from './find.ts';
import { spendPaymentMethod } from './spent-payment-method.ts';

/** Takes a card from its customer. It can never be charged or attached again. */
export function detachPaymentMethod(ledger: Ledger, id: string): Stripe.PaymentMethod {
  const attached = find(ledger.paymentMethods, 'PaymentMethod', id);
  if (typeof attached.customer !== 'string') {
    throw invalidRequest(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
    );
  }
  forgetDefault(ledger, attached.customer, id);
  const detached = ledger.paymentMethods.replace({ ...attached, customer: null });
  spendPaymentMethod(ledger, id);
  ledger.emit('payment_method.detached', detached);
  return detached;
}

/** A customer's default does not outlive the card. */
function forgetDefault(ledger: Ledger, customerId: string, id: string): void {
  const customer = ledger.customers.get(customerId);
  if (customer?.invoice_settings.default_payment_method === id) {
    ledger.customers.replace({
      ...customer,
      invoice_settings: { ...customer.invoice_settings, default_payment_method: null },
    });
  }
}
