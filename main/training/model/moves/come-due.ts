import type { Appointment } from '../agenda.ts';
import type { Ledger } from '../ledger.ts';
import { moveReader } from '../terminal/move-reader.ts';
import { emitLateEvents } from '../terminal/reader-events.ts';
import { endPaymentIntent } from './cancel-payment-intent.ts';
import { disputeCharge } from './dispute-charge.ts';
import { turnRefund } from './refund-turn.ts';

/**
 * Brings the ledger up to its clock: holds past their `capture_before` end, asynchronous captures
 * settle, banks speak their last word, readers go on, old events are forgotten. Called before anything is read or changed.
 */
export function comeDue(ledger: Ledger): void {
  const nowMs = ledger.clock.nowMs();
  ledger.withoutCause(() => {
    for (
      let due = ledger.agenda.takeDue(nowMs);
      due !== undefined;
      due = ledger.agenda.takeDue(nowMs)
    ) {
      keep(ledger, due);
    }
  });
  ledger.forgetOldEvents();
}

function keep(ledger: Ledger, due: Appointment): void {
  switch (due.what) {
    case 'hold_expires':
      expire(ledger, due);
      break;
    case 'charge_settles':
      settle(ledger, due);
      break;
    case 'reader_moves':
      moveReader(ledger, due);
      break;
    case 'reader_event_arrives':
      emitLateEvents(ledger, due);
      break;
    case 'charge_is_disputed':
      complain(ledger, due);
      break;
    case 'refund_turns':
      turnRefund(ledger, due.id, Math.floor(due.atMs / 1000));
      break;
  }
}

/** Does nothing when the hold was captured or canceled in time. */
function expire(ledger: Ledger, due: Appointment): void {
  const paymentIntent = ledger.paymentIntents.get(due.id);
  if (paymentIntent?.status === 'requires_capture') {
    endPaymentIntent(ledger, paymentIntent, {
      reason: 'automatic',
      chargeEvent: 'charge.expired',
      atSec: due.atMs / 1000,
    });
  }
}

/** With `automatic_async` the balance transaction comes a moment after the answer. */
function settle(ledger: Ledger, due: Appointment): void {
  const charge = ledger.charges.get(due.id);
  if (charge?.balance_transaction === null) {
    const settled = ledger.charges.replace({
      ...charge,
      balance_transaction: ledger.ids.next('txn'),
    });
    ledger.emit('charge.updated', settled, due.atMs / 1000);
  }
}

/** Nobody disputes what was given back meanwhile. */
function complain(ledger: Ledger, due: Appointment): void {
  const charge = ledger.charges.get(due.id);
  if (charge?.disputed === false && !charge.refunded) {
    disputeCharge(ledger, due.id, 'fraudulent', Math.floor(due.atMs / 1000));
  }
}
