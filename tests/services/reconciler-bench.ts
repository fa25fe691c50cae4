import path from 'node:path';
import {
  attemptIdOf,
  type PaymentIntentId,
  paymentIntentId,
  saleId,
} from '../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../main/domain/payment-intent.ts';
import type { SaleEvent } from '../../main/domain/sale-event.ts';
import type { Sale } from '../../main/domain/sale.ts';
import type { Sighting } from '../../main/ports/books.ts';
import type { Clock } from '../../main/ports/clock.ts';
import type { Answer, EventNotice, PaymentsApi } from '../../main/ports/payments-api.ts';
import { ClientSecrets } from '../../main/services/client-secrets.ts';
import { SaleSteps } from '../../main/services/sale-steps.ts';
import { openDatabase } from '../../main/storage/open.ts';
import { sqliteBooks } from '../../main/storage/sqlite-books.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { done, FakePayments } from '../support/fakes/fake-payments.ts';
import { keptLog } from '../support/fakes/kept-log.ts';
import { facts, ourKiosk, ourSale, read } from '../support/fakes/sales.ts';
import { VirtualClock } from '../support/fakes/virtual-clock.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** The books, the ledger and the steps on one real SQLite file. */
export function openBooks(folder: string, clock: Clock = new VirtualClock()) {
  const database = openDatabase(path.join(folder, 'foyer.db'));
  const ledger = sqliteLedger(database, { boot: 'boot_0000000001' });
  const books = sqliteBooks(database);
  const { log, lines } = keptLog();
  const steps = new SaleSteps({
    ledger,
    clock,
    log,
    clientSecrets: new ClientSecrets(),
    driver: { command: () => undefined },
    onStep: () => undefined,
  });
  return {
    database,
    ledger,
    books,
    log,
    lines,
    steps,
    /** Stores a sale, added an hour ago unless told, and leads it through these events. */
    store: (
      first: Sale,
      events: readonly SaleEvent[],
      addedAtMs = clock.nowMs() - hourMs,
    ): void => {
      ledger.addSale(first, addedAtMs);
      for (const event of events) {
        if (steps.apply(first.id, event) === null) throw new Error(`${event.kind} was ignored`);
      }
    },
    stored: (id = ourSale): Sale => {
      const sale = ledger.findSale(id);
      if (sale === null) throw new Error('the sale is not stored');
      return sale;
    },
    /** What waits in the outbox for this sale. */
    waiting: (id = ourSale): readonly string[] =>
      ledger
        .waitingWork(100)
        .filter(({ owner }) => owner === id)
        .map(({ kind }) => kind),
    /** Finishes everything that waits, so that a test sees only what comes after. */
    drain: (): void => {
      database.db.exec(
        "update outbox set state = 'done', ended_at_ms = 0, email = null where state = 'waiting'",
      );
    },
    close: (): void => {
      database.close();
    },
  };
}

/** The PaymentIntent's life up to here, by what main read of it; each is enough for one sale. */
export const lives = {
  created: (first: PaymentIntentFacts = facts()): SaleEvent[] => [
    { kind: 'confirmed' },
    { kind: 'payment_intent_created', paymentIntent: first },
  ],
  held: (first: PaymentIntentFacts = facts()): SaleEvent[] => {
    const attemptId = attemptIdOf(saleId(first.saleId ?? ourSale), 1);
    return [
      ...lives.created(first),
      { kind: 'card_collected', attemptId, askFirst: false },
      { kind: 'process_answered', attemptId, count: 1, hint: { kind: 'processed' } },
      read(heldOf(first)),
    ];
  },
  paid: (first: PaymentIntentFacts = facts()): SaleEvent[] => [
    ...lives.held(first),
    { kind: 'step_done', step: 'capture' },
    read(takenOf(first)),
  ],
  canceled: (first: PaymentIntentFacts = facts()): SaleEvent[] => [
    ...lives.created(first),
    { kind: 'customer_canceled' },
    read({ ...first, status: 'canceled' }),
  ],
} as const;

