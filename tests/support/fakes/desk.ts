import path from 'node:path';
import { isReaderEffect, type ReaderEffect } from '../../../main/domain/effect.ts';
import type { SaleEvent } from '../../../main/domain/sale-event.ts';
import type { Sale } from '../../../main/domain/sale.ts';
import type { Ledger, OutboxWork } from '../../../main/ports/ledger.ts';
import { ClientSecrets } from '../../../main/services/client-secrets.ts';
import { OutboxWorker } from '../../../main/services/outbox-worker.ts';
import { SaleSteps } from '../../../main/services/sale-steps.ts';
import { ServerTime } from '../../../main/services/server-time.ts';
import { StripeReach } from '../../../main/services/stripe-reach.ts';
import { StripeWork } from '../../../main/services/stripe-work.ts';
import { mendSale } from '../../../main/storage/mend-sale.ts';
import { type OpenDatabase, openDatabase } from '../../../main/storage/open.ts';
import { sqliteLedger } from '../../../main/storage/sqlite-ledger.ts';
import type { FakePayments } from './fake-payments.ts';
import { keptLog } from './kept-log.ts';
import { ourSale, step } from './sales.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface Commanded {
  readonly effect: ReaderEffect;
  readonly clientSecret: string | null;
  /** The sale as it was on disk when the reader was commanded. */
  readonly stored: Sale | null;
}

/** The services around one real SQLite file, with everything outside played by fakes. */
export function openDesk(folder: string, payments: FakePayments, boot = 'boot_0000000001') {
  const database = openDatabase(path.join(folder, 'foyer.db'));
  const ledger = sqliteLedger(database, { boot });
  const clock = new VirtualClock();
  const { log, lines } = keptLog();
  const clientSecrets = new ClientSecrets();
  const commanded: Commanded[] = [];
  const reach = new StripeReach(() => undefined);
  const steps = new SaleSteps({
    ledger,
    clock,
    log,
    clientSecrets,
    driver: {
      command: (errand, effect, clientSecret) => {
        const stored = errand.kind === 'payment' ? ledger.findSale(errand.sale.id) : null;
        commanded.push({ effect, clientSecret, stored });
      },
    },
    onStep: () => {
      worker.wake();
    },
  });
  const time = new ServerTime(clock);
  time.heard(clock.nowMs());
  const work = new StripeWork({
    ledger,
    clock: time,
    payments,
    steps,
    clientSecrets,
    reach,
    orderHash: () => 'hash',
    cards: null,
    onSettled: () => undefined,
  });
  const worker: OutboxWorker = new OutboxWorker({
    ledger,
    clock,
    log,
    carryOut: (row, signal) => work.carryOut(row, signal),
    onFileFault: () => undefined,
    onDamaged: (id) => {
      mendSale(database, id, clock.nowMs());
    },
  });
  return {
    database,
    ledger,
    clock,
    lines,
    clientSecrets,
    commanded,
    reach,
    steps,
    worker,
    /** The sale as it is on disk. */
    stored: (): Sale => {
      const sale = ledger.findSale(ourSale);
      if (sale === null) throw new Error('the sale is not stored');
      return sale;
    },
    close: async (): Promise<void> => {
      await worker.close();
      database.close();
    },
  };
}

/** Ends waiting rows of this kind, as a run that was before has done. */
export function endRows(database: OpenDatabase, ...kinds: OutboxWork['kind'][]): void {
  for (const kind of kinds) {
    database.db
      .prepare(
        `update outbox set state = 'done', ended_at_ms = stored_at_ms where kind = ? and state = 'waiting'`,
      )
      .run(kind);
  }
}

/** Puts a sale into a ledger by the steps that led to it, with the outbox as those steps left it. */
export function storeLife(
  ledger: Ledger,
  first: Sale,
  events: readonly SaleEvent[],
  nowMs = new VirtualClock().nowMs(),
): Sale {
  ledger.addSale(first, nowMs);
  return events.reduce((before, event) => {
    const { sale, effects } = step(before, event);
    ledger.saveStep(before, sale, event, nowMs);
    for (const effect of effects) {
      if (!isReaderEffect(effect)) ledger.enqueue(sale.id, effect, nowMs);
    }
    return sale;
  }, first);
}
