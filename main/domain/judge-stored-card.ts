import { declineReason } from './decline.ts';
import type { PaymentIntentFacts } from './payment-intent.ts';
import { giveUp, move, repeatStep, type Transition } from './sale-moves.ts';
import { type Sale, without } from './sale.ts';

/** A PaymentIntent that is processing off session is looked at again after this long, in milliseconds. */
const processingMs = 2_000;

/** The PaymentIntent is there: the card on file is charged, whether or not anybody stands at the screen. */
export function chargeStoredCard(sale: Sale): Transition {
  const ordinal = (sale.ordinals.confirm ?? 0) + 1;
  return move(sale, { state: 'authorizing', ordinals: { ...sale.ordinals, confirm: ordinal } }, [
    { kind: 'payment_intent.confirm', ordinal, afterMs: 0 },
  ]);
}

/** What a read means while a card on file is being charged and Stripe shows no money yet. */
export function storedCardOutcome(sale: Sale, read: PaymentIntentFacts): Transition {
  if (read.status === 'processing') {
    return move(sale, {}, [{ kind: 'payment_intent.read', afterMs: processingMs }]);
  }
  // The bank wants the cardholder to prove who they are, and nobody can off session.
  if (read.status === 'requires_action') return declined(sale, 'authentication_required', null);
  if (read.lastPaymentError !== null) {
    return declined(sale, read.lastPaymentError.code, read.lastPaymentError.declineCode);
  }
  // Nobody may wait for it any longer, and no charge is there: it is ended, and read as ended, before that is said.
  if (sale.state === 'finding_out') return giveUp(sale, 'stripe_unavailable');
  if (sale.unsettledStep?.step !== 'confirm') return move(sale, {});
  return sale.unsettledStep.how === 'unproved'
    ? repeatStep(sale, 'confirm')
    : giveUp(sale, 'stripe_refused');
}

/** The member may pay in person on the same sale; where nobody stands at the screen it is over. */
function declined(sale: Sale, code: string, declineCode: string | null): Transition {
  if (!sale.attended) return giveUp(sale, 'card_declined');
  return move(sale, {
    state: 'presenting',
    attempt: null,
    unsettledStep: null,
    decline: declineReason(code, declineCode),
  });
}

/**
 * The customer pays in person instead: the PaymentIntent of the card on file is cancelled first, and only when it was
 * read as canceled is another made (P1).
 */
export function payInPerson(sale: Sale): Transition {
  return giveUp({ ...sale, payAnew: true }, 'customer');
}

/** Canceled for that, and read so: the same sale begins anew with a card at the reader. */
export function beginInPerson(sale: Sale): Transition {
  const ordinal = sale.ordinals.create + 1;
  const anew: Sale = {
    ...without(sale, 'storedCard', 'payAnew'),
    ...(sale.paymentIntent === null ? {} : { superseded: sale.paymentIntent.id }),
    paymentIntent: null,
    cancelReason: null,
    decline: null,
    unsettledStep: null,
    ordinals: { ...sale.ordinals, create: ordinal },
  };
  return move(anew, { state: 'creating' }, [{ kind: 'payment_intent.create', ordinal }]);
}
