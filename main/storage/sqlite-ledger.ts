import type { Ledger } from '../ports/ledger.ts';
import type { OpenDatabase } from './open.ts';
import { OutboxTable } from './outbox-table.ts';
import { SalesTable } from './sales-table.ts';

/** The ledger on one SQLite file. Each method outside `atomically` is a transaction of its own. */
export function sqliteLedger({ db }: OpenDatabase): Ledger {
  const sales = new SalesTable(db);
  const outbox = new OutboxTable(db);

  /** Inside a transaction better-sqlite3 makes an inner one a savepoint. */
  function atomically<Value>(work: () => Value): Value {
    return db.transaction(work).immediate();
  }

  return {
    atomically,
    addSale: (sale, nowMs) => atomically(() => sales.add(sale, nowMs)),
    findSale: (id) => sales.find(id),
    unfinishedSales: () => sales.unfinished(),
    damagedSales: () => sales.damaged(),
    saleAddedAtMs: (id) => sales.times(id).addedAtMs,
    salePaidAtMs: (id) => sales.times(id).paidAtMs,
    saveStep: (before, after, event, nowMs) =>
      atomically(() => sales.save(before, after, event, nowMs)),
    enqueue: (saleId, work, nowMs) => atomically(() => outbox.add(saleId, work, nowMs)),
    claim: (boot, nowMs) => atomically(() => outbox.claim(boot, nowMs)),
    holds: (row, boot) => outbox.holds(row, boot),
    postpone: (row, boot, nextAtMs, error) =>
      atomically(() => outbox.postpone(row, boot, nextAtMs, error)),
    finish: (row, boot, outcome, nowMs) =>
      atomically(() => outbox.end(row, boot, outcome, nowMs, null)),
    setAside: (row, boot, why, nowMs) =>
      atomically(() => outbox.end(row, boot, 'set_aside', nowMs, why)),
    hasOpenWork: (saleId) => outbox.hasOpenWork(saleId),
    nextDueAtMs: (nowMs) => outbox.nextDueAtMs(nowMs),
    backlog: () => outbox.backlog(),
    receiptEmailState: (saleId) => outbox.receiptEmailState(saleId),
    receiptEmailsAsked: (saleId) => outbox.receiptEmailsAsked(saleId),
  };
}
