import type { SaleEvent } from './sale-event.ts';
import { ignore, move, type Transition } from './sale-moves.ts';
import type { Sale } from './sale.ts';

/** What may still be given back of this sale, minor units; zero when nothing was taken. */
export function refundable(sale: Sale): number {
  const read = sale.paymentIntent;
  if (read?.status !== 'succeeded') return 0;
  // Whoever refunded it: Stripe's own count, and what this kiosk has asked for and Stripe does not show yet.
  return Math.max(0, read.amountReceived - Math.max(read.amountRefunded, sale.givenBack ?? 0));
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
