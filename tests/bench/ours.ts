import type Database from 'better-sqlite3';
import { kioskId, type SaleId, saleId } from '../../main/domain/ids.ts';
import { money } from '../../main/domain/money.ts';
import type { Order } from '../../main/domain/order.ts';
import { openSale } from '../../main/domain/sale.ts';
import type { Books } from '../../main/ports/books.ts';
import type { CallRecord, Ledger, OutboxRow, OutboxWork } from '../../main/ports/ledger.ts';
import { type OpenDatabase, openDatabase } from '../../main/storage/open.ts';
import { sqliteBooks } from '../../main/storage/sqlite-books.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';

/** The kiosk's own file, opened as the kiosk opens it. */
export interface OurFile {
  readonly ledger: Ledger;
  readonly books: Books;
  readonly db: Database.Database;
  readonly database: OpenDatabase;
  close(): void;
}

export const ourKiosk = kioskId('kiosk_0mi1kqbas00kiosk00000001');

export function openOurs(file: string, boot = 'boot_0000000001'): OurFile {
  const database = openDatabase(file);
  database.lengthenLog();
  return {
    ledger: sqliteLedger(database, { boot }),
    books: sqliteBooks(database),
    db: database.db,
    database,
    close: () => database.close(),
  };
}

/** Sale ids of real length that sort by their number. */
export function numberedSaleId(count: number): SaleId {
  return saleId(`sale_${count.toString(36).padStart(9, '0')}k3f9x0a7b2c1`);
}

/** Three lines and a tax. */
export function anOrder(): Order {
  const line = (itemId: string, name: string, quantity: number, amount: number) => ({
    itemId,
    name,
    quantity,
    unitPrice: money(amount, 'usd'),
    total: money(amount * quantity, 'usd'),
  });
  const subtotal = money(7_400, 'usd');
  return {
    lines: [
      line('evening-flow', 'Evening flow', 2, 2_400),
      line('mat-rental', 'Mat rental', 2, 400),
      line('water', 'Still water 0.5 l', 3, 600),
    ],
    subtotal,
    taxes: [{ label: 'Sales tax 8.75 %', amount: money(648, 'usd'), included: false }],
    total: money(8_048, 'usd'),
  };
}

export function addOpenSale(ledger: Ledger, count: number, nowMs: number): SaleId {
  const id = numberedSaleId(count);
  ledger.addSale(openSale(id, ourKiosk, anOrder()), nowMs);
  return id;
}

export const aCapture: OutboxWork = { kind: 'payment_intent.capture', ordinal: 0, afterMs: 0 };

/** A call that went well. */
export const anAnswer: CallRecord = {
  outcome: 'done',
  status: 200,
  code: null,
  requestId: 'req_7Hd93kLs0aQw12',
  durationMs: 312,
};

const nobody: ReadonlySet<SaleId> = new Set();

/** Takes what is due and ends it with its call's record, as the worker does when nothing else is under way. */
export function claimAndFinish(ledger: Ledger, nowMs: number): void {
  ledger.finish(claim(ledger, nowMs), 'done', anAnswer, nowMs);
}

export function claim(ledger: Ledger, nowMs: number): OutboxRow {
  const row = ledger.nextDue(nowMs, nobody);
  if (row === null) throw new Error('our outbox has nothing due');
  return row;
}
