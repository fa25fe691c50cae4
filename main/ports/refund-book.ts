import type { RefundId, SaleId, StripeRefundId } from '../domain/ids.ts';
import type { Refund, RefundState } from '../domain/refund.ts';
import type { RefundEvent } from '../domain/refund-transition.ts';

/** A refund and when it was asked for, epoch milliseconds. */
export interface StoredRefund {
  readonly refund: Refund;
  readonly askedAtMs: number;
  readonly changedAtMs: number;
}

/** One entry of a refund's journal, as stored; `added` begins it. */
export interface RefundEntry {
  readonly revision: number;
  readonly atMs: number;
  readonly event: RefundEvent | { readonly kind: 'added' };
  readonly state: RefundState;
}

/** Refunds, in the ledger's file: writes join a transaction of `Ledger.atomically`, and are durable on return. */
export interface RefundBook {
  /** Refuses, by throwing, a refund whose sale is not stored. Adding the same id twice changes nothing. */
  addRefund(refund: Refund, nowMs: number): void;
  findRefund(id: RefundId): Refund | null;
  findByStripeId(id: StripeRefundId): Refund | null;
  /** Stores the step with its event. Refuses, by throwing, a refund that moved meanwhile. */
  saveRefundStep(before: Refund, after: Refund, event: RefundEvent, nowMs: number): void;
  /** Oldest first; empty where its chain is broken. */
  journalOf(id: RefundId): readonly RefundEntry[];
  /** Oldest first. */
  refundsOf(saleId: SaleId): readonly StoredRefund[];
  /** Those on their way, oldest first. */
  unfinishedRefunds(): readonly Refund[];
  /** Those on their way, those that failed and nobody has acknowledged, and those asked for in the period. */
  refundsToShow(fromMs: number): readonly StoredRefund[];
}
