import type { Ledger } from '../ledger.ts';
import { type GeneratedCardSeed, generatedPaymentMethod } from '../objects/payment-method.ts';

/** A reusable card as its source leaves it behind. */
export type GeneratedOrder = Omit<GeneratedCardSeed, 'createdSec'>;

/** Adds the reusable card. With a customer it is attached at once, as Stripe does by itself. */
export function keepGenerated(ledger: Ledger, order: GeneratedOrder): void {
  const paymentMethod = ledger.paymentMethods.add(
    generatedPaymentMethod({ ...order, createdSec: ledger.nowSec() }),
  );
  if (order.customer !== null) {
    ledger.emit('payment_method.attached', paymentMethod);
  }
}
