import type Stripe from 'stripe';

import { type ApiErrorBody, invalidRequest } from '../api-error.ts';
import type { MetadataChange } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { refundOutcomeOf, type TestCard } from '../test-cards.ts';
import { addRefund } from './add-refund.ts';
import { cardBehindCharge } from './card-behind.ts';
import { find } from './find.ts';
import { refundable } from './refundable.ts';

/** What became of a card that was presented to be given money back. */
export type InPersonRefund =
  | { readonly kind: 'refunded'; readonly refund: Stripe.Refund }
  | { readonly kind: 'declined'; readonly refusal: ApiErrorBody };

/**
 * Refunds an Interac charge to the card it was made with. Throws what `checkRefundInPerson`
 * refuses, and `incorrect_card` when another card was presented: Stripe's documents name no code
 * for that, so a client must treat one it does not know alike.
 * https://docs.stripe.com/terminal/features/refunds
 */
export function refundInPerson(
  ledger: Ledger,
  chargeId: string,
  amount: number | undefined,
  card: TestCard,
  metadata: MetadataChange | undefined,
): InPersonRefund {
  const charge = find(ledger.charges, 'charge', chargeId);
  const given = checkRefundInPerson(charge, amount);
  if (cardBehindCharge(charge).number !== card.number) {
    throw invalidRequest('The presented card is not the one that was used for the payment.', {
      code: 'incorrect_card',
    });
  }
  const outcome = refundOutcomeOf(charge.amount, given);
  if (outcome.kind === 'declined') {
    const { code, declineCode, message } = outcome.decline;
    const refusal = { type: 'card_error', code, decline_code: declineCode, message } as const;
    return { kind: 'declined', refusal: { ...refusal, charge: charge.id } };
  }
  return {
    kind: 'refunded',
    refund: addRefund(ledger, { charge, amount: given, reason: null, metadata }),
  };
}

/** How much an in-person refund gives back. Refuses charges that are refunded through the API. */
export function checkRefundInPerson(charge: Stripe.Charge, amount: number | undefined): number {
  if (charge.payment_method_details?.type !== 'interac_present') {
    throw invalidRequest(
      'Only Interac charges are refunded in person. Refund this charge through the Refunds API.',
      { code: 'charge_not_refundable', param: 'charge' },
    );
  }
  return refundable(charge, amount);
}
