import path from 'node:path';
import type { ReaderEffect } from '../../../main/domain/effect.ts';
import { refundId, type SaleId, saleId } from '../../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../../main/domain/payment-intent.ts';
import type { Refund } from '../../../main/domain/refund.ts';
import { openSale, type Sale } from '../../../main/domain/sale.ts';
import type { ApprovalAnswer, ApprovalRequest } from '../../../main/ports/approval.ts';
import type { OutboxRow } from '../../../main/ports/ledger.ts';
import type { PaymentsApi } from '../../../main/ports/payments-api.ts';
import type { RefundsApi } from '../../../main/ports/refunds-api.ts';
import { ClientSecrets } from '../../../main/services/client-secrets.ts';
import { OutboxWorker, type Settled } from '../../../main/services/outbox-worker.ts';
import { Reconciler } from '../../../main/services/reconciler.ts';
import { givingBack } from '../../../main/services/refunds/giving-back.ts';
import type { RefundAsk, RefundOutcome } from '../../../main/services/refunds/refunds.ts';
import { SaleSteps } from '../../../main/services/sale-steps.ts';
import { StripeReach } from '../../../main/services/stripe-reach.ts';
import { StripeWork } from '../../../main/services/stripe-work.ts';
import { openDatabase } from '../../../main/storage/open.ts';
import { sqliteBooks } from '../../../main/storage/sqlite-books.ts';
import { sqliteLedger } from '../../../main/storage/sqlite-ledger.ts';
import { sqliteRefundBook } from '../../../main/storage/sqlite-refund-book.ts';
import { keptLog } from '../../support/fakes/kept-log.ts';
import { anOrder, captured, ourKiosk, ourSale } from '../../support/fakes/sales.ts';
import { settle } from '../../support/fakes/virtual-clock.ts';
import { hourMs, KnownClock, lives } from '../reconciler-bench.ts';

export interface RefundBenchOptions {
  readonly clock?: KnownClock;
  readonly payments: PaymentsApi;
  readonly api: RefundsApi | null;
  /** Names the run of the kiosk; another name is a kiosk that was started again on the same file. */
  readonly boot?: string;
  readonly approve?: (request: ApprovalRequest) => ApprovalAnswer;
}

