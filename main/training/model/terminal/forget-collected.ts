import type { Ledger } from '../ledger.ts';
import { readerState } from './reader-phases.ts';

/**
 * Lets go of a card that was collected and not confirmed. Its PaymentIntent waits for a card again:
 * Stripe does not say so, but a PaymentIntent left at `requires_confirmation` could never be
 * processed by a reader again.
 */
export function forgetCollected(ledger: Ledger, readerId: string): void {
  const { phase } = readerState(ledger, readerId);
  if (phase.kind !== 'collected') {
    return;
  }
  const paymentIntent = ledger.paymentIntents.get(phase.order.purpose.paymentIntent);
  if (
    paymentIntent?.status === 'requires_confirmation' &&
    paymentIntent.payment_method === phase.presentation.paymentMethod
  ) {
    ledger.paymentIntents.replace({
      ...paymentIntent,
      payment_method: null,
      status: 'requires_payment_method',
    });
  }
}
