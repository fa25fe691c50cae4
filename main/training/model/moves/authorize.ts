import type Stripe from 'stripe';

import { type ApiErrorBody, invalidRequest } from '../api-error.ts';
import type { Decline } from '../declines.ts';
import type { Ledger } from '../ledger.ts';
import { lastPaymentError } from '../objects/last-payment-error.ts';
import { outcomeOf, type Verification } from '../test-cards.ts';
import { capturePlan, holdSec } from './capture-plan.ts';
import { chargeApproved, chargeDeclined } from './charge-card.ts';
import { find, findPaymentIntent } from './find.ts';
import type { Presentation } from './presentation.ts';
import { unexpectedState } from './unexpected-state.ts';

/** What the issuer said, and the PaymentIntent after it. */
export type Authorization =
  | { readonly kind: 'approved'; readonly paymentIntent: Stripe.PaymentIntent }
  | {
      readonly kind: 'declined';
      readonly paymentIntent: Stripe.PaymentIntent;
      readonly refusal: ApiErrorBody;
    };

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
    case 'declined':
      return decline(ledger, paymentIntent, presentation, outcome.decline);
    case 'approved_on_second_try': {
      const { paymentIntent: refused } = decline(
        ledger,
        paymentIntent,
        presentation,
        outcome.firstTry,
      );
      return approve(ledger, refused, presentation, outcome.verification);
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
  const plan = capturePlan(open, presentation.card);
  const charge = chargeApproved(ledger, open, presentation, verification);
  const held = plan === 'hold';
  const paymentIntent = ledger.paymentIntents.replace({
    ...open,
    amount: charge.amount,
    amount_capturable: held ? charge.amount : 0,
    amount_details:
      presentation.tipAmount === null ? {} : { tip: { amount: presentation.tipAmount } },
    amount_received: held ? 0 : charge.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    payment_method: presentation.paymentMethod,
    status: held ? 'requires_capture' : 'succeeded',
  });
  if (held) {
    const atMs = (charge.created + holdSec(presentation.card)) * 1000;
    ledger.agenda.add({ atMs, what: 'hold_expires', id: open.id });
  }
  ledger.emit('charge.succeeded', charge);
  ledger.emit(
    held ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded',
    paymentIntent,
  );
  if (plan === 'at_once_settled_later') {
    const atMs = (charge.created + 1) * 1000;
    ledger.agenda.add({ atMs, what: 'charge_settles', id: charge.id });
  }
  return { kind: 'approved', paymentIntent };
}

function decline(
  ledger: Ledger,
  open: Stripe.PaymentIntent,
  presentation: Presentation,
  reason: Decline,
): Authorization {
  const charge = chargeDeclined(ledger, open, presentation, reason);
  const presented = find(ledger.paymentMethods, 'PaymentMethod', presentation.paymentMethod);
  const paymentIntent = ledger.paymentIntents.replace({
    ...open,
    last_payment_error: lastPaymentError(reason, charge.id, presented),
    latest_charge: charge.id,
    payment_method: null,
    status: 'requires_payment_method',
  });
  ledger.emit('charge.failed', charge);
  ledger.emit('payment_intent.payment_failed', paymentIntent);
  const refusal: ApiErrorBody = {
    type: 'card_error',
    code: reason.code,
    decline_code: reason.declineCode,
    message: reason.message,
    charge: charge.id,
    payment_intent: paymentIntent,
  };
  return { kind: 'declined', paymentIntent, refusal };
}
