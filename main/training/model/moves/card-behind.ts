import type Stripe from 'stripe';

import { findTestCardByFingerprint, type TestCard } from '../test-cards.ts';

/** The test card a charge was made with. Throws when a bug has made one with none. */
export function cardBehindCharge({ id, payment_method_details: details }: Stripe.Charge): TestCard {
  const shown = details?.card ?? details?.card_present ?? details?.interac_present;
  return known(id, shown?.fingerprint);
}

/** The test card behind a reusable card. Throws when a bug has made one with none. */
export function cardBehindPaymentMethod({ id, card }: Stripe.PaymentMethod): TestCard {
  return known(id, card?.fingerprint);
}

function known(id: string, fingerprint: string | null | undefined): TestCard {
  const card = findTestCardByFingerprint(fingerprint ?? '');
  if (card === undefined) {
    throw new Error(`${id} shows no fingerprint of a test card.`);
  }
  return card;
}
