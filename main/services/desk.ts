import type { Catalogue } from '../domain/catalogue.ts';
import type { KioskId, SaleId, SetupId } from '../domain/ids.ts';
import type { SaleEvent } from '../domain/sale-event.ts';
import { defaultWaitLimits, type WaitLimits } from '../domain/sale-waits.ts';
import { isCarriedByOutbox, isFinal, type Sale } from '../domain/sale.ts';
import { type Abilities, directAbilities } from '../ports/abilities.ts';
import type { Books } from '../ports/books.ts';
import type { IdSource } from '../ports/id-source.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { Log } from '../ports/log.ts';
import type { OrderHash } from '../ports/order-hash.ts';
import type { PaymentsApi } from '../ports/payments-api.ts';
import type { ReaderBook, ReaderOfSettings } from '../ports/reader-book.ts';
import type { ReaderDriver } from '../ports/reader-driver.ts';
import type { ReadersApi } from '../ports/readers-api.ts';
import { Checkout } from './checkout.ts';
import { BesideSales, type BesideSalesOptions } from './beside-sales.ts';
import { ClientSecrets } from './client-secrets.ts';
import { leadReaders } from './lead-readers.ts';
import { EventPoller } from './event-poller.ts';
import { OutboxWorker } from './outbox-worker.ts';
import { repeatedly } from './repeatedly.ts';
import { probeWhileAway } from './reach-probe.ts';
import type { ReaderLead } from './reader-lead.ts';
import { PlatformOrders } from './platform-orders.ts';
import { ReaderReports } from './reader-reports.ts';
import { Receipts } from './receipts.ts';
import { Reconciler } from './reconciler.ts';
import { recover } from './recovery.ts';
import { SaleSteps } from './sale-steps.ts';
import { SaleTimers } from './sale-timers.ts';
import type { ServerTime } from './server-time.ts';
import { StripeReach } from './stripe-reach.ts';
import { StripeWork } from './stripe-work.ts';
import { Sweep, type SweepOutcome } from './sweep.ts';

/** How often unfinished sales are looked through for one that nothing carries on. Milliseconds. */
const stuckEveryMs = 60_000;

export interface DeskOptions {
  readonly ledger: Ledger;
  /** In the same file as the ledger. */
  readonly books: Books;
  readonly payments: PaymentsApi;
  /** What the system behind them can do; direct Stripe's, unless given. */
  readonly abilities?: Abilities;
  /** The window's. */
  readonly driver: ReaderDriver;
  /** Which readers take payments, and main's own way to lead them. Without it the window leads the only one. */
  readonly readers?: {
    /** Null: the system behind this kiosk can't lead readers. */
    readonly api: ReadersApi | null;
    readonly book: ReaderBook;
    /** Of the settings; what staff chose since goes before it. */
    readonly fromSettings: ReaderOfSettings;
  };
  /** Members' cards, and money given back; without it the desk sells and does nothing beside. */
  readonly beside?: BesideSalesOptions;
  /** Told the time by the payment system's replies; everything here reckons in it. */
  readonly time: ServerTime;
  readonly log: Log;
  readonly ids: IdSource;
  readonly orderHash: OrderHash;
  readonly kioskId: KioskId;
  /** Null: nothing can be sold, but what is unfinished is finished all the same. */
  readonly catalogue: Catalogue | null;
  readonly askBeforeCharging: boolean;
  readonly waitLimits?: WaitLimits;
  readonly maySell: () => boolean;
  /** The file is an older one that took the place of a lost one: what it holds may not be true any more. */
  readonly isRestored?: boolean;
  /** Sets a damaged sale aside and puts back what can be proved of it. */
  readonly mend: (id: SaleId) => void;
  /** The file could not be used: somebody should look through it. */
  readonly onFileFault?: () => void;
  /** The account has been compared with the file, or could not be. */
  readonly onSwept?: (outcome: SweepOutcome) => void;
  /** Something the window shows has changed. */
  readonly onChange: () => void;
}

/**
 * Everything that takes care of money, put together from ports alone: under the kiosk they are a file, a network and
 * a reader; under the simulation they are models, and this is the same.
 */
