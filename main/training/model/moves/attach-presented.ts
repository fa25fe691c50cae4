import type Stripe from 'stripe';

import type { Ledger } from '../ledger.ts';
import { presentedPaymentMethod } from '../objects/payment-method.ts';
import type { TestCard } from '../test-cards.ts';
import { findPaymentIntent } from './find.ts';
import { unexpectedState } from './unexpected-state.ts';

/** Statuses in which a card may be collected. */
export const collectable: readonly string[] = ['requires_payment_method', 'requires_confirmation'];

/** Makes the PaymentMethod of a card that was just shown to a reader. Returns its id. */
export function recordPresented(ledger: Ledger, card: TestCard): string {
  const id = ledger.ids.next('pm');
  return ledger.paymentMethods.add(presentedPaymentMethod(id, card, ledger.nowSec())).id;
}

/**
 * Ties a presented card to its PaymentIntent before anything is authorized, which moves it to
 * `requires_confirmation` at Stripe too. Only a collect that asks for it does this.
 */
export function attachPresented(
  ledger: Ledger,
  paymentIntentId: string,
  paymentMethod: string,
): Stripe.PaymentIntent {
  const open = findPaymentIntent(ledger, paymentIntentId);
  if (!collectable.includes(open.status)) {
    throw unexpectedState(open, 'updated', collectable);
  }
  return ledger.paymentIntents.replace({
    ...open,
    last_payment_error: null,
    payment_method: paymentMethod,
    status: 'requires_confirmation',
  });
}
