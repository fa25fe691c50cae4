import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DamagedSale } from '../../main/domain/damaged-sale.ts';
import type { PlatformOrder } from '../../main/domain/platform-order.ts';
import { type Sale, totalOf } from '../../main/domain/sale.ts';
import type { Ledger } from '../../main/ports/ledger.ts';
import { mendSale } from '../../main/storage/mend-sale.ts';
import { type OpenDatabase, openDatabase } from '../../main/storage/open.ts';
import { parseSale, recordOf } from '../../main/storage/sale-record.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { aSale, otherSale, step } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
let database: OpenDatabase;
let ledger: Ledger;

const cart: PlatformOrder = {
  id: '123',
  fromBalance: 0,
  balance: 500,
  userId: '0042',
  partnerId: null,
};

let file: string;

beforeEach(() => {
  file = path.join(tempFolder(), 'foyer.db');
  open();
});

function open(): void {
  database = openDatabase(file, { reserveBytes: 0, logPages: 0 });
  ledger = sqliteLedger(database, { boot: 'boot_0000000001' });
}

afterEach(() => {
  database.close();
});

it('a sale of a platform’s order is read back as it was stored', () => {
  const sale: Sale = {
    ...aSale(),
    platformOrder: cart,
    settledBy: 'platform',
    recordsOrder: true,
  };

  expect(parseSale(recordOf(sale).record)).toEqual(sale);
});

it('finds the sales of one order, newest first, and of no other', () => {
  const [first, second] = [aSale(), { ...aSale(), id: otherSale }];
  ledger.addSale({ ...first, platformOrder: cart }, 1_000);
  ledger.addSale({ ...second, platformOrder: cart }, 2_000);

  expect(ledger.salesOfPlatformOrder('123').map(({ id }) => id)).toEqual([second.id, first.id]);
  expect(ledger.salesOfPlatformOrder('12')).toEqual([]);
});

it('finds them by an index, however many other sales there are', () => {
  const plan = database.db
    .prepare<[], { readonly detail: string }>(
      `explain query plan select * from sales where platform_order_id = '1'`,
    )
    .all();

  expect(plan.map(({ detail }) => detail).join()).toContain('sales_of_platform_order');
});

it('takes what the member’s account pays off what the card pays, at review alone', () => {
  const opened: Sale = { ...aSale(), platformOrder: cart };
  ledger.addSale(opened, 1_000);
  const platformOrder = { ...cart, fromBalance: 500 };
  const { sale } = step(opened, { kind: 'platform_order_set', platformOrder });
  ledger.saveStep(opened, sale, { kind: 'platform_order_set', platformOrder }, 2_000);

  const stored = ledger.findSale(opened.id);
  expect(stored === null ? 0 : totalOf(stored).amount).toBe(totalOf(opened).amount - 500);

  const confirmed = step(sale, { kind: 'confirmed' }).sale;
  const changed = { ...confirmed, platformOrder: cart };
  expect(() => {
    ledger.saveStep(sale, changed, { kind: 'confirmed' }, 3_000);
  }).toThrow('what is sold is fixed at review');
});

it('knows an order again whose sale is damaged, and mends it with the order it pays', () => {
  const opened: Sale = { ...aSale(), platformOrder: cart, settledBy: 'platform' };
  ledger.addSale(opened, 1_000);
  const { sale } = step(opened, { kind: 'confirmed' });
  ledger.saveStep(opened, sale, { kind: 'confirmed' }, 2_000);
  database.db.prepare(`update sales set amount = amount + 1 where id = ?`).run(opened.id);
  database.db
    .prepare(`update sale_events set event = '{"kind":"extended"}' where revision = 1`)
    .run();

  expect(() => ledger.salesOfPlatformOrder('123')).toThrow(DamagedSale);
  mendSale(database, opened.id, 3_000);

  expect(ledger.salesOfPlatformOrder('123')).toMatchObject([
    { state: 'needs_staff', settledBy: 'platform', platformOrder: cart },
  ]);
});

it.each([
  ['of an order', { ...aSale(), platformOrder: cart }],
  ['of no order', aSale()],
])('mends a sale %s whose record the disk has turned into no JSON', (_, sale: Sale) => {
  ledger.addSale(sale, 1_000);
  database.db.pragma('wal_checkpoint(truncate)');
  database.close();
  const bytes = readFileSync(file);
  const word = '"completed":';
  const record = bytes.indexOf(word);
  bytes[record + word.length - 1] = 0x3b;
  writeFileSync(file, bytes);
  open();

  expect(() => ledger.findSale(sale.id)).toThrow(DamagedSale);
  expect(mendSale(database, sale.id, 2_000).kind).toBe('proved');
  expect(ledger.findSale(sale.id)).toEqual(sale);
});
