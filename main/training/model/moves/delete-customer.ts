import type Stripe from 'stripe';

import type { Ledger } from '../ledger.ts';
import { paymentMethodsOf } from './attached-payment-method.ts';
import { detachPaymentMethod } from './detach-payment-method.ts';
import { find } from './find.ts';

/** Deletes a customer for good: its cards are detached, and only that it was deleted stays. */
export function deleteCustomer(ledger: Ledger, id: string): Stripe.DeletedCustomer {
  const customer = find(ledger.customers, 'customer', id);
  for (const paymentMethod of [...paymentMethodsOf(ledger, id)]) {
    detachPaymentMethod(ledger, paymentMethod.id);
  }
  ledger.customers.remove(id);
  ledger.emit('customer.deleted', customer);
  return ledger.deletedCustomers.add({ id, object: 'customer', deleted: true });
}
