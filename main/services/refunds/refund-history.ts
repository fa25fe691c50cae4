import type { SaleId } from '../../domain/ids.ts';
import type { Ledger, StoredCall } from '../../ports/ledger.ts';
import type { RefundBook, RefundEntry, StoredRefund } from '../../ports/refund-book.ts';

/** A refund with everything that happened to it. */
export interface RefundHistory extends StoredRefund {
  readonly entries: readonly RefundEntry[];
  readonly calls: readonly StoredCall[];
}

/** Every refund of the sale with its steps and calls, oldest first. */
export function refundHistories(
  ledger: Pick<Ledger, 'callsOf'>,
  book: Pick<RefundBook, 'refundsOf' | 'journalOf'>,
  id: SaleId,
): readonly RefundHistory[] {
  return book.refundsOf(id).map((stored) => ({
    ...stored,
    entries: book.journalOf(stored.refund.id),
    calls: ledger.callsOf(stored.refund.id),
  }));
}
