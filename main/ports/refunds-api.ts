import type { KioskId, PaymentIntentId, RefundId, SaleId, StripeRefundId } from '../domain/ids.ts';
import type { RefundFacts, RefundReason } from '../domain/refund.ts';
import type { Answer } from './payments-api.ts';

export interface RefundRequest {
  readonly refundId: RefundId;
  readonly saleId: SaleId;
  readonly kioskId: KioskId;
  readonly paymentIntentId: PaymentIntentId;
  /** Minor units. */
  readonly amount: number;
  readonly reason: RefundReason;
}

/** Giving money back without the card. The changing call carries a stored key. */
export interface RefundsApi {
  create(request: RefundRequest, key: string, signal: AbortSignal): Promise<Answer<RefundFacts>>;
  read(id: StripeRefundId, signal: AbortSignal): Promise<Answer<RefundFacts>>;
  /** Every refund of the payment, whoever made it. */
  list(id: PaymentIntentId, signal: AbortSignal): Promise<Answer<readonly RefundFacts[]>>;
}
