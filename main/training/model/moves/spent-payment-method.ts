import { type ApiError, invalidRequest } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';

/** Marks a PaymentMethod that was detached, or used without a customer. */
export function spendPaymentMethod(ledger: Ledger, id: string): void {
  if (ledger.spentPaymentMethods.get(id) === undefined) {
    ledger.spentPaymentMethods.add({ id });
  }
}

/** Whether Stripe would refuse the PaymentMethod whatever it is offered for. */
export function isSpent(ledger: Ledger, id: string): boolean {
  return ledger.spentPaymentMethods.get(id) !== undefined;
}

/** Stripe's refusal to attach a PaymentMethod that is spent. */
export function spentRefusal(): ApiError {
  return invalidRequest(
    'This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.',
    { param: 'payment_method' },
  );
}
