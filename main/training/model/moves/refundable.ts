import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';

/**
 * How much of a charge a refund of `amount` gives back; without an amount all that is left.
 * Refuses what was never taken, what is disputed, what is refunded already and what is too much.
 */
export function refundable(charge: Stripe.Charge, amount: number | undefined): number {
  if (charge.status !== 'succeeded' || !charge.captured) {
    throw invalidRequest(
      charge.status === 'succeeded'
        ? `Charge ${charge.id} has not been captured, so there is nothing to refund. Cancel its PaymentIntent instead.`
        : `Charge ${charge.id} was not successful and cannot be refunded.`,
      { code: 'charge_not_refundable', param: 'charge' },
    );
  }
  if (charge.disputed) {
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
      param: 'charge',
    });
  }
  const left = charge.amount - charge.amount_refunded;
  if (left === 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
      param: 'charge',
    });
  }
  if (amount !== undefined && amount > left) {
    throw invalidRequest(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left}).`,
      { code: 'amount_too_large', param: 'amount' },
    );
  }
  return amount ?? left;
}
