import { z } from 'zod';
import type { MoneyView } from './money.ts';
import { saleIdSchema } from './sale.ts';

const refundId = z.string().regex(/^refund_[0-9a-z]{10,40}$/);
const by = z.string().max(200);
const why = z.string().max(2_000);

export const refundOfferRequest = z.strictObject({ saleId: saleIdSchema });
export const refundAskRequest = z.strictObject({
  /** Of the page's form: the same request, sent twice, is one refund. */
  requestId: z.string().regex(/^[0-9a-z]{10,40}$/),
  saleId: saleIdSchema,
  /** Minor units. */
  amount: z.int().min(1).max(99_999_999),
  reason: z.enum(['requested_by_customer', 'duplicate', 'fraudulent']),
  by,
  why,
  /** The PIN, once more; null where the studio asks for none. Never stored. */
  proof: z.string().max(64).nullable(),
});
export const refundRequest = z.strictObject({ refundId });
export const refundAcknowledgeRequest = z.strictObject({ refundId, by, why });

export type RefundStateView =
  | 'asked'
  | 'presenting'
  | 'processing'
  | 'finding_out'
  | 'pending'
  | 'succeeded'
  | 'failed'
  | 'refused'
  | 'canceled';

export interface RefundView {
  readonly refundId: string;
  readonly saleId: string;
  readonly code: string;
  readonly state: RefundStateView;
  readonly way: 'by_api' | 'in_person';
  readonly amount: MoneyView;
  readonly reason: 'requested_by_customer' | 'duplicate' | 'fraudulent';
  readonly by: string;
  readonly why: string;
  readonly approvedBy: string;
  readonly askedAtMs: number;
  readonly changedAtMs: number;
  /** Stripe's id, once known. */
  readonly stripeRefundId: string | null;
  /** Why it was refused, failed or cancelled; Stripe's word, or one of ours. */
  readonly problem: string | null;
  /** It failed, or can't be found out, and nobody has dealt with it yet. */
  readonly wantsStaff: boolean;
  readonly last4: string | null;
}

/** What can be given back of a sale now. */
export interface RefundOffer {
  readonly saleId: string;
  readonly code: string;
  readonly paid: MoneyView;
  /** The most that may be asked for now, and what the form proposes. Zero: `sentence` says why not. */
  readonly most: MoneyView;
  readonly sentence: string | null;
  readonly way: 'by_api' | 'in_person';
  /** The PIN is asked for once more. */
  readonly asksProof: boolean;
  readonly refunds: readonly RefundView[];
}

export type RefundAnswer =
  | { readonly kind: 'asked'; readonly refund: RefundView }
  | { readonly kind: 'refused'; readonly sentence: string };
