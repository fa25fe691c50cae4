import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSale } from '../../main/domain/sale.ts';
import { paymentIntentId } from '../../main/domain/ids.ts';
import type { Books, Sighting } from '../../main/ports/books.ts';
import type { Ledger } from '../../main/ports/ledger.ts';
import { type OpenDatabase, openDatabase } from '../../main/storage/open.ts';
import { sqliteBooks } from '../../main/storage/sqlite-books.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { anOrder, facts, otherSale, ourKiosk, ourSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { liveSale, nthSale } from '../support/lived-sales.ts';

const tempFolder = tempFolders();
let database: OpenDatabase;
let ledger: Ledger;
let books: Books;

beforeEach(() => {
  database = openDatabase(path.join(tempFolder(), 'foyer.db'), { reserveBytes: 0, logPages: 0 });
  ledger = sqliteLedger(database, { boot: 'boot_0000000001' });
  books = sqliteBooks(database);
});

afterEach(() => {
  database.close();
});

function sighting(id: string, changes: Partial<Sighting> = {}): Sighting {
  return {
    id: paymentIntentId(id),
    status: 'requires_capture',
    amount: 2_800,
    currency: 'usd',
    amountCapturable: 2_800,
    amountReceived: 0,
    amountRefunded: 0,
    createdAtMs: 1_500_000,
    captureBeforeMs: null,
    saleId: null,
    kioskId: ourKiosk,
    orderHash: null,
    ...changes,
  };
}

/** Which sale stands with which PaymentIntent. */
const pairs = (fromMs: number, toMs: number) =>
  books.pairs(fromMs, toMs).map(({ sale, sighting: seen }) => [sale?.id, seen?.id]);

describe('the pairs of a period', () => {
  it('are a sale and its own PaymentIntent, each of them also alone', () => {
    liveSale(ledger, 1, 'paid');
    liveSale(ledger, 2, 'paid');
    books.saveSightings([sighting('pi_0001'), sighting('pi_stray')], 5);

    expect(pairs(1_000_000, 3_000_000)).toEqual([
      [nthSale(1), 'pi_0001'],
      [nthSale(2), undefined],
      [undefined, 'pi_stray'],
    ]);
  });

  it('know a sale’s PaymentIntent by its metadata while the sale does not know it', () => {
    ledger.addSale(openSale(ourSale, ourKiosk, anOrder()), 1_500_000);
    books.saveSightings([sighting('pi_lost', { saleId: ourSale })], 5);

    expect(pairs(1_000_000, 2_000_000)).toEqual([[ourSale, 'pi_lost']]);
  });

  it('leave a second PaymentIntent that names a sale alone: a sale has one', () => {
    liveSale(ledger, 1, 'paid');
    books.saveSightings([sighting('pi_second', { saleId: nthSale(1) })], 5);

    expect(pairs(1_000_000, 2_000_000)).toEqual([
      [nthSale(1), undefined],
      [undefined, 'pi_second'],
    ]);
  });

  it('hold what is older and unsettled, and nothing older that is', () => {
    liveSale(ledger, 1, 'paid');
    liveSale(ledger, 2, 'authorized');
    liveSale(ledger, 3, 'paid');
    const settled = { status: 'succeeded', amountCapturable: 0, amountReceived: 2_800 } as const;
    books.saveSightings([sighting('pi_0001', settled), sighting('pi_0003')], 5);
    books.saveSightings([sighting('pi_held_stray'), sighting('pi_old', settled)], 6);

    expect(pairs(50_000_000, 60_000_000)).toEqual([
      [nthSale(2), undefined],
      [nthSale(3), 'pi_0003'],
      [undefined, 'pi_held_stray'],
    ]);
  });

  it('hold an older sale of which Stripe says another thing since the period began', () => {
    liveSale(ledger, 1, 'paid');
    const settled = { status: 'succeeded', amountCapturable: 0, amountReceived: 2_800 } as const;
    books.saveSightings([sighting('pi_0001', settled)], 5);
    expect(pairs(50_000_000, 60_000_000)).toEqual([]);

    books.saveSightings([sighting('pi_0001', { ...settled, status: 'canceled' })], 51_000_000);

    expect(pairs(50_000_000, 60_000_000)).toEqual([[nthSale(1), 'pi_0001']]);
  });

  it('leave a damaged sale out, and its PaymentIntent with it', () => {
    liveSale(ledger, 1, 'paid');
    books.saveSightings([sighting('pi_0001')], 5);
    database.db.exec('update sales set amount = 1');

    expect(pairs(0, 9_000_000)).toEqual([]);
    expect(books.salesSince(0, 10)).toEqual([]);
  });
});

