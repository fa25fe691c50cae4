import type { Endpoint } from '../api/endpoint.ts';
import { readMetadata } from '../form/metadata.ts';
import { createCustomer } from '../moves/create-customer.ts';
import { find } from '../moves/find.ts';
import { readEmail } from './read-email.ts';

const one = { object: 'customer', list: false } as const;

const create: Endpoint = {
  method: 'POST',
  path: '/v1/customers',
  returns: one,
  prepare: ({ params }) => {
    params.refuseUnmodelled([
      'address',
      'balance',
      'business_name',
      'cash_balance',
      'individual_name',
      'invoice_prefix',
      'invoice_settings',
      'next_invoice_sequence',
      'payment_method',
      'preferred_locales',
      'shipping',
      'source',
      'tax',
      'tax_exempt',
      'tax_id_data',
      'test_clock',
      'validate',
    ]);
    const order = {
      description: params.text('description') ?? null,
      email: readEmail(params, 'email') ?? null,
      metadata: readMetadata(params),
      name: params.text('name', 256) ?? null,
      phone: params.text('phone', 20) ?? null,
    };
    return (ledger) => createCustomer(ledger, order);
  },
};

const retrieve: Endpoint = {
  method: 'GET',
  path: '/v1/customers/:id',
  returns: one,
  prepare:
    ({ id }) =>
    (ledger) =>
      find(ledger.customers, 'customer', id),
};

/** https://docs.stripe.com/api/customers */
export const customerEndpoints: readonly Endpoint[] = [create, retrieve];
