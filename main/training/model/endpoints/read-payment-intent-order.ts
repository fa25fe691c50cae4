import type Stripe from 'stripe';

import { checkAmount, parseCurrency } from '../currencies.ts';
import { readMetadata } from '../form/metadata.ts';
import type { Params } from '../form/params.ts';
import type { PaymentIntentOrder } from '../moves/create-payment-intent.ts';
import { readConfirmAtOnce } from './read-confirm-order.ts';
import { readEmail } from './read-email.ts';
import { readRequestedTypes } from './read-requested-types.ts';

/** What Stripe takes at creation and the model does not, because a kiosk has no use for it yet. */
const unmodelled = [
  'amount_details',
  'application_fee_amount',
  'automatic_payment_methods',
  'confirmation_method',
  'confirmation_token',
  'customer_account',
  'error_on_requires_action',
  'excluded_payment_method_types',
  'hooks',
  'mandate',
  'mandate_data',
  'on_behalf_of',
  'payment_details',
  'payment_method_configuration',
  'payment_method_data',
  'radar_options',
  'shipping',
  'transfer_data',
  'transfer_group',
  'use_stripe_sdk',
];

/** Reads the parameters of `POST /v1/payment_intents`. */
export function readPaymentIntentOrder(params: Params, version: string): PaymentIntentOrder {
  params.refuseUnmodelled(unmodelled);
  const amount = params.required('amount', params.integer('amount'));
  const currency = parseCurrency(params.required('currency', params.text('currency')));
  checkAmount(amount, currency);
  return {
    amount,
    currency,
    types: readRequestedTypes(params, version),
    captureMethod:
      params.oneOf('capture_method', ['automatic', 'automatic_async', 'manual']) ??
      'automatic_async',
    cardPresentOptions: readCardPresentOptions(params),
    customer: params.text('customer'),
    description: params.text('description', 1000),
    metadata: readMetadata(params),
    paymentMethod: params.text('payment_method'),
    confirm: readConfirmAtOnce(params),
    receiptEmail: readEmail(params, 'receipt_email') ?? undefined,
    setupFutureUsage: params.oneOf('setup_future_usage', ['off_session', 'on_session']),
    statementDescriptor: params.text('statement_descriptor', 22),
    statementDescriptorSuffix: params.text('statement_descriptor_suffix', 22),
  };
}

function readCardPresentOptions(
  params: Params,
): Stripe.PaymentIntent.PaymentMethodOptions.CardPresent {
  const options = params.group('payment_method_options');
  const group = options?.group('card_present');
  options?.refuseUnmodelled(['card', 'interac_present', 'link']);
  options?.done();
  group?.refuseUnmodelled(['routing', 'request_extended_authorization']);
  const captureMethod = group?.oneOf('capture_method', ['manual', 'manual_preferred']);
  const incremental = group?.boolean('request_incremental_authorization_support');
  group?.done();
  return {
    ...(captureMethod === undefined ? {} : { capture_method: captureMethod }),
    request_extended_authorization: false,
    request_incremental_authorization_support: incremental ?? false,
  };
}
