import { isCharged, mayHaveCharged } from './may-have-charged.ts';
import { equal } from './money.ts';
import type { PaymentIntentFacts } from './payment-intent.ts';
import {
  handToStaff,
  ignore,
  lookAgain,
  move,
  saveCard,
  toStaffAndLook,
  type Transition,
  withdrawPrompt,
} from './sale-moves.ts';
import { sameData } from './same-data.ts';
import { isFinal, type Sale, totalOf } from './sale.ts';

/** Reads, a second or two apart, until a charged card's order must be finished; then staff are asked. */
const readsUntilFinishedMax = 90;
/** Reads for which an order that had failed with an earlier card may still turn out well. */
const readsWhileFailedMax = 10;
/** Reads while only the order can tell what became of a card. */
const readsUnseenMax = 45;

/** What a platform's word about its order means; `undecided` where the PaymentIntent itself must say. */
export type PlatformVerdict = Transition | { readonly kind: 'undecided' };

/**
 * What was read of a sale that a platform settles by itself. Its order's status is the oracle: `submitted` is paid,
 * and nothing else is. Where that is still open, the PaymentIntent says whether a card was charged, as long as somebody
 * can read it.
 */
export function judgePlatform(before: Sale, read: PaymentIntentFacts): PlatformVerdict {
  const status = read.platform?.status ?? 'open';
  if (isFinal(before.state)) return reviewed(before, read);
  const sale: Sale = { ...before, paymentIntent: read, unanswered: 0 };
  if (status === 'submitted') return submitted(sale, read);
  if (status === 'failed') return failed(sale, read);
  if (isCharged(read)) return notFinished(sale);
  if (sale.state === 'canceling') return canceledBeforeCharge(sale);
  return read.unseen === true ? unseen(sale) : { kind: 'undecided' };
}

function submitted(sale: Sale, read: PaymentIntentFacts): Transition {
  // Also where nobody sees it any more: what was seen last is what was charged.
  if (!equal(read, totalOf(sale))) return handToStaff(sale, 'amounts_disagree');
  // Stripe was asked after the platform: what has submitted the order was not this PaymentIntent.
  if (read.unseen !== true && !isCharged(read)) return handToStaff(sale, 'order_paid_otherwise');
  if (sale.state === 'canceling') return handToStaff(sale, 'paid_after_cancel');
  const paid = {
    state: 'paid',
    paymentIntent: asPaid(read),
    attempt: null,
    decline: null,
  } as const;
  const withdrawn = sale.state === 'presenting' ? withdrawPrompt(sale) : [];
  return move(sale, paid, [...withdrawn, ...saveCard(sale)]);
}

/** The platform has taken the money, whatever of that the PaymentIntent shows to this kiosk. */
function asPaid(read: PaymentIntentFacts): PaymentIntentFacts {
  return { ...read, status: 'succeeded', amountReceived: read.amount, amountCapturable: 0 };
}

function failed(sale: Sale, read: PaymentIntentFacts): PlatformVerdict {
  if (isCharged(read)) return failedAndCharged(sale);
  if (read.unseen === true) {
    return mayHaveCharged(sale) ? handToStaff(sale, 'order_failed') : canceledBeforeCharge(sale);
  }
  // The card was refused, and the order with it: another card may pay the same PaymentIntent.
  return sale.state === 'canceling' ? canceledBeforeCharge(sale) : { kind: 'undecided' };
}

/**
 * A word that is there since an earlier card was declined may not have heard of the one that was charged now: the
 * platform is given a moment to take it back.
 */
function failedAndCharged(sale: Sale): Transition {
  const mayBeOld = sale.attemptsMade > 1;
  const isWaited = sale.state === 'capturing' && sale.inconclusiveReads >= readsWhileFailedMax;
  return mayBeOld && !isWaited ? notFinished(sale) : handToStaff(sale, 'order_failed');
}

/** The card was charged: the customer waits for the order, and never hears that nothing was charged. */
function notFinished(sale: Sale): Transition {
  const reads = sale.state === 'capturing' ? sale.inconclusiveReads + 1 : 0;
  if (reads > readsUntilFinishedMax) return toStaffAndLook(sale, 'order_not_finished');
  return move(
    sale,
    { state: 'capturing', attempt: null, decline: null, inconclusiveReads: reads },
    [{ kind: 'payment_intent.read', afterMs: reads <= 20 ? 1_000 : 2_000 }],
  );
}

function unseen(sale: Sale): Transition {
  if (sale.state !== 'authorizing' && sale.state !== 'finding_out' && sale.state !== 'capturing') {
    return move(sale, {});
  }
  const reads = sale.inconclusiveReads + 1;
  if (reads > readsUnseenMax) return toStaffAndLook(sale, 'outcome_unknown');
  const state = sale.state === 'authorizing' ? 'finding_out' : sale.state;
  return move(sale, { state, inconclusiveReads: reads }, [
    { kind: 'payment_intent.read', afterMs: reads <= 15 ? 1_000 : 2_000 },
  ]);
}

/**
 * Nobody holds its secret any more, and no card was charged: it can't be paid. Where a card had been tried, its bank may
 * have said yes after everybody had stopped listening: the order is looked at once more.
 */
function canceledBeforeCharge(sale: Sale): Transition {
  const cancelReason = sale.cancelReason ?? 'canceled_elsewhere';
  const wasTried = sale.decline !== null || sale.attemptsMade > 1;
  return move(sale, { state: 'canceled', cancelReason, attempt: null }, [
    ...withdrawPrompt(sale),
    ...(wasTried ? [lookAgain] : []),
  ]);
}

/** A sale that has ended is looked at again: the platform may have finished its order, or undone it. */
function reviewed(before: Sale, read: PaymentIntentFacts): Transition {
  const status = read.platform?.status ?? 'open';
  const waits = before.state === 'needs_staff' && before.staffDecision !== 'close';
  const isSame = sameData(before.paymentIntent, read);
  if (status === 'submitted' && waits && mayBePaid(before)) {
    if (!equal(read, totalOf(before))) {
      return move(before, { staffReason: 'amounts_disagree', paymentIntent: read });
    }
    const changes = { state: 'paid', staffReason: null, paymentIntent: asPaid(read) } as const;
    return move(before, changes, saveCard(before));
  }
  if (before.state === 'paid') {
    return status === 'submitted'
      ? ignore('nothing has changed since')
      : handToStaff({ ...before, paymentIntent: read }, 'order_failed');
  }
  const sale: Sale = { ...before, paymentIntent: read };
  if (before.state === 'canceled' && (status === 'submitted' || isCharged(read))) {
    return handToStaff({ ...sale, staffDecision: null }, 'paid_after_cancel');
  }
  const again = waits && status === 'open' ? [lookAgain] : [];
  if (!isSame) return move(sale, {}, again);
  return again.length === 0
    ? ignore('nothing has changed since')
    : { kind: 'asked', effects: again };
}

/** What staff were asked only because the platform had not answered yet. */
function mayBePaid({ staffReason }: Sale): boolean {
  return staffReason === 'order_not_finished' || staffReason === 'outcome_unknown';
}
