import { isRefundedOnlyByUs } from './given-back.ts';
import { isCharged } from './may-have-charged.ts';
import { equal, type Money } from './money.ts';
import type { Proposal, ReconcileClass, Verdict } from './reconcile.ts';
import { dueOf, isFinal, type Sale, totalOf } from './sale.ts';
import { isQuiet, moneyIn, type SeenMoney } from './seen-money.ts';
import { allowedDecisions, isPaidInFull } from './staff.ts';

type Judged = Omit<Verdict, 'deadlineMs'>;

/**
 * What a sale of ours has come to, by its own record and by what is known of its PaymentIntent; `seen` shows as refunded
 * only what was given back of money that was taken.
 */
export function judgeSale(sale: Sale, seen: SeenMoney | null): Judged {
  const reconcileClass = classOf(sale, seen);
  const resolved = isResolved(sale, seen, reconcileClass);
  return {
    class: reconcileClass,
    resolved,
    proposal: resolved ? 'none' : proposalFor(sale, reconcileClass),
    amountAtStake: atStake(sale, seen, reconcileClass),
  };
}

function classOf(sale: Sale, seen: SeenMoney | null): ReconcileClass {
  if (sale.tender !== null) return 'paid_elsewhere';
  switch (sale.state) {
    case 'open':
      return 'nothing_taken';
    case 'paid':
      return isPaidInFull(sale) ? 'captured_ordered' : 'amount_mismatch';
    case 'expired':
      return 'expired';
    case 'canceled':
      // Where nothing can be cancelled, an unpaid PaymentIntent that nobody can pay any more stays as it is.
      if (sale.settledBy === 'platform' && seen !== null && !isCharged(seen)) {
        return 'nothing_taken';
      }
      return seen === null || isQuiet(seen) ? 'nothing_taken' : moneyClass(sale, seen);
    case 'needs_staff':
      return staffClass(sale, seen);
    case 'creating':
    case 'presenting':
    case 'authorizing':
    case 'authorized':
    case 'capturing':
    case 'finding_out':
    case 'canceling':
      return seen?.status === 'requires_capture' ? moneyClass(sale, seen) : 'unknown';
  }
}

function staffClass(sale: Sale, seen: SeenMoney | null): ReconcileClass {
  // Stripe shows it no more, or as another's: what is remembered of it proves nothing.
  if (seen === null || sale.staffReason === 'not_ours') return 'unknown';
  // What nobody wanted was given back by this kiosk, all of it.
  if (seen.status === 'succeeded' && isQuiet(seen) && isRefundedOnlyByUs(sale)) {
    return 'nothing_taken';
  }
  if (seen.status !== 'canceled') return moneyClass(sale, seen);
  if (!isQuiet(seen)) return 'unknown';
  return mayHaveBeenGiven(sale) ? 'expired' : 'nothing_taken';
}

/** By the money that is there, where the sale's own state does not say enough. */
function moneyClass(sale: Sale, seen: SeenMoney): ReconcileClass {
  switch (seen.status) {
    case 'requires_capture': {
      if (!isHeldInFull(sale, seen)) return 'amount_mismatch';
      const isWanted = sale.completed && sale.state !== 'canceling' && sale.state !== 'canceled';
      return isWanted ? 'authorised_ordered' : 'authorised_no_order';
    }
    case 'succeeded':
      return equal(moneyIn(seen), totalOf(sale)) ? 'charged_order_failed' : 'amount_mismatch';
    case 'requires_payment_method':
    case 'requires_confirmation':
    case 'requires_action':
    case 'processing':
    case 'canceled':
      return 'unknown';
  }
}

function isHeldInFull(sale: Sale, seen: SeenMoney): boolean {
  return equal(seen, totalOf(sale)) && seen.amountCapturable === seen.amount;
}

/** The hold is gone; whether the customer got what it was for is only known where the order was never completed. */
function mayHaveBeenGiven({ completed, staffReason }: Sale): boolean {
  return completed || staffReason === 'record_lost' || staffReason === 'record_damaged';
}

/**
 * Money of ours is resolved when it pays for an order that was given, or when staff said, with a name and a reason,
 * that it is dealt with. What is held is never resolved: it must first be captured or released (P6).
 */
function isResolved(sale: Sale, seen: SeenMoney | null, reconcileClass: ReconcileClass): boolean {
  if (reconcileClass === 'captured_ordered') return true;
  // What is another's, or shown no more, is not ours to hold on to (P10): a person has looked at it.
  if (isLeftToOthers(sale)) return true;
  if (seen?.status === 'requires_capture') return false;
  if (!isFinal(sale.state)) return sale.state === 'open';
  if (sale.staffDecision === 'close') return true;
  const isOver = seen === null || isQuiet(seen);
  return reconcileClass === 'nothing_taken' || (reconcileClass === 'paid_elsewhere' && isOver);
}

function isLeftToOthers({ state, staffReason, staffDecision }: Sale): boolean {
  return state === 'needs_staff' && staffReason === 'not_ours' && staffDecision === 'close';
}

function proposalFor(sale: Sale, reconcileClass: ReconcileClass): Proposal {
  // What is on its way needs nobody, whatever staff may decide of it all the same.
  if (!isFinal(sale.state)) return 'wait';
  const allowed = allowedDecisions(sale);
  const keepsHold = reconcileClass === 'authorised_ordered';
  if (!keepsHold && allowed.includes('cancel')) return 'cancel';
  return allowed[0] ?? 'wait';
}

function atStake(sale: Sale, seen: SeenMoney | null, reconcileClass: ReconcileClass): Money {
  const total = totalOf(sale);
  switch (reconcileClass) {
    case 'nothing_taken':
      return { amount: 0, currency: total.currency };
    case 'paid_elsewhere':
    case 'expired':
      return total;
    case 'unknown': {
      const money = seen === null ? total : moneyIn(seen);
      return money.amount === 0 ? total : money;
    }
    case 'captured_ordered':
      // As it was taken: what was given back since has lines of its own.
      return dueOf(sale);
    case 'authorised_ordered':
    case 'authorised_no_order':
    case 'charged_order_failed':
    case 'amount_mismatch':
    case 'not_ours':
      return seen === null ? total : moneyIn(seen);
  }
}
