import type Stripe from 'stripe';

import type { Presentation } from './presentation.ts';

/** Networks whose cards cannot be charged online, so nothing reusable comes of them. */
const inPersonOnly: ReadonlySet<string> = new Set(['interac', 'eftpos_au', 'girocard']);

/**
 * Whether an approved card leaves a reusable `card` PaymentMethod behind: only when the
 * PaymentIntent asked for it and the customer agreed at collection.
 * https://docs.stripe.com/terminal/features/saving-payment-details/save-after-payment
 */
export function generatesCard(
  paymentIntent: Stripe.PaymentIntent,
  presentation: Presentation,
): boolean {
  return (
    paymentIntent.setup_future_usage !== null &&
    (presentation.allowRedisplay === 'always' || presentation.allowRedisplay === 'limited') &&
    !inPersonOnly.has(presentation.card.network)
  );
}
