import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';
import { findReferenced } from '../moves/find.ts';
import type { SetupPurpose } from './purpose.ts';
import { intentInvalidState } from './reader-refusals.ts';
import type { CardOrder, PaymentOrder } from './reader-state.ts';

/** Refuses a prompt for an intent that is missing, has moved on, or takes no card in person. */
export function checkPurpose(ledger: Ledger, order: CardOrder): void {
  switch (order.type) {
    case 'process_payment_intent':
    case 'collect_payment_method':
    case 'confirm_payment_intent':
      checkPayment(ledger, order);
      break;
    case 'process_setup_intent':
      checkSetup(ledger, order.purpose);
      break;
    case 'refund_payment':
      // Its charge was checked when its amount was settled.
      break;
  }
}

function checkPayment(ledger: Ledger, { type, purpose }: PaymentOrder): void {
  const { paymentIntent: id, allowRedisplay } = purpose;
  const paymentIntent = findReferenced(ledger.paymentIntents, 'payment_intent', id);
  if (paymentIntent.status !== 'requires_payment_method') {
    throw intentInvalidState('Payment', 'requires_payment_method', 'processed');
  }
  requireInPerson('PaymentIntent', 'payment_intent', paymentIntent);
  if (paymentIntent.setup_future_usage !== null && allowRedisplay === null) {
    const group = type === 'collect_payment_method' ? 'collect_config' : 'process_config';
    throw invalidRequest('allow_redisplay is required when setup_future_usage is set.', {
      code: 'parameter_missing',
      param: `${group}[allow_redisplay]`,
    });
  }
}

function checkSetup(ledger: Ledger, { setupIntent: id }: SetupPurpose): void {
  const setupIntent = findReferenced(ledger.setupIntents, 'setupintent', id, 'setup_intent');
  if (setupIntent.status !== 'requires_payment_method') {
    throw intentInvalidState('Setup', 'requires_payment_method', 'processed');
  }
  requireInPerson('SetupIntent', 'setup_intent', setupIntent);
}

function requireInPerson(
  noun: string,
  param: string,
  { payment_method_types: types }: Pick<Stripe.PaymentIntent, 'payment_method_types'>,
): void {
  if (!types.some((type) => type.endsWith('_present'))) {
    throw invalidRequest(
      `The ${noun} cannot be processed in person: its payment_method_types have neither card_present nor interac_present.`,
      { param },
    );
  }
}