describe('sales since a moment', () => {
  it('come newest first, and no more than asked', () => {
    for (const number of [1, 2, 3]) liveSale(ledger, number, 'presenting');

    expect(books.salesSince(1_500_000, 10).map(({ sale }) => sale.id)).toEqual([
      nthSale(3),
      nthSale(2),
    ]);
    expect(books.salesSince(0, 1)).toMatchObject([{ addedAtMs: 3_000_000 }]);
  });
});

describe('events', () => {
  it('move the cursor and are remembered, until they are old', () => {
    expect(books.eventCursor()).toBeNull();
    books.saveEvents({ id: 'evt_2', createdAtMs: 20 }, [{ id: 'evt_1', createdAtMs: 10 }], 0);
    expect(books.eventCursor()).toEqual({ id: 'evt_2', createdAtMs: 20 });
    expect(books.isEventSeen('evt_1')).toBe(true);
    expect(books.isEventSeen('evt_2')).toBe(false);

    books.saveEvents({ id: 'evt_3', createdAtMs: 30 }, [], 15);
    expect(books.isEventSeen('evt_1')).toBe(false);
  });

  it('are forgotten with the transaction that failed', () => {
    expect(() =>
      ledger.atomically(() => {
        books.saveEvents({ id: 'evt_2', createdAtMs: 20 }, [{ id: 'evt_2', createdAtMs: 20 }], 0);
        throw new Error('the effect could not be stored');
      }),
    ).toThrow('the effect');

    expect(books.eventCursor()).toBeNull();
    expect(books.isEventSeen('evt_2')).toBe(false);
  });
});

describe('sweeps and day closes', () => {
  it('are read back as the last of each; a sweep answers the wish for one', () => {
    expect([books.lastSweep(), books.lastDayClose(), books.isSweepAsked()]).toEqual([
      null,
      null,
      false,
    ]);
    books.askForSweep();
    books.askForSweep();
    expect(books.isSweepAsked()).toBe(true);

    books.saveSweep({ fromMs: 1, toMs: 2, doneAtMs: 3 });
    books.addDayClose({ atMs: 4, by: 'Mara', report: '{"total":1}' });

    expect(books.isSweepAsked()).toBe(false);
    expect(books.lastSweep()).toEqual({ fromMs: 1, toMs: 2, doneAtMs: 3 });
    expect(books.lastDayClose()).toEqual({ atMs: 4, by: 'Mara', report: '{"total":1}' });
  });

  it('that were changed by hand are not believed', () => {
    books.saveSweep({ fromMs: 1, toMs: 2, doneAtMs: 3 });
    books.saveEvents({ id: 'evt_2', createdAtMs: 20 }, [], 0);
    books.addDayClose({ atMs: 4, by: 'Mara', report: '{"total":1}' });
    database.db.exec('update sweeps set done_at_ms = 9');
    database.db.exec('update event_cursor set created_at_ms = 99');
    database.db.exec(`update day_closes set report = '{"total":2}'`);

    expect(books.lastSweep()).toBeNull();
    expect(books.eventCursor()).toBeNull();
    expect(() => books.lastDayClose()).toThrow(/changed/);
  });
});

describe('a sale that was found at Stripe', () => {
  it('begins its journal with the PaymentIntent it was found by', () => {
    const sale = {
      ...openSale(otherSale, ourKiosk, anOrder()),
      state: 'needs_staff',
      staffReason: 'record_lost',
      attended: false,
      paymentIntent: facts({ saleId: 'sale_gone', status: 'requires_capture' }),
    } as const;
    ledger.addSale(sale, 7);

    expect(ledger.historyOf(otherSale).entries).toMatchObject([
      { revision: 0, event: { kind: 'found' }, state: 'needs_staff' },
    ]);
    expect(ledger.findSaleOfPaymentIntent(paymentIntentId('pi_0001'))).toEqual(sale);
  });
});
