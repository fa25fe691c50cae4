import { readMetadata } from '../form/metadata.ts';
import type { Params } from '../form/params.ts';
import type { CustomerOrder } from '../moves/create-customer.ts';
import type { CustomerChange } from '../moves/update-customer.ts';
import { readEmail } from './read-email.ts';

/** What Stripe takes with a customer and the model does not. */
const unmodelled = [
  'address',
  'balance',
  'business_name',
  'cash_balance',
  'default_source',
  'individual_name',
  'invoice_prefix',
  'next_invoice_sequence',
  'preferred_locales',
  'shipping',
  'source',
  'tax',
  'tax_exempt',
  'validate',
];

/** Reads the parameters of `POST /v1/customers`. */
export function readCustomerOrder(params: Params): CustomerOrder {
  params.refuseUnmodelled([
    ...unmodelled,
    'invoice_settings',
    'payment_method',
    'tax_id_data',
    'test_clock',
  ]);
  return {
    description: params.text('description') ?? null,
    email: readEmail(params, 'email') ?? null,
    metadata: readMetadata(params),
    name: params.text('name', 256) ?? null,
    phone: params.text('phone', 20) ?? null,
  };
}

/** Reads the parameters of `POST /v1/customers/:id`. */
export function readCustomerChange(params: Params): CustomerChange {
  params.refuseUnmodelled(unmodelled);
  const settings = params.group('invoice_settings');
  settings?.refuseUnmodelled(['custom_fields', 'footer', 'rendering_options']);
  const defaultPaymentMethod = settings?.clearableText('default_payment_method');
  settings?.done();
  return {
    defaultPaymentMethod,
    description: params.clearableText('description'),
    email: readEmail(params, 'email'),
    metadata: readMetadata(params),
    name: params.clearableText('name', 256),
    phone: params.clearableText('phone', 20),
  };
}
