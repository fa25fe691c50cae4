import type { KioskId, SaleId } from './ids.ts';
import { money } from './money.ts';
import type { Order } from './order.ts';
import type { PaymentIntentFacts } from './payment-intent.ts';
import { openSale, type Sale, type StepOrdinals } from './sale.ts';

/**
 * The sale of a PaymentIntent that bears this kiosk's id and that no record of ours knows: the file was lost. What
 * was ordered is gone with it, so only staff may decide; nothing is captured or cancelled by itself.
 */
export function foundSale(id: SaleId, kioskId: KioskId, paymentIntent: PaymentIntentFacts): Sale {
  return {
    ...openSale(id, kioskId, unknownOrder(paymentIntent)),
    state: 'needs_staff',
    staffReason: 'record_lost',
    attended: false,
    paymentIntent,
    ordinals: ordinalsOfNewLife({ create: 1, capture: 0, cancel: 0 }),
  };
}

/** More than any life of a sale has used. */
const livesApart = 100;

/**
 * Numbers that the lost life of a sale has not used: under one of its keys Stripe would replay an answer of that life,
 * or take an old key for a new request (P2, P3).
 */
export function ordinalsOfNewLife({
  create,
  capture,
  cancel,
  confirm,
}: StepOrdinals): StepOrdinals {
  return {
    create,
    capture: capture + livesApart,
    cancel: cancel + livesApart,
    ...(confirm === undefined ? {} : { confirm: confirm + livesApart }),
  };
}

/** One line for the whole amount; its name is replaced by words wherever it is shown. */
export const lostItem = 'record-lost';

function unknownOrder({ amount, currency }: PaymentIntentFacts): Order {
  const total = money(amount, currency);
  const line = { itemId: lostItem, name: lostItem, quantity: 1, unitPrice: total, total };
  return { lines: [line], subtotal: total, taxes: [], total };
}
