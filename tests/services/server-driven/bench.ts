import { createHash } from 'node:crypto';
import path from 'node:path';
import { expect } from 'vitest';
import type { ReaderEffect } from '../../../main/domain/effect.ts';
import {
  kioskId,
  type PaymentIntentId,
  paymentIntentId,
  type ReaderId,
} from '../../../main/domain/ids.ts';
import { isFinal, type Sale } from '../../../main/domain/sale.ts';
import type { IdSource } from '../../../main/ports/id-source.ts';
import type { CardBook } from '../../../main/ports/card-book.ts';
import type { Ledger } from '../../../main/ports/ledger.ts';
import type { ChosenReader, ReaderBook, ReaderChoice } from '../../../main/ports/reader-book.ts';
import type { RefundBook } from '../../../main/ports/refund-book.ts';
import type { Checkout } from '../../../main/services/checkout.ts';
import type { BesideSales } from '../../../main/services/beside-sales.ts';
import { Desk } from '../../../main/services/desk.ts';
import { ServerTime } from '../../../main/services/server-time.ts';
import { type OpenDatabase, openDatabase } from '../../../main/storage/open.ts';
import { sqliteBooks } from '../../../main/storage/sqlite-books.ts';
import { sqliteCardBook } from '../../../main/storage/sqlite-card-book.ts';
import { sqliteLedger } from '../../../main/storage/sqlite-ledger.ts';
import { sqliteReaderBook } from '../../../main/storage/sqlite-reader-book.ts';
import { sqliteRefundBook } from '../../../main/storage/sqlite-refund-book.ts';
import { catalogue } from '../../simulation/kiosk/price-list.ts';
import { keptLog } from '../../support/fakes/kept-log.ts';
import { facts } from '../../support/fakes/sales.ts';
import { VirtualClock } from '../../support/fakes/virtual-clock.ts';
import { Killed, Life, mortal, mortalClock } from './model/life.ts';
import { cardsApiOf, refundsApiOf } from './model/model-beside.ts';
import { ModelCards } from './model/model-cards.ts';
import { ModelIntents } from './model/model-intents.ts';
import { ModelReader } from './model/model-reader.ts';
import { readersApiOf } from './model/model-readers.ts';
import { Wire } from './model/wire.ts';

export const first = 'tmr_first';
export const second = 'tmr_second';

export interface KioskPlan {
  /** One letter. */
  readonly name?: string;
  readonly askBeforeCharging?: boolean;
  readonly choice?: ReaderChoice;
}

/** The reader as staff would choose it for main to lead. */
export function led(id: string, changes: Partial<ChosenReader> = {}): ChosenReader {
  return {
    readerId: id as ReaderId,
    label: id,
    integration: 'server_driven',
    isShared: false,
    ...changes,
  };
}

/** One account with two readers, and kiosks that use them, under a clock that tests move. */
export class Bench {
  readonly clock = new VirtualClock();
  readonly wire = new Wire(this.clock);
  readonly intents = new ModelIntents(this.wire);
  readonly cards = new ModelCards();
  readonly reader = new ModelReader(first, this.clock, this.intents, this.cards);
  readonly spare = new ModelReader(second, this.clock, this.intents, this.cards);
  readonly readers = new Map([this.reader, this.spare].map((reader) => [reader.id, reader]));
  readonly #kiosks: TestKiosk[] = [];
  readonly #folder: () => string;

  constructor(folder: () => string) {
    this.#folder = folder;
  }

