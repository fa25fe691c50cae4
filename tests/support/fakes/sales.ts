import type { Effect } from '../../../main/domain/effect.ts';
import { chargeId, kioskId, paymentIntentId, saleId } from '../../../main/domain/ids.ts';
import { money } from '../../../main/domain/money.ts';
import type { Order } from '../../../main/domain/order.ts';
import type { PaymentIntentFacts } from '../../../main/domain/payment-intent.ts';
import type { ProcessHint, SaleEvent } from '../../../main/domain/sale-event.ts';
import { transition } from '../../../main/domain/sale-transition.ts';
import { openSale, type PaymentAttempt, type Sale } from '../../../main/domain/sale.ts';

export const ourSale = saleId('sale_0mi1kqbas00abcdefgh1234');
export const otherSale = saleId('sale_0mi1kqbas01zyxwvuts9876');
export const ourKiosk = kioskId('kiosk_0mi1kqbas00kiosk00000001');
export const totalAmount = 2_800;

/** One drop-in class at 28.00 USD. */
export function anOrder(amount = totalAmount, currency = 'usd'): Order {
  const total = money(amount, currency);
  return {
    lines: [{ itemId: 'drop-in', name: 'Drop-in class', quantity: 1, unitPrice: total, total }],
    subtotal: total,
    taxes: [],
    total,
  };
}

export function aSale(id = ourSale): Sale {
  return openSale(id, ourKiosk, anOrder());
}

/** A PaymentIntent of `ourSale` as just created, with what a test says of it. */
export function facts(changes: Partial<PaymentIntentFacts> = {}): PaymentIntentFacts {
  return {
    id: paymentIntentId('pi_0001'),
    status: 'requires_payment_method',
    amount: totalAmount,
    currency: 'usd',
    amountCapturable: 0,
    amountReceived: 0,
    amountRefunded: 0,
    disputed: false,
    cancellationReason: null,
    acceptsCardPresent: true,
    latestChargeId: null,
    lastPaymentError: null,
    captureBeforeMs: null,
    card: null,
    saleId: ourSale,
    kioskId: ourKiosk,
    livemode: false,
    ...changes,
  };
}

export const held = facts({
  status: 'requires_capture',
  amountCapturable: totalAmount,
  latestChargeId: chargeId('ch_0001'),
});

export const captured = facts({
  status: 'succeeded',
  amountReceived: totalAmount,
  latestChargeId: chargeId('ch_0001'),
});

export const canceledFacts = facts({ status: 'canceled' });

export function declinedFacts(charge = 'ch_failed1', code = 'card_declined'): PaymentIntentFacts {
  return facts({
    latestChargeId: chargeId(charge),
    lastPaymentError: { code, declineCode: 'generic_decline' },
  });
}

export const noIntentInError: ProcessHint = {
  kind: 'failed',
  code: 'network_timeout',
  declineCode: null,
  paymentIntentStatus: null,
};

export const saidDeclined: ProcessHint = {
  kind: 'failed',
  code: 'card_declined',
  declineCode: 'generic_decline',
  paymentIntentStatus: 'requires_payment_method',
};

/** The sale after one event that it must take, with the effects of that step. */
export function step(sale: Sale, event: SaleEvent): { sale: Sale; effects: readonly Effect[] } {
  const result = transition(sale, event);
  if (result.kind === 'ignored') {
    throw new Error(`${event.kind} was ignored while ${sale.state}: ${result.why}`);
  }
  return result.kind === 'asked' ? { sale, effects: result.effects } : result;
}

/** The sale after these events, each of which it must take. */
export function after(sale: Sale, ...events: SaleEvent[]): Sale {
  return events.reduce((now, event) => step(now, event).sale, sale);
}

/** A read that left when the sale had this revision; just now unless given. */
export function read(
  paymentIntent: PaymentIntentFacts,
  leftAt = Number.MAX_SAFE_INTEGER,
): SaleEvent {
  return { kind: 'payment_intent_read', paymentIntent, leftAt };
}

/** The live attempt, which must be there. */
export function attemptOf(sale: Sale): PaymentAttempt {
  if (sale.attempt === null) throw new Error(`no attempt is live while ${sale.state}`);
  return sale.attempt;
}

export function answered(sale: Sale, hint: ProcessHint): SaleEvent {
  const { id, processCount } = attemptOf(sale);
  return { kind: 'process_answered', attemptId: id, count: processCount, hint };
}

export function collected(sale: Sale, askFirst = false): SaleEvent {
  return { kind: 'card_collected', attemptId: attemptOf(sale).id, askFirst };
}

/** `ourSale` in each place of its life that a test may begin from. */
export const at = {
  review: (): Sale => aSale(),
  creating: (): Sale => after(aSale(), { kind: 'confirmed' }),
  presenting: (): Sale =>
    after(at.creating(), { kind: 'payment_intent_created', paymentIntent: facts() }),
  awaitingCard: (): Sale => {
    const sale = at.presenting();
    return after(sale, { kind: 'reader_prompted', attemptId: attemptOf(sale).id });
  },
  cardRead: (): Sale => {
    const sale = at.awaitingCard();
    return after(sale, collected(sale, true));
  },
  authorizing: (): Sale => {
    const sale = at.awaitingCard();
    return after(sale, collected(sale));
  },
  findingOut: (): Sale => {
    const sale = at.authorizing();
    return after(sale, answered(sale, noIntentInError));
  },
  declined: (): Sale => {
    const sale = at.authorizing();
    return after(sale, answered(sale, saidDeclined), read(declinedFacts()));
  },
  authorized: (): Sale => {
    const sale = at.authorizing();
    return after(sale, answered(sale, { kind: 'processed' }), read(held));
  },
  capturing: (): Sale => after(at.authorized(), { kind: 'unanswered' }),
  canceling: (): Sale => after(at.awaitingCard(), { kind: 'customer_canceled' }),
  paid: (): Sale => after(at.capturing(), { kind: 'step_done', step: 'capture' }, read(captured)),
  canceled: (): Sale =>
    after(at.canceling(), { kind: 'step_done', step: 'cancel' }, read(canceledFacts)),
  expired: (): Sale => after(at.capturing(), read(canceledFacts)),
  needsStaff: (): Sale => after(at.capturing(), { kind: 'read_refused' }),
} as const;
