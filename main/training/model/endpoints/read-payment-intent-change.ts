import { readMetadata } from '../form/metadata.ts';
import type { Params } from '../form/params.ts';
import type { PaymentIntentChange } from '../moves/update-payment-intent.ts';
import { readEmail } from './read-email.ts';
import { readRequestedTypes } from './read-requested-types.ts';

const unmodelled = [
  'allowed_payment_method_types',
  'amount_details',
  'application_fee_amount',
  'capture_method',
  'currency',
  'customer_account',
  'excluded_payment_method_types',
  'hooks',
  'payment_details',
  'payment_method',
  'payment_method_configuration',
  'payment_method_data',
  'payment_method_options',
  'payment_method_types',
  'shipping',
  'transfer_data',
  'transfer_group',
];

/** Reads the parameters of `POST /v1/payment_intents/:id`. */
export function readPaymentIntentChange(params: Params, version: string): PaymentIntentChange {
  // The version rule comes first: from 2026-09-30 on the old name is wrong, not merely unmodelled.
  readRequestedTypes(params, version);
  params.refuseUnmodelled(unmodelled);
  return {
    amount: params.integer('amount'),
    customer: params.text('customer'),
    description: params.clearableText('description', 1000),
    metadata: readMetadata(params),
    receiptEmail: readEmail(params, 'receipt_email'),
    setupFutureUsage:
      params.clearableText('setup_future_usage') === null
        ? null
        : params.oneOf('setup_future_usage', ['off_session', 'on_session']),
    statementDescriptor: params.text('statement_descriptor', 22),
    statementDescriptorSuffix: params.text('statement_descriptor_suffix', 22),
  };
}
