import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { DatabaseRefused, openDatabase } from '../../main/storage/open.ts';
import { sqliteLedger } from '../../main/storage/sqlite-ledger.ts';
import { aSale, otherSale } from '../support/fakes/sales.ts';
import { tempFolders } from '../support/fakes/temp-folder.ts';

const tempFolder = tempFolders();
const newFile = (): string => path.join(tempFolder(), 'foyer.db');

function usedFile(): string {
  const file = newFile();
  const database = openDatabase(file);
  sqliteLedger(database, { boot: 'boot_0000000001' }).addSale(aSale(), 1_000);
  sqliteLedger(database, { boot: 'boot_0000000001' }).addSale(aSale(otherSale), 2_000);
  database.close();
  return file;
}

it('never writes into another program’s database that bears no name', () => {
  const file = newFile();
  const other = new Database(file);
  other.exec("create table notes (text); insert into notes values ('mine')");
  other.close();
  const before = readFileSync(file);

  expect(() => {
    openDatabase(file).close();
  }).toThrow(DatabaseRefused);
  expect(readFileSync(file).equals(before)).toBe(true);
});

it('refuses to open while another program is writing', () => {
  const file = usedFile();
  const other = new Database(file);
  other.exec('begin immediate');

  expect(() => {
    openDatabase(file).close();
  }).toThrow(DatabaseRefused);
  other.close();
});

it('refuses a file whose pages are damaged before a sale is begun on it', () => {
  const file = usedFile();
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 4_096);
  writeFileSync(file, bytes);

  expect(() => {
    openDatabase(file).close();
  }).toThrow(DatabaseRefused);
  expect(readFileSync(file).equals(bytes)).toBe(true);
});

it('reads the other unfinished sales although one row was damaged', () => {
  const file = usedFile();
  const hand = new Database(file);
  hand.prepare("update sales set record = '{}' where id = ?").run(otherSale);
  hand.close();
  const database = openDatabase(file);

  try {
    expect(sqliteLedger(database, { boot: 'boot_0000000001' }).unfinishedSales()).toEqual([
      aSale(),
    ]);
  } finally {
    database.close();
  }
});

it('lets no row say "paid" while nothing was ever read from Stripe', () => {
  const file = usedFile();
  const database = openDatabase(file);

  try {
    expect(() => database.db.exec("update sales set state = 'paid', paid_at_ms = 1")).toThrow(
      /constraint/,
    );
  } finally {
    database.close();
  }
});

it('explains that the data folder can not be made', () => {
  const blocked = path.join(tempFolder(), 'blocked');
  writeFileSync(blocked, 'a file');

  expect(() => openDatabase(path.join(blocked, 'foyer.db'))).toThrow(DatabaseRefused);
});
