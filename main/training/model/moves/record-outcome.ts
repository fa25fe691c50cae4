import type Stripe from 'stripe';

import type { ApiErrorBody } from '../api-error.ts';
import type { Decline } from '../declines.ts';
import type { Ledger } from '../ledger.ts';
import { lastPaymentError } from '../objects/last-payment-error.ts';
import type { CapturePlan } from './capture-plan.ts';
import { scheduleDispute } from './dispute-charge.ts';
import { find } from './find.ts';

/** What the issuer said, and the PaymentIntent after it. */
export type Authorization = Approval | Refusal;

/** The money is held, or taken. */
export interface Approval {
  readonly kind: 'approved';
  readonly paymentIntent: Stripe.PaymentIntent;
}

/** The issuer said no; `refusal` is what Stripe would answer. */
export interface Refusal {
  readonly kind: 'declined';
  readonly paymentIntent: Stripe.PaymentIntent;
  readonly refusal: ApiErrorBody;
}

/** An approved charge that its PaymentIntent does not show yet. */
export interface ApprovedCharge {
  readonly charge: Stripe.Charge;
  readonly paymentMethod: string;
  readonly plan: CapturePlan;
  /** How long a hold lasts, in seconds. */
  readonly holdSec: number;
  /** Smallest unit; null when no tip was asked for. */
  readonly tipAmount: number | null;
}

/** Shows an approved charge on its PaymentIntent, and puts on the agenda what follows from it. */
export function recordApproval(
  ledger: Ledger,
  open: Stripe.PaymentIntent,
  { charge, paymentMethod, plan, holdSec, tipAmount }: ApprovedCharge,
): Approval {
  const held = plan === 'hold';
  const paymentIntent = ledger.paymentIntents.replace({
    ...open,
    amount: charge.amount,
    amount_capturable: held ? charge.amount : 0,
    amount_details: tipAmount === null ? {} : { tip: { amount: tipAmount } },
    amount_received: held ? 0 : charge.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: paymentMethod,
    status: held ? 'requires_capture' : 'succeeded',
  });
  if (held) {
    const atMs = (charge.created + holdSec) * 1000;
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
  scheduleDispute(ledger, charge);
  return { kind: 'approved', paymentIntent };
}

/** Sends the PaymentIntent back to where it takes another card, and says why. */
export function recordDecline(
  ledger: Ledger,
  open: Stripe.PaymentIntent,
  charge: Stripe.Charge,
  reason: Decline,
): Refusal {
  const refused = find(ledger.paymentMethods, 'PaymentMethod', charge.payment_method ?? '');
  const paymentIntent = ledger.paymentIntents.replace({
    ...open,
    last_payment_error: lastPaymentError(reason, charge.id, refused),
    latest_charge: charge.id,
    next_action: null,
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
