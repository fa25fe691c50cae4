import type Stripe from 'stripe';

import type { Ledger } from '../ledger.ts';
import { cardBehindCharge } from './card-behind.ts';
import { findHeld } from './find.ts';

/** Puts a refund on the agenda that the card's bank has not spoken its last word on. */
export function scheduleRefund(ledger: Ledger, refund: Stripe.Refund): void {
  if (turnOf(ledger, refund) !== null) {
    const atMs = refund.created * 1000 + ledger.account.settings.refundTurnsAfterMs;
    ledger.agenda.add({ atMs, what: 'refund_turns', id: refund.id });
  }
}

/** The bank speaks: a pending refund succeeds, one that was called succeeded fails. */
export function turnRefund(ledger: Ledger, id: string, atSec: number): void {
  const refund = ledger.refunds.get(id);
  const turn = refund === undefined ? null : turnOf(ledger, refund);
  if (refund === undefined || turn === null) {
    return;
  }
  if (turn === 'succeeds') {
    const settled = { ...refund, status: 'succeeded' };
    delete settled.pending_reason;
    const succeeded = ledger.refunds.replace(settled);
    ledger.emit('refund.updated', succeeded, atSec);
    ledger.emit('charge.refund.updated', succeeded, atSec);
    return;
  }
  const failed = ledger.refunds.replace({
    ...refund,
    failure_balance_transaction: ledger.ids.next('txn'),
    failure_reason: 'expired_or_canceled_card',
    status: 'failed',
  });
  takeBack(ledger, failed);
  ledger.emit('refund.updated', failed, atSec);
  ledger.emit('refund.failed', failed, atSec);
  ledger.emit('charge.refund.updated', failed, atSec);
}

function turnOf(ledger: Ledger, refund: Stripe.Refund): 'succeeds' | 'fails' | null {
  const { refunds } = cardBehindCharge(chargeOf(ledger, refund));
  if (refunds === 'pending_first' && refund.status === 'pending') {
    return 'succeeds';
  }
  return refunds === 'fail_later' && refund.status === 'succeeded' ? 'fails' : null;
}

/** The money came back to the account: the charge no longer counts it as refunded. */
function takeBack(ledger: Ledger, refund: Stripe.Refund): void {
  const charge = chargeOf(ledger, refund);
  ledger.charges.replace({
    ...charge,
    amount_refunded: charge.amount_refunded - refund.amount,
    refunded: false,
  });
}

function chargeOf(ledger: Ledger, refund: Stripe.Refund): Stripe.Charge {
  return findHeld(ledger.charges, refund.charge, refund.id);
}
