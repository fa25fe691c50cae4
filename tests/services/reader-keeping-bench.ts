import path from 'node:path';
import {
  attemptIdOf,
  paymentIntentId,
  type PaymentIntentId,
  type ReaderId,
} from '../../main/domain/ids.ts';
import type { PaymentIntentFacts } from '../../main/domain/payment-intent.ts';
import type { Sale } from '../../main/domain/sale.ts';
import type { Errand } from '../../main/ports/reader-driver.ts';
import type { ReaderChoice, ReaderIntegration } from '../../main/ports/reader-book.ts';
import { ReaderKeeping } from '../../main/services/reader-keeping.ts';
import { openDatabase } from '../../main/storage/open.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { sqliteReaderBook } from '../../main/storage/sqlite-reader-book.ts';
import { live, unanswered } from '../support/fakes/fake-payments.ts';
import { aReader, deskReader, doorReader, FakeReaders } from '../support/fakes/fake-readers.ts';
import { keptLog } from '../support/fakes/kept-log.ts';
import { facts, ourKiosk } from '../support/fakes/sales.ts';
import { VirtualClock } from '../support/fakes/virtual-clock.ts';

export const foreignPayment = paymentIntentId('pi_foreign');

export interface KeepingBenchOptions {
  /** False: the system behind the kiosk has no readers to tell of. */
  readonly hasReaders?: boolean;
  readonly readerOfSettings?: ReaderId | null;
  readonly locationOfSdk?: string | null;
}

/** The keeping of two readers on a real file, with Stripe played by fakes. */
export function keepingBench(folder: string, options: KeepingBenchOptions = {}) {
  const { hasReaders = true, readerOfSettings = null, locationOfSdk = null } = options;
  const database = openDatabase(path.join(folder, 'foyer.db'), { reserveBytes: 0, logPages: 0 });
  const ledger = sqliteLedger(database, { boot: 'boot_0000000001' });
  const book = sqliteReaderBook(database);
  const clock = new VirtualClock();
  const { log, lines } = keptLog();
  const readers = new FakeReaders(
    aReader(),
    aReader({ id: doorReader, label: 'At the door', serialNumber: 'S700-0002' }),
  );
  /** PaymentIntents as Stripe knows them; one that is not here is not answered for. */
  const intents = new Map<PaymentIntentId, PaymentIntentFacts>();
  const looked: string[] = [];
  /** Setups and refunds that wait for a card. */
  const asking: Errand[] = [];
  let chosen = 0;
  let keys = 0;
  const keeping = new ReaderKeeping({
    readers: hasReaders ? readers : null,
    payments: {
      read: (id) => {
        const known = intents.get(id);
        return Promise.resolve(known === undefined ? unanswered : live(known));
      },
    },
    book,
    ledger,
    errands: { asking: () => asking },
    clock,
    log,
    kioskId: ourKiosk,
    readerOfSettings: { readerId: readerOfSettings, integration: 'sdk' },
    locationOfSdk,
    newKey: () => {
      keys += 1;
      return `key_${keys}`;
    },
    look: (id) => {
      looked.push(id);
    },
    onChosen: () => {
      chosen += 1;
    },
  });

  /** Stripe's word of our sale's PaymentIntent; as the sale knows it unless said otherwise. */
  function intentOf(sale: Sale, change: Partial<PaymentIntentFacts> = {}): PaymentIntentId {
    const known = sale.paymentIntent;
    if (known === null) throw new Error('the sale has no PaymentIntent');
    intents.set(known.id, { ...known, ...change });
    return known.id;
  }

  /** A PaymentIntent that another kiosk made. */
  function foreign(kiosk: string | null = 'kiosk_0mi1kqbas00other0000002'): PaymentIntentId {
    intents.set(foreignPayment, facts({ id: foreignPayment, kioskId: kiosk, saleId: null }));
    return foreignPayment;
  }

  /** A prompt of ours for the sale, as written before its call. */
  function promptFor(sale: Sale, reader: ReaderId = deskReader): void {
    const paymentIntent = intentOf(sale);
    book.openPrompt(
      {
        readerId: reader,
        owner: sale.id,
        attemptId: attemptIdOf(sale.id, 1),
        object: paymentIntent,
        kind: 'process_payment_intent',
      },
      clock.nowMs(),
    );
  }

  /** Staff have chosen before. */
  function choose(
    integration: ReaderIntegration = 'server_driven',
    using: ReaderChoice['using'] = 'main',
  ): void {
    const chosenReader = { label: '', integration, isShared: false };
    book.saveChoice(
      {
        main: { ...chosenReader, readerId: deskReader },
        spare: { ...chosenReader, readerId: doorReader },
        using,
      },
      'Mara',
      clock.nowMs(),
    );
  }

  return {
    asking,
    keeping,
    readers,
    book,
    ledger,
    lines,
    looked,
    intentOf,
    foreign,
    promptFor,
    choose,
    timesChosen: () => chosen,
    close: () => {
      database.close();
    },
  };
}

export type KeepingBench = ReturnType<typeof keepingBench>;