  kiosk(plan: KioskPlan = {}): TestKiosk {
    const kiosk = new TestKiosk(this, this.#folder(), plan);
    this.#kiosks.push(kiosk);
    return kiosk;
  }

  /** Lets time pass. Milliseconds. */
  pass(ms: number): Promise<void> {
    return this.clock.advance(ms);
  }

  /** Another till's PaymentIntent. */
  makeIntent(name: string): PaymentIntentId {
    const id = paymentIntentId(`pi_of_${name}${String(this.intents.all.size)}`);
    this.intents.all.set(id, facts({ id, saleId: null, kioskId: `kiosk_${name.repeat(12)}` }));
    return id;
  }

  /** Does what a kiosk may be killed by. */
  orKilled(what: () => void): void {
    try {
      what();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }

  /** Where the first kiosk was killed. */
  get lastMoment(): string {
    return this.#kiosks[0]?.diedAt ?? '';
  }

  /** Closes everything, and checks what must hold in every test. */
  async close(): Promise<void> {
    for (const kiosk of this.#kiosks) await kiosk.close();
    expect([...this.reader.wrongs, ...this.spare.wrongs]).toEqual([]);
    const faults = this.#kiosks.flatMap(({ lines }) =>
      lines.filter(({ level }) => level === 'error'),
    );
    expect(faults.filter(({ fields }) => fields['why'] !== 'this kiosk was killed')).toEqual([]);
    expect(this.intents.captures).toBeLessThanOrEqual(this.intents.all.size);
  }
}

interface Run {
  readonly life: Life;
  readonly desk: Desk;
  readonly database: OpenDatabase;
  /** The file's own, which no kill takes away. */
  readonly ledger: Ledger;
  readonly book: ReaderBook;
  readonly cardBook: CardBook;
  readonly refundBook: RefundBook;
}

/** A kiosk with its own file, which may be killed and started anew. */
export class TestKiosk {
  readonly lines: { level: string; event: string; fields: Record<string, unknown> }[] = [];
  /** What the window was told to do. */
  readonly page: ReaderEffect[] = [];
  /** The sale of `buy`, whether it is still on the screen or not. */
  saleId = '' as Sale['id'];
  #run: Run;
  readonly #bench: Bench;
  readonly #folder: string;
  readonly #plan: KioskPlan;
  readonly #ids: IdSource;

  constructor(bench: Bench, folder: string, plan: KioskPlan) {
    this.#bench = bench;
    this.#folder = folder;
    this.#plan = plan;
    this.#ids = idsOf(plan.name ?? 'a');
    this.#run = this.#start(plan.choice ?? { main: led(first), spare: null, using: 'main' });
  }

  get desk(): Desk {
    return this.#run.desk;
  }

  get life(): Life {
    return this.#run.life;
  }

  get book(): ReaderBook {
    return this.#run.book;
  }

  get checkout(): Checkout {
    const { checkout } = this.#run.desk;
    if (checkout === null) throw new Error('this desk sells nothing');
    return checkout;
  }

  /** The sale of `buy` as it is on disk. */
  get sale(): Sale {
    const sale = this.#run.ledger.findSale(this.saleId);
    if (sale === null) throw new Error('nothing was bought');
    return sale;
  }

  get attempt(): NonNullable<Sale['attempt']> {
    const { attempt } = this.sale;
    if (attempt === null) throw new Error('no attempt is live');
    return attempt;
  }

  /** Everything of the sale's own history with its readers. */
  get calls(): readonly string[] {
    return this.#run.ledger
      .historyOf(this.saleId)
      .calls.filter(({ work }) => work.startsWith('reader.'))
      .map(({ work, outcome, code }) => `${work} ${code ?? outcome}`);
  }

  /** Everything beside sales. */
  get beside(): BesideSales {
    const { beside } = this.#run.desk;
    if (beside === null) throw new Error('this desk only sells');
    return beside;
  }

  /** The file's own, which no kill takes away. */
  get ledger(): Ledger {
    return this.#run.ledger;
  }

  get cardBook(): CardBook {
    return this.#run.cardBook;
  }

  get refundBook(): RefundBook {
    return this.#run.refundBook;
  }

  /** Starts a sale and confirms it, as a customer does. */
  buy(): void {
    this.look();
    this.checkout.confirm(this.saleId);
  }

  /** Starts a sale; the customer reads what it costs. */
  look(): void {
    const started = this.checkout.start([{ itemId: 'drop-in', quantity: 1 }]);
    if (started.kind !== 'started') throw new Error(started.why);
    this.saleId = started.sale.id;
  }

  get attemptsMade(): number {
    return this.sale.attemptsMade;
  }

  get hasSale(): boolean {
    return this.saleId !== '';
  }

  /** Where the run before the present one was killed. */
  diedAt = '';

  /** The next customer's sale, once the screen is free of the last one. */
  async buyAnew(): Promise<void> {
    if (this.checkout.sale !== null) this.checkout.dismiss(this.checkout.sale.id);
    await this.buyUntilPrompted();
  }

  async buyUntilPrompted(): Promise<void> {
    this.buy();
    await this.#bench.pass(1_000);
    expect(this.sale.attempt?.stage).toBe('awaiting_card');
  }

  /** Killed as by a power cut; a new run begins on the same file. */
  restart(plan: Partial<KioskPlan> = {}): void {
    this.diedAt = this.#run.life.moments.at(-1) ?? '';
    this.#run.life.kill();
    this.#run.database.close();
    this.#run = this.#start(plan.choice ?? null);
  }

  async close(): Promise<void> {
    const { life, desk, database } = this.#run;
    if (!life.isGone) await desk.close();
    database.close();
  }

  get isOver(): boolean {
    return isFinal(this.sale.state);
  }

  #start(choice: ReaderChoice | null): Run {
    const bench = this.#bench;
    const name = this.#plan.name ?? 'a';
    const life = new Life(name);
    const clock = mortalClock(bench.clock, life);
    const time = new ServerTime(clock);
    const { log, lines } = keptLog();
    const database = openDatabase(path.join(this.#folder, 'foyer.db'));
    const ledger = sqliteLedger(database, { boot: this.#ids.next('boot') });
    const book = sqliteReaderBook(database);
    if (choice !== null) book.saveChoice(choice, 'Ada', clock.nowMs());
    const desk: Desk = new Desk({
      ledger: mortal(ledger, life, ['atomically']),
      books: mortal(sqliteBooks(database), life),
      payments: bench.intents.apiOf(life, () => time.heard(bench.clock.nowMs())),
      driver: { command: (_sale, effect) => void this.page.push(effect) },
      readers: {
        api: readersApiOf(life, bench.wire, bench.readers),
        book: mortal(book, life, ['endPrompt']),
        fromSettings: { readerId: null, integration: 'sdk' },
      },
      beside: {
        cards: {
          book: mortal(sqliteCardBook(database), life),
          api: cardsApiOf(life, bench.wire, bench.cards),
          mailer: null,
          ids: this.#ids,
          hash: sha256,
          merchant: 'Linden Yoga',
          settings: { keep: true, waiting: null },
        },
        refunds: {
          book: mortal(sqliteRefundBook(database), life),
          api: refundsApiOf(life, bench.wire, bench.cards),
        },
        approval: { ask: ({ by }) => Promise.resolve({ kind: 'approved', by }) },
      },
      time,
      log: {
        write: (level, event, fields) => {
          if (life.isGone) return;
          log.write(level, event, fields);
          this.lines.push(
            ...lines.slice(-1).map((line) => ({ ...line, fields: { ...line.fields } })),
          );
        },
      },
      ids: this.#ids,
      orderHash: () => 'hash',
      kioskId: kioskId(`kiosk_${name.repeat(12)}`),
      catalogue,
      askBeforeCharging: this.#plan.askBeforeCharging ?? false,
      maySell: () => true,
      mend: (id) => {
        throw new Error(`${id} is damaged`);
      },
      onChange: () => undefined,
    });
    desk.start();
    const cardBook = sqliteCardBook(database);
    const refundBook = sqliteRefundBook(database);
    return { life, desk, database, ledger, book, cardBook, refundBook };
  }
}

/** Sixty-four digits of the text. */
function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Ids that count, and go on counting when the kiosk is started anew. */
function idsOf(name: string): IdSource {
  let count = 0;
  return {
    next(prefix) {
      count += 1;
      return `${prefix}_${name}${String(count).padStart(11, '0')}`;
    },
  };
}
