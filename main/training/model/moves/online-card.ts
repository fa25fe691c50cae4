import type Stripe from 'stripe';

import { ApiError } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';
import { generatedPaymentMethod } from '../objects/payment-method.ts';
import { findOnlineTestCard, outcomeOf } from '../test-cards.ts';

/**
 * Makes the card that one of Stripe's names such as `pm_card_visa` stands for. Undefined when the
 * name is none. Refuses a card whose bank declines it, as Stripe does before it keeps one.
 * https://docs.stripe.com/testing#cards
 */
export function onlineCard(ledger: Ledger, name: string): Stripe.PaymentMethod | undefined {
  const card = findOnlineTestCard(name);
  if (card === undefined) {
    return undefined;
  }
  const outcome = outcomeOf(card, 0);
  if (outcome.kind === 'declined') {
    const { code, declineCode, message } = outcome.decline;
    throw new ApiError(402, { type: 'card_error', code, decline_code: declineCode, message });
  }
  return ledger.paymentMethods.add(
    generatedPaymentMethod({
      id: ledger.ids.next('pm'),
      createdSec: ledger.nowSec(),
      card,
      from: null,
      customer: null,
      allowRedisplay: 'unspecified',
    }),
  );
}
