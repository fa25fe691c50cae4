import type Stripe from 'stripe';

import { type ApiError, invalidRequest } from '../api-error.ts';

/** Stripe's sentences about readers end with where to read on. */
const guide =
  'Please reference the integration guide at https://stripe.com/docs/terminal/payments/collect-card-payment?terminal-sdk-platform=server-driven#handle-errors for details on how to handle this error.';

/** A card is at work, or the reader installs something. */
export function readerBusy(): ApiError {
  return invalidRequest(`Reader is currently busy processing another request. ${guide}`, {
    code: 'terminal_reader_busy',
  });
}

/** The reader did not acknowledge the command; it may have heard it even so. */
export function readerTimedOut(): ApiError {
  return invalidRequest(`There was a timeout when sending this command to the reader. ${guide}`, {
    code: 'terminal_reader_timeout',
  });
}

/** Stripe has not heard from the reader for two minutes. */
export function readerOffline(): ApiError {
  return invalidRequest(
    `Reader is currently offline, please ensure the reader is powered on and connected to the internet before retrying your request. ${guide}`,
    { code: 'terminal_reader_offline' },
  );
}

/** The reader is broken. Stripe publishes no example; the code is in its list of error codes. */
export function readerBroken(): ApiError {
  return invalidRequest(`Reader is experiencing a hardware fault. ${guide}`, {
    code: 'terminal_reader_hardware_fault',
  });
}

/**
 * A page holds the reader through the SDK. Stripe sends no code with it.
 * https://github.com/stripe/stripe-js/issues/708
 */
export function otherIntegrationMode(): ApiError {
  return invalidRequest(
    'Reader is currently processing a transaction from a different integration mode.',
  );
}

/** The intent is not where the command needs it. */
export function intentInvalidState(
  noun: 'Payment' | 'Setup',
  needed: Stripe.PaymentIntent['status'] & Stripe.SetupIntent['status'],
  done: 'processed' | 'confirmed',
): ApiError {
  return invalidRequest(
    `${noun} intent must be in the ${needed} state to be ${done} by a reader.`,
    { code: 'intent_invalid_state' },
  );
}
