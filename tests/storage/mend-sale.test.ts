import path from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DamagedSale } from '../../main/domain/damaged-sale.ts';
import type { Books } from '../../main/ports/books.ts';
import type { Ledger } from '../../main/ports/ledger.ts';
import { mendSale } from '../../main/storage/mend-sale.ts';
import { type OpenDatabase, openDatabase } from '../../main/storage/open.ts';
import { sqliteBooks } from '../../main/storage/sqlite-books.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { verifyJournals } from '../../main/storage/verify-journals.ts';
import { step } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';
import { liveSale, nthSale } from '../support/lived-sales.ts';

const tempFolder = tempFolders();
let file: string;
let database: OpenDatabase;
let db: Database.Database;
let ledger: Ledger;
let books: Books;
const id = nthSale(1);

beforeEach(() => {
  file = path.join(tempFolder(), 'foyer.db');
  database = openDatabase(file, { reserveBytes: 0, logPages: 0 });
  db = database.db;
  ledger = sqliteLedger(database, { boot: 'boot_0000000001' });
  books = sqliteBooks(database);
});

afterEach(() => {
  database.close();
});

const broken = () => verifyJournals(file, { afterSaleId: '', limit: 100 }).broken;
const everything = () =>
  db.prepare('select * from sales').all().concat(db.prepare('select * from sale_events').all());

describe('a journal that lost its end', () => {
  it('does not put its sale back to what it was before: the sealed row is newer', () => {
    const sale = liveSale(ledger, 1, 'paid');
    db.exec('delete from sale_events where number = (select max(number) from sale_events)');

    expect(mendSale(database, id, 9_000)).toEqual({ kind: 'proved', sale });

    expect(ledger.findSale(id)).toEqual(sale);
    expect(broken()).toEqual([]);
  });
});

describe('a row edited by hand', () => {
  const edits = [
    ['another amount', 'update sales set amount = 2801'],
    ['another currency', "update sales set currency = 'eur'"],
    ['an earlier state', "update sales set state = 'capturing', paid_at_ms = null"],
    ['another PaymentIntent', "update sales set payment_intent_id = 'pi_9999'"],
    ['another hour', 'update sales set paid_at_ms = paid_at_ms + 1'],
    ['another price in its record', "update sales set record = replace(record, '2800', '2900')"],
    ['another state in its record', "update sales set record = replace(record, 'paid', 'open')"],
    ['the hash of another entry', `update sales set hash = '${'0'.repeat(64)}'`],
  ] as const;

  it.each(edits)('is refused when it has %s, and proved again from its journal', (_what, edit) => {
    const sale = liveSale(ledger, 1, 'paid');
    const before = everything();
    db.exec(edit);

    expect(() => ledger.findSale(id)).toThrow(DamagedSale);
    expect(broken()).toMatchObject([{ saleId: id }]);
    expect(mendSale(database, id, 9_000)).toEqual({ kind: 'proved', sale });
    expect(ledger.findSale(id)).toEqual(sale);
    expect(everything()).toEqual(before);
    expect(broken()).toEqual([]);
    expect(books.quarantined()).toEqual([]);
    expect(db.prepare('select outcome from quarantine').all()).toEqual([{ outcome: 'proved' }]);
  });

  it('is left out of the unfinished, and named as damaged', () => {
    liveSale(ledger, 1, 'authorized');
    liveSale(ledger, 2, 'presenting');
    db.exec(`update sales set amount = 1 where id = '${id}'`);

    expect(ledger.unfinishedSales().map((sale) => sale.id)).toEqual([nthSale(2)]);
    expect(ledger.damagedSales()).toEqual([id]);
  });

  it('takes no further step', () => {
    const sale = liveSale(ledger, 1, 'authorized');
    db.exec('update sales set amount = 1');

    expect(() => {
      ledger.saveStep(sale, { ...sale, revision: sale.revision + 1 }, { kind: 'unanswered' }, 1);
    }).toThrow(DamagedSale);
  });

  it('that puts an older row back, seal and all, is found out by the journal', () => {
    liveSale(ledger, 1, 'authorized');
    const old = db.prepare<[], Record<string, unknown>>('select * from sales').get();
    const newer = ledger.findSale(id)!;
    const { sale: after } = step(newer, { kind: 'unanswered' });
    ledger.saveStep(newer, after, { kind: 'unanswered' }, 5);
    db.prepare(
      'update sales set record = :record, revision = :revision, hash = :hash, seal = :seal, changed_at_ms = :changed_at_ms',
    ).run(old!);

    expect(broken()).toMatchObject([{ saleId: id, why: /ends elsewhere/ }]);
    expect(mendSale(database, id, 9_000)).toEqual({ kind: 'proved', sale: after });
  });
});

