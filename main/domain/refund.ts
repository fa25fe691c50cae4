import type {
  ChargeId,
  KioskId,
  PaymentIntentId,
  RefundId,
  SaleId,
  StripeRefundId,
} from './ids.ts';
import type { Money } from './money.ts';
import type { ReaderAttempt } from './reader-attempt.ts';

/** Money given back, as a row of its own on a paid sale. */
export const refundStates = [
  /** On disk; Stripe has not answered. */
  'asked',
  /** In person: the reader waits for the card that paid. */
  'presenting',
  'processing',
  /** Nobody knows yet whether the money was given back. */
  'finding_out',
  /** Stripe is giving it back. */
  'pending',
  'succeeded',
  /** It did not reach the customer, perhaps days after it was said to have succeeded: the money is the studio's again. */
  'failed',
  /** Stripe refused the request; nothing was given back. */
  'refused',
  'canceled',
] as const;

export type RefundState = (typeof refundStates)[number];

/** Stripe's words. https://docs.stripe.com/api/refunds/create#create_refund-reason */
export const refundReasons = ['requested_by_customer', 'duplicate', 'fraudulent'] as const;

export type RefundReason = (typeof refundReasons)[number];

export const stripeRefundStatuses = [
  'pending',
  'requires_action',
  'succeeded',
  'failed',
  'canceled',
] as const;

/** A Refund as main has read it itself. */
export interface RefundFacts {
  readonly id: StripeRefundId;
  readonly status: (typeof stripeRefundStatuses)[number];
  readonly amount: number;
  readonly currency: string;
  readonly paymentIntentId: PaymentIntentId | null;
  readonly failureReason: string | null;
  readonly createdAtMs: number;
  /** `metadata.refund` and `metadata.kiosk`: null for one that was made elsewhere, or on a reader. */
  readonly refundId: string | null;
  readonly kioskId: string | null;
}

export interface Refund {
  /** Made from the request of the page: the same request, sent twice, is the same refund. */
  readonly id: RefundId;
  readonly kioskId: KioskId;
  readonly saleId: SaleId;
  readonly paymentIntentId: PaymentIntentId;
  readonly chargeId: ChargeId | null;
  readonly amount: Money;
  readonly reason: RefundReason;
  /** Interac can only be given back to the card itself, at a reader. */
  readonly way: 'by_api' | 'in_person';
  /** The name staff gave, why, and who approved it. */
  readonly by: string;
  readonly why: string;
  readonly approvedBy: string;
  readonly state: RefundState;
  readonly stripeRefund: RefundFacts | null;
  /** Refunds of this payment that were there before; null until looked. In person that is how ours is told from them. */
  readonly before: readonly StripeRefundId[] | null;
  readonly attempt: ReaderAttempt | null;
  readonly attemptsMade: number;
  /** Why it was refused, failed or cancelled; Stripe's word, or one of ours. */
  readonly problem: string | null;
  /** Staff have seen that it failed, and dealt with it. */
  readonly acknowledged: boolean;
  readonly ordinal: number;
  readonly unanswered: number;
  readonly inconclusiveLooks: number;
  readonly revision: number;
}

export type RefundEffect =
  | { readonly kind: 'refund.create'; readonly ordinal: number; readonly afterMs: number }
  /** Lists the refunds of the payment, all of them. */
  | { readonly kind: 'refund.look_up'; readonly afterMs: number }
  | { readonly kind: 'refund.read'; readonly afterMs: number };

/** True when nothing of ours changes it any more; a success can still fail at the bank. */
export function isRefundOver(state: RefundState): boolean {
  return state === 'succeeded' || state === 'failed' || state === 'refused' || state === 'canceled';
}

/** True when the money is, after all, still the studio's. */
export function gaveNothingBack(state: RefundState): boolean {
  return state === 'failed' || state === 'refused' || state === 'canceled';
}

/** True while a person must look: it failed, or nobody can find out what became of it. */
export function wantsStaff(refund: Refund): boolean {
  if (refund.state === 'finding_out') return refund.inconclusiveLooks > looksMax;
  return refund.state === 'failed' && !refund.acknowledged;
}

/** After so many looks without a trace a person is asked as well; the looks go on, far apart. */
export const looksMax = 20;

export type NewRefund = Pick<
  Refund,
  | 'id'
  | 'kioskId'
  | 'saleId'
  | 'paymentIntentId'
  | 'chargeId'
  | 'amount'
  | 'reason'
  | 'way'
  | 'by'
  | 'why'
  | 'approvedBy'
>;

/** A refund as it is stored first, and the work it begins with. In person the payment's refunds are listed first. */
export function newRefund(asked: NewRefund): {
  readonly refund: Refund;
  readonly effect: RefundEffect;
} {
  const isInPerson = asked.way === 'in_person';
  return {
    refund: {
      ...asked,
      state: 'asked',
      stripeRefund: null,
      before: null,
      attempt: null,
      attemptsMade: 0,
      problem: null,
      acknowledged: false,
      ordinal: isInPerson ? 0 : 1,
      unanswered: 0,
      inconclusiveLooks: 0,
      revision: 0,
    },
    effect: isInPerson
      ? { kind: 'refund.look_up', afterMs: 0 }
      : { kind: 'refund.create', ordinal: 1, afterMs: 0 },
  };
}
