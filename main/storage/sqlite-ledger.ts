import type { CallRecord, Ledger, OutboxRow } from '../ports/ledger.ts';
import { answerWords, CallsTable } from './calls-table.ts';
import { HandedOut } from './handed-out.ts';
import type { OpenDatabase } from './open.ts';
import { OutboxFronts } from './outbox-fronts.ts';
import { OutboxQueue } from './outbox-queue.ts';
import { OutboxTable } from './outbox-table.ts';
import { ordinalOf } from './outbox-work.ts';
import { SalesTable } from './sales-table.ts';
import { StoredOwners } from './stored-owners.ts';

/**
 * The ledger on one SQLite file. Each method outside `atomically` is a transaction of its own. `boot` names this
 * run of the kiosk: work stored by another may have been sent. One ledger per open file.
 */
export function sqliteLedger(database: OpenDatabase, { boot }: { readonly boot: string }): Ledger {
  const { db, transactions } = database;
  const sales = new SalesTable(database);
  const owners = new StoredOwners(db);
  const calls = new CallsTable(db);
  const handedOut: HandedOut = new HandedOut((id) => outbox.isOpen({ id }));
  const fronts = new OutboxFronts(db);
  const outbox = new OutboxTable(db, boot, handedOut, fronts);
  const queue = new OutboxQueue(db, boot, handedOut, fronts);

  function atomically<Value>(work: () => Value): Value {
    return transactions.run(work);
  }

  function called(row: OutboxRow, call: CallRecord, nowMs: number): string {
    const { work } = row;
    calls.add(row.owner, { kind: work.kind, ordinal: ordinalOf(work) }, call, nowMs);
    return answerWords(call);
  }

  return {
    atomically,
    addSale: (sale, nowMs) => atomically(() => sales.add(sale, nowMs)),
    findSale: (id) => sales.find(id),
    findSaleOfPaymentIntent: (id) => sales.findByPaymentIntent(id),
    salesOfPlatformOrder: (id) => sales.ofPlatformOrder(id),
    unfinishedSales: () => sales.unfinished(),
    damagedSales: () => sales.damaged(),
    saleAddedAtMs: (id) => sales.times(id).addedAtMs,
    salePaidAtMs: (id) => sales.times(id).paidAtMs,
    saveStep: (before, after, event, nowMs) =>
      atomically(() => sales.save(before, after, event, nowMs)),
    newestKiosk: () => sales.newestKiosk(),
    pendingSales: () => sales.pending(),
    addReaderCall: (owner, kind, ordinal, call, nowMs) =>
      atomically(() => {
        owners.refuseStranger(owner);
        calls.add(owner, { kind, ordinal }, call, nowMs);
      }),
    historyOf: (id) => ({ entries: sales.entries(id), calls: calls.of(id) }),
    callsOf: (owner) => calls.of(owner),

    enqueue: (owner, work, nowMs) =>
      atomically(() => {
        owners.refuseStranger(owner);
        outbox.add(owner, work, nowMs);
      }),
    lastOrdinal: (owner, kind) => outbox.lastOrdinal(owner, kind),
    nextDue: (nowMs, busy) =>
      queue.next(nowMs, busy, (id, why) => {
        atomically(() => outbox.end({ id }, 'set_aside', nowMs, why));
      }),
    isOpen: (row) => outbox.isOpen(row),
    postpone: (row, nextAtMs, call, nowMs) =>
      atomically(() => outbox.postpone(row, nextAtMs, called(row, call, nowMs), nowMs)),
    finish: (row, outcome, call, nowMs) =>
      atomically(() => outbox.end(row, outcome, nowMs, called(row, call, nowMs))),
    setAside: (row, why, nowMs) => atomically(() => outbox.end(row, 'set_aside', nowMs, why)),
    hasOpenWork: (owner) => outbox.hasOpenWork(owner),
    nextDueAtMs: (nowMs, busy) => queue.nextDueAtMs(nowMs, busy),
    hurry: (nowMs) => atomically(() => queue.hurry(nowMs)),
    backlog: () => queue.backlog(),
    waitingWork: (limit) => queue.waiting(limit),
    receiptEmailState: (saleId) => outbox.receiptEmailState(saleId),
    receiptEmailsAsked: (saleId) => outbox.receiptEmailsAsked(saleId),
  };
}
