import type Stripe from 'stripe';

import type { Decline } from '../declines.ts';
import type { Ledger } from '../ledger.ts';
import {
  cardPresentDetails,
  interacPresentDetails,
  type PresentedDetailsSeed,
} from '../objects/card-present-details.ts';
import { newCharge } from '../objects/charge.ts';
import type { Verification } from '../test-cards.ts';
import { capturePlan, holdSec } from './capture-plan.ts';
import { isKeepable, keptRedisplay } from './generated-card.ts';
import { keepGenerated } from './keep-generated.ts';
import type { Presentation } from './presentation.ts';

/** Adds the charge of an approved card, and the reusable card it may leave behind. */
export function chargeApproved(
  ledger: Ledger,
  paymentIntent: Stripe.PaymentIntent,
  presentation: Presentation,
  verification: Verification,
): Stripe.Charge {
  const plan = capturePlan(paymentIntent, presentation.card);
  const id = ledger.ids.next('ch');
  const generated = leavesCard(ledger, paymentIntent, presentation) ? ledger.ids.next('pm') : null;
  const details = describe(ledger, paymentIntent, presentation, {
    verification,
    captureBeforeSec: plan === 'hold' ? ledger.nowSec() + holdSec(presentation.card) : null,
    generatedCard: generated,
  });
  if (generated !== null && details.card_present !== undefined) {
    keepGenerated(ledger, {
      id: generated,
      card: presentation.card,
      from: { charge: id, presented: details.card_present },
      customer: typeof paymentIntent.customer === 'string' ? paymentIntent.customer : null,
      allowRedisplay: keptRedisplay(presentation.card, presentation.allowRedisplay),
    });
  }
  return ledger.charges.add(
    newCharge({
      id,
      createdSec: ledger.nowSec(),
      paymentIntent,
      amount: paymentIntent.amount + (presentation.tipAmount ?? 0),
      paymentMethod: presentation.paymentMethod,
      details,
      captured: plan !== 'hold',
      decline: null,
      balanceTransaction: plan === 'at_once' ? ledger.ids.next('txn') : null,
    }),
  );
}

/** Adds the failed charge of a refused card. */
export function chargeDeclined(
  ledger: Ledger,
  paymentIntent: Stripe.PaymentIntent,
  presentation: Presentation,
  decline: Decline,
): Stripe.Charge {
  return ledger.charges.add(
    newCharge({
      id: ledger.ids.next('ch'),
      createdSec: ledger.nowSec(),
      paymentIntent,
      amount: paymentIntent.amount + (presentation.tipAmount ?? 0),
      paymentMethod: presentation.paymentMethod,
      details: describe(ledger, paymentIntent, presentation, {
        verification: null,
        captureBeforeSec: null,
        generatedCard: null,
      }),
      captured: false,
      decline,
      balanceTransaction: null,
    }),
  );
}

type Result = Pick<PresentedDetailsSeed, 'verification' | 'captureBeforeSec' | 'generatedCard'>;

function describe(
  ledger: Ledger,
  paymentIntent: Stripe.PaymentIntent,
  presentation: Presentation,
  result: Result,
): Stripe.Charge.PaymentMethodDetails {
  const options = paymentIntent.payment_method_options?.card_present;
  const seed: PresentedDetailsSeed = {
    ...result,
    card: presentation.card,
    amount: paymentIntent.amount + (presentation.tipAmount ?? 0),
    incrementalAuthorization:
      result.captureBeforeSec !== null &&
      options?.request_incremental_authorization_support === true,
    reader: presentation.reader,
    location: presentation.location,
    nextId: (prefix) => ledger.ids.next(prefix),
  };
  return presentation.card.type === 'card_present'
    ? { type: 'card_present', card_present: cardPresentDetails(seed) }
    : { type: 'interac_present', interac_present: interacPresentDetails(seed) };
}

/**
 * Whether an approved card leaves a reusable `card` PaymentMethod behind: only when the
 * PaymentIntent asked for it and the customer agreed at collection.
 * https://docs.stripe.com/terminal/features/saving-payment-details/save-after-payment
 */
function leavesCard(
  ledger: Ledger,
  paymentIntent: Stripe.PaymentIntent,
  { card, allowRedisplay }: Presentation,
): boolean {
  return (
    paymentIntent.setup_future_usage !== null &&
    (allowRedisplay === 'always' || allowRedisplay === 'limited') &&
    isKeepable(ledger, card)
  );
}
