import type Stripe from 'stripe';

import { ApiError } from '../api-error.ts';
import { type Decline, declines } from '../declines.ts';
import type { Ledger } from '../ledger.ts';
import { outcomeOf } from '../test-cards.ts';
import { cardBehindPaymentMethod } from './card-behind.ts';
import { chargeableCard, refuseWalletOnSession } from './chargeable-card.ts';
import { onlineCapturePlan, onlineHoldSec } from './capture-plan.ts';
import { storedCardApproved, storedCardDeclined } from './charge-stored-card.ts';
import { findPaymentIntent } from './find.ts';
import { recordApproval, recordDecline } from './record-outcome.ts';
import { spendPaymentMethod } from './spent-payment-method.ts';
import { unexpectedState } from './unexpected-state.ts';

/** A confirm as a client asked for it. */
export interface ConfirmOrder {
  /** The kept card; undefined for the one the PaymentIntent has. */
  readonly paymentMethod: string | undefined;
  /** Whether its holder takes no part. */
  readonly offSession: boolean;
}

const confirmable: readonly string[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];

/**
 * Charges a kept card. A refusal of its bank is thrown as Stripe answers it, 402 with the
 * PaymentIntent inside, after the PaymentIntent was sent back to where it takes another card.
 * https://docs.stripe.com/payments/save-and-reuse#charge-saved-payment-method
 */
export function confirmPaymentIntent(
  ledger: Ledger,
  id: string,
  order: ConfirmOrder,
): Stripe.PaymentIntent {
  const open = findPaymentIntent(ledger, id);
  const named = order.paymentMethod ?? open.payment_method;
  if (!confirmable.includes(open.status) || typeof named !== 'string') {
    throw unexpectedState(open, 'confirmed', confirmable);
  }
  const card = chargeableCard(ledger, named, {
    customer: typeof open.customer === 'string' ? open.customer : null,
    types: open.payment_method_types,
  });
  refuseWalletOnSession(card, order.offSession);
  const reason = ledger.declines.take(card.id) ?? declineOf(card);
  if (reason === declines.authenticationRequired && !order.offSession) {
    return askHolder(ledger, open, card.id);
  }
  if (reason !== null) {
    const charge = storedCardDeclined(ledger, open, card, reason);
    throw new ApiError(402, recordDecline(ledger, open, charge, reason).refusal);
  }
  return approve(ledger, open, card);
}

/** What the bank behind a kept card says to every charge without it; null when it approves. */
function declineOf(paymentMethod: Stripe.PaymentMethod): Decline | null {
  const card = cardBehindPaymentMethod(paymentMethod);
  const outcome = outcomeOf(card, 0);
  return outcome.kind === 'declined' ? outcome.decline : card.keptDecline;
}

/** The bank wants to see the holder, who is there: Stripe waits for what a browser would show. */
function askHolder(
  ledger: Ledger,
  open: Stripe.PaymentIntent,
  paymentMethod: string,
): Stripe.PaymentIntent {
  const waiting = ledger.paymentIntents.replace({
    ...open,
    last_payment_error: null,
    next_action: { type: 'use_stripe_sdk', use_stripe_sdk: {} },
    payment_method: paymentMethod,
    status: 'requires_action',
  });
  ledger.emit('payment_intent.requires_action', waiting);
  return waiting;
}

function approve(
  ledger: Ledger,
  open: Stripe.PaymentIntent,
  card: Stripe.PaymentMethod,
): Stripe.PaymentIntent {
  const { paymentIntent } = recordApproval(ledger, open, {
    charge: storedCardApproved(ledger, open, card),
    paymentMethod: card.id,
    plan: onlineCapturePlan(open),
    holdSec: onlineHoldSec,
    tipAmount: null,
  });
  if (card.customer === null) {
    spendPaymentMethod(ledger, card.id);
  }
  return paymentIntent;
}
