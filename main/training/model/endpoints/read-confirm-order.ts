import { invalidRequest } from '../api-error.ts';
import type { Params } from '../form/params.ts';
import type { ConfirmOrder } from '../moves/confirm-payment-intent.ts';
import { readRequestedTypes } from './read-requested-types.ts';

/** What Stripe takes at a confirm and the model does not. */
const unmodelled = [
  'allowed_payment_method_types',
  'amount_details',
  'amount_to_confirm',
  'capture_method',
  'confirmation_token',
  'error_on_requires_action',
  'excluded_payment_method_types',
  'hooks',
  'mandate',
  'mandate_data',
  'payment_details',
  'payment_method_data',
  'payment_method_options',
  'payment_method_types',
  'radar_options',
  'receipt_email',
  'setup_future_usage',
  'shipping',
  'use_stripe_sdk',
];

/** Reads the parameters of `POST /v1/payment_intents/:id/confirm`. */
export function readConfirmOrder(params: Params, version: string): ConfirmOrder {
  readRequestedTypes(params, version);
  params.refuseUnmodelled(unmodelled);
  // Where a browser would be sent; no card of the model sends it anywhere.
  params.text('return_url');
  return {
    paymentMethod: params.text('payment_method'),
    offSession: readOffSession(params) ?? false,
  };
}

/** Reads `off_session`: true or false, or why a payment is made without its holder. */
export function readOffSession(params: Params): boolean | undefined {
  const value = params.oneOf('off_session', ['true', 'false', 'one_off', 'recurring']);
  return value === undefined ? undefined : value !== 'false';
}

/** Reads how a new PaymentIntent is to be confirmed at once; undefined when it is not. */
export function readConfirmAtOnce(params: Params): { readonly offSession: boolean } | undefined {
  const confirm = params.boolean('confirm') ?? false;
  const offSession = readOffSession(params);
  const returnUrl = params.text('return_url');
  if (!confirm && (offSession !== undefined || returnUrl !== undefined)) {
    const param = offSession === undefined ? 'return_url' : 'off_session';
    throw invalidRequest(`You can only pass ${param} when confirm is true.`, { param });
  }
  return confirm ? { offSession: offSession ?? false } : undefined;
}
