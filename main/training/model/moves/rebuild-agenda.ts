import type { Ledger } from '../ledger.ts';

/**
 * Makes the appointments of a restored ledger anew: every open hold has its end, every captured
 * charge that has not settled settles.
 */
export function rebuildAgenda(ledger: Ledger): void {
  for (const charge of ledger.charges.oldestFirst()) {
    const atSec = charge.payment_method_details?.card_present?.capture_before;
    const { payment_intent: id } = charge;
    if (charge.status !== 'succeeded' || typeof id !== 'string') {
      continue;
    }
    if (!charge.captured && !charge.refunded && atSec !== undefined) {
      ledger.agenda.add({ atSec, what: 'hold_expires', id });
    }
    if (charge.captured && charge.balance_transaction === null) {
      ledger.agenda.add({ atSec: charge.created + 1, what: 'charge_settles', id: charge.id });
    }
  }
}
