import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';
import { find, findReferenced } from '../moves/find.ts';
import { beginAuthorizing } from './authorize-card.ts';
import { commandReader } from './command-reader.ts';
import { readerState, showAction } from './reader-phases.ts';
import { intentInvalidState } from './reader-refusals.ts';

/** A confirm as a client ordered it. */
export interface ConfirmOrder {
  readonly paymentIntent: string;
  readonly shown: Stripe.Terminal.Reader.Action.ConfirmPaymentIntent;
}

/**
 * Sends a collected card to its bank. Refuses a PaymentIntent that is not `requires_confirmation`,
 * and one whose card another reader has.
 */
export function confirmCollected(
  ledger: Ledger,
  id: string,
  { paymentIntent, shown }: ConfirmOrder,
): Stripe.Terminal.Reader {
  find(ledger.readers, 'reader', id);
  const named = findReferenced(ledger.paymentIntents, 'payment_intent', paymentIntent);
  if (named.status !== 'requires_confirmation') {
    throw intentInvalidState('Payment', 'requires_confirmation', 'confirmed');
  }
  return commandReader(ledger, id, () => {
    const { phase } = readerState(ledger, id);
    if (phase.kind !== 'collected' || phase.order.purpose.paymentIntent !== paymentIntent) {
      throw invalidRequest(
        'This reader has no collected payment method for the PaymentIntent. Collect one first.',
        { param: 'payment_intent' },
      );
    }
    beginAuthorizing(ledger, id, {
      order: { ...phase.order, type: 'confirm_payment_intent' },
      presentation: phase.presentation,
      fromMs: ledger.clock.nowMs(),
      collected: phase,
    });
    return showAction(ledger, id, {
      type: 'confirm_payment_intent',
      status: 'in_progress',
      failure_code: null,
      failure_message: null,
      api_error: null,
      confirm_payment_intent: shown,
    });
  });
}
