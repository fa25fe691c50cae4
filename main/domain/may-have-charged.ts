import type { PaymentIntentFacts } from './payment-intent.ts';
import type { Sale } from './sale.ts';

/** True while a card may have been charged, or be on its way to it: then nothing may be called ended. */
export function mayHaveCharged({ attempt, paymentIntent }: Sale): boolean {
  if (paymentIntent !== null && isCharged(paymentIntent)) return true;
  if (attempt === null || attempt.processCount === 0) return false;
  return attempt.hint !== 'refused' && attempt.hint !== 'canceled';
}

/** The card said yes, or its bank has not answered yet. */
export function isCharged({ status }: Pick<PaymentIntentFacts, 'status'>): boolean {
  return status === 'succeeded' || status === 'requires_capture' || status === 'processing';
}