describe('a damaged journal', () => {
  it('is noticed, and begins anew from a row that is sealed and newer than it', () => {
    const sale = liveSale(ledger, 1, 'paid');
    db.exec(`update sale_events set at_ms = at_ms + 1 where revision = 3`);

    expect(() => ledger.historyOf(id)).toThrow(DamagedSale);
    expect(broken()).toMatchObject([{ saleId: id, why: /entry 3/ }]);
    expect(mendSale(database, id, 9_000)).toEqual({ kind: 'proved', sale });
    expect(broken()).toEqual([]);
    expect(ledger.historyOf(id).entries).toMatchObject([{ revision: sale.revision }]);
    const rows = db.prepare<[], string>('select rows from quarantine').pluck().get();
    expect(rows).toContain('payment_intent_created');
  });

  it.each([
    ['an entry is missing', 'delete from sale_events where revision = 2'],
    ['its first entry is missing', 'delete from sale_events where revision = 0'],
    ['its last entry is missing', 'delete from sale_events where revision = 7'],
    [
      'two events changed places',
      'update sale_events set event = \'{"kind":"restarted"}\' where revision = 1',
    ],
    ['all of it is missing', 'delete from sale_events'],
  ])('is noticed when %s', (_what, edit) => {
    liveSale(ledger, 1, 'paid');
    db.exec(edit);

    expect(broken()).toMatchObject([{ saleId: id }]);
  });
});

describe('a sale that can not be proved', () => {
  it('needs staff, with the order and the PaymentIntent that single entries prove', () => {
    const before = liveSale(ledger, 1, 'authorized');
    db.exec('update sales set amount = 1');
    db.exec(`update sale_events set event = '{"kind":"extended"}' where revision = 3`);

    expect(mendSale(database, id, 9_000)).toMatchObject({ kind: 'not_proved' });

    const sale = ledger.findSale(id);
    expect(sale).toMatchObject({
      state: 'needs_staff',
      staffReason: 'record_damaged',
      completed: true,
      order: before.order,
      paymentIntent: { id: 'pi_0001', status: 'requires_capture' },
    });
    expect(sale!.revision).toBeGreaterThan(before.revision);
    expect(sale!.ordinals).toEqual({ create: 1, capture: 1, cancel: 0 });
    expect(broken()).toEqual([]);
    expect(ledger.unfinishedSales()).toEqual([]);
    expect(db.prepare('select outcome from quarantine').all()).toEqual([{ outcome: 'not_proved' }]);
  });

  it('stays in quarantine alone when not even its order is certain', () => {
    liveSale(ledger, 1, 'authorized');
    db.exec('update sales set amount = 1');
    db.exec(`update sale_events set event = replace(event, '2800', '28') where revision = 0`);

    expect(mendSale(database, id, 9_000)).toMatchObject({ kind: 'not_proved' });
    expect(ledger.findSale(id)).toBeNull();
    expect(books.quarantined()).toMatchObject([{ saleId: id, atMs: 9_000 }]);
    expect(db.pragma('foreign_key_check')).toEqual([]);
  });

  it('is left alone when nothing is damaged', () => {
    const sale = liveSale(ledger, 1, 'paid');
    const before = everything();

    expect(mendSale(database, id, 9_000)).toEqual({ kind: 'proved', sale });
    expect(everything()).toEqual(before);
    expect(db.prepare('select * from quarantine').all()).toEqual([]);
  });
});
