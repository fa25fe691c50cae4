import type { RefundOffer, RefundView } from '../../preload/contract/refunds.ts';
import { wantsStaff } from '../domain/refund.ts';
import { codeOf, type Sale } from '../domain/sale.ts';
import type { StoredRefund } from '../ports/refund-book.ts';
import type { Refunds } from '../services/refunds/refunds.ts';

/** A refund as staff see it; `sale` is null where its record can't be shown any more. */
export function refundView(
  { refund, askedAtMs, changedAtMs }: StoredRefund,
  sale: Sale | null,
): RefundView {
  const { state, way, amount, reason, by, why, approvedBy, problem } = refund;
  return {
    refundId: refund.id,
    saleId: refund.saleId,
    code: codeOf({ id: refund.saleId }),
    state,
    way,
    amount,
    reason,
    by,
    why,
    approvedBy,
    askedAtMs,
    changedAtMs,
    stripeRefundId: refund.stripeRefund?.id ?? null,
    problem,
    wantsStaff: wantsStaff(refund),
    last4: sale?.paymentIntent?.card?.last4 ?? null,
  };
}

/** What the form for a refund begins with. */
export function refundOfferView(
  sale: Sale,
  offer: NonNullable<ReturnType<Refunds['offer']>>,
  asksProof: boolean,
): RefundOffer {
  const { paid, most, sentence, way, refunds } = offer;
  return {
    saleId: sale.id,
    code: codeOf(sale),
    paid,
    most,
    sentence,
    way,
    asksProof,
    refunds: refunds.map((stored) => refundView(stored, sale)),
  };
}