export function heldOf(first: PaymentIntentFacts): PaymentIntentFacts {
  return { ...first, status: 'requires_capture', amountCapturable: first.amount };
}

export function takenOf(first: PaymentIntentFacts): PaymentIntentFacts {
  return { ...first, status: 'succeeded', amountReceived: first.amount };
}

/** A clock that stands until it is moved, and is right. */
export class KnownClock extends VirtualClock {
  isKnown = true;
}

/** A clock whose sleeps are over at once, and that has moved on by as much. */
export class HurriedClock extends KnownClock {
  override async sleep(ms: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.advance(ms);
  }
}

let count = 0;

export function anEvent(createdAtMs: number, changes: Partial<EventNotice> = {}): EventNotice {
  count += 1;
  return {
    id: `evt_${String(count).padStart(6, '0')}`,
    type: 'payment_intent.succeeded',
    createdAtMs,
    paymentIntentId: paymentIntentId('pi_0001'),
    kioskId: ourKiosk,
    readerId: null,
    ...changes,
  };
}

/** A PaymentIntent as a list shows it. */
export function listed(read: PaymentIntentFacts, createdAtMs: number): Sighting {
  return {
    id: read.id,
    status: read.status,
    amount: read.amount,
    currency: read.currency,
    amountCapturable: read.amountCapturable,
    amountReceived: read.amountReceived,
    amountRefunded: read.amountRefunded,
    createdAtMs,
    captureBeforeMs: read.captureBeforeMs,
    saleId: read.saleId,
    kioskId: read.kioskId,
    orderHash: 'hash',
  };
}

/** Lists what it is given, newest first and a page at a time, as Stripe does; or fails as it is told. */
export class ListedAccount extends FakePayments {
  readonly events: EventNotice[] = [];
  readonly intents = new Map<PaymentIntentId, { read: PaymentIntentFacts; createdAtMs: number }>();
  /** Answers for the next calls, whatever they are; null lets one through. */
  readonly faults: (Answer<never> | null)[] = [];
  readonly calls: string[] = [];
  pageSize = 100;
  /** Called before each answer. */
  onCall: () => void = () => undefined;

  add(read: PaymentIntentFacts, createdAtMs: number): void {
    this.intents.set(read.id, { read, createdAtMs });
  }

  override listEvents: PaymentsApi['listEvents'] = ({ createdFromMs, startingAfter }) => {
    const all = this.events
      .filter((event) => event.createdAtMs >= createdFromMs)
      .toSorted((left, right) => right.createdAtMs - left.createdAtMs);
    return this.#reply('events', () => this.#page(all, startingAfter));
  };

  override listPaymentIntents: PaymentsApi['listPaymentIntents'] = (query) => {
    const all = [...this.intents.values()]
      .filter(({ createdAtMs }) => createdAtMs >= query.createdFromMs)
      .filter(({ createdAtMs }) => createdAtMs <= query.createdToMs)
      .toSorted((left, right) => right.createdAtMs - left.createdAtMs)
      .map(({ read, createdAtMs }) => listed(read, createdAtMs));
    return this.#reply('payment_intents', () => this.#page(all, query.startingAfter));
  };

  override probe: PaymentsApi['probe'] = () => this.#reply('probe', () => null);

  override read: PaymentsApi['read'] = (id) =>
    this.#reply(`read ${id}`, () => ({
      paymentIntent: this.intents.get(id)?.read ?? facts(),
      clientSecret: null,
    }));

  #page<Entry extends { readonly id: string }>(
    all: readonly Entry[],
    startingAfter: string | null,
  ): { entries: readonly Entry[]; hasMore: boolean } {
    const from = startingAfter === null ? 0 : all.findIndex(({ id }) => id === startingAfter) + 1;
    const entries = all.slice(from, from + this.pageSize);
    return { entries, hasMore: from + entries.length < all.length };
  }

  #reply<Value>(call: string, value: () => Value): Promise<Answer<Value>> {
    this.calls.push(call);
    this.onCall();
    const fault = this.faults.shift() ?? null;
    return Promise.resolve(fault ?? done(value()));
  }
}
