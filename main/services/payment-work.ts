import type { SaleEvent, Step } from '../domain/sale-event.ts';
import { awaitsStep, type Sale } from '../domain/sale.ts';
import { looksForIts } from '../domain/step-transition.ts';
import type { OutboxRow, OutboxWork, PaymentWork } from '../ports/ledger.ts';
import type { Answer, LookedUp } from '../ports/payments-api.ts';

/** True for work that a sale’s payment asks for. */
export function isPaymentWork(work: OutboxWork): work is PaymentWork {
  return (
    work.kind.startsWith('payment_intent.') ||
    work.kind === 'charge.receipt_email' ||
    work.kind === 'order.record'
  );
}

/** What a look for a lost PaymentIntent means to its sale. */
export function lookedUp(found: LookedUp): SaleEvent {
  if (found !== null && !('id' in found)) {
    const { platform } = found;
    return { kind: 'payment_intent_looked_up', paymentIntent: null, platform };
  }
  return { kind: 'payment_intent_looked_up', paymentIntent: found };
}

/** Reads have no key, and a receipt may be asked for twice. */
export function mayBeRepeated({ key, work }: OutboxRow): boolean {
  return key === null || work.kind === 'charge.receipt_email' || work.kind === 'order.record';
}

/** A receipt that Stripe stumbles over says nothing of payments, and an answer without a call says nothing at all. */
export function tellsOfReach(work: PaymentWork, answer: Answer<unknown>): boolean {
  if (work.kind === 'charge.receipt_email' || work.kind === 'order.record') return false;
  return !('status' in answer) || answer.status !== 0;
}

/** The changing step of this work; null for reads, and for a receipt, which may be asked for twice. */
export function stepOf(work: PaymentWork): Step | null {
  switch (work.kind) {
    case 'payment_intent.create':
      return 'create';
    case 'payment_intent.capture':
      return 'capture';
    case 'payment_intent.cancel':
      return 'cancel';
    case 'payment_intent.confirm':
      return 'confirm';
    case 'payment_intent.look_up':
    case 'payment_intent.read':
    case 'charge.receipt_email':
    case 'order.record':
      return null;
  }
}

/** Asked right before the call, because a row may have waited long. */
export function isWanted(work: PaymentWork, sale: Sale): boolean {
  const step = stepOf(work);
  if (step !== null) return awaitsStep(sale, step);
  const comesAfterwards = work.kind === 'charge.receipt_email' || work.kind === 'order.record';
  if (comesAfterwards) return sale.state === 'paid';
  if (work.kind === 'payment_intent.read') return sale.paymentIntent !== null;
  return looksForIts(sale);
}

/** Refuses, by throwing, a sale whose PaymentIntent is not known. */
export function knownId(sale: Sale): NonNullable<Sale['paymentIntent']>['id'] {
  if (sale.paymentIntent === null) throw new Error('the PaymentIntent of this sale is not known');
  return sale.paymentIntent.id;
}
