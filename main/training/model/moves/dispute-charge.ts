import type Stripe from 'stripe';

import { invalidRequest } from '../api-error.ts';
import type { Ledger } from '../ledger.ts';
import { newDispute } from '../objects/dispute.ts';
import { cardBehindCharge } from './card-behind.ts';
import { find } from './find.ts';

/** Puts the dispute of a card's holder on the agenda, if this one disputes every payment. */
export function scheduleDispute(ledger: Ledger, charge: Stripe.Charge): void {
  if (charge.captured && !charge.disputed && cardBehindCharge(charge).disputes) {
    const atMs = charge.created * 1000 + ledger.account.settings.disputedAfterMs;
    ledger.agenda.add({ atMs, what: 'charge_is_disputed', id: charge.id });
  }
}

/** The holder tells the bank that the payment was wrong. Refuses what was never taken. */
export function disputeCharge(
  ledger: Ledger,
  id: string,
  reason: string,
  atSec: number = ledger.nowSec(),
): Stripe.Dispute {
  const charge = find(ledger.charges, 'charge', id);
  if (!charge.captured || charge.disputed) {
    throw invalidRequest(`Charge ${id} cannot be disputed: it holds no money, or is already.`);
  }
  const dispute = ledger.disputes.add(
    newDispute({
      id: ledger.ids.next('du'),
      createdSec: atSec,
      charge,
      reason,
      brand: cardBehindCharge(charge).brand,
    }),
  );
  ledger.charges.replace({ ...charge, disputed: true });
  ledger.emit('charge.dispute.created', dispute, atSec);
  return dispute;
}