/** What gives money back on one real SQLite file, with its own outbox, and everything outside told by the test. */
export function openRefunds(folder: string, options: RefundBenchOptions) {
  const clock = options.clock ?? new KnownClock();
  const database = openDatabase(path.join(folder, 'foyer.db'));
  const ledger = sqliteLedger(database, { boot: options.boot ?? 'boot_0000000001' });
  const book = sqliteRefundBook(database);
  const books = sqliteBooks(database);
  const { log, lines } = keptLog();
  const reach = new StripeReach(() => undefined);
  const clientSecrets = new ClientSecrets();
  const commanded: ReaderEffect[] = [];
  const approvals: ApprovalRequest[] = [];
  const bench = { isReaderFree: true };
  const wake = (): void => {
    worker.wake();
  };
  const sales = new SaleSteps({
    ledger,
    clock,
    log,
    clientSecrets,
    driver: { command: () => undefined },
    onStep: wake,
  });
  const giving = givingBack({
    ledger,
    book,
    api: options.api,
    payments: options.payments,
    approval: {
      ask: (request) => {
        approvals.push(request);
        return Promise.resolve(options.approve?.(request) ?? { kind: 'approved', by: 'Grace' });
      },
    },
    sales,
    driver: {
      command: (_errand, effect) => {
        commanded.push(effect);
      },
    },
    clock,
    reach,
    log,
    kioskId: ourKiosk,
    isReaderFree: () => bench.isReaderFree,
    onStep: wake,
  });
  const saleWork = new StripeWork({
    ledger,
    clock,
    payments: options.payments,
    steps: sales,
    clientSecrets,
    reach,
    orderHash: () => 'hash',
    cards: null,
    onSettled: () => undefined,
  });
  const carryOut = (row: OutboxRow, signal: AbortSignal): Promise<Settled> =>
    row.owner.startsWith('refund_') ? giving.carryOut(row, signal) : saleWork.carryOut(row, signal);
  const worker: OutboxWorker = new OutboxWorker({
    ledger,
    clock,
    log,
    carryOut,
    onFileFault: () => undefined,
    onDamaged: () => undefined,
  });
  const around = { ledger, books, steps: sales, clock, log, kioskId: ourKiosk, refunds: book };
  const reconciler = new Reconciler({
    ...around,
    sweep: {
      sweepNow: () => {
        const toMs = clock.nowMs();
        books.saveSweep({ fromMs: toMs - hourMs, toMs, doneAtMs: toMs });
        return Promise.resolve({ kind: 'complete', listed: 0, found: 0 });
      },
      lastOutcome: { kind: 'complete', listed: 0, found: 0 },
      isRunning: false,
    },
  });
  return {
    ...bench,
    bench,
    clock,
    database,
    ledger,
    book,
    books,
    lines,
    log,
    sales,
    commanded,
    approvals,
    reconciler,
    worker,
    ...giving,
    /** Works off everything that is due now and in the next `ms`. */
    run: async (ms = 0): Promise<void> => {
      worker.start();
      worker.wake();
      await settle();
      if (ms > 0) await clock.advance(ms);
      await settle();
    },
    /** The same without the worker: one call after the other, however long each takes, until none is due. */
    workOff: async (): Promise<void> => {
      const { signal } = new AbortController();
      for (;;) {
        const row = ledger.nextDue(clock.nowMs(), new Set());
        if (row === null) return;
        const { answer, isOver, store } = await carryOut(row, signal);
        if (!isOver) throw new Error(`${row.work.kind} was ${answer.kind}`);
        const { kind: outcome } = answer;
        const call = { outcome, status: null, code: null, requestId: null, durationMs: 1 };
        store(() => {
          ledger.finish(row, outcome === 'done' ? 'done' : 'refused', call, clock.nowMs());
        });
      }
    },
    /** What the outbox still holds for this owner. */
    waiting: (owner: string): readonly string[] =>
      ledger
        .waitingWork(100)
        .filter((row) => row.owner === owner)
        .map(({ kind }) => kind),
    stop: async (): Promise<void> => {
      await worker.close();
      giving.close();
      database.close();
    },
  };
}

export type RefundBench = ReturnType<typeof openRefunds>;

/** Stores a sale that was paid an hour ago, as Stripe shows it. */
export function storePaid(
  bench: RefundBench,
  paid: PaymentIntentFacts = captured,
  id: SaleId = saleId(paid.saleId ?? ourSale),
): void {
  const sale = openSale(id, ourKiosk, anOrder(paid.amount, paid.currency));
  bench.ledger.addSale(sale, bench.clock.nowMs() - hourMs);
  const first = { ...paid, status: 'requires_payment_method', amountReceived: 0 } as const;
  for (const event of lives.held({ ...first, disputed: false })) bench.sales.apply(id, event);
  bench.sales.apply(id, { kind: 'step_done', step: 'capture' });
  const paymentIntent = paid;
  const leftAt = Number.MAX_SAFE_INTEGER;
  bench.sales.apply(id, { kind: 'payment_intent_read', paymentIntent, leftAt });
  drain(bench);
  if (storedSale(bench, id).state !== 'paid') throw new Error('the sale is not paid');
}

/** Finishes everything that waits, so that a test sees only what comes after. */
export function drain({ database }: RefundBench): void {
  database.db.exec(
    "update outbox set state = 'done', ended_at_ms = 0, email = null where state = 'waiting'",
  );
}

export const request: RefundAsk = {
  requestId: 'request00001',
  saleId: ourSale,
  amount: 500,
  reason: 'requested_by_customer',
  by: 'Ada',
  why: 'the class was cancelled',
  proof: '2749',
};

export const ourRefund = refundId('refund_request00001');

export function storedSale({ ledger }: RefundBench, id = ourSale): Sale {
  const sale = ledger.findSale(id);
  if (sale === null) throw new Error('the sale is not stored');
  return sale;
}

export function storedRefund({ book }: RefundBench, id = ourRefund): Refund {
  const refund = book.findRefund(id);
  if (refund === null) throw new Error('the refund is not stored');
  return refund;
}

/** The sentence of a refusal. */
export function sentenceOf(outcome: RefundOutcome): string {
  if (outcome.kind !== 'refused') throw new Error('it was not refused');
  return outcome.sentence;
}