export class Desk {
  /** Null without a catalogue. */
  readonly checkout: Checkout | null;
  /** Orders that a platform made; null without a catalogue. */
  readonly orders: PlatformOrders | null;
  readonly receipts: Receipts;
  readonly steps: SaleSteps;
  readonly reach: StripeReach;
  /** Leads the readers; null where the window leads the only one. */
  readonly lead: ReaderLead | null;
  /** Null on a desk that only sells. */
  readonly beside: BesideSales | null;
  /** What the page says of a reader that it leads for something that is no sale. */
  readonly reports: ReaderReports | null;
  /** Follows what others do to the account. */
  readonly poller: EventPoller;
  /** Compares the account with the file. */
  readonly sweep: Sweep;
  /** The day's books, and what staff decide. */
  readonly reconciler: Reconciler;
  readonly #options: DeskOptions;
  readonly #timers: SaleTimers;
  readonly #worker: OutboxWorker;
  readonly #closing = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: DeskOptions) {
    const { ledger, payments, time, log, ids, kioskId, catalogue, onChange } = options;
    const abilities = options.abilities ?? directAbilities;
    const clientSecrets = new ClientSecrets();
    const driver: ReaderDriver = {
      command: (errand, effect, clientSecret) => {
        (this.lead ?? options.driver).command(errand, effect, clientSecret);
      },
    };
    const mend = (id: SaleId): void => {
      this.mend(id);
    };
    this.#options = options;
    this.reach = new StripeReach((was) => {
      // What waited out a delay goes now, and in the order of its deadlines.
      if (this.reach.now === 'reached' && was !== 'not_tried') this.hurry();
      onChange();
    });
    this.steps = new SaleSteps({
      ledger,
      clock: time,
      log,
      driver,
      clientSecrets,
      onStep: (sale) => {
        this.#stepped(sale);
      },
    });
    this.beside = this.#besideSales(options, driver);
    const { beside } = this;
    this.lead = leadReaders(options, {
      steps: this.steps,
      reach: this.reach,
      clientSecrets,
      ...(beside === null ? {} : { errands: beside.errands, ...ledForCards(options, beside) }),
    });
    this.reports =
      beside === null ? null : new ReaderReports({ errands: beside.errands, lead: this.lead });
    this.#timers = new SaleTimers(time, options.waitLimits ?? defaultWaitLimits, (id, event) => {
      this.#waited(id, event);
    });
    const work = new StripeWork({
      ledger,
      clock: time,
      payments,
      steps: this.steps,
      clientSecrets,
      reach: this.reach,
      orderHash: options.orderHash,
      abilities,
      cards: beside?.cards ?? null,
      onSettled: onChange,
    });
    this.#worker = new OutboxWorker({
      ledger,
      clock: time,
      log,
      carryOut: (row, signal) => beside?.carryOut(row, signal) ?? work.carryOut(row, signal),
      onDamaged: mend,
      onFileFault: options.onFileFault ?? (() => undefined),
    });
    this.receipts = new Receipts(ledger, time, () => {
      this.#worker.wake();
      onChange();
    });
    const around = {
      ledger,
      books: options.books,
      payments,
      steps: this.steps,
      clock: time,
      log,
      kioskId,
      mend,
      ...(options.beside === undefined ? {} : { refunds: options.beside.refunds.book }),
    };
    this.sweep = new Sweep({
      ...around,
      canList: abilities.list,
      onSwept: options.onSwept ?? (() => undefined),
    });
    this.reconciler = new Reconciler({ ...around, sweep: this.sweep });
    this.poller = new EventPoller({
      ...around,
      isBusy: () => this.#isPaying(),
      onSweepAsked: () => {
        this.sweep.wake();
      },
      onReaderEvent: (readerId) => {
        this.lead?.wake(readerId);
      },
      onRefundEvent: (event) => {
        beside?.giving.refunds.heard(event);
      },
      onEventsLost: () => {
        beside?.giving.refunds.lookAtAll();
      },
    });
    this.checkout =
      catalogue === null
        ? null
        : new Checkout({
            ledger,
            steps: this.steps,
            clock: time,
            ids,
            kioskId,
            catalogue,
            abilities,
            askBeforeCharging: options.askBeforeCharging,
            maySell: () => options.maySell() && (beside?.errands.asking() ?? []).length === 0,
            onStarted: (sale) => {
              this.lead?.show(sale, () => this.checkout?.sale?.id === sale.id);
            },
            moveToSpare: (sale, attempt, code) =>
              this.lead?.moveToSpare({ kind: 'payment', sale }, attempt, code) ?? false,
            isLedByPage: (sale, attempt) =>
              this.lead?.isLedByPage({ kind: 'payment', sale }, attempt) ?? true,
            onLeft: () => beside?.saleLeft(),
            onChange,
          });
    this.orders = this.#platformOrders(catalogue, abilities);
  }

  /** Takes up what a former run left, then begins to work. On return every unfinished sale's next step is on disk. */
  start(): void {
    const { ledger, payments, time, log } = this.#options;
    if (this.#options.isRestored === true) {
      for (const { id } of ledger.unfinishedSales()) {
        this.steps.apply(id, { kind: 'record_restored' });
      }
    }
    const unfinished = recover({
      ledger,
      steps: this.steps,
      clock: time,
      log,
      mend: (id) => {
        this.mend(id);
      },
    });
    if (unfinished !== null) this.checkout?.takeUp(unfinished);
    this.beside?.start();
    this.#worker.start();
    if ((this.#options.abilities ?? directAbilities).events) this.poller.start();
    this.sweep.start();
    const { signal } = this.#closing;
    this.#running = Promise.all([
      this.lead?.run(signal),
      this.beside?.cards.run(signal),
      probeWhileAway(payments, this.reach, time, log, signal),
      repeatedly(() => this.#findStuck(), {
        clock: time,
        signal,
        firstMs: stuckEveryMs,
        everyMs: stuckEveryMs,
        onFault: (why) => log.write('error', 'sales.not_watched', { why }),
      }),
    ]);
  }

  /** Takes no further work and waits for what is under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
    await Promise.all([this.poller.close(), this.sweep.close()]);
    await this.#worker.close();
    this.#timers.close();
    this.beside?.close();
  }

  /** A page was loaded: what the former page held is gone. */
  windowLoaded(): void {
    this.checkout?.windowLoaded();
    this.beside?.windowLoaded();
  }

  /**
   * Sets a damaged sale aside and puts back what can be proved of it; then Stripe is asked what is true of it. What
   * can't be put back is looked for at Stripe by a sweep.
   */
  mend(id: SaleId): void {
    const { ledger, books } = this.#options;
    this.#options.mend(id);
    const sale = ledger.findSale(id);
    if (sale === null) {
      books.askForSweep();
      this.sweep.wake();
    } else if (isFinal(sale.state)) {
      this.steps.apply(id, { kind: 'look_asked' });
    } else if (!ledger.hasOpenWork(id)) {
      this.steps.apply(id, { kind: 'work_missing' });
    }
  }

  /** Asks for a read of the sale's PaymentIntent; false when it has none. */
  look(id: SaleId): boolean {
    return this.steps.apply(id, { kind: 'look_asked' }) !== null;
  }

  /** A try of everything that waits, now: the network may be back, or a person asks. */
  hurry(): void {
    const { ledger, time } = this.#options;
    ledger.hurry(time.nowMs());
    this.#worker.wake();
    this.poller.wake();
  }

  #platformOrders(catalogue: Catalogue | null, abilities: Abilities): PlatformOrders | null {
    const { checkout, steps } = this;
    if (checkout === null || catalogue === null) return null;
    const { ledger } = this.#options;
    return new PlatformOrders({ ledger, steps, checkout, abilities, currency: catalogue.currency });
  }

  #besideSales(options: DeskOptions, driver: ReaderDriver): BesideSales | null {
    if (options.beside === undefined) return null;
    return new BesideSales(options, options.beside, {
      steps: this.steps,
      reach: this.reach,
      driver,
      saleOnScreen: () => this.checkout?.sale ?? null,
      moveFromSilent: (errand, attempt) => this.lead?.moveFromSilent(errand, attempt) ?? false,
      onStep: () => {
        this.#worker.wake();
        options.onChange();
      },
    });
  }

  /** A sale whose work was set aside, or lost, must not stand still until the next start. */
  #findStuck(): void {
    const { ledger } = this.#options;
    for (const sale of ledger.unfinishedSales()) {
      if (!isCarriedByOutbox(sale) || ledger.hasOpenWork(sale.id)) continue;
      this.steps.apply(sale.id, { kind: 'work_missing' });
    }
    this.beside?.giving.refunds.findStuck();
  }

  /** A wait of the sale is over; one for a reader to wake goes on at the spare, where there is one. */
  #waited(id: SaleId, event: SaleEvent): void {
    const wakes = event.kind === 'time_passed' && event.wait === 'waking_reader';
    const sale = wakes ? this.#options.ledger.findSale(id) : null;
    const asked = sale?.attempt?.stage === 'sent' ? sale.attempt.id : null;
    if (
      sale !== null &&
      asked !== null &&
      this.lead?.moveFromSilent({ kind: 'payment', sale }, asked) === true
    )
      return;
    this.steps.apply(id, event);
  }

  #isPaying(): boolean {
    const sale = this.checkout?.sale ?? null;
    return sale !== null && sale.state !== 'open' && !isFinal(sale.state);
  }

  /** After each stored step: the clocks, the screen and the outbox follow what is on disk. */
  #stepped(sale: Sale): void {
    this.#timers.follow(sale);
    this.checkout?.stepped(sale);
    this.#worker.wake();
    // What is not bought any more is not shown any more; a payment on the reader is not touched by this.
    if (sale.state === 'canceled') this.lead?.clear();
    // What others do to a sale under way should be known soon.
    if (sale.state === 'creating') this.poller.wake();
    this.#options.onChange();
  }
}

/** What a setup is led with: its SetupIntent, and the secret that a page collects with. */
function ledForCards({ beside: options }: DeskOptions, { cards }: BesideSales) {
  const api = options?.cards.api ?? null;
  return { cards: { api, secretOf: (setup: SetupId) => cards.secrets.of(setup) } };
}
