import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';
import { outcomeOf, type Verification } from '../test-cards.ts';
import { capturePlan, holdSec } from './capture-plan.ts';
import { chargeApproved, chargeDeclined } from './charge-card.ts';
import { findPaymentIntent } from './find.ts';
import type { Presentation } from './presentation.ts';
import { type Authorization, recordApproval, recordDecline } from './record-outcome.ts';
import { unexpectedState } from './unexpected-state.ts';

const authorizable: readonly string[] = ['requires_payment_method', 'requires_confirmation'];

/**
 * Asks the issuer for the amount plus tip. Approval holds or takes the money; a decline sends the
 * PaymentIntent back with `last_payment_error`. Throws `payment_intent_unexpected_state` when the
 * PaymentIntent is already authorized, paid or canceled.
 */
export function authorize(
  ledger: Ledger,
  paymentIntentId: string,
  presentation: Presentation,
): Authorization {
  const paymentIntent = findPaymentIntent(ledger, paymentIntentId);
  if (!authorizable.includes(paymentIntent.status)) {
    throw unexpectedState(paymentIntent, 'confirmed', authorizable);
  }
  if (!paymentIntent.payment_method_types.includes(presentation.card.type)) {
    throw invalidRequest(
      `The PaymentMethod type ${presentation.card.type} is not in this PaymentIntent's payment_method_types.`,
      { payment_intent: paymentIntent },
    );
  }
  const amount = paymentIntent.amount + (presentation.tipAmount ?? 0);
  const outcome = outcomeOf(presentation.card, amount);
  switch (outcome.kind) {
    case 'declined': {
      const charge = chargeDeclined(ledger, paymentIntent, presentation, outcome.decline);
      return recordDecline(ledger, paymentIntent, charge, outcome.decline);
    }
    case 'approved_on_second_try': {
      const charge = chargeDeclined(ledger, paymentIntent, presentation, outcome.firstTry);
      const refused = recordDecline(ledger, paymentIntent, charge, outcome.firstTry);
      return approve(ledger, refused.paymentIntent, presentation, outcome.verification);
    }
    case 'approved':
      return approve(ledger, paymentIntent, presentation, outcome.verification);
  }
}

function approve(
  ledger: Ledger,
  open: Stripe.PaymentIntent,
  presentation: Presentation,
  verification: Verification,
): Authorization {
  return recordApproval(ledger, open, {
    charge: chargeApproved(ledger, open, presentation, verification),
    paymentMethod: presentation.paymentMethod,
    plan: capturePlan(open, presentation.card),
    holdSec: holdSec(presentation.card),
    tipAmount: presentation.tipAmount,
  });
}
