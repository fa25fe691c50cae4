import type Stripe from 'stripe';

/** What decides a new Refund. */
export interface RefundSeed {
  readonly id: string;
  readonly createdSec: number;
  readonly charge: Stripe.Charge;
  /** Smallest unit. */
  readonly amount: number;
  readonly reason: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly status: 'pending' | 'succeeded';
  readonly balanceTransaction: string;
}

/** A complete new Refund. https://docs.stripe.com/api/refunds/object */
export function newRefund(seed: RefundSeed): Stripe.Refund {
  const { charge } = seed;
  return {
    id: seed.id,
    object: 'refund',
    amount: seed.amount,
    balance_transaction: seed.balanceTransaction,
    charge: charge.id,
    created: seed.createdSec,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: {
        reference_status: 'pending',
        reference_type: 'acquirer_reference_number',
        type: 'refund',
      },
      type: 'card',
    },
    metadata: { ...seed.metadata },
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    ...(seed.status === 'pending' ? { pending_reason: 'processing' as const } : {}),
    reason: seed.reason,
    receipt_number: null,
    source_transfer_reversal: null,
    status: seed.status,
    transfer_reversal: null,
  };
}
