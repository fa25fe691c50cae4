import type { Ledger } from '../ledger.ts';
import { scheduleReader } from '../terminal/reader-phases.ts';
import { scheduleDispute } from './dispute-charge.ts';
import { scheduleRefund } from './refund-turn.ts';

/**
 * Makes the appointments of a restored ledger anew: every open hold has its end, every captured
 * charge that has not settled settles, every refund turns that has yet to, and every reader goes on where it was.
 */
export function rebuildAgenda(ledger: Ledger): void {
  for (const charge of ledger.charges.oldestFirst()) {
    const untilSec =
      charge.payment_method_details?.card_present?.capture_before ??
      charge.payment_method_details?.card?.capture_before;
    const { payment_intent: id } = charge;
    if (charge.status !== 'succeeded' || typeof id !== 'string') {
      continue;
    }
    if (!charge.captured && !charge.refunded && untilSec !== undefined) {
      ledger.agenda.add({ atMs: untilSec * 1000, what: 'hold_expires', id });
    }
    scheduleDispute(ledger, charge);
    if (charge.captured && charge.balance_transaction === null) {
      const atMs = (charge.created + 1) * 1000;
      ledger.agenda.add({ atMs, what: 'charge_settles', id: charge.id });
    }
  }
  for (const refund of ledger.refunds.oldestFirst()) {
    scheduleRefund(ledger, refund);
  }
  for (const state of ledger.readerStates.oldestFirst()) {
    scheduleReader(ledger, state);
  }
}
