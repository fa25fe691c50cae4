import type Stripe from 'stripe';

import type { Decline } from '../declines.ts';
import type { Ledger } from '../ledger.ts';
import { newCharge } from '../objects/charge.ts';
import { storedCardDetails } from '../objects/stored-card-details.ts';
import { onlineCapturePlan, onlineHoldSec } from './capture-plan.ts';

/** Adds the charge of a kept card that its bank approved. */
export function storedCardApproved(
  ledger: Ledger,
  paymentIntent: Stripe.PaymentIntent,
  card: Stripe.PaymentMethod,
): Stripe.Charge {
  const plan = onlineCapturePlan(paymentIntent);
  return addCharge(ledger, paymentIntent, card, {
    captureBeforeSec: plan === 'hold' ? ledger.nowSec() + onlineHoldSec : null,
    captured: plan !== 'hold',
    decline: null,
    balanceTransaction: plan === 'at_once' ? ledger.ids.next('txn') : null,
  });
}

/** Adds the failed charge of a kept card that its bank refused. */
export function storedCardDeclined(
  ledger: Ledger,
  paymentIntent: Stripe.PaymentIntent,
  card: Stripe.PaymentMethod,
  decline: Decline,
): Stripe.Charge {
  return addCharge(ledger, paymentIntent, card, {
    captureBeforeSec: null,
    captured: false,
    decline,
    balanceTransaction: null,
  });
}

function addCharge(
  ledger: Ledger,
  paymentIntent: Stripe.PaymentIntent,
  card: Stripe.PaymentMethod,
  result: {
    readonly captureBeforeSec: number | null;
    readonly captured: boolean;
    readonly decline: Decline | null;
    readonly balanceTransaction: string | null;
  },
): Stripe.Charge {
  const { captureBeforeSec, ...rest } = result;
  return ledger.charges.add(
    newCharge({
      ...rest,
      id: ledger.ids.next('ch'),
      createdSec: ledger.nowSec(),
      paymentIntent,
      amount: paymentIntent.amount,
      paymentMethod: card.id,
      details: storedCardDetails({
        paymentMethod: card,
        approved: rest.decline === null,
        amount: paymentIntent.amount,
        captureBeforeSec,
        nextId: (prefix) => ledger.ids.next(prefix),
      }),
    }),
  );
}
