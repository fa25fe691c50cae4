import { judgeCreated, judgeRead } from './judge-read.ts';
import type { PaymentIntentFacts } from './payment-intent.ts';
import type { SaleEvent } from './sale-event.ts';
import { giveUp, handToStaff, ignore, move, type Transition } from './sale-moves.ts';
import { awaitsStep, type CancelReason, isFinal, mayWait, type Sale } from './sale.ts';

/** What a complete look by metadata came to. */
export function lookedUp(
  sale: Sale,
  event: Extract<SaleEvent, { kind: 'payment_intent_looked_up' }>,
): Transition {
  if (!looksForIts(sale)) return ignore('nothing was looked for');
  if (event.platform?.status === 'submitted') return handToStaff(sale, 'order_paid_otherwise');
  const { superseded } = sale;
  const isFormer = superseded !== undefined && event.paymentIntent?.id === superseded;
  if (event.paymentIntent === null || isFormer) {
    return sale.state === 'canceling' ? move(sale, { state: 'canceled' }) : createAnew(sale);
  }
  return event.paymentIntent.status === 'canceled'
    ? judgeRead(sale, event.paymentIntent, sale.revision)
    : judgeCreated(sale, event.paymentIntent);
}

/** True while a look by metadata may say whether the PaymentIntent of this sale was made. */
export function looksForIts(sale: Sale): boolean {
  return awaitsStep(sale, 'create') && (sale.state === 'canceling' || mayWait(sale));
}

/** A look has shown that none was made: the charge that may wait is asked for under the next number (P2). */
function createAnew(sale: Sale): Transition {
  const ordinal = sale.ordinals.create + 1;
  return move(sale, { ordinals: { ...sale.ordinals, create: ordinal } }, [
    { kind: 'payment_intent.create', ordinal },
  ]);
}

/** Whatever Stripe answered to a step, a read says what is true now. */
export function stepAnswered(
  sale: Sale,
  step: 'capture' | 'cancel' | 'confirm',
  how: 'refused' | 'unproved',
): Transition {
  if (!awaitsStep(sale, step)) return ignore('the sale no longer waits for this step');
  const state = asked(sale);
  return move(sale, { state, unanswered: 0, unsettledStep: { step, how } }, [
    { kind: 'payment_intent.read', afterMs: 0 },
  ]);
}

/** After this many calls in a row without an answer nothing new is learned, or stored, from one more. */
const unansweredMax = 3;

/** Nobody answered: the outbox repeats the call; the customer hears of trouble. */
export function unanswered(sale: Sale): Transition {
  if (isFinal(sale.state)) return ignore('the sale has ended');
  if (sale.unanswered >= unansweredMax) return ignore('that is known');
  return move(sale, { state: asked(sale), unanswered: sale.unanswered + 1 });
}

/** A capture that has left makes an authorised sale one that is being captured. */
function asked({ state }: Sale): Sale['state'] {
  return state === 'authorized' ? 'capturing' : state;
}

/**
 * A sweep lists a PaymentIntent under this sale's id. One the sale does not know was made by a request that was
 * thought lost: no card was ever collected for it, and it is ended.
 */
export function found(sale: Sale, paymentIntent: PaymentIntentFacts): Transition {
  if (paymentIntent.id === sale.superseded) return ignore('it was cancelled for another');
  if (sale.paymentIntent !== null) {
    if (sale.paymentIntent.id !== paymentIntent.id) return ignore('it is not the one of this sale');
    return { kind: 'asked', effects: [{ kind: 'payment_intent.read', afterMs: 0 }] };
  }
  if (paymentIntent.saleId !== sale.id || paymentIntent.kioskId !== sale.kioskId) {
    return ignore('it is not of this sale');
  }
  // What staff had decided was decided without it.
  const known: Sale = { ...sale, paymentIntent, staffDecision: null };
  if (sale.state === 'canceling') {
    return lookedUp(sale, { kind: 'payment_intent_looked_up', paymentIntent });
  }
  if (sale.state === 'needs_staff') return move(known, {});
  if (sale.state !== 'canceled') return ignore('its own create is still on its way');
  if (paymentIntent.status === 'canceled') return move(known, {});
  return paymentIntent.status === 'succeeded'
    ? handToStaff(known, 'paid_after_cancel')
    : giveUp(known, 'not_confirmed');
}

/** A refusal is final only when no earlier try of the same create may have been carried out. */
export function createRefused(
  sale: Sale,
  event: Extract<SaleEvent, { kind: 'step_refused' }>,
): Transition {
  if (!awaitsStep(sale, 'create')) return ignore('no create is awaited');
  const mayHaveBeenMade =
    event.wasRepeated || sale.unanswered > 0 || event.code === 'idempotency_error';
  if (mayHaveBeenMade) return createUnknown(sale, 'stripe_refused');
  return move(sale, { state: 'canceled', cancelReason: sale.cancelReason ?? 'stripe_refused' });
}

/** A Stripe that stumbles each time is asked so often; then the charge is given up, like one that may not wait. */
const createsMax = 10;

/**
 * Whether a PaymentIntent was made is looked up before anything else. A charge to a card on file that waits for the
 * network, perhaps for longer than Stripe keeps a key, goes on waiting; any other sale is given up.
 */
export function createUnknown(sale: Sale, reason: CancelReason): Transition {
  if (!awaitsStep(sale, 'create')) return ignore('no create is awaited');
  const goesOn = reason !== 'stripe_refused' && sale.ordinals.create < createsMax;
  if (sale.state === 'creating' && mayWait(sale) && goesOn) {
    return move(sale, {}, [{ kind: 'payment_intent.look_up' }]);
  }
  return move(sale, { state: 'canceling', cancelReason: sale.cancelReason ?? reason }, [
    { kind: 'payment_intent.look_up' },
  ]);
}

/** What the sale waits for is asked anew; a step whose row is gone is repeated only if that read shows it absent. */
export function workMissing(sale: Sale): Transition {
  if (isFinal(sale.state) || sale.state === 'open') return ignore('the sale waits for nothing');
  if (sale.paymentIntent === null) return createUnknown(sale, 'kiosk_restarted');
  const step = stepBehind(sale);
  const unsettledStep = awaitsStep(sale, step) ? ({ step, how: 'unproved' } as const) : null;
  return move(sale, { unsettledStep }, [{ kind: 'payment_intent.read', afterMs: 0 }]);
}

/** The step that a sale on its way waits for, by its state. */
function stepBehind(sale: Sale): 'capture' | 'cancel' | 'confirm' {
  if (sale.state === 'canceling') return 'cancel';
  return awaitsStep(sale, 'confirm') ? 'confirm' : 'capture';
}
