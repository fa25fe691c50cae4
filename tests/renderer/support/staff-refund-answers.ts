import type { RefundOffer, RefundView } from '../../../preload/contract/refunds.ts';
import { staffNowMs } from './staff-now.ts';

const minuteMs = 60_000;
const currency = 'usd';
const saleId = 'sale_01k9z3m8q2vtm4qx';

/** A refund that was asked for and has arrived. */
export function aRefund(part: Partial<RefundView> = {}): RefundView {
  return {
    refundId: 'refund_01k9z3m8q2vt0001',
    saleId,
    code: 'M4QX',
    state: 'succeeded',
    way: 'by_api',
    amount: { amount: 600, currency },
    reason: 'requested_by_customer',
    by: 'Mara Lindqvist',
    why: 'She had to leave early.',
    approvedBy: 'staff PIN',
    askedAtMs: staffNowMs - 30 * minuteMs,
    changedAtMs: staffNowMs - 29 * minuteMs,
    stripeRefundId: 're_3SVx2eKq8mTzYd0a1bCd0001',
    problem: null,
    wantsStaff: false,
    last4: '0341',
    ...part,
  };
}

export const pendingRefund = aRefund({
  refundId: 'refund_01k9z3m8q2vt0002',
  state: 'pending',
  amount: { amount: 500, currency },
});

export const failedRefund = aRefund({
  refundId: 'refund_01k9z3m8q2vt0003',
  state: 'failed',
  problem: 'expired_or_canceled_card',
  wantsStaff: true,
  amount: { amount: 400, currency },
});

/** One that waits for the customer's card at the reader. */
export const promptedRefund = aRefund({
  refundId: 'refund_01k9z3m8q2vt0004',
  state: 'presenting',
  way: 'in_person',
  amount: { amount: 2600, currency },
  stripeRefundId: null,
});

/** What is left of a sale of which some was given back. */
export function anOffer(part: Partial<RefundOffer> = {}): RefundOffer {
  return {
    saleId,
    code: 'M4QX',
    paid: { amount: 2600, currency },
    most: { amount: 1500, currency },
    sentence: null,
    way: 'by_api',
    asksProof: true,
    refunds: [pendingRefund, failedRefund],
    ...part,
  };
}

export const inPersonOffer = anOffer({
  way: 'in_person',
  most: { amount: 0, currency },
  sentence: 'Everything that was taken has been given back already, or is on its way.',
  refunds: [promptedRefund],
});
