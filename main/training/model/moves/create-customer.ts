import type Stripe from 'stripe';

import { type MetadataChange, changedMetadata } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { lagSearch } from './customer-search.ts';

/** A new customer as a client described it. */
export interface CustomerOrder {
  readonly description: string | null;
  readonly email: string | null;
  readonly metadata: MetadataChange | undefined;
  readonly name: string | null;
  readonly phone: string | null;
}

/**
 * Creates a customer. `startId` is given only by a start state: that one is as old as the account,
 * so the search knows it.
 */
export function createCustomer(
  ledger: Ledger,
  order: CustomerOrder,
  startId?: string,
): Stripe.Customer {
  const id = startId ?? ledger.ids.next('cus');
  if (startId === undefined) {
    lagSearch(ledger, id, null);
  }
  const customer = ledger.customers.add({
    id,
    object: 'customer',
    address: null,
    balance: 0,
    created: ledger.nowSec(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: order.description,
    discount: null,
    email: order.email,
    invoice_prefix: null,
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: changedMetadata({}, order.metadata),
    name: order.name,
    next_invoice_sequence: 1,
    phone: order.phone,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  });
  ledger.emit('customer.created', customer);
  return customer;
}
