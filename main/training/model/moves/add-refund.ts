import type Stripe from 'stripe';

import { changedMetadata, type MetadataChange } from '../form/metadata.ts';
import type { Ledger } from '../ledger.ts';
import { newRefund } from '../objects/refund.ts';
import { cardBehindCharge } from './card-behind.ts';
import { scheduleRefund } from './refund-turn.ts';

/** A refund that was found to be possible. */
export interface RefundGrant {
  readonly charge: Stripe.Charge;
  /** Smallest unit; no more than what is left of the charge. */
  readonly amount: number;
  readonly reason: string | null;
  readonly metadata: MetadataChange | undefined;
}

/**
 * Gives money back and shows it on the charge at once, even while the refund is pending. What the
 * card's bank makes of it later is put on the agenda.
 */
export function addRefund(ledger: Ledger, grant: RefundGrant): Stripe.Refund {
  const { charge, amount } = grant;
  const refund = ledger.refunds.add(
    newRefund({
      id: ledger.ids.next('re'),
      createdSec: ledger.nowSec(),
      charge,
      amount,
      reason: grant.reason,
      metadata: changedMetadata({}, grant.metadata),
      status: cardBehindCharge(charge).refunds === 'pending_first' ? 'pending' : 'succeeded',
      balanceTransaction: ledger.ids.next('txn'),
    }),
  );
  const refunded = ledger.charges.replace({
    ...charge,
    amount_refunded: charge.amount_refunded + amount,
    refunded: charge.amount_refunded + amount === charge.amount,
  });
  ledger.emit('refund.created', refund);
  ledger.emit('charge.refunded', refunded);
  scheduleRefund(ledger, refund);
  return refund;
}
