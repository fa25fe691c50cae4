import type { SaleEvent } from './sale-event.ts';
import { ignore, move, type Transition } from './sale-moves.ts';
import type { Sale } from './sale.ts';
import type { SeenMoney } from './seen-money.ts';

/**
 * What was given back of the money that was taken, minor units. Stripe shows the part of a hold that was never taken
 * as refunded, too: that is not counted. https://docs.stripe.com/payments/place-a-hold-on-a-payment-method
 */
export function refundedOf(seen: SeenMoney): number {
  if (seen.status !== 'succeeded') return seen.amountRefunded;
  return Math.max(0, seen.amountRefunded - Math.max(0, seen.amount - seen.amountReceived));
}

/** The same money, with only what was given back of it shown as refunded. */
export function withoutReleased<Seen extends SeenMoney>(seen: Seen): Seen {
  return { ...seen, amountRefunded: refundedOf(seen) };
}

/** What was given back of this sale or is on its way, whoever asked for it, minor units. */
export function givenBackOf(sale: Sale): number {
  const read = sale.paymentIntent;
  // Stripe's own count, and what this kiosk has asked for and Stripe does not show yet.
  const shown = read?.status === 'succeeded' ? refundedOf(read) : 0;
  return Math.max(shown, sale.givenBack ?? 0);
}

/** What may still be given back of this sale, minor units; zero when nothing was taken. */
export function refundable(sale: Sale): number {
  const read = sale.paymentIntent;
  return read?.status === 'succeeded' ? Math.max(0, read.amountReceived - givenBackOf(sale)) : 0;
}

/** True when Stripe shows no refund of this sale that this kiosk has not asked for. */
export function isRefundedOnlyByUs(sale: Sale): boolean {
  const read = sale.paymentIntent;
  return read?.status === 'succeeded' && refundedOf(read) <= (sale.givenBack ?? 0);
}

/** The sale's own count of what this kiosk has asked to be given back of it. */
export function givenBackEvent(
  sale: Sale,
  event: Extract<SaleEvent, { kind: 'giving_back' | 'not_given_back' }>,
): Transition {
  const given = sale.givenBack ?? 0;
  if (event.kind === 'giving_back') {
    const isPossible = event.amount > 0 && event.amount <= refundable(sale);
    return isPossible
      ? move(sale, { givenBack: given + event.amount })
      : ignore('there is not as much left to give back');
  }
  return event.amount <= given
    ? move(sale, { givenBack: given - event.amount })
    : ignore('no such refund was asked for');
}
