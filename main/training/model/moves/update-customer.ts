import type Stripe from 'stripe';

import { changedMetadata, type MetadataChange } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { attachedTo } from './attached-payment-method.ts';
import { lagSearch } from './customer-search.ts';
import { find } from './find.ts';

/** What a client may change of a customer; null clears a field, undefined leaves it. */
export interface CustomerChange {
  readonly defaultPaymentMethod: string | null | undefined;
  readonly description: string | null | undefined;
  readonly email: string | null | undefined;
  readonly metadata: MetadataChange | undefined;
  readonly name: string | null | undefined;
  readonly phone: string | null | undefined;
}

/** Changes a customer. Refuses a default PaymentMethod that is not attached to it. */
export function updateCustomer(
  ledger: Ledger,
  id: string,
  change: CustomerChange,
): Stripe.Customer {
  const customer = find(ledger.customers, 'customer', id);
  const { defaultPaymentMethod: method } = change;
  if (typeof method === 'string') {
    attachedTo(ledger, id, method, 'invoice_settings[default_payment_method]');
  }
  lagSearch(ledger, id, customer);
  const updated = ledger.customers.replace({
    ...customer,
    description: changed(change.description, customer.description),
    email: changed(change.email, customer.email),
    invoice_settings: {
      ...customer.invoice_settings,
      default_payment_method: changed(method, customer.invoice_settings.default_payment_method),
    },
    metadata: changedMetadata(customer.metadata, change.metadata),
    name: changed(change.name, customer.name ?? null),
    phone: changed(change.phone, customer.phone ?? null),
  });
  ledger.emit('customer.updated', updated);
  return updated;
}

function changed<Value>(change: Value | undefined, held: Value): Value {
  return change === undefined ? held : change;
}
