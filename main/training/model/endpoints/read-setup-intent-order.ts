import { readMetadata } from '../form/metadata.ts';
import type { Params } from '../form/params.ts';
import type { SetupIntentOrder } from '../moves/create-setup-intent.ts';
import { readRequestedTypes } from './read-requested-types.ts';

/** What Stripe takes at creation and the model does not: a kiosk confirms on a reader alone. */
const unmodelled = [
  'attach_to_self',
  'automatic_payment_methods',
  'confirm',
  'confirmation_token',
  'customer_account',
  'excluded_payment_method_types',
  'flow_directions',
  'mandate_data',
  'on_behalf_of',
  'payment_method',
  'payment_method_configuration',
  'payment_method_data',
  'payment_method_options',
  'return_url',
  'single_use',
  'use_stripe_sdk',
];

/** Reads the parameters of `POST /v1/setup_intents`. */
export function readSetupIntentOrder(params: Params, version: string): SetupIntentOrder {
  params.refuseUnmodelled(unmodelled);
  return {
    types: readRequestedTypes(params, version),
    customer: params.text('customer'),
    description: params.text('description', 1000),
    metadata: readMetadata(params),
    usage: params.oneOf('usage', ['off_session', 'on_session']) ?? 'off_session',
  };
}
