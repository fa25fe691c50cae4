import type { RefundBook } from '../ports/refund-book.ts';
import type { OpenDatabase } from './open.ts';
import { RefundsTable } from './refunds-table.ts';
import { StoredOwners } from './stored-owners.ts';

/**
 * The refund book in the ledger's own file: what it writes joins the ledger's transaction. What is asked for by its id
 * and can't be believed, row and journal, throws DamagedRecord; lists leave it out, and the check of the file tells.
 */
export function sqliteRefundBook({ db, transactions }: OpenDatabase): RefundBook {
  const refunds = new RefundsTable(db);
  const owners = new StoredOwners(db);
  return {
    addRefund: (refund, nowMs) =>
      transactions.run(() => {
        owners.refuseStranger(refund.saleId);
        refunds.add(refund, nowMs);
      }),
    findRefund: (id) => refunds.find(id),
    findByStripeId: (id) => refunds.findByStripeId(id),
    saveRefundStep: (before, after, event, nowMs) =>
      transactions.run(() => refunds.save(before, after, event, nowMs)),
    journalOf: (id) => refunds.journalOf(id),
    refundsOf: (saleId) => refunds.of(saleId),
    unfinishedRefunds: () => refunds.unfinished(),
    refundsToShow: (fromMs) => refunds.toShow(fromMs),
  };
}
