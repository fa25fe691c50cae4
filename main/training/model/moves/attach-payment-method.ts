import type Stripe from 'stripe';

import { ApiError, invalidRequest } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';
import { outcomeOf } from '../test-cards.ts';
import { cardBehindPaymentMethod } from './card-behind.ts';
import { find, findReferenced } from './find.ts';
import { isSpent, spentRefusal } from './spent-payment-method.ts';
import { onlineCard } from './online-card.ts';

/**
 * Gives a reusable card to a customer. Refuses what was presented in person, what is spent,
 * what another customer has and what its bank declines; the customer that has it already is answered with it as it is.
 * https://docs.stripe.com/api/payment_methods/attach
 */
export function attachPaymentMethod(
  ledger: Ledger,
  id: string,
  customer: string,
): Stripe.PaymentMethod {
  const named = onlineCard(ledger, id) ?? find(ledger.paymentMethods, 'PaymentMethod', id);
  findReferenced(ledger.customers, 'customer', customer);
  if (named.type !== 'card') {
    throw invalidRequest(
      `A PaymentMethod of type ${named.type} cannot be attached to a customer. Attach the card it generated.`,
      { param: 'payment_method' },
    );
  }
  if (isSpent(ledger, named.id)) {
    throw spentRefusal();
  }
  if (named.customer === customer) {
    return named;
  }
  if (named.customer !== null) {
    throw invalidRequest(
      'The payment method you provided has already been attached to a customer.',
      { code: 'payment_method_unexpected_state', param: 'payment_method' },
    );
  }
  const outcome = outcomeOf(cardBehindPaymentMethod(named), 0);
  if (outcome.kind === 'declined') {
    const { code, declineCode, message } = outcome.decline;
    throw new ApiError(402, { type: 'card_error', code, decline_code: declineCode, message });
  }
  const attached = ledger.paymentMethods.replace({ ...named, customer });
  ledger.emit('payment_method.attached', attached);
  return attached;
}
