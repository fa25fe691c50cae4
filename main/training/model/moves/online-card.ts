import type Stripe from 'stripe';

import type { Ledger } from '../ledger.ts';
import { generatedPaymentMethod } from '../objects/payment-method.ts';
import { findOnlineTestCard } from '../test-cards.ts';

/**
 * Makes the card that one of Stripe's names such as `pm_card_visa` stands for. Undefined when the
 * name is none.
 * https://docs.stripe.com/testing#cards
 */
export function onlineCard(ledger: Ledger, name: string): Stripe.PaymentMethod | undefined {
  const card = findOnlineTestCard(name);
  if (card === undefined) {
    return undefined;
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
