import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';
import { attachedTo } from './attached-payment-method.ts';
import { findReferenced } from './find.ts';
import { onlineCard } from './online-card.ts';
import { isSpent } from './spent-payment-method.ts';

/** What a kept card is to be used for. */
export interface CardUse {
  readonly customer: string | null;
  readonly types: readonly string[];
}

/**
 * Returns the card that `id` names, or makes the one that one of Stripe's `pm_card_…` names stands
 * for. Refuses what is no card, what is spent, and a card of another customer or of one the
 * payment does not name.
 */
export function chargeableCard(ledger: Ledger, id: string, use: CardUse): Stripe.PaymentMethod {
  const named =
    onlineCard(ledger, id) ??
    findReferenced(ledger.paymentMethods, 'PaymentMethod', id, 'payment_method');
  if (named.type !== 'card' || !use.types.includes('card')) {
    throw invalidRequest(
      `The PaymentMethod provided (${named.type}) is not allowed for this PaymentIntent. Please attach a PaymentMethod of one of the following types: ${use.types.join(', ')}. A card that was presented in person is charged by its generated card.`,
      { code: 'payment_intent_incompatible_payment_method', param: 'payment_method' },
    );
  }
  if (isSpent(ledger, named.id)) {
    throw invalidRequest(
      'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.',
      { param: 'payment_method' },
    );
  }
  if (typeof named.customer === 'string') {
    requireItsCustomer(ledger, named.id, named.customer, use.customer);
  }
  return named;
}

function requireItsCustomer(
  ledger: Ledger,
  id: string,
  owner: string,
  paying: string | null,
): void {
  if (paying === null) {
    throw invalidRequest(
      `The PaymentMethod ${id} belongs to the Customer ${owner}. Please include the Customer in the \`customer\` parameter on the PaymentIntent.`,
      { param: 'payment_method' },
    );
  }
  attachedTo(ledger, paying, id, 'payment_method');
}

/** Refuses a phone's card in a payment its holder takes part in: it may be charged off session only. */
export function refuseWalletOnSession(card: Stripe.PaymentMethod, offSession: boolean): void {
  const wallet = card.card?.wallet ?? null;
  if (wallet !== null && !offSession) {
    throw invalidRequest(
      'A PaymentMethod that was saved from a mobile wallet can only be used with off_session=true.',
      { param: 'off_session' },
    );
  }
}
